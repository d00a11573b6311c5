"""What `storage.thread` relies on inside aiosqlite."""

import sqlite3
import threading
from pathlib import Path

import aiosqlite
import pytest

from storage.thread import on_thread


@pytest.mark.asyncio
async def test_work_runs_on_the_connections_own_thread(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "x.sqlite3") as connection:

        def work(raw: sqlite3.Connection) -> tuple[int, int]:
            return raw.execute("SELECT 42").fetchone()[0], threading.get_ident()

        answer, thread = await on_thread(connection, work)
        assert answer == 42
        assert thread != threading.get_ident()
        # A connection is bound to its thread: this would raise on any other.
        assert await on_thread(connection, work) == (42, thread)


def test_the_version_is_one_whose_insides_were_read() -> None:
    assert aiosqlite.__version__.startswith("0.22."), "read Connection._execute and _conn again"
