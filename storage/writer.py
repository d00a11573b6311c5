"""One writer with group commit: take all that waits, one transaction.

There is no timer. While one batch is on its way to the disk the next one gathers, so a lone write waits for
nobody and a crowd shares one flush.
"""

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import aiosqlite

from storage.thread import on_thread

T = TypeVar("T")

#: Units that share one transaction at most. It bounds how long the first of them waits for the last, and is
#: far above the point where more company stops making a row cheaper.
BATCH_LIMIT = 500


@dataclass(eq=False, slots=True)
class _Job:
    """A unit of work and whoever waits for it. The writer's thread fills in how it went."""

    unit: Callable[[sqlite3.Connection], Any]
    future: asyncio.Future[Any]
    value: Any = None
    error: BaseException | None = None


class Writer:
    """Runs units of work, each in a SAVEPOINT of its own inside a transaction that they share."""

    def __init__(self, connection: aiosqlite.Connection, *, batch_limit: int = BATCH_LIMIT) -> None:
        self._connection = connection
        self._batch_limit = batch_limit
        self._waiting: deque[_Job] = deque()
        self._draining: asyncio.Task[None] | None = None

    async def write(self, unit: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``unit`` on the database's thread; returns after COMMIT.

        What the unit raises is raised here, and only its own rows are undone. A unit whose caller is cancelled
        before its turn never runs; one whose turn has begun is committed with its neighbours.
        """
        job = _Job(unit, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._draining is None:
            self._draining = asyncio.create_task(self._drain(), name="storage writer")
        return await job.future  # type: ignore[no-any-return]

    async def drain(self) -> None:
        """Wait until nothing waits."""
        while self._draining is not None:
            await asyncio.wait({self._draining})

    async def _drain(self) -> None:
        try:
            while self._waiting:
                size = min(len(self._waiting), self._batch_limit)
                await self._commit([self._waiting.popleft() for _ in range(size)])
        finally:
            # Only a loop that is being torn down leaves somebody behind.
            for job in self._waiting:
                job.future.cancel()
            self._waiting.clear()
            self._draining = None

    async def _commit(self, batch: Sequence[_Job]) -> None:
        try:
            await on_thread(self._connection, partial(_run_together, batch))
        except asyncio.CancelledError:
            for job in batch:
                job.future.cancel()
            raise
        except BaseException as error:  # noqa: BLE001 - it belongs to everybody in the batch, and is raised there
            for job in batch:
                job.error = error
        for job in batch:
            if job.future.done():
                continue
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.value)


def _run_together(batch: Sequence[_Job], connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for job in batch:
            if not job.future.cancelled():
                _run_apart(job, connection)
        connection.execute("COMMIT")
    except BaseException:
        # A rollback that fails too must not hide why it was needed.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _run_apart(job: _Job, connection: sqlite3.Connection) -> None:
    connection.execute("SAVEPOINT unit")
    try:
        job.value = job.unit(connection)
    except Exception as error:
        if not connection.in_transaction:
            # SQLite gave up the whole transaction (disk full, I/O error), the neighbours' work with it.
            raise
        connection.execute("ROLLBACK TO unit")
        job.error = error
    connection.execute("RELEASE unit")
