"""The open file: one writer, a few readers, and errors as people meet them."""

import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Self, TypeVar

import aiosqlite

from bot.errors import StorageError
from storage.failures import storage_error
from storage.readers import Readers
from storage.schema import Migration, upgrade
from storage.thread import on_thread
from storage.writer import Writer

T = TypeVar("T")

#: Connections for reading. A tree of 5,000 comments takes one for a tenth of a second; a short lookup
#: shall find another.
READERS = 3


class Engine:
    """Runs functions of a ``sqlite3.Connection``: reads on a snapshot, writes with group commit."""

    def __init__(self, path: Path, writer: Writer, readers: Readers) -> None:
        self._path = path
        self._writer = writer
        self._readers = readers
        self._closed = False

    @classmethod
    @asynccontextmanager
    async def open(
        cls, path: Path, *, busy_timeout: float, migrations: Sequence[Migration]
    ) -> AsyncIterator[Self]:
        """Open the file, making or updating it; on leaving, everything that waits is written first.

        ``busy_timeout`` is how many seconds a statement waits for a lock of another program.
        """
        async with AsyncExitStack() as stack:
            try:
                _make_private(path)
                # Entered first, closed last: the last connection folds the write-ahead log into the file.
                writing = await stack.enter_async_context(_connect(path, "rw", busy_timeout))
                await on_thread(writing, lambda connection: _prepare(connection, path, migrations))
                reading = [
                    await stack.enter_async_context(_connect(path, "ro", busy_timeout))
                    for _ in range(READERS)
                ]
                for connection in reading:
                    await on_thread(connection, _name_columns)
            except sqlite3.Error as error:
                raise storage_error(error, path) from error
            engine = cls(path, Writer(writing), Readers(reading))
            try:
                yield engine
            finally:
                await engine._close()

    async def read(self, query: Callable[[sqlite3.Connection], T]) -> T:
        """What ``query`` finds on one snapshot. Raises StorageError, and what the query raises."""
        self._check_open()
        try:
            return await self._readers.read(query)
        except sqlite3.Error as error:
            raise storage_error(error, self._path) from error

    async def write(self, unit: Callable[[sqlite3.Connection], T]) -> T:
        """What ``unit`` returns, after COMMIT. Raises StorageError, and what the unit raises."""
        self._check_open()
        try:
            return await self._writer.write(unit)
        except sqlite3.Error as error:
            raise storage_error(error, self._path) from error

    async def _close(self) -> None:
        self._closed = True
        await self._writer.drain()

    def _check_open(self) -> None:
        if self._closed:
            raise StorageError(f"The database {self._path} is closed; nothing was saved.")


def _connect(path: Path, mode: str, busy_timeout: float) -> aiosqlite.Connection:
    # Without an isolation level Python begins no transactions of its own.
    return aiosqlite.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=busy_timeout
    )


def _make_private(path: Path) -> None:
    """The file holds what people wrote: on a shared machine only its owner reads it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(
            f"The database {path} can't be opened: {error.strerror}.",
            next_step="Name a file in the configuration that the bot's user may write.",
        ) from error


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    _name_columns(connection)
    # Before anything that writes: a file of another program is left as it is.
    upgrade(connection, path, migrations)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Deleted words are overwritten, not only forgotten.
    connection.execute("PRAGMA secure_delete = ON")


def _name_columns(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
