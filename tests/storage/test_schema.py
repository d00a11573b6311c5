"""Migrations, each from a file with data in it.

For a new migration N put a file of version N with rows in every table into ``old/`` (INSERT statements only);
the tests below take it from there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.outgoing import Layout, Outgoing
from bot.domain.panels import Button, ButtonRow, Panel, TextBlock
from bot.errors import StorageError
from bot.ports.records import ArticleId, GuildId, ImportId
from storage.database import Database
from storage.schema import APPLICATION_ID, Migration, _apply, load_migrations, statements, upgrade
from tests.storage.rows import everything, select, tables

OLD = Path(__file__).parent / "old"
MIGRATIONS = load_migrations()
NEWEST = len(MIGRATIONS)
#: What may come after the newest one, for tests of the machinery itself.
NEXT = Migration(
    NEWEST + 1, "next.sql", "ALTER TABLE articles ADD COLUMN mood TEXT;\nUPDATE articles SET mood = 'calm';\n"
)


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def fill(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Make a file of an older version, with its rows."""
    upgrade(connection, path, MIGRATIONS[:version])
    connection.execute("BEGIN")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for statement in statements((OLD / f"{version:04}.sql").read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute("COMMIT")


def schema(path: Path) -> list[tuple[str, ...]]:
    return select(path, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, NEWEST + 1))


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_an_old_file_has_rows_in_every_table(
    path: Path, connection: sqlite3.Connection, version: int
) -> None:
    fill(connection, path, version)
    filled = {table for table, rows in everything(path).items() if rows}
    assert filled == set(tables(path))
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_an_old_file_becomes_what_a_new_file_is(
    path: Path, tmp_path: Path, connection: sqlite3.Connection, version: int
) -> None:
    fill(connection, path, version)
    upgrade(connection, path, MIGRATIONS)
    fresh = tmp_path / "fresh.sqlite3"
    with closing(sqlite3.connect(fresh, isolation_level=None)) as another:
        upgrade(another, fresh, MIGRATIONS)
    assert schema(path) == schema(fresh)
    assert select(path, "PRAGMA user_version") == select(fresh, "PRAGMA user_version") == [(NEWEST,)]


@pytest.mark.asyncio
@pytest.mark.parametrize("version", range(1, NEWEST + 1))
async def test_an_old_file_is_read_by_this_version(
    path: Path, connection: sqlite3.Connection, version: int
) -> None:
    fill(connection, path, version)
    connection.close()
    async with Database.open(path) as database:
        guild_id, article_id = GuildId(100), ArticleId(1)
        assert [comment.key for comment in await database.comments.tree(guild_id, article_id)] == [
            "a",
            "b",
            "discord-100050",
            "c",
        ]
        assert [quote.text for quote in await database.quotes.list_quotes(guild_id, article_id)] == ["city"]
        assert len((await database.articles.get_article(guild_id, article_id)).blocks) == 3
        assert (await database.imports.get(guild_id, ImportId(1))).layout is Layout.REPLIES


@pytest.mark.parametrize("version", range(1, NEWEST + 1))
def test_messages_that_wait_in_an_old_file_are_still_what_they_were(
    path: Path, connection: sqlite3.Connection, version: int
) -> None:
    fill(connection, path, version)
    upgrade(connection, path, MIGRATIONS)
    held = select(path, "SELECT outgoing FROM messages WHERE outgoing IS NOT NULL ORDER BY id")
    comment, progress, alone = (Outgoing.model_validate_json(outgoing) for (outgoing,) in held)
    assert comment.content == "c says"
    assert progress.panel == Panel(
        blocks=(
            TextBlock(text="Placing comments"),
            TextBlock(text="It's slow"),
            ButtonRow(buttons=(Button(label="Contents", custom_id="rj:contents"),)),
        ),
        accent=0x4F6D8F,
    )
    assert alone.panel == Panel(blocks=(TextBlock(text="Alone"),))


def test_a_migration_keeps_the_rows_and_leaves_a_copy(path: Path, connection: sqlite3.Connection) -> None:
    fill(connection, path, NEWEST)
    before = everything(path)
    upgrade(connection, path, (*MIGRATIONS, NEXT))
    assert select(path, "SELECT mood FROM articles") == [("calm",)]
    assert everything(path)["comments"] == before["comments"]
    assert select(path, "PRAGMA user_version") == [(NEXT.number,)]
    copy = path.with_name(f"{path.name}.version-{NEWEST}.bak")
    assert everything(copy) == before
    assert select(copy, "PRAGMA user_version") == [(NEWEST,)]
    assert copy.stat().st_mode & 0o077 == 0


def test_a_new_file_needs_no_copy(path: Path, connection: sqlite3.Connection) -> None:
    upgrade(connection, path, (*MIGRATIONS, NEXT))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_up_to_date_is_not_touched(path: Path, connection: sqlite3.Connection) -> None:
    fill(connection, path, NEWEST)
    before = path.read_bytes()
    upgrade(connection, path, MIGRATIONS)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("INSERT INTO nowhere VALUES (1);", sqlite3.OperationalError),
        ("UPDATE comments SET speaker_id = 404;", StorageError),
        ("CREATE TABLE half (", ValueError),
    ],
    ids=["fails in the middle", "breaks a reference", "is not finished"],
)
def test_a_migration_that_fails_changes_nothing(
    path: Path, connection: sqlite3.Connection, sql: str, error: type[Exception]
) -> None:
    fill(connection, path, NEWEST)
    before, schema_before = everything(path), schema(path)
    with pytest.raises(error):
        upgrade(connection, path, (*MIGRATIONS, Migration(NEXT.number, "broken.sql", f"{NEXT.sql}{sql}")))
    assert not connection.in_transaction
    assert (everything(path), schema(path)) == (before, schema_before)
    assert select(path, "PRAGMA user_version") == [(NEWEST,)]


def test_a_migration_that_another_process_made_meanwhile_is_not_made_twice(
    path: Path, connection: sqlite3.Connection
) -> None:
    fill(connection, path, NEWEST)
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        _apply(another, NEXT)
    _apply(connection, NEXT)
    assert select(path, "SELECT mood FROM articles") == [("calm",)]


def test_the_mark_of_our_files_stays_what_it_is() -> None:
    assert APPLICATION_ID.to_bytes(4, "big") == b"Rjdr"


def test_statements_are_told_apart_in_spite_of_comments_and_strings() -> None:
    sql = "-- one; not a statement\nCREATE TABLE a (\n  b TEXT -- c;\n);\nINSERT INTO a VALUES ('d;\ne');\n"
    assert [statement.split()[-1] for statement in statements(sql)] == [");", "e');"]
