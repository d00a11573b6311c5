"""The file: is it ours, how old is it, and what brings it up to date."""

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from bot.errors import StorageError

#: "Rjdr": marks a SQLite file as ours (https://www.sqlite.org/pragma.html#pragma_application_id).
APPLICATION_ID = 0x526A6472


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of SQL; applying the first N makes a file of version N."""

    number: int
    name: str
    sql: str


def load_migrations() -> tuple[Migration, ...]:
    """Every migration that this version of the bot brings along, in order."""
    folder = resources.files("storage").joinpath("migrations")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return tuple(
        Migration(int(file.name.partition("_")[0]), file.name, file.read_text(encoding="utf-8"))
        for file in files
    )


def upgrade(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    """Make an empty file ours, bring an older one up to date, and touch no other.

    An older file is copied before its first migration. Raises StorageError for a file of another program and
    for one that a newer version of the bot has written.
    """
    version = _version_of_ours(connection, path)
    newest = len(migrations)
    if version > newest:
        raise StorageError(
            f"The database {path} was written by a newer version of Rejoinder "
            f"(its format is {version}, this version knows {newest}); it was left as it is.",
            next_step="Update Rejoinder, or put back a copy from before the update.",
        )
    if 0 < version < newest:
        _copy(connection, path.with_name(f"{path.name}.version-{version}.bak"))
    for migration in migrations[version:]:
        _apply(connection, migration)


def statements(sql: str) -> Iterator[str]:
    """The statements of a script, one by one: ``executescript`` would end the transaction in silence."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"A statement is not finished: {statement.strip()[:80]}")


def _version_of_ours(connection: sqlite3.Connection, path: Path) -> int:
    application = _pragma(connection, "application_id")
    version = _pragma(connection, "user_version")
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == APPLICATION_ID or (application, version, objects) == (0, 0, 0):
        return version
    raise StorageError(
        f"{path} is a database of another program; it was left as it is.",
        next_step="Name another file in the configuration.",
    )


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    """One migration and its record, in one transaction. Foreign keys are off while tables are rebuilt."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process that opened the same file may have been faster.
        if _pragma(connection, "user_version") < migration.number:
            for statement in statements(migration.sql):
                connection.execute(statement)
            _check_references(connection, migration)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {migration.number}")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: sqlite3.Connection, migration: Migration) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StorageError(
            f"The update {migration.name} would leave the database in pieces; nothing was changed.",
            next_step="This is a mistake of the bot: please report it.",
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
