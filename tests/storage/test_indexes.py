"""No method walks through a whole table: each finds its rows by an index."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database
from storage.thread import on_thread
from tests.storage.calls import CALLS, Call
from tests.storage.world import World

#: Methods that want every row, of a table or of an index that holds only such rows.
ALL_ROWS = {
    "threads.list_tracked": {"SCAN threads"},
    "imports.list_unfinished": {"SCAN imports USING INDEX imports_unfinished"},
    "imports.list_undoing": {"SCAN imports USING INDEX imports_undoing"},
}
_EXPLAINABLE = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
_SCAN = re.compile(r"SCAN (\w+)")


@pytest.mark.asyncio
@pytest.mark.parametrize("call", CALLS, ids=str)
async def test_rows_are_found_by_an_index(database: Database, world: World, path: Path, call: Call) -> None:
    await call.prepare(database, world)
    statements: list[str] = []
    engine = database.articles._engine
    for connection in (engine._writer._connection, *engine._readers._idle._queue):  # type: ignore[attr-defined]
        await on_thread(connection, lambda raw: raw.set_trace_callback(statements.append))
    await call.run(database, world.guild_id, world)
    explained = [statement for statement in statements if _EXPLAINABLE.match(statement)]
    assert explained
    with closing(sqlite3.connect(path)) as connection:
        plans = [
            detail
            for statement in explained
            for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        ]
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    scanned = {plan for plan in plans if (scan := _SCAN.match(plan)) and scan[1] in names}
    assert scanned == ALL_ROWS.get(call.name, set())
