"""The clock that jumps: time passes only while nobody has anything to do."""

import asyncio
import subprocess
import sys
import time

import pytest

from storage.database import Database
from tests.wire import virtual
from tests.wire.people import Wire
from tests.wire.virtual import EPOCH, LoopClock, VirtualLoop
from tests.wire.world import World


def test_an_hour_takes_no_time():
    async def wait() -> tuple[float, float]:
        await asyncio.sleep(3600)
        loop = asyncio.get_running_loop()
        return loop.time(), (LoopClock(loop).now() - EPOCH).total_seconds()

    begun = time.monotonic()
    assert virtual.run(wait()) == (pytest.approx(3600), pytest.approx(3600))
    assert time.monotonic() - begun < 30


def test_timers_strike_in_their_order():
    async def count() -> list[int]:
        struck: list[int] = []

        async def strike(number: int) -> None:
            await asyncio.sleep(number)
            struck.append(number)

        await asyncio.gather(*(strike(number) for number in (3, 1, 2)))
        return struck

    assert virtual.run(count()) == [1, 2, 3]


def test_the_clock_stands_while_a_thread_works():
    async def work() -> float:
        timer = asyncio.create_task(asyncio.sleep(3600))
        await asyncio.to_thread(time.sleep, 0.05)
        now = asyncio.get_running_loop().time()
        timer.cancel()
        return now

    assert virtual.run(work()) == 0


def test_the_clock_stands_while_the_database_writes(tmp_path):
    async def work() -> float:
        timer = asyncio.create_task(asyncio.sleep(3600))
        async with Database.open(tmp_path / "clock.sqlite3") as store:
            for number in range(20):
                await store.facts.keep("number", str(number))
        now = asyncio.get_running_loop().time()
        timer.cancel()
        return now

    assert virtual.run(work()) == 0


def test_the_clock_can_be_held_for_another_process():
    async def work() -> float:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        timer = asyncio.create_task(asyncio.sleep(3600))
        with loop.held():
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", "pass", stdout=subprocess.PIPE
            )
            await process.communicate()
        timer.cancel()
        return loop.time()

    assert virtual.run(work()) == 0


def test_the_wire_and_a_client_share_the_clock():
    async def ask() -> tuple[int, float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        async with Wire(World(clock=loop.wall)) as wire:
            wire.faults.latency = 0.25
            reader, writer = await asyncio.open_connection(*wire.address)
            writer.write(b"GET /api/v10/gateway HTTP/1.1\r\nHost: wire\r\nConnection: close\r\n\r\n")
            status = int((await reader.readline()).split()[1])
            await reader.read()
            writer.close()
            return status, loop.time()

    status, seconds = virtual.run(ask())
    assert status == 200
    assert seconds == pytest.approx(0.25)
