import pytest

from bot.ports.records import ChannelId, MessageId, TrackedThread, UndoScope
from storage.database import Database
from tests.storage.world import FORUM, HOME, NOW, World

pytestmark = pytest.mark.asyncio


async def test_threads_of_all_guilds_are_tracked(database: Database, world: World, elsewhere: World) -> None:
    assert await database.threads.list_tracked() == [
        TrackedThread(one.thread_id, one.guild_id, one.article_id, one.live_message, parent_id=FORUM)
        for one in (world, elsewhere)
    ]


async def test_a_new_thread_has_no_cursor(database: Database, world: World) -> None:
    await database.imports.set_thread(world.import_id, ChannelId(5))
    assert (
        TrackedThread(ChannelId(5), HOME, world.article_id, None, parent_id=FORUM)
        in await database.threads.list_tracked()
    )


async def test_a_cursor_moves_forward_only(database: Database, world: World) -> None:
    for message_id in (7, 10**18, 9):
        await database.threads.move_cursor(world.thread_id, MessageId(message_id))
    (thread,) = await database.threads.list_tracked()
    assert thread.cursor == 10**18


async def test_a_thread_that_is_not_tracked_any_more_is_no_error(database: Database, world: World) -> None:
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    await database.imports.finish_undo(world.import_id, UndoScope.MESSAGES, at=NOW)
    await database.threads.move_cursor(world.thread_id, MessageId(1))
    assert await database.threads.list_tracked() == []
