"""The wire with the real bot on it, in one loop: virtual for ratios, real where the processor counts."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
from discord.http import Route
from pydantic import SecretStr

from bot.adapters import endpoints
from bot.app import compose
from bot.client import Rejoinder
from bot.ports.records import (
    ImportId,
    ImportRecord,
    ImportState,
    MessageId,
    NextMessage,
    RowId,
)
from bot.settings import DatabaseSettings, DiscordSettings, Settings
from storage.database import Database
from tests.wire.committing import Laid, commit
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.unknowns import Unknowns
from tests.wire.virtual import LoopClock, VirtualLoop
from tests.wire.world import Channel, World

#: Seconds there and back that the goals are stated for.
RTT = 0.25


@dataclass
class Ground:
    """A wire, its room, and the bot in it."""

    wire: Wire
    room: ReadingRoom
    bot: Rejoinder
    #: What the client's own tasks run in.
    context: Context
    #: Message id -> when its row was durable, in seconds of the loop.
    durable: dict[int, float] = field(default_factory=dict)

    async def begin(self, article: Laid, channel: Channel | None = None) -> ImportRecord:
        """Commit an import and start it, as the preview's button does."""
        store, place = self.bot.services.store, channel or self.room.articles
        run = await commit(store, article, place, by=self.room.mira.id, at=self.wire.world.now())
        # As a press of the button would: what the client sets for its tasks holds for the import too.
        self.context.run(self.bot.services.publisher.start, run)
        return run

    async def finished(self, *runs: ImportRecord) -> None:
        """Wait for imports. Raises RuntimeError when one has paused."""
        for run in runs:
            await self.bot.services.publisher.ended(run.id)
            ended = await self.bot.services.store.imports.get(run.guild_id, run.id)
            if ended.state is not ImportState.DONE:
                raise RuntimeError(f"the import is {ended.state}: {ended.reason}")


class _WatchedMessages:
    """The journal, noting when each message's id was on the disk."""

    def __init__(self, messages: Any, durable: dict[int, float]) -> None:
        self._messages = messages
        self._durable = durable

    def __getattr__(self, name: str) -> Any:
        return getattr(self._messages, name)

    async def mark_sent(self, row: RowId, message_id: MessageId) -> None:
        await self._messages.mark_sent(row, message_id)
        self._note(message_id)

    async def take_next(
        self, import_id: ImportId, *, sent: tuple[RowId, MessageId] | None = None, **place: Any
    ) -> NextMessage | None:
        found: NextMessage | None = await self._messages.take_next(import_id, sent=sent, **place)
        if sent is not None:
            self._note(sent[1])
        return found

    def _note(self, message_id: MessageId) -> None:
        self._durable.setdefault(int(message_id), asyncio.get_running_loop().time())


@asynccontextmanager
async def wire_only(
    *, speed: float = 1.0, rtt: float = RTT, unknowns: Unknowns | None = None, forums: int = 0
) -> AsyncIterator[tuple[Wire, ReadingRoom]]:
    """A wire with so many more forums whose wall clock is the loop's; discord.py is pointed at it."""
    loop = asyncio.get_running_loop()
    clock = loop.wall if isinstance(loop, VirtualLoop) else time.time
    world = World(clock=clock, unknowns=unknowns)
    before = Route.BASE, discord.asset.Asset.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    async with Wire(world, speed=speed) as wire:
        wire.faults.latency = rtt / speed
        wire.gateway.delay = rtt / speed / 2
        endpoints.use(api_base=wire.api_base, gateway_url=wire.gateway_url)
        room = reading_room(world)
        for number in range(forums):
            world.add_forum(room.guild, f"articles-{number}")
        try:
            yield wire, room
        finally:
            endpoints.use(api_base=before[0], gateway_url=str(before[2]))
            discord.asset.Asset.BASE = before[1]


@asynccontextmanager
async def ground(
    directory: Path,
    *,
    speed: float = 1.0,
    rtt: float = RTT,
    unknowns: Unknowns | None = None,
    forums: int = 0,
) -> AsyncIterator[Ground]:
    """The bot, connected to a wire of its own, with a database in ``directory``."""
    loop = asyncio.get_running_loop()
    clock = LoopClock(loop) if isinstance(loop, VirtualLoop) else None
    async with wire_only(speed=speed, rtt=rtt, unknowns=unknowns, forums=forums) as (wire, room):
        settings = Settings(
            discord=DiscordSettings(token=SecretStr(wire.token), guild_ready_timeout=0.1),
            database=DatabaseSettings(path=directory / "bench.sqlite3"),
        )
        async with Database.open(settings.database.path) as store:
            durable: dict[int, float] = {}
            store.messages = _WatchedMessages(store.messages, durable)  # type: ignore[assignment]  # stands for it
            bot = await compose(settings, store, clock=clock)
            async with running(bot, wire) as context:
                yield Ground(wire, room, bot, context, durable)
            await bot.services.publisher.close()


@asynccontextmanager
async def stock(wire: Wire) -> AsyncIterator[discord.Client]:
    """discord.py as it comes, connected."""
    client = discord.Client(
        intents=discord.Intents(guilds=True, guild_messages=True), max_messages=None, guild_ready_timeout=0.1
    )
    async with running(client, wire):
        yield client


@asynccontextmanager
async def running(client: discord.Client, wire: Wire) -> AsyncIterator[Context]:
    """A client from its login until it is closed."""
    context = copy_context()
    task = asyncio.create_task(client.start(wire.token), context=context)
    ready = asyncio.create_task(client.wait_until_ready())
    try:
        async with client:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            yield context
    finally:
        ready.cancel()
        await asyncio.gather(task, ready, return_exceptions=True)
