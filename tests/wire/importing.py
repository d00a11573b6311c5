"""The bot in the reading room, and an import as Mira makes it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.wire.errors import ConnectionLost
from tests.wire.faults import Action
from tests.wire.interactions import Interaction
from tests.wire.pages import LAMP_PAGE
from tests.wire.people import Wire
from tests.wire.process import BotProcess, database_of, rejoinder
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.world import Channel, Thread

#: A window lasts a tenth of a second here, so a busy machine may let a request come too early. How seldom that is
#: without its doing is tested on the jumping clock (`test_unknowns`).
MOST_REFUSED = 3


@asynccontextmanager
async def reading_with_bot(directory: Path) -> AsyncIterator[tuple[Wire, ReadingRoom, BotProcess]]:
    """A wire with the reading room, and the bot in it. It may hardly ever be refused for being too fast or too bold."""
    async with Wire(speed=50) as wire:
        wire.interactions.first_answer_seconds = 30.0
        room = reading_room(wire.world)
        async with rejoinder(wire, directory) as bot:
            yield wire, room, bot
        assert wire.limits.invalid <= MOST_REFUSED


async def start_import(wire: Wire, room: ReadingRoom, channel: Channel | None = None) -> Interaction:
    """Mira hands over the page, says whose words these are, sees her choice, and presses Post."""
    shown = await wire.slash(
        room.mira,
        room.lounge,
        "import article",
        {"channel": channel or room.articles},
        {"file": ("lamp.txt", LAMP_PAGE.encode())},
    )
    preview = shown.message if shown.message is not None else shown.followups[0]
    chosen = await wire.choose(room.mira, preview, "Whose words", "Our own site")
    await wire.until(lambda: chosen.shown, what="the preview did not take the choice")
    return await wire.press(room.mira, preview, "Post")


async def finished(wire: Wire, room: ReadingRoom, bot: BotProcess) -> Thread:
    """The thread, once the journal says that the import is done."""

    def ended() -> list[tuple[object, ...]]:
        return ask(bot, "SELECT state, reason FROM imports WHERE state NOT IN ('queued', 'running')")

    await wire.until(ended, what="the import did not end")
    assert ended() == [("done", None)]
    (thread,) = room.guild.threads.values()
    return thread


def ask(bot: BotProcess, query: str, *values: object) -> list[tuple[object, ...]]:
    """Read the database file directly, beside the bot."""
    with closing(sqlite3.connect(f"file:{database_of(bot.directory)}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def killing(bot: BotProcess, *, after: float = 0.0) -> Action:
    """SIGKILL at this very moment, or some seconds after; what was not answered yet never is."""

    async def kill() -> None:
        if after:
            await asyncio.sleep(after)
        await bot.kill()
        raise ConnectionLost

    return kill
