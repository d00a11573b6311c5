import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import NotFoundError, StorageError
from bot.ports.records import ChannelId, ImportId, ImportState, MessageId, MessageState, Progress
from storage.database import Database
from storage.nonces import nonce
from tests.discussions import comment
from tests.storage.rows import everything, select
from tests.storage.world import AWAY, FORUM, HOME, MIRA, NOW, World, new_import, outgoing, plan, take_next

pytestmark = pytest.mark.asyncio

KEY = 2**64 - 1


async def test_a_run_begins_queued_with_everything_it_needs(database: Database) -> None:
    run = await database.imports.begin(new_import(comment("a"), comment("b"), nonce_key=KEY, tags=(5, 6)))
    assert (run.guild_id, run.channel_id, run.requested_by) == (HOME, FORUM, MIRA)
    assert (run.state, run.started_at, run.finished_at, run.reason) == (ImportState.QUEUED, NOW, None, None)
    assert (run.nonce_key, run.tags, run.thread_id) == (KEY, (5, 6), None)
    assert (run.sent, run.total) == (0, 3)
    assert await database.imports.get(HOME, run.id) == run


async def test_the_plan_is_in_the_journal_before_the_first_send(database: Database, path: Path) -> None:
    await database.imports.begin(new_import(comment("a"), comment("b"), nonce_key=KEY))
    assert select(path, "SELECT kind, state, nonce, digest, reply_to FROM messages ORDER BY ordinal") == [
        ("card", "planned", nonce(KEY, 0), outgoing("The card").digest, None),
        ("comment", "planned", nonce(KEY, 1), outgoing("a says").digest, 0),
        ("comment", "planned", nonce(KEY, 2), outgoing("b says").digest, 0),
    ]


async def test_how_far_a_run_is_counts_comments_apart_from_messages(database: Database, world: World) -> None:
    assert await database.imports.progress(world.import_id) == Progress(2, 3, sent=3, total=4)


async def test_a_card_that_makes_its_thread_stands_in_it(database: Database) -> None:
    run = await database.imports.begin(new_import(comment("a")))
    card = await take_next(database, run.id, FORUM)
    assert card is not None
    await database.imports.set_thread(run.id, ChannelId(77), card=(card.row, MessageId(77)))
    found = await database.messages.find(HOME, MessageId(77))
    assert found is not None
    assert (found.state, found.channel_id) == (MessageState.SENT, ChannelId(77))


async def test_comments_are_numbered_in_their_order(database: Database) -> None:
    run = await database.imports.begin(
        new_import(comment("a"), comment("b", "a"), comment("c", "b"), comment("d"))
    )
    tree = await database.comments.tree(HOME, run.article_id)
    assert [(record.number, record.key, record.depth) for record in tree] == [
        (1, "a", 0),
        (2, "b", 1),
        (3, "c", 2),
        (4, "d", 0),
    ]
    assert [record.parent_id for record in tree] == [None, tree[0].id, tree[1].id, None]
    assert {record.id >> 20 for record in tree} == {run.article_id}


async def test_a_comment_whose_parent_is_missing_keeps_its_key(database: Database, path: Path) -> None:
    run = await database.imports.begin(new_import(comment("a"), comment("b", "lost"), comment("c", "b")))
    tree = await database.comments.tree(HOME, run.article_id)
    assert [(record.key, record.depth) for record in tree] == [("a", 0), ("b", 0), ("c", 1)]
    assert select(path, "SELECT key, missing_parent FROM comments ORDER BY id") == [
        ("a", None),
        ("b", "lost"),
        ("c", None),
    ]


async def test_what_the_reader_left_out_is_kept(database: Database, world: World, path: Path) -> None:
    assert select(
        path, "SELECT dropped, reason FROM report WHERE import_id = ? ORDER BY id", world.import_id
    ) == [
        ("DONATE", "donation box"),
        (None, "3 of 4 comments are in this page"),
    ]


async def test_a_run_that_cannot_begin_leaves_nothing(database: Database, path: Path) -> None:
    await database.imports.begin(new_import(comment("a"), nonce_key=KEY))
    before = everything(path)
    with pytest.raises(StorageError, match="contradict"):
        await database.imports.begin(new_import(comment("a"), nonce_key=KEY))
    assert everything(path) == before


async def test_five_thousand_comments_are_one_transaction_and_the_loop_stays_free(database: Database) -> None:
    many = [comment(f"c{number}", f"c{number - 1}" if number % 4 else None) for number in range(5000)]
    begun = asyncio.create_task(database.imports.begin(new_import(*many)))
    turns = 0
    while not begun.done():
        await asyncio.sleep(0.001)
        turns += 1
    run = begun.result()
    assert turns > 10
    assert len(await database.comments.tree(HOME, run.article_id)) == 5000


async def test_runs_are_listed_newest_first(database: Database) -> None:
    runs = [await database.imports.begin(new_import(comment("a"), nonce_key=number)) for number in range(3)]
    assert await database.imports.list_recent(HOME, limit=2) == [runs[2], runs[1]]


async def test_queued_and_running_ones_are_unfinished_in_every_guild(database: Database) -> None:
    states = STATES_BEFORE_UNDO
    runs = []
    for number, state in enumerate(states):
        guild_id = HOME if number % 2 else AWAY
        run = await database.imports.begin(new_import(comment("a"), nonce_key=number, guild_id=guild_id))
        await database.imports.set_state(run.id, state, at=NOW)
        runs.append(run.id)
    unfinished = await database.imports.list_unfinished()
    assert [(run.id, run.state) for run in unfinished] == [
        (runs[states.index(ImportState.QUEUED)], ImportState.QUEUED),
        (runs[states.index(ImportState.RUNNING)], ImportState.RUNNING),
    ]


STATES_BEFORE_UNDO = [
    state for state in ImportState if state not in {ImportState.UNDOING, ImportState.UNDONE}
]


@pytest.mark.parametrize("state", STATES_BEFORE_UNDO)
async def test_only_an_end_has_a_time(database: Database, world: World, state: ImportState) -> None:
    later = NOW + timedelta(hours=1)
    await database.imports.set_state(world.import_id, state, at=later, reason="Discord said no.")
    run = await database.imports.get(HOME, world.import_id)
    ended = state is ImportState.DONE
    assert (run.state, run.reason, run.finished_at) == (state, "Discord said no.", later if ended else None)


async def test_going_on_forgets_reason_and_end(database: Database, world: World) -> None:
    await database.imports.set_state(world.import_id, ImportState.DONE, at=NOW, reason="a mistake")
    await database.imports.set_state(world.import_id, ImportState.RUNNING, at=NOW)
    run = await database.imports.get(HOME, world.import_id)
    assert (run.reason, run.finished_at) == (None, None)


async def test_the_newest_run_of_an_article_is_found(database: Database, world: World) -> None:
    assert await database.imports.find_newest(HOME, world.article_id) == await database.imports.get(
        HOME, world.import_id
    )


async def test_sent_grows_with_every_message(database: Database, world: World) -> None:
    assert (await database.imports.get(HOME, world.import_id)).sent == 3
    await database.messages.mark_sent(world.row, MessageId(9))
    run = await database.imports.get(HOME, world.import_id)
    assert (run.sent, run.total) == (4, 4)


async def test_a_thread_is_noted_everywhere_and_may_be_noted_twice(database: Database, world: World) -> None:
    await database.imports.set_thread(world.import_id, world.thread_id)
    assert (await database.imports.get(HOME, world.import_id)).thread_id == world.thread_id
    assert (await database.articles.get(HOME, world.article_id)).thread_id == world.thread_id
    (tracked,) = await database.threads.list_tracked()
    assert (tracked.thread_id, tracked.article_id, tracked.cursor) == (
        world.thread_id,
        world.article_id,
        world.live_message,
    )


async def test_a_thread_belongs_to_one_article(
    database: Database, world: World, elsewhere: World, path: Path
) -> None:
    before = everything(path)
    with pytest.raises(StorageError, match="belongs to another article"):
        await database.imports.set_thread(world.import_id, elsewhere.thread_id)
    assert everything(path) == before


async def test_a_run_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        await database.imports.set_state(ImportId(404), ImportState.DONE, at=NOW)
    with pytest.raises(NotFoundError):
        await database.imports.set_thread(ImportId(404), FORUM)


async def test_a_run_begun_anew_has_a_plan_and_no_thread(
    database: Database, world: World, path: Path
) -> None:
    run = await database.imports.begin_anew(world.import_id, plan("a", "b", "c"), nonce_key=KEY)
    assert (run.thread_id, run.sent, run.total, run.nonce_key) == (None, 0, 4, KEY)
    assert (await database.articles.get(HOME, world.article_id)).thread_id is None
    assert await database.threads.list_tracked() == []
    assert select(path, "SELECT nonce, state FROM messages WHERE import_id IS NOT NULL ORDER BY ordinal") == [
        (nonce(KEY, ordinal), "planned") for ordinal in range(4)
    ]
    # What members wrote and what was quoted elsewhere stays.
    assert len(await database.comments.tree(HOME, world.article_id)) == 4
    assert await database.messages.find(HOME, world.card) is not None
