"""Comments of pages in messages of their own: what counts as one, and after what it is looked for."""

import pytest

from bot.ports.records import MessageId, MessageState
from storage.database import Database
from tests.storage.world import HOME, World, live, new_unfolding

pytestmark = pytest.mark.asyncio


async def test_the_parts_wait_in_order(database: Database, world: World) -> None:
    rows = await database.unfoldings.find(HOME, world.unfolded)
    assert [(row.ordinal, row.state) for row in rows] == [
        (0, MessageState.PLANNED),
        (1, MessageState.PLANNED),
    ]
    assert [row.outgoing.content for row in rows if row.outgoing] == ["part 1", "part 2"]


async def test_a_second_begin_finds_the_first(database: Database, world: World) -> None:
    rows = await database.unfoldings.find(HOME, world.unfolded)
    assert await database.unfoldings.begin(new_unfolding(world, world.unfolded, "another")) == rows


async def test_a_comment_that_stands_alone_already_is_not_begun(database: Database, world: World) -> None:
    first, *_ = world.comments
    (row,) = await database.unfoldings.begin(new_unfolding(world, first, "another"))
    assert row.message_id == MessageId(int(world.thread_id) + 1)
    (row,) = await database.unfoldings.begin(new_unfolding(world, world.live_id, "another"))
    assert row.message_id == world.live_message


async def test_what_follows_a_first_part_that_is_gone_does_not_count(
    database: Database, world: World
) -> None:
    first, second = await database.unfoldings.find(HOME, world.unfolded)
    await database.messages.mark_sent(first.id, MessageId(900))
    await database.messages.mark_sent(second.id, MessageId(901))
    await database.messages.mark_gone(HOME, [MessageId(900)])
    assert await database.unfoldings.find(HOME, world.unfolded) == []


async def test_what_is_sent_is_not_forgotten(database: Database, world: World) -> None:
    first, _ = await database.unfoldings.find(HOME, world.unfolded)
    await database.messages.mark_sent(first.id, MessageId(900))
    await database.unfoldings.forget(HOME, world.unfolded)
    assert [row.message_id for row in await database.unfoldings.find(HOME, world.unfolded)] == [900]
    assert await database.unfoldings.list_unfinished(HOME) == []


async def test_it_stands_after_what_was_known_when_it_was_begun(database: Database, world: World) -> None:
    # The import's messages are sent later than their rows are made: they don't tell when.
    await database.comments.add_live(live(world, int(world.live_message) + 30))
    assert await database.unfoldings.newest_before(HOME, world.unfolding) == world.live_message
