"""`Change…` in the preview: how, where and with which tags; and what the guild has chosen for all imports."""

import discord
import pytest

from bot.domain.outgoing import Layout
from bot.ports.records import ImportId
from cogs import setup
from tests.conftest import answer, custom_id, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


async def change(room, preview, **values):
    """Open the form, change what is named, send it off."""
    form = await room.admin.click(preview, label="Change…")
    return await room.admin.submit_modal(form, {"layout": "auto", "channel": [room.forum]} | values)


async def with_tags(room):
    tags = [discord.ForumTag(name="Articles"), discord.ForumTag(name="Old")]
    await room.bot.get_channel(room.forum.id).edit(available_tags=tags)
    return {tag.name: tag.id for tag in room.bot.get_channel(room.forum.id).available_tags}


async def test_on_pages_instead_of_one_by_one(room):
    preview = await room.preview()
    await change(room, preview, layout="cards")
    shown = texts(preview)
    assert "on pages of several comments, 3 messages" in shown
    assert "**The first page, as it will begin**" in shown
    await room.admin.select(preview, ["own"], custom_id=custom_id(preview, "rj:rights:"))
    await room.admin.click(preview, label="Post 4 comments")
    (thread,) = room.forum.threads
    assert len(thread.history()) == 3
    assert (await room.database.imports.get(room.guild_id, ImportId(1))).layout is Layout.CARDS


async def test_another_channel_and_back(room):
    preview = await room.preview()
    await change(room, preview, channel=[room.lounge])
    assert f"**Where:** a card in <#{room.lounge.id}>" in texts(preview)
    await change(room, preview)
    assert f"**Where:** new post in <#{room.forum.id}>" in texts(preview)


async def test_tags_are_chosen_and_come_with_the_post(room):
    tags = await with_tags(room)
    preview = await room.preview()
    await change(
        room, preview, **{custom_id(preview, "rj:change:").replace("change", "tags"): [str(tags["Old"])]}
    )
    assert f"**Where:** new post in <#{room.forum.id}>, tag Old" in texts(preview)
    await room.admin.select(preview, ["own"], custom_id=custom_id(preview, "rj:rights:"))
    await room.admin.click(preview, label="Post 4 comments")
    (thread,) = room.bot.get_channel(room.forum.id).threads
    assert [tag.name for tag in thread.applied_tags] == ["Old"]


async def test_a_form_that_is_sent_off_too_late_changes_nothing(room):
    preview = await room.preview()
    form = await room.admin.click(preview, label="Change…")
    await room.env.advance_time(16 * 60)
    late = await room.admin.submit_modal(form, {"layout": "cards", "channel": [room.forum]})
    assert answer(late).content.startswith("This preview is 15 minutes old.")


async def test_a_form_from_before_a_restart_says_so(room):
    preview = await room.preview()
    await room.restart()
    refused = await room.admin.click(preview, label="Change…")
    assert "I was restarted since" in answer(refused).content


async def test_who_may_not_post_there_cannot_move_an_import_there(room):
    (known,) = [c for c in await room.bot.tree.fetch_commands() if c.name == "import"]
    room.guild.set_command_permissions(known, {room.alice: True})
    silent = discord.PermissionOverwrite(send_messages=False)
    speaks = discord.PermissionOverwrite(send_messages=True)
    notices = room.guild.create_text_channel(
        "notices", overwrites={room.guild.default_role: silent, room.bot.user: speaks}
    )
    page = ("page.txt", FERRY_PAGE.encode())
    preview = answer(await room.alice.slash(room.lounge, "import article", file=page, channel=room.forum))
    form = await room.alice.click(preview, label="Change…")
    refused = await room.alice.submit_modal(form, {"layout": "auto", "channel": [notices]})
    assert answer(refused).content.startswith(
        f"**Nothing was posted.** You may not post in <#{notices.id}> yourself."
    )
    assert f"new post in <#{room.forum.id}>" in texts(preview)


@pytest.mark.parametrize(("layout", "messages"), [("replies", 6), ("cards", 3), ("auto", 6)])
async def test_the_command_may_say_how(room, layout, messages):
    thread = await room.import_page(layout=layout)
    assert len(thread.history()) == messages


async def test_the_guild_s_choice_holds_for_every_import_that_says_nothing(room):
    tags = await with_tags(room)
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    await room.admin.select(panel, [str(tags["Articles"])], custom_id="rj:setup-tags")
    await room.restart()
    await room.admin.select(panel, ["cards"], custom_id="rj:setup-layout")
    settings = await room.database.guilds.get_settings(room.guild_id)
    assert (settings.layout, settings.tags) == (Layout.CARDS, (tags["Articles"],))
    page = ("page.txt", FERRY_PAGE.encode())
    preview = answer(await room.admin.slash(room.lounge, "import article", file=page))
    assert f"**Where:** new post in <#{room.forum.id}>, tag Articles" in texts(preview)
    assert "on pages of several comments" in texts(preview)


async def test_tags_go_with_their_forum(room):
    tags = await with_tags(room)
    other = room.guild.create_forum_channel("archive")
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    await room.admin.select(panel, [str(tags["Articles"])], custom_id="rj:setup-tags")
    await room.admin.select(panel, [other], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    assert (await room.database.guilds.get_settings(room.guild_id)).tags == ()


@pytest.mark.parametrize("component", ["rj:setup-tags", "rj:setup-layout"])
async def test_a_member_chooses_nothing_for_the_guild(room, component):
    tags = await with_tags(room)
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    view = await setup.step_view(room.bot.services, room.guild_id, 1)
    message = await room.bot.get_channel(room.lounge.id).send(view=view)
    value = str(tags["Old"]) if component == "rj:setup-tags" else "cards"
    refused = answer(await room.alice.select(message, [value], custom_id=component))
    assert "Set-up needs the right Manage Server." in refused.content
    settings = await room.database.guilds.get_settings(room.guild_id)
    assert (settings.layout, settings.tags) == (Layout.AUTO, ())
