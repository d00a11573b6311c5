"""Group commit: who shares a transaction, and who is hurt when somebody fails."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiosqlite
import pytest
import pytest_asyncio

from storage.writer import Writer
from tests.storage.rows import select

pytestmark = pytest.mark.asyncio


class Bench:
    """A writer on a file with one table, every statement noted."""

    def __init__(self, path: Path, connection: aiosqlite.Connection) -> None:
        self.path = path
        self.writer = Writer(connection)
        self.statements: list[str] = []

    @property
    def commits(self) -> int:
        return self.statements.count("COMMIT")

    def rows(self) -> list[int]:
        return [n for (n,) in select(self.path, "SELECT n FROM notes ORDER BY n")]

    async def hold(self) -> tuple[threading.Event, asyncio.Task[None]]:
        """Keep the thread busy, until the event, with a unit that writes a 0."""
        running, release = threading.Event(), threading.Event()

        def unit(connection: sqlite3.Connection) -> None:
            running.set()
            release.wait(10)
            add(0)(connection)

        task = asyncio.create_task(self.writer.write(unit))
        await asyncio.to_thread(running.wait, 10)
        return release, task


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    path = tmp_path / "notes.sqlite3"
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute(
            "CREATE TABLE notes (n INTEGER PRIMARY KEY, above INTEGER REFERENCES notes (n))"
        )
        await connection.execute("PRAGMA foreign_keys = ON")
        bench = Bench(path, connection)
        await connection.set_trace_callback(bench.statements.append)
        yield bench


def add(number: int) -> Callable[[sqlite3.Connection], int]:
    def unit(connection: sqlite3.Connection) -> int:
        connection.execute("INSERT INTO notes (n) VALUES (?)", (number,))
        return number

    return unit


def add_and_fail(number: int) -> Callable[[sqlite3.Connection], int]:
    def unit(connection: sqlite3.Connection) -> int:
        add(number)(connection)
        raise LookupError(number)

    return unit


async def test_a_unit_returns_after_its_commit(bench: Bench) -> None:
    assert await bench.writer.write(add(7)) == 7
    assert bench.rows() == [7]


async def test_a_crowd_shares_few_commits(bench: Bench) -> None:
    assert await asyncio.gather(*(bench.writer.write(add(n)) for n in range(1200))) == list(range(1200))
    assert bench.rows() == list(range(1200))
    assert bench.commits == 3  # 500, 500, 200


async def test_what_gathers_while_a_batch_is_written_is_the_next_batch(bench: Bench) -> None:
    release, held = await bench.hold()
    crowd = [asyncio.create_task(bench.writer.write(add(n))) for n in range(1, 100)]
    await asyncio.sleep(0)
    release.set()
    await asyncio.gather(held, *crowd)
    assert bench.commits == 2


async def test_nothing_idles_when_the_queue_is_empty(bench: Bench) -> None:
    await bench.writer.write(add(1))
    await bench.writer.drain()
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_failing_unit_hurts_no_neighbour(bench: Bench) -> None:
    one, two, three = await asyncio.gather(
        *(bench.writer.write(unit) for unit in (add(1), add_and_fail(2), add(3))), return_exceptions=True
    )
    assert (one, three) == (1, 3)
    assert isinstance(two, LookupError)
    assert bench.rows() == [1, 3]
    assert bench.commits == 1


async def test_a_unit_cancelled_before_its_turn_never_runs(bench: Bench) -> None:
    release, held = await bench.hold()
    first, second, third = (asyncio.create_task(bench.writer.write(add(n))) for n in (1, 2, 3))
    await asyncio.sleep(0)
    second.cancel()
    release.set()
    await asyncio.gather(held, first, third)
    assert second.cancelled()
    assert bench.rows() == [0, 1, 3]


async def test_a_unit_cancelled_while_it_runs_is_committed_with_its_neighbours(bench: Bench) -> None:
    running, release = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        add(1)(connection)
        running.set()
        release.wait(10)

    cancelled, neighbour = (asyncio.create_task(bench.writer.write(unit)) for unit in (slow, add(2)))
    await asyncio.to_thread(running.wait, 10)
    cancelled.cancel()
    await asyncio.wait({cancelled})
    release.set()
    assert await neighbour == 2
    assert bench.rows() == [1, 2]
    assert await bench.writer.write(add(3)) == 3


async def test_an_error_in_commit_is_everybodys(bench: Bench) -> None:
    def hang_on_nothing(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute("INSERT INTO notes (n, above) VALUES (2, 404)")

    outcomes = await asyncio.gather(
        *(bench.writer.write(unit) for unit in (add(1), hang_on_nothing, add(3))), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [sqlite3.IntegrityError] * 3
    assert bench.rows() == []
    assert await bench.writer.write(add(4)) == 4
    assert bench.rows() == [4]


async def test_when_sqlite_gives_up_the_transaction_nobody_is_told_a_lie(bench: Bench) -> None:
    def give_up(connection: sqlite3.Connection) -> None:
        connection.execute(
            "CREATE TEMP TRIGGER full AFTER INSERT ON notes BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
        )
        add(2)(connection)

    outcomes = await asyncio.gather(
        *(bench.writer.write(unit) for unit in (add(1), give_up, add(3))), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [sqlite3.IntegrityError] * 3
    assert bench.rows() == []
    assert await bench.writer.write(add(4)) == 4


async def test_an_error_beyond_exceptions_undoes_the_whole_batch(bench: Bench) -> None:
    class Stop(BaseException):
        pass

    def stop(connection: sqlite3.Connection) -> None:
        add(2)(connection)
        raise Stop

    outcomes = await asyncio.gather(
        *(bench.writer.write(unit) for unit in (add(1), stop)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [Stop] * 2
    assert bench.rows() == []
    assert await bench.writer.write(add(3)) == 3


async def test_when_the_loop_is_torn_down_nobody_waits_for_ever(bench: Bench) -> None:
    release, held = await bench.hold()
    waiting = asyncio.create_task(bench.writer.write(add(1)))
    await asyncio.sleep(0)
    (drain,) = (task for task in asyncio.all_tasks() if task.get_name() == "storage writer")
    drain.cancel()
    outcomes = await asyncio.gather(held, waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2
    release.set()
    assert await bench.writer.write(add(2)) == 2
    assert bench.rows() == [0, 2]
