"""The bot as operators run it, noting each second how long its loop stood still at worst.

``python -m benchmarks.watched_bot CONFIG NOTES``: a line of NOTES is an instant (Unix time), the longest stall of the
second before it, and the most that the loop's own thread worked in one go, in seconds. The first counts what the machine
does meanwhile, the second does not.
"""

import asyncio
import sys
import time
from pathlib import Path
from typing import TextIO

from bot import app
from bot.settings import load

_TICK = 0.005


async def watch(notes: TextIO) -> None:
    """How late a timer of 5 ms comes."""
    worst, busiest, told = 0.0, 0.0, time.monotonic()
    while True:
        begun, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_TICK)
        worst = max(worst, time.perf_counter() - begun - _TICK)
        busiest = max(busiest, time.thread_time() - worked)
        if time.monotonic() - told >= 1.0:
            notes.write(f"{time.time()} {worst} {busiest}\n")
            notes.flush()
            worst, busiest, told = 0.0, 0.0, time.monotonic()


async def main(config: Path, notes: Path) -> None:
    with notes.open("a") as written:
        watching = asyncio.create_task(watch(written))
        try:
            await app.run(load(config))
        finally:
            watching.cancel()


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
