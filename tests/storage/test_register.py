"""Law 7: every place that holds words of people is in one register."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.outgoing import MessageKind
from storage.register import COLUMNS, FILES, MESSAGES, WORDLESS
from storage.schema import load_migrations, upgrade

Columns = set[tuple[str, str]]


def of_register(register: Mapping[str, Mapping[str, str]]) -> Columns:
    return {(table, column) for table, columns in register.items() for column in columns}


def that_can_hold_words(path: Path, *, more: str = "SELECT 1") -> Columns:
    """Columns of the schema, hidden ones too, whose type lets text in."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        upgrade(connection, path, load_migrations())
        connection.execute(more)
        return {
            (table, column)
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ).fetchall()
            if not table.startswith("sqlite_")
            for _, column, kind, *_ in connection.execute("SELECT * FROM pragma_table_xinfo(?)", (table,))
            if kind not in {"INTEGER", "REAL"}
        }


def test_every_column_that_can_hold_words_is_registered(path: Path) -> None:
    assert that_can_hold_words(path) == of_register(COLUMNS) | of_register(WORDLESS)


def test_no_column_is_registered_as_both() -> None:
    assert not of_register(COLUMNS) & of_register(WORDLESS)


@pytest.mark.parametrize("kind", ["TEXT", "ANY", "BLOB"])
def test_a_new_column_would_be_seen(path: Path, kind: str) -> None:
    found = that_can_hold_words(path, more=f"ALTER TABLE audit ADD COLUMN remark {kind}")
    assert found - of_register(COLUMNS) - of_register(WORDLESS) == {("audit", "remark")}


def test_every_table_is_strict_so_that_numbers_are_numbers(path: Path) -> None:
    that_can_hold_words(path)
    with closing(sqlite3.connect(path)) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_every_kind_of_message_is_registered() -> None:
    assert set(MESSAGES) == set(MessageKind)


def test_every_entry_has_a_reason() -> None:
    reasons = [*MESSAGES.values(), *FILES.values()]
    reasons += [
        reason
        for register in (COLUMNS, WORDLESS)
        for columns in register.values()
        for reason in columns.values()
    ]
    assert all(reason.strip() for reason in reasons)
