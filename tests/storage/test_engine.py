"""Opening and closing the file."""

# ruff: noqa: ASYNC240 - a test may wait for the disk

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageError
from storage.database import Database
from storage.schema import APPLICATION_ID, load_migrations
from tests.storage.rows import change, everything, select
from tests.storage.world import HOME, live, settle

pytestmark = pytest.mark.asyncio


async def refusal(path: Path) -> StorageError:
    """The error when a file is opened, which must leave it as it is."""
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        async with Database.open(path):
            pass
    assert path.read_bytes() == before
    assert str(path) in caught.value.message
    assert caught.value.next_step
    return caught.value


async def test_a_missing_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a file?mode=ro#.sqlite3"
    async with Database.open(path) as database:
        await settle(database)
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


async def test_an_empty_file_is_made_ours(path: Path) -> None:
    path.touch()
    async with Database.open(path):
        pass
    assert select(path, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert select(path, "PRAGMA user_version") == [(len(load_migrations()),)]


async def test_what_was_written_is_there_after_opening_again(path: Path) -> None:
    async with Database.open(path) as database:
        await settle(database)
    before = everything(path)
    async with Database.open(path) as database:
        assert len(await database.articles.list_articles(HOME)) == 1
    assert everything(path) == before


async def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"a shopping list\n" * 1000)
    assert "is not a SQLite database" in (await refusal(path)).message


async def test_a_damaged_file_is_refused(path: Path) -> None:
    async with Database.open(path) as database:
        await settle(database)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    assert "is damaged" in (await refusal(path)).message


async def test_a_database_of_another_program_is_refused(path: Path) -> None:
    change(path, "CREATE TABLE recipes (name TEXT)")
    assert "of another program" in (await refusal(path)).message


async def test_a_database_that_another_program_has_marked_is_refused(path: Path) -> None:
    change(path, "PRAGMA application_id = 1")
    assert "of another program" in (await refusal(path)).message


async def test_a_newer_database_is_refused(path: Path) -> None:
    async with Database.open(path):
        pass
    change(path, f"PRAGMA user_version = {len(load_migrations()) + 1}")
    error = await refusal(path)
    assert "newer version" in error.message
    assert "Update Rejoinder" in str(error)


async def test_a_folder_in_the_files_place_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StorageError, match="can't be opened"):
        async with Database.open(path):
            pass


async def test_a_place_where_no_file_can_be_is_refused(path: Path) -> None:
    path.touch()
    with pytest.raises(StorageError, match="can't be opened"):
        async with Database.open(path / "below a file.sqlite3"):
            pass


async def test_a_full_disk_is_said_and_the_rest_goes_on(database: Database, path: Path) -> None:
    world = await settle(database)
    await database.imports._engine.write(lambda connection: connection.execute("PRAGMA max_page_count = 1"))
    before = everything(path)
    with pytest.raises(StorageError, match="is full; nothing was saved"):
        await database.comments.add_live(live(world, 5, text="long " * 100_000))
    assert everything(path) == before
    assert len(await database.comments.tree(HOME, world.article_id)) == 4


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError, match="may not be written"):
        await database.articles._engine.read(lambda connection: connection.execute("DELETE FROM articles"))


async def test_many_reads_at_once_are_answered(database: Database) -> None:
    world = await settle(database)
    trees = await asyncio.gather(*(database.comments.tree(HOME, world.article_id) for _ in range(20)))
    assert all(tree == trees[0] for tree in trees)


async def test_a_read_sees_one_state_however_many_statements_it_has(database: Database, path: Path) -> None:
    world = await settle(database)

    def query(connection: sqlite3.Connection) -> tuple[int, int]:
        count = "SELECT count(*) FROM comments"
        (before,) = connection.execute(count).fetchone()
        with closing(sqlite3.connect(path)) as another, another:
            another.execute("DELETE FROM placements")
            another.execute("DELETE FROM quotes")
            another.execute("DELETE FROM history")
            another.execute("DELETE FROM comments WHERE id = ?", (world.live_id,))
        (after,) = connection.execute(count).fetchone()
        return before, after

    assert await database.comments._engine.read(query) == (4, 4)
    assert len(await database.comments.tree(HOME, world.article_id)) == 3


async def test_closing_writes_what_waits(path: Path) -> None:
    async with Database.open(path) as database:
        world = await settle(database)
        writes = [asyncio.create_task(database.comments.add_live(live(world, n))) for n in range(1, 1001)]
        await asyncio.sleep(0)
    assert all(write.result() is not None for write in writes)
    assert select(path, "SELECT count(*) FROM comments WHERE text LIKE 'answer %'") == [(1000,)]


async def test_deleted_words_leave_the_file(path: Path) -> None:
    async with Database.open(path) as database:
        world = await settle(database)
        await database.comments.add_live(live(world, 1, text="quicksilver", markdown="quicksilver"))
        await database.comments.lose_messages(HOME, [live(world, 1).message_id], at=live(world, 1).posted_at)
    assert b"quicksilver" not in path.read_bytes()
