"""How long a loop stands still, noted each second.

``python -m benchmarks.stalls NOTES`` is a loop that does nothing: what it notes is the machine's doing.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

_TICK = 0.005


class Stall(NamedTuple):
    """Of one second: seconds that a timer came too late at worst, and that the loop's own thread worked in one go."""

    late: float
    worked: float


async def watch(notes: TextIO) -> None:
    """How late a timer of 5 ms comes."""
    late, worked, told = 0.0, 0.0, time.monotonic()
    while True:
        begun, busy = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_TICK)
        late = max(late, time.perf_counter() - begun - _TICK)
        worked = max(worked, time.thread_time() - busy)
        if time.monotonic() - told >= 1.0:
            notes.write(f"{time.time()} {late} {worked}\n")
            notes.flush()
            late, worked, told = 0.0, 0.0, time.monotonic()


@asynccontextmanager
async def watched(notes: Path) -> AsyncIterator[None]:
    """Note the stalls of the running loop meanwhile."""
    with notes.open("a") as written:
        watching = asyncio.create_task(watch(written))
        try:
            yield
        finally:
            watching.cancel()


def worst(notes: Path, began: float, ended: float) -> Stall:
    """The worst that was noted between two instants (Unix time)."""
    lines = [tuple(map(float, line.split())) for line in notes.read_text().splitlines()]
    during = [line for line in lines if began <= line[0] <= ended + 1]
    return Stall(max(line[1] for line in during), max(line[2] for line in during))


async def _idle(notes: Path) -> None:
    async with watched(notes):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_idle(Path(sys.argv[1])))
