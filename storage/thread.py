"""The one place that touches aiosqlite's internals."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

import aiosqlite

T = TypeVar("T")


async def on_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run ``work`` on the connection's own thread, in one hop.

    aiosqlite has no public way to do this, and a hop for every statement costs 10 times what the statement
    does. ``tests/storage/test_thread.py`` fails when a new version needs another look.
    """
    return await connection._execute(work, connection._conn)  # type: ignore[no-any-return, no-untyped-call]  # noqa: SLF001
