"""The bot as operators run it, noting how long its loop stands still: ``python -m benchmarks.watched_bot CONFIG NOTES``."""

import asyncio
import sys
from pathlib import Path

from benchmarks.stalls import watched
from bot import app
from bot.settings import load


async def main(config: Path, notes: Path) -> None:
    async with watched(notes):
        await app.run(load(config))


asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
