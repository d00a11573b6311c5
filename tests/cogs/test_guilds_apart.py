"""No id of another guild is accepted, whoever types it and wherever it is pressed."""

import discord
import pytest

from bot.errors import NotFoundError
from bot.ports.records import ChannelId, GuildId, ImportId, ImportState
from tests.conftest import answer

pytestmark = pytest.mark.asyncio


@pytest.fixture
def neighbour(room):
    """Another guild of the same bot, with an admin of its own."""
    guild = room.env.create_guild("Next door")
    staff = guild.create_role(
        "Staff", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    admin = guild.add_member(room.env.create_user("noor"), roles=[staff])
    return guild, guild.create_text_channel("hall"), admin


async def said(result):
    return answer(result).content


async def test_an_article_of_another_guild_is_not_found(room, neighbour):
    await room.import_page()
    short_id = (await room.article()).short_id
    _, hall, admin = neighbour
    shown = await said(await admin.slash(hall, "articles show", article=short_id))
    assert "The ferry" not in shown
    assert "Reference" in shown
    quoted = await said(
        await admin.slash(hall, "quote pick", article=short_id, text="a very expensive bench")
    )
    assert "Reference" in quoted
    assert hall.history() == []


async def test_autocomplete_offers_nothing_of_another_guild(room, neighbour):
    await room.import_page()
    _, hall, admin = neighbour
    assert await admin.autocomplete(hall, "articles show", "article", "") == []
    assert len(await room.admin.autocomplete(room.lounge, "articles show", "article", "ferry")) == 1


async def test_an_import_of_another_guild_can_be_neither_seen_nor_moved(room, neighbour):
    thread = await room.import_page()
    _, hall, admin = neighbour
    assert "No import has been made here yet" in await said(await admin.slash(hall, "import status"))
    for command in ("pause", "resume", "undo"):
        refused = await said(await admin.slash(hall, f"import {command}", **{"import": "1"}))
        assert "There is no such import here." in refused
        assert await admin.autocomplete(hall, f"import {command}", "import", "") == []
    assert len(thread.history()) == 6


@pytest.mark.parametrize(
    "custom_id",
    [
        "rj:pause:1",
        "rj:resume:1",
        "rj:undo:1",
        "rj:undo-all:1",
        "rj:undo-back:1",
        "rj:undo-keep:1",
        "rj:undo-do:1:messages",
        "rj:undo-do:1:thread",
        "rj:undo-do:1:everything",
    ],
)
async def test_a_button_that_names_an_import_of_another_guild_finds_nothing(room, neighbour, custom_id):
    thread = await room.import_page()
    _, hall, admin = neighbour
    forged = discord.ui.View(timeout=None)
    forged.add_item(discord.ui.Button(label="Forged", custom_id=custom_id))
    message = await room.bot.get_channel(hall.id).send(view=forged)
    assert "There is no such import here." in await said(await admin.click(message, label="Forged"))
    assert len(thread.history()) == 6
    assert (await room.database.imports.get(room.guild_id, ImportId(1))).state is ImportState.DONE


async def test_a_channel_of_another_guild_is_no_place(room, neighbour):
    guild, hall, _ = neighbour
    with pytest.raises(NotFoundError):
        room.bot.services.importer.place(room.guild_id, ChannelId(hall.id))
    with pytest.raises(NotFoundError):
        room.bot.services.importer.place(GuildId(guild.id), ChannelId(room.forum.id))
