"""G11: whether the bot still answers while it reads and posts 5,000 comments and 2,000 events a second come in.

On real time, so the figure holds for this machine as busy as it is.
"""

import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.articles import export
from benchmarks.stalls import worst
from benchmarks.table import Row
from tests.wire.payloads import message_event
from tests.wire.people import Wire
from tests.wire.process import BotProcess, configured
from tests.wire.room import ReadingRoom, reading_room

COMMENTS, EVENTS_PER_SECOND = 5000, 2000
#: Windows pass so many times as fast; the import has a quarter of a minute to post in.
SPEED, POSTING_SECONDS = 20, 15.0
_BEAT = 0.02
#: Seconds that the loop may stand still.
STALL = 0.100


@dataclass
class _Seen:
    answers: list[float] = field(default_factory=list)
    events: int = 0
    began: float = 0.0
    ended: float = 0.0


async def responsiveness() -> list[Row]:
    """An import from the command on, under the noise of a busy server."""
    with tempfile.TemporaryDirectory() as folder:
        async with Wire(speed=SPEED) as wire:
            wire.patience = 120.0
            # Discord's three seconds: a late answer shall be measured, not end the measurement.
            wire.interactions.first_answer_seconds = 60.0
            room = reading_room(wire.world)
            # Beside this noise and on a busy machine reading takes longer than an operator waits.
            config = configured(wire, Path(folder), settings="[import]\nread_timeout = 120\n")
            notes, idle = Path(folder) / "stalls", Path(folder) / "idle"
            watched = ["benchmarks.watched_bot", str(config), str(notes)]
            async with BotProcess(wire, watched, directory=Path(folder)), _beside(idle):
                seen = await _import_in_noise(wire, room)
            stall, machine = (worst(found, seen.began, seen.ended) for found in (notes, idle))
    answers = sorted(seen.answers)
    seconds = seen.ended - seen.began
    what = f"{COMMENTS} comments, {EVENTS_PER_SECOND} events a second"
    return [
        Row(
            "G11",
            f"most that the loop worked in one go, in seconds, {what}",
            stall.worked,
            STALL,
            note=f"{seen.events / seconds:.0f} events a second for {seconds:.0f} s",
        ),
        Row(
            "G11",
            f"longest stall of the loop in seconds, {what}",
            stall.late,
            max(STALL, machine.late),
            machine.late,
            "beside it a loop that does nothing, on the same machine",
        ),
        Row(
            "G11",
            f"first answer to a command, p99 in seconds, {what}",
            answers[int(len(answers) * 0.99)],
            0.3,
            note=f"{len(answers)} commands",
        ),
    ]


@asynccontextmanager
async def _beside(notes: Path) -> AsyncIterator[None]:
    """A process whose loop does nothing."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.stalls", str(notes))
    try:
        yield
    finally:
        process.kill()
        await process.wait()


async def _import_in_noise(wire: Wire, room: ReadingRoom) -> _Seen:
    seen = _Seen(began=time.time())
    noise = asyncio.create_task(_make_noise(wire, room, seen))
    asking = asyncio.create_task(_ask_again_and_again(wire, room, seen))
    try:
        page = ("export.xml", export(COMMENTS))
        shown = await wire.slash(
            room.mira, room.lounge, "import article", {"channel": room.articles}, {"file": page}
        )
        preview = shown.message if shown.message is not None else shown.followups[0]
        chosen = await wire.choose(room.mira, preview, "Whose words", "Our own site")
        await wire.until(lambda: chosen.shown, what="the preview did not take the choice")
        await wire.press(room.mira, preview, "Post")
        await asyncio.sleep(POSTING_SECONDS)
    finally:
        seen.ended = time.time()
        for task in (noise, asking):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
    return seen


async def _make_noise(wire: Wire, room: ReadingRoom, seen: _Seen) -> None:
    """Messages in a channel that is none of ours."""
    said = await wire.say(room.ana, room.lounge, "Somebody says something, as somebody always does.")
    event: dict[str, Any] = message_event(wire.world, said, room.guild)
    begun = time.monotonic()
    while True:
        while seen.events < (time.monotonic() - begun) * EVENTS_PER_SECOND:
            told = event | {"id": str(wire.world.new_id())}
            wire.world.tell("MESSAGE_CREATE", told, room.guild.id)
            seen.events += 1
        await asyncio.sleep(_BEAT)


async def _ask_again_and_again(wire: Wire, room: ReadingRoom, seen: _Seen) -> None:
    while True:
        asked = await wire.slash(room.ana, room.lounge, "articles list")
        assert asked.answered_at is not None
        seen.answers.append(asked.answered_at - asked.asked_at)
        await asyncio.sleep(0.1)
