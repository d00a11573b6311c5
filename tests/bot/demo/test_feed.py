"""What the panel shows, read from a real database behind the real bot."""

import pytest

from bot.demo.feed import Feed
from tests.conftest import Room


def feed_of(room: Room) -> Feed:
    return Feed(room.database, room.guild_id, {room.alice.id: "Alice"})


@pytest.mark.asyncio
async def test_before_the_first_import_there_is_nothing(room: Room) -> None:
    feed = feed_of(room)
    assert await feed.articles() == []
    assert await feed.find_newest_run() is None


@pytest.mark.asyncio
async def test_the_tree_is_the_one_that_is_stored(room: Room) -> None:
    thread = await room.import_page()
    feed = feed_of(room)
    stored = await room.tree()
    (article,) = await feed.articles()
    tree = await feed.tree(article.id)
    assert tree.thread == str(thread.id)
    assert (tree.imported, tree.live, tree.waits) == (len(stored), 0, None)
    assert tree.sent == tree.total > len(stored)
    assert [(branch.number, branch.level) for branch in tree.branches] == [
        (c.number, c.depth) for c in stored
    ]
    shown = {message.id for message in thread.history()}
    assert {int(branch.message or 0) for branch in tree.branches} <= shown


@pytest.mark.asyncio
async def test_a_members_answer_stands_under_its_comment_with_their_name(room: Room) -> None:
    thread = await room.import_page()
    feed = feed_of(room)
    (article,) = await feed.articles()
    before = await feed.tree(article.id)
    first = before.branches[0]
    message = next(message for message in thread.history() if str(message.id) == first.message)
    answer = await room.alice.send(thread, "I was there.", reply_to=message)
    after = await feed.tree(article.id)
    (live,) = [branch for branch in after.branches if branch.live]
    assert (live.who, live.words, live.level, live.message) == (
        "Alice",
        "I was there.",
        first.level + 1,
        str(answer.id),
    )
    assert after.live == 1
    await room.alice.edit(answer, "I was there, too.")
    (edited,) = [branch for branch in (await feed.tree(article.id)).branches if branch.live]
    assert (edited.words, edited.edited, edited.gone) == ("I was there, too.", True, None)
    await room.alice.delete(answer)
    (deleted,) = [branch for branch in (await feed.tree(article.id)).branches if branch.live]
    assert (deleted.words, deleted.gone, deleted.message) == ("", "deleted by its writer", None)
