"""The file as SQLite itself shows it, past everything of ours."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def select(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def tables(path: Path) -> list[str]:
    return [
        name
        for (name,) in select(
            path,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
    ]


def everything(path: Path, guild_id: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, or only those of a guild."""
    condition, names = "", tables(path)
    if guild_id is not None:
        condition = f" WHERE guild_id = {guild_id}"
        names.remove("facts")  # these are the bot's own
    return {
        table: sorted(select(path, f"SELECT * FROM {table}{condition}"), key=repr)  # noqa: S608 - our own names
        for table in names
    }
