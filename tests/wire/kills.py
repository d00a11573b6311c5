"""The bot as a process of its own, killed with SIGKILL at a point that a seed chooses, and started again.

What people then see in Discord is compared with a run that nothing disturbed: nothing missing, nothing double, in
order. Windows pass fifty times as fast.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal

from bot.domain.outgoing import Layout
from storage.database import Database
from tests.wire.committing import Laid, commit, lay
from tests.wire.content import walk_components
from tests.wire.faults import IMPORTING, Moment
from tests.wire.importing import ask, killing
from tests.wire.pages import LONG_PAGE
from tests.wire.people import Wire
from tests.wire.process import BotProcess, database_of, rejoinder
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.unknowns import Unknowns
from tests.wire.world import Channel, Message, Thread

SPEED: Final = 50
LAYOUTS: Final = (Layout.REPLIES, Layout.CARDS, Layout.VOICES)
Place = Literal["articles", "lounge"]
#: Words, who says them, where the arrow points, files, buttons: of one message, ids told by their place.
Line = tuple[object, ...]
Point = tuple[str, int]


@dataclass(frozen=True)
class Kill:
    """One disturbed import: in which layout, where, and what happens to it."""

    seed: int
    layout: Layout
    place: Place
    #: Each kill counts the requests from the start before it.
    moments: tuple[tuple[Moment, float], ...]
    nonces_last: bool
    stormy: bool

    def __str__(self) -> str:
        weather = "-storm" if self.stormy else ""
        return f"{self.seed}-{self.layout}-{self.place}-{len(self.moments)}{weather}"


@dataclass(frozen=True)
class Outcome:
    """What was left when the import was done."""

    story: tuple[Line, ...]
    kills: int
    starts: int
    #: Requests that look back: history, threads, webhooks.
    looks_back: int
    #: Those of them that read history.
    history: int
    invalid: int


def kill_of(seed: int) -> Kill:
    """The same for the same seed."""
    chance = random.Random(seed)
    times = chance.choice((1, 1, 1, 2, 3))
    return Kill(
        seed=seed,
        layout=LAYOUTS[seed % len(LAYOUTS)],
        place="articles" if seed // len(LAYOUTS) % 2 == 0 else "lounge",
        moments=tuple(
            (
                chance.choice(("before", "after", "answered")),
                chance.choice((0.0, 0.0, chance.random() * 0.03)),
            )
            for _ in range(times)
        ),
        nonces_last=chance.random() < 0.5,
        stormy=chance.random() < 0.5,
    )


@cache
def article(layout: Layout, place: Place) -> Laid:
    """The page in a layout: twins, long comments, and answers up to three levels deep."""
    return lay(LONG_PAGE.encode(), layout, in_forum=place == "articles")


async def undisturbed(directory: Path, layout: Layout, place: Place) -> tuple[tuple[Line, ...], list[Point]]:
    """What people see of an import that nothing disturbs, and every request that it took."""
    async with Wire(speed=SPEED) as wire:
        room = reading_room(wire.world)
        await put(directory, room, article(layout, place), place)
        async with rejoinder(wire, directory) as bot:
            await done(wire, bot)
            return story(room), points(wire)


async def survive(directory: Path, kill: Kill, asked: Sequence[Point]) -> Outcome:
    """An import of which the process is killed again and again, at one of the requests that it takes."""
    chance = random.Random(f"where {kill.seed}")
    unknowns = Unknowns() if kill.nonces_last else Unknowns(nonce_seconds=0.0)
    async with Wire(speed=SPEED, unknowns=unknowns) as wire:
        room = reading_room(wire.world)
        await put(directory, room, article(kill.layout, kill.place), kill.place)
        if kill.stormy:
            wire.faults.scatter(kill.seed)
        bot = rejoinder(wire, directory)
        killed = 0
        waiting = sorted(chance.sample(range(len(asked)), len(kill.moments)))
        for index, (moment, delay) in zip(waiting, kill.moments, strict=True):
            route, nth = asked[index]
            ahead = nth - wire.faults.seen(route)
            if ahead > 0:
                wire.faults.at(moment, route, ahead, killing(bot, after=delay))
            await bot.start()
            await wire.until(lambda: not bot.alive or _ended(bot), seconds=60, what="neither killed nor done")
            killed += not bot.alive
            await bot.kill()
        wire.faults.clear_up()
        async with bot:
            await done(wire, bot)
            return Outcome(
                story=story(room),
                kills=killed,
                starts=len(waiting) + 1,
                looks_back=sum(
                    request.method == "GET" and request.route in IMPORTING for request in wire.log
                ),
                history=len(wire.log.of("list_messages")),
                invalid=wire.limits.worst_invalid,
            )


async def put(directory: Path, room: ReadingRoom, laid: Laid, place: Place) -> None:
    """Leave an import in the bot's database, as if it had ended just after somebody pressed Post."""
    channel: Channel = getattr(room, place)
    async with Database.open(database_of(directory)) as store:
        await commit(store, laid, channel, by=room.mira.id, at=datetime.now(UTC))


async def done(wire: Wire, bot: BotProcess) -> None:
    """Wait for the end, which may not be a pause."""
    await wire.until(lambda: _ended(bot), seconds=60, what="the import did not end")
    assert _ended(bot) == [("done", None)]


def points(wire: Wire) -> list[Point]:
    """Every request of an import, by its route and which of it."""
    seen: dict[str, int] = {}
    found = []
    for request in wire.log:
        seen[request.route] = seen.get(request.route, 0) + 1
        if request.route in IMPORTING:
            found.append((request.route, seen[request.route]))
    return found


def story(room: ReadingRoom) -> tuple[Line, ...]:
    """Everything that people see, above the threads and in them."""
    channels = [room.articles, room.lounge, *room.guild.threads.values()]
    messages = [message for channel in channels for message in channel.messages.values()]
    places = {message.id: number for number, message in enumerate(messages)}
    threads = tuple((thread.name, thread.parent_id == room.articles.id) for thread in _threads(room))
    return (threads, *(_line(message, places) for message in messages))


def _threads(room: ReadingRoom) -> list[Thread]:
    return list(room.guild.threads.values())


def _line(message: Message, places: dict[int, int]) -> Line:
    def placed(text: object) -> str:
        return re.sub(r"\d{17,}", lambda found: f"#{places.get(int(found[0]), '')}", str(text))

    shown = [
        tuple(placed(component.get(part)) for part in ("content", "label", "url", "custom_id"))
        for component in walk_components(message.components)
    ]
    return (
        message.author.name,
        placed(message.content),
        places[message.reference[1]] if message.reference else None,
        tuple(file.data for file in message.files),
        tuple(shown),
    )


def _ended(bot: BotProcess) -> list[tuple[object, ...]]:
    return ask(bot, "SELECT state, reason FROM imports WHERE state NOT IN ('queued', 'running')")
