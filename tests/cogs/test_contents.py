"""Ways into a discussion: the table of contents in the thread and on the card, read anew at every press."""

import discord
import pytest

from bot.settings import ImportSettings
from tests.conftest import answer, texts

pytestmark = pytest.mark.asyncio


@pytest.fixture
def settings(settings):
    """Every import shows its progress, which becomes the table of contents."""
    return settings.model_copy(update={"imports": ImportSettings(progress_from=3)})


async def contents_of(room, thread):
    """What the Contents button of the card shows Alice."""
    return answer(await room.alice.click(thread.history()[0], label="Contents"))


async def test_the_progress_message_in_the_thread_becomes_the_contents(room):
    thread = await room.import_page()
    shown = thread.history()[1]
    assert "**Contents: The ferry that never sailed**" in texts(shown)
    assert "Placing comments" not in texts(shown)
    await room.restart()
    article = await room.article()
    led = answer(await room.bert.select(shown, ["1"], custom_id=f"rj:jump:{article.id}"))
    assert "Tove Lind: I worked on that quay" in texts(led)
    assert "**Latest**" in texts(answer(await room.bert.click(shown, label="Latest")))
    assert "**Unanswered: " in texts(answer(await room.bert.click(shown, label="Unanswered")))


async def test_a_branch_can_be_chosen_after_a_restart(room):
    thread = await room.import_page()
    shown = await contents_of(room, thread)
    assert "**Contents: The ferry that never sailed**" in texts(shown)
    assert "Jump to branch" in texts(shown)
    await room.restart()
    article = await room.article()
    led = answer(await room.alice.select(shown, ["4"], custom_id=f"rj:jump:{article.id}"))
    assert led.ephemeral
    target = next(m for m in thread.history() if "-# Comment 4" in m.content)
    assert f"/{thread.id}/{target.id})" in texts(led)
    assert "Go to comment 4" in texts(led)


async def test_latest_and_unanswered_know_what_was_written_since(room):
    thread = await room.import_page()
    shown = await contents_of(room, thread)
    before = texts(answer(await room.alice.click(shown, label="Unanswered")))
    assert "**Unanswered: 2 of 4 comments**" in before
    ravi = next(m for m in thread.history() if "-# Comment 4" in m.content)
    await room.alice.send(thread, "Two buses would do.", reply_to=ravi)
    await room.restart()
    latest = texts(answer(await room.alice.click(shown, label="Latest")))
    assert latest.splitlines()[2].startswith(f"- <@{room.alice.id}>: [Two buses would do.](")
    waiting = texts(answer(await room.alice.click(shown, label="Unanswered")))
    assert "**Unanswered: 2 of 5 comments**" in waiting
    assert waiting.splitlines()[2].startswith(f"- <@{room.alice.id}>: [Two buses would do.](")
    assert "Ravi" not in waiting


async def test_an_answer_that_is_deleted_answers_nothing_any_more(room):
    thread = await room.import_page()
    ravi = next(m for m in thread.history() if "-# Comment 4" in m.content)
    said = await room.alice.send(thread, "Two buses would do.", reply_to=ravi)
    await room.alice.delete(said)
    waiting = texts(answer(await room.alice.click(await contents_of(room, thread), label="Unanswered")))
    assert "Ravi Menon" in waiting
    assert "Two buses" not in waiting


async def test_a_branch_whose_message_is_gone_is_said_to_be_gone(room):
    thread = await room.import_page()
    shown = await contents_of(room, thread)
    article = await room.article()
    ravi = next(m for m in thread.history() if "-# Comment 4" in m.content)
    room.env.backend.delete_message(thread.id, ravi.id)
    await room.env.settle()
    refused = answer(await room.alice.select(shown, ["4"], custom_id=f"rj:jump:{article.id}"))
    assert "Comment 4 stands nowhere any more." in refused.content


@pytest.mark.parametrize("way", ["rj:latest:1", "rj:unanswered:1:0", "rj:jump:1"])
async def test_no_way_leads_into_another_guild_or_a_closed_channel(room, way):
    hidden = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True, send_messages=True)
    closed = room.guild.create_text_channel(
        "backstage",
        overwrites={room.guild.default_role: hidden, room.bot.user: seen, room.admin: seen},
    )
    await room.import_page(channel=closed)
    guild = room.env.create_guild("Next door")
    hall = guild.create_text_channel("hall")
    noor = guild.add_member(room.env.create_user("noor"))
    for channel, member in ((room.lounge, room.alice), (hall, noor)):
        forged = discord.ui.View(timeout=None)
        if "jump" in way:
            option = discord.SelectOption(label="4", value="4")
            forged.add_item(discord.ui.Select(custom_id=way, options=[option]))
        else:
            forged.add_item(discord.ui.Button(label="Forged", custom_id=way))
        message = await room.bot.get_channel(channel.id).send(view=forged)
        if "jump" in way:
            refused = answer(await member.select(message, ["4"], custom_id=way))
        else:
            refused = answer(await member.click(message, label="Forged"))
        assert "There is no such article here" in refused.content


async def test_after_an_undo_no_way_is_left(room):
    thread = await room.import_page()
    shown = await contents_of(room, thread)
    asked = answer(await room.admin.slash(room.lounge, "import undo", **{"import": "1"}))
    await room.admin.click(asked, label="Delete only my messages")
    refused = answer(await room.alice.click(shown, label="Latest"))
    assert "There is no such article here any more." in refused.content
