"""Readers: a few read-only connections, so that no read waits for a write."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import aiosqlite

from storage.thread import on_thread

T = TypeVar("T")


class Readers:
    """Lends a connection to each query. The last one used goes out first: its cache is warm."""

    def __init__(self, connections: Sequence[aiosqlite.Connection]) -> None:
        self._idle: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        for connection in connections:
            self._idle.put_nowait(connection)

    async def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``query`` on one snapshot of the database, however many statements it has."""
        connection = await self._idle.get()
        try:
            return await on_thread(connection, partial(_on_snapshot, query))
        finally:
            self._idle.put_nowait(connection)


def _on_snapshot(query: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN")
    try:
        return query(connection)
    finally:
        connection.rollback()
