"""An article in a thread in which people talk already: only what answers it is its own."""

import discord
import pytest

from bot.domain.discussion import Origin
from bot.ports.records import ImportId
from tests.conftest import answer, custom_id, texts

pytestmark = pytest.mark.asyncio


async def opened(room):
    """A thread of the lounge with talk in it."""
    made = await room.bot.get_channel(room.lounge.id).create_thread(
        name="harbour talk", type=discord.ChannelType.public_thread
    )
    thread = next(thread for thread in room.lounge.threads if thread.id == made.id)
    said = await room.alice.send(thread, "Has anybody seen the ferry?")
    return thread, said


async def imported(room, thread):
    preview = await room.preview(channel=thread)
    assert (
        f"**Where:** the thread <#{thread.id}>, under what stands there; nothing else in it is touched"
        in texts(preview)
    )
    await room.admin.select(preview, ["own"], custom_id=custom_id(preview, "rj:rights:"))
    await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))


def ours(room, thread):
    return [message for message in thread.history() if message.author.id == room.bot.user.id]


async def live(room):
    return [comment.text for comment in await room.tree() if comment.origin is Origin.DISCORD]


async def test_card_and_comments_come_under_what_stands_there(room):
    thread, said = await opened(room)
    await imported(room, thread)
    messages = thread.history()
    assert said.id in [message.id for message in messages]
    card = ours(room, thread)[0]
    assert card.content.startswith("**The ferry that never sailed**\n")
    assert card.attachments[0].filename == "ferry-that-never-sailed.txt"
    assert len(ours(room, thread)) == 6
    assert (await room.article()).thread_id == thread.id


async def test_only_what_answers_the_article_becomes_part_of_it(room):
    thread, said = await opened(room)
    await imported(room, thread)
    card, tove, *_ = ours(room, thread)
    answered = await room.alice.send(thread, "Six years? Then you met the band.", reply_to=tove)
    await room.bert.send(thread, "It starts to rain.")
    await room.bert.send(thread, "I saw it once.", reply_to=said)
    await room.bert.send(thread, "A good read.", reply_to=card)
    await room.bert.send(thread, "So did I.", reply_to=answered)
    assert await live(room) == ["Six years? Then you met the band.", "So did I.", "A good read."]
    by_text = {comment.text: comment for comment in await room.tree()}
    assert by_text["So did I."].parent_id == by_text["Six years? Then you met the band."].id
    assert by_text["A good read."].parent_id is None


async def test_what_stood_there_before_is_not_read_after_a_restart(room):
    thread, _ = await opened(room)
    await imported(room, thread)
    tove = ours(room, thread)[1]
    await room.restart()
    await room.alice.send(thread, "Written after the restart.", reply_to=tove)
    await room.bert.send(thread, "It still rains.")
    assert await live(room) == ["Written after the restart."]


async def test_undo_takes_our_messages_and_leaves_the_thread(room):
    thread, said = await opened(room)
    await imported(room, thread)
    asked = answer(await room.admin.slash(room.lounge, "import undo", **{"import": "1"}))
    assert "**Stays:** the thread, which was there before." in texts(asked)
    assert "thread with" not in texts(asked)
    await room.admin.click(asked, label="Delete my 6 messages")
    assert [message.id for message in thread.history()] == [said.id]
    assert (await room.database.imports.get(room.guild_id, ImportId(1))).state.value == "undone"


async def test_a_thread_holds_one_article(room):
    thread, _ = await opened(room)
    await imported(room, thread)
    page = ("other.txt", b"Another story\n\nThe story of another ferry.\n")
    refused = answer(await room.admin.slash(room.lounge, "import article", file=page, channel=thread))
    assert refused.content.startswith(
        f"**Nothing was posted.** <#{thread.id}> belongs to another article already."
    )


async def test_members_see_the_article_where_they_see_the_thread(room):
    thread, _ = await opened(room)
    await imported(room, thread)
    listed = await room.alice.slash(room.lounge, "articles list")
    assert f"<#{thread.id}>" in listed.response.content
