"""The bot as operators run it, noting each second how long its loop stood still at worst.

``python -m benchmarks.watched_bot CONFIG NOTES``: a line of NOTES is an instant (Unix time) and a stall, in seconds.
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
    worst, told = 0.0, time.monotonic()
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(_TICK)
        worst = max(worst, time.perf_counter() - begun - _TICK)
        if time.monotonic() - told >= 1.0:
            notes.write(f"{time.time()} {worst}\n")
            notes.flush()
            worst, told = 0.0, time.monotonic()


async def main(config: Path, notes: Path) -> None:
    with notes.open("a") as written:
        watching = asyncio.create_task(watch(written))
        try:
            await app.run(load(config))
        finally:
            watching.cancel()


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
