"""What happened while the bot was away.

SimCord restarts without a pause, so the bot is made deaf for a while: the cog that listens is taken out.
"""

import pytest

from bot.domain.discussion import Origin
from bot.ports.records import CommentState, ThreadState

pytestmark = pytest.mark.asyncio


async def live(room):
    found = [comment for comment in await room.tree() if comment.origin is Origin.DISCORD]
    return sorted(found, key=lambda comment: comment.number)


async def deaf(room):
    await room.bot.unload_extension("cogs.tracking")


async def test_what_was_missed_is_read_when_the_bot_comes_back(room):
    thread = await room.import_page()
    tove = thread.history()[1]
    await deaf(room)
    answer = await room.alice.send(thread, "Nobody is listening.", reply_to=tove)
    await room.bert.send(thread, "I am.", reply_to=answer)
    assert await live(room) == []
    await room.restart()
    first, second = await live(room)
    assert (first.text, first.depth) == ("Nobody is listening.", 1)
    assert (second.text, second.parent_id) == ("I am.", first.id)
    await room.restart()
    assert len(await live(room)) == 2


async def test_edits_deletions_and_reactions_that_were_missed_are_found(room):
    thread = await room.import_page()
    kept = await room.alice.send(thread, "A frist thought.")
    taken_back = await room.bert.send(thread, "A rash word.")
    liked = await room.alice.send(thread, "Everybody likes this.", reply_to=thread.history()[1])
    await room.bert.react(kept, "👀")
    await deaf(room)
    await room.alice.edit(kept, "A first thought.")
    await room.bert.unreact(kept, "👀")
    await room.bert.delete(taken_back)
    await room.bert.react(liked, "⭐")
    await room.restart()
    first, second, third = await live(room)
    assert (first.text, second.text, second.state) == ("A first thought.", "", CommentState.DELETED)
    assert third.text == "Everybody likes this."
    assert await room.database.votes.count(room.guild_id, (await room.article()).id) == {third.id: 1}


async def test_what_is_older_than_the_window_stays_as_it_is_stored(room):
    thread = await room.import_page()
    old = await room.alice.send(thread, "From the day before yesterday.")
    await room.env.advance_time(49 * 3600)
    await deaf(room)
    await room.alice.edit(old, "Changed.")
    await room.restart()
    (comment,) = await live(room)
    assert comment.text == "From the day before yesterday."


async def test_nothing_is_asked_where_nothing_can_be_new(room):
    thread = await room.import_page()
    await deaf(room)
    await room.alice.send(thread, "Long ago.")
    await room.env.advance_time(49 * 3600)
    await room.restart()
    assert reads(room) == 1
    await room.restart()
    assert reads(room) == 1


def reads(room):
    """How often messages were read from Discord."""
    return sum("GET " in line and "/messages" in line for line in room.env.transcript().splitlines())


async def test_live_messages_wait_behind_what_was_missed(room):
    thread = await room.import_page()
    await deaf(room)
    for number in range(3):
        await room.alice.send(thread, f"Missed {number}.")
        await room.env.advance_time(600)
    await room.restart()
    await room.bert.send(thread, "Heard.")
    assert [comment.text for comment in await live(room)] == ["Missed 0.", "Missed 1.", "Missed 2.", "Heard."]


async def test_a_deleted_thread_takes_members_words_along_and_leaves_the_tree(room):
    thread = await room.import_page()
    await room.alice.send(thread, "Gone with the thread.")
    await room.bot.get_channel(thread.id).delete()
    await room.env.settle()
    (comment,) = await live(room)
    assert (comment.text, comment.state) == ("", CommentState.DELETED)
    assert len(await room.tree()) == 5
    (tracked,) = await room.database.threads.list_tracked()
    assert tracked.state is ThreadState.GONE


async def test_a_thread_that_was_deleted_meanwhile_is_noticed(room):
    thread = await room.import_page()
    await room.alice.send(thread, "Gone with the thread.")
    await deaf(room)
    await room.bot.get_channel(thread.id).delete()
    await room.restart()
    (comment,) = await live(room)
    assert comment.state is CommentState.DELETED


async def test_archiving_and_locking_are_noted(room):
    thread = await room.import_page()
    states = []
    for change in ({"archived": True}, {"archived": False}, {"locked": True}):
        await (await room.bot.fetch_channel(thread.id)).edit(**change)
        await room.env.settle()
        (tracked,) = await room.database.threads.list_tracked()
        states.append(tracked.state)
    assert states == [ThreadState.ARCHIVED, ThreadState.OPEN, ThreadState.LOCKED]
