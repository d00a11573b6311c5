"""How long the event loop stands still while hostile and huge pages are read, laid out, stored and posted.

Law 12: 100 ms at most. Run it on a quiet machine: `python -m benchmarks.loop_stall`.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from bot.adapters.fetching.fetcher import HttpFetcher
from bot.adapters.reading import SourceReader
from bot.app import spare_the_collector
from bot.domain.discussion import Rights
from bot.errors import RejoinderError
from bot.ports.clock import SystemClock
from bot.ports.records import ChannelId, ImportRecord, UserId
from bot.ports.tasks import spawn
from bot.services.contents import Contents
from bot.services.gathering import Gatherer
from bot.services.importer import Importer
from bot.services.publisher import Publisher
from bot.settings import FetchSettings
from storage.database import Database
from tests.fake_messenger import GUILD, FakeMessenger

LIMIT = 0.100
MIB = 1024 * 1024


def page(comments: int) -> bytes:
    """A page of our own with so many comments, five levels deep."""
    head = "The long page\n\nAn article of one paragraph, and then everybody talks.\n\nComments\n\n"
    parts = []
    for number in range(comments):
        depth = number % 5
        indent = " " * (0 if depth == 0 else 2 + 2 * depth)
        answers = f" in reply to Reader number {number - 1}." if depth else ""
        header = (
            f"Reader number {number}{answers} | February {1 + number % 28}, 2019 at 2:{number % 60:02} pm"
        )
        words = " ".join(f"word{number * word % 997}" for word in range(60))
        parts.append(f"{indent}{header}\n\n{indent}{words}\n")
    return (head + "\n".join(parts)).encode()


def indented(levels: int) -> bytes:
    """Comments that each stand one blank deeper than the one above."""
    words = b"".join(b" " * level + b"words here\n\n" for level in range(levels))
    return b"Title\n\nText.\n\nComments\n\n" + words


def cases() -> dict[str, bytes]:
    """What people hand over, and what nobody should."""
    return {
        "5,000 comments": page(5000),
        "one line of a million characters": b"word " * 200_000,
        "a million opening brackets": b"Title\n\nText.\n\nComments\n\n" + b"[" * MIB,
        "10,000 levels of indentation": indented(10_000),
        "3,000 levels of indentation": indented(3_000),
        "30 MiB of text": b"A line of text that says nothing new.\n\n" * (30 * MIB // 39),
        "50 MiB of text": b"A line of text that says nothing new.\n\n" * (50 * MIB // 39),
        "binary": bytes(range(256)) * 4096,
        "broken encoding": "Größe und Maß. ".encode("latin-1") * 50_000,
    }


@asynccontextmanager
async def watched(found: list[float]) -> AsyncIterator[None]:
    """Note how late a timer of 5 ms comes, at worst."""

    async def watch() -> None:
        worst = 0.0
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(0.005)
            worst = max(worst, time.perf_counter() - begun - 0.005)
            found[:] = [worst]

    task = asyncio.create_task(watch())
    try:
        await asyncio.sleep(0.05)
        found[:] = [0.0]
        yield
    finally:
        task.cancel()


async def main() -> None:
    spare_the_collector()
    print(f"{'case':36} {'worst stall':>12} {'seconds':>8}  outcome")
    for name, data in cases().items():
        with tempfile.TemporaryDirectory() as folder:
            async with Database.open(Path(folder) / "bench.sqlite3") as store:
                found: list[float] = []
                begun = time.perf_counter()
                async with watched(found):
                    outcome = await one(store, data)
                worst, seconds = found[0], time.perf_counter() - begun
        mark = "" if worst <= LIMIT else "  over the limit"
        print(f"{name:36} {worst * 1000:9.1f} ms {seconds:8.1f}  {outcome}{mark}")


async def unrenewed(run: ImportRecord) -> ImportRecord:
    """No thread is deleted here."""
    return run


async def one(store: Database, data: bytes) -> str:
    """Read, preview, post."""
    messenger, clock = FakeMessenger(), SystemClock()
    publisher = Publisher(
        store=store,
        messenger=messenger,
        contents=Contents(store=store, messenger=messenger, clock=clock),
        clock=clock,
        spawn=spawn,
        opened=lambda *_: None,
        told=lambda _: None,
        renew=unrenewed,
    )
    reader = SourceReader(max_bytes=32 * MIB, timeout=20.0)
    importer = Importer(
        store=store,
        reader=reader,
        gatherer=Gatherer(fetcher=HttpFetcher(FetchSettings(), clock=clock), reader=reader),
        messenger=messenger,
        publisher=publisher,
        clock=clock,
        progress_from=30,
        contact=None,
    )
    try:
        proposal = await importer.propose(GUILD, UserId(1), ChannelId(2), data, location="page.txt")
        run = await importer.post(replace(proposal.draft, rights=Rights.OWN))
        await publisher.ended(run.id)
    except RejoinderError as problem:
        return str(problem)[:70]
    return f"{len(messenger.messages)} messages"


if __name__ == "__main__":
    asyncio.run(main())
