"""The simulated Discord and the bot on it: one act at a time, and the bot can leave and come back."""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from types import TracebackType
from typing import Any, Self

import discord
from discord.ext import commands
from simcord import BackendError, Env, SetupError

from bot.demo.world import World, build
from bot.errors import DeliveryError


class Presence(StrEnum):
    """Where the bot is."""

    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    STARTING = "starting"


class StageClock:
    """The simulated Discord's time, so that what the bot notes agrees with what its messages say."""

    def __init__(self, env: Env) -> None:
        self._env = env

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        return self._env.now()

    async def sleep(self, seconds: float) -> None:
        """Wait in real time: somebody is watching."""
        await asyncio.sleep(seconds)


#: Opens the bot with everything behind it, and closes both.
OpenBot = Callable[["Stage"], AbstractAsyncContextManager[commands.AutoShardedBot]]


class Stage:
    """Owns the SimCord environment. Every act of a person goes through `act`.

    SimCord takes one operation at a time and raises on an overlap; the lock in here is what the relay,
    the scripted members and the page's refreshes share.
    """

    def __init__(self, open_bot: OpenBot) -> None:
        self.env = Env(_nobody(), check_errors=False)
        self.clock = StageClock(self.env)
        self.presence = Presence.STOPPED
        #: Set whenever people may see something new.
        self.changed = asyncio.Event()
        self._open_bot = open_bot
        self._bot = AsyncExitStack()
        self._lock = asyncio.Lock()
        self._world: World | None = None

    @property
    def world(self) -> World:
        """The guild and its people."""
        if self._world is None:
            raise RuntimeError("the stage is not open")
        return self._world

    async def __aenter__(self) -> Self:
        # SimCord's calendar begins at a fixed date; people expect today.
        self.env.backend.clock.advance(self._behind())
        await self.env.start()
        self._world = build(self.env)
        self.env.backend.subscribers.append(lambda _event, _payload: self.changed.set())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._bot.aclose()
        await self.env.shutdown()

    @asynccontextmanager
    async def act(self) -> AsyncIterator[Env]:
        """Hold the stage for one operation; the clock first catches up with the time outside.

        Raises DeliveryError with SimCord's reason where it refuses, or where the bot does not come to rest.
        """
        async with self.quietly() as env:
            yield env
        self.changed.set()

    @asynccontextmanager
    async def quietly(self) -> AsyncIterator[Env]:
        """The same for what people don't see, such as publishing to a page what they should."""
        async with self._lock:
            with self.env.time_context():
                try:
                    await self.env.advance_time(self._behind())
                    yield self.env
                except (BackendError, SetupError, TimeoutError) as problem:
                    raise DeliveryError(f"The simulated Discord did not take that: {problem}") from problem

    def spawn(self, work: Coroutine[Any, Any, None], /, *, name: str) -> "asyncio.Task[None]":
        """Start work that no operation waits for: SimCord follows tasks by their context, so this one gets its own."""

        async def apart() -> None:
            with self.env.time_context():
                await work

        start = partial(asyncio.get_running_loop().create_task, apart(), name=name)
        return contextvars.Context().run(start)

    async def start_bot(self) -> None:
        """Open the bot anew and let it come online; it catches up by itself. Nothing if it is there."""
        if self.presence is not Presence.STOPPED:
            return
        self._say(Presence.STARTING)
        try:
            bot = await self._bot.enter_async_context(self._open_bot(self))
            async with self.act() as env:
                await env.restart_bot(bot)
        except BaseException:
            self._say(Presence.STOPPED)
            raise
        self._say(Presence.RUNNING)

    async def stop_bot(self) -> None:
        """Take the bot offline and close everything behind it. Nothing if it is away."""
        if self.presence is not Presence.RUNNING:
            return
        self._say(Presence.STOPPING)
        async with self.act() as env:
            await self._bot.aclose()
            await env.restart_bot(_nobody())
        self._say(Presence.STOPPED)

    def _say(self, presence: Presence) -> None:
        self.presence = presence
        self.changed.set()

    def _behind(self) -> float:
        return max(0.0, (datetime.now(UTC) - self.env.now()).total_seconds())


def _nobody() -> commands.AutoShardedBot:
    """SimCord always wants a client; this one listens to nothing, as if the application were offline."""
    return commands.AutoShardedBot(
        command_prefix=(), help_command=None, intents=discord.Intents(guilds=True), shard_count=1
    )
