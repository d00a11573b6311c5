"""An import that is taken back leaves what members wrote, and nothing of what it brought."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.discussion import Origin
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import CommentState, ImportState, MessageId, UndoScope
from storage.database import Database
from storage.register import COLUMNS
from tests.storage.rows import everything, select
from tests.storage.world import AWAY, HOME, MIRA, NOW, World, live, settle

pytestmark = pytest.mark.asyncio

LATER = NOW + timedelta(minutes=5)


async def begin(database: Database, world: World, scope: UndoScope = UndoScope.MESSAGES) -> None:
    await database.imports.begin_undo(HOME, world.import_id, scope, actor=MIRA, at=NOW)


async def finish(database: Database, world: World) -> None:
    await database.imports.finish_undo(world.import_id, UndoScope.MESSAGES, at=LATER)


async def test_it_is_noted_who_wants_what_before_anything_is_deleted(
    database: Database, world: World, path: Path
) -> None:
    await begin(database, world, UndoScope.THREAD)
    run = await database.imports.get(HOME, world.import_id)
    assert (run.state, run.undo, run.undone_by) == (ImportState.UNDOING, UndoScope.THREAD, MIRA)
    assert await database.imports.list_undoing() == [run]
    assert await database.imports.list_unfinished() == []
    assert select(path, "SELECT actor, article_id FROM audit WHERE action = 'undo'") == [
        (MIRA, world.article_id)
    ]


async def test_what_is_being_taken_back_goes_nowhere_else(database: Database, world: World) -> None:
    await begin(database, world)
    for undone in (False, True):
        if undone:
            await finish(database, world)
        with pytest.raises(RefusedError, match="being taken back"):
            await database.imports.set_state(world.import_id, ImportState.DONE, at=NOW)


async def test_a_reason_stands_until_it_goes_on(database: Database, world: World) -> None:
    await begin(database, world)
    await database.imports.stop_undo(world.import_id, reason="The thread is locked.")
    run = await database.imports.get(HOME, world.import_id)
    assert (run.state, run.reason) == (ImportState.UNDOING, "The thread is locked.")
    await begin(database, world)
    assert (await database.imports.get(HOME, world.import_id)).reason is None


async def test_undone_is_for_good(database: Database, world: World) -> None:
    await begin(database, world)
    await finish(database, world)
    await begin(database, world, UndoScope.EVERYTHING)
    await database.imports.stop_undo(world.import_id, reason="too late")
    run = await database.imports.get(HOME, world.import_id)
    assert (run.state, run.undo, run.reason) == (ImportState.UNDONE, UndoScope.MESSAGES, None)
    assert run.finished_at == LATER


async def test_members_words_stay_with_the_places_above_them(database: Database, world: World) -> None:
    a, b, _ = world.comments
    below = await database.comments.add_live(live(world, 71, b))
    top = await database.comments.add_live(live(world, 72))
    assert below is not None
    assert top is not None
    await finish(database, world)
    tree = {record.id: record for record in await database.comments.tree(HOME, world.article_id)}
    assert set(tree) == {a, b, world.live_id, below.comment_id, top.comment_id}
    assert [tree[one].text for one in (world.live_id, below.comment_id, top.comment_id)] == [
        "better",
        "answer 71",
        "answer 72",
    ]
    assert (tree[below.comment_id].parent_id, tree[b].parent_id) == (b, a)
    for place in (a, b):
        assert (tree[place].text, tree[place].markdown, tree[place].speaker.name) == ("", "", None)
        assert tree[place].state is CommentState.REMOVED
    (thread,) = await database.threads.list_tracked()
    assert thread.undone


async def test_no_imported_word_is_left_but_what_names_the_article(
    database: Database, world: World, path: Path
) -> None:
    await finish(database, world)
    kept = {"title", "title_folded", "url", "site", "source_location"}
    rows = everything(path, HOME)
    for table in ("blocks", "pull_quotes", "report", "quotes"):
        assert rows[table] == [], table
    article = select(path, f"SELECT {', '.join(set(COLUMNS['articles']) - kept)} FROM articles")  # noqa: S608
    assert set(article[0]) == {None}
    assert select(path, "SELECT name, member_id IS NULL FROM speakers") == [(None, 0)]
    assert select(path, "SELECT DISTINCT kind FROM messages") == [("live",)]
    assert select(path, "SELECT count(*) FROM comments WHERE origin = 'source' AND text <> ''") == [(0,)]


async def test_where_no_member_wrote_nothing_but_the_fact_is_left(database: Database, world: World) -> None:
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    await finish(database, world)
    assert await database.comments.tree(HOME, world.article_id) == []
    assert await database.threads.list_tracked() == []
    assert (await database.articles.get(HOME, world.article_id)).article.title == world.article.article.title


async def test_a_member_who_deletes_later_takes_the_places_along(
    database: Database, world: World, path: Path
) -> None:
    second = await database.comments.add_live(live(world, 72))
    assert second is not None
    await finish(database, world)
    await database.comments.lose_messages(HOME, [world.live_message], at=LATER)
    assert [record.id for record in await database.comments.tree(HOME, world.article_id)] == [
        second.comment_id
    ]
    await database.comments.lose_messages(HOME, [MessageId(72)], at=LATER)
    assert await database.comments.tree(HOME, world.article_id) == []
    assert await database.threads.list_tracked() == []
    assert select(path, "SELECT count(*) FROM messages") == [(0,)]


async def test_a_deleted_thread_takes_its_members_words(database: Database, world: World) -> None:
    await database.comments.add_live(live(world, 72))
    assert await database.comments.lose_thread(HOME, world.thread_id, at=NOW) == 2
    live_ones = [
        r for r in await database.comments.tree(HOME, world.article_id) if r.origin is Origin.DISCORD
    ]
    assert [(record.text, record.state) for record in live_ones] == [("", CommentState.DELETED)] * 2


async def test_another_guilds_article_is_not_touched(
    database: Database, world: World, elsewhere: World, path: Path
) -> None:
    before = everything(path, AWAY)
    with pytest.raises(NotFoundError):
        await database.imports.begin_undo(AWAY, world.import_id, UndoScope.MESSAGES, actor=MIRA, at=NOW)
    await begin(database, world)
    await finish(database, world)
    assert everything(path, AWAY) == before


async def test_the_number_of_an_article_that_was_taken_back_is_not_given_again(
    database: Database, world: World
) -> None:
    await finish(database, world)
    again = await settle(database, AWAY)
    assert again.article_id == world.article_id + 1


async def test_a_large_article_is_forgotten_while_the_loop_stays_free(database: Database) -> None:
    world = await settle(database)
    parent = world.comments[0]
    for number in range(1, 400):
        record = await database.comments.add_live(live(world, number, parent))
        assert record is not None
        parent = record.comment_id
    task = asyncio.create_task(finish(database, world))
    turns = 0
    while not task.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 1
    assert len(await database.comments.tree(HOME, world.article_id)) == 401
