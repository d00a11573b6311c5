"""discord.py over our transport, on a wire and a clock that jumps."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters import endpoints, transport
from bot.adapters.gateway import Gateway
from bot.adapters.messenger import DiscordMessenger
from bot.ports.records import ThreadState
from tests.wire import virtual
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.unknowns import Unknowns
from tests.wire.virtual import VirtualLoop
from tests.wire.world import World


class Wired:
    """A wire with its room, and discord.py on it with our messenger."""

    def __init__(self, wire: Wire, room: ReadingRoom, client: discord.Client):
        self.wire, self.room, self.client = wire, room, client
        self.now = asyncio.get_running_loop().time
        self.messenger = DiscordMessenger()
        self.messenger.attach(client)

    def counted(self, *routes: str) -> dict[str, int]:
        """How often these were asked for."""
        return {route: len(self.wire.log.of(route)) for route in routes}


class Nobody:
    """Follows no thread, and has no work where guilds come into sight."""

    def follows(self, channel_id: int) -> bool:
        return False

    def session_began(self, guild_ids: list[int]) -> None:
        pass

    async def guild_came(self, guild_id: int) -> None:
        pass

    async def channel_deleted(self, guild_id: int, channel_id: int) -> None:
        pass

    async def thread_changed(self, thread_id: int, state: ThreadState) -> None:
        pass

    async def thread_deleted(self, guild_id: int, thread_id: int) -> None:
        pass


@asynccontextmanager
async def wired(
    *, rtt: float = 0.25, gateway: bool = False, hears: bool = True, **unknowns
) -> AsyncIterator[Wired]:
    """``gateway``: whether discord.py listens; otherwise it is only logged in. ``hears``: whether the messenger does."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    before = Route.BASE, discord.asset.Asset.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with Wire(World(clock=loop.wall, unknowns=Unknowns(**unknowns))) as wire:
        wire.faults.latency = rtt
        room = reading_room(wire.world)
        endpoints.use(api_base=wire.api_base, gateway_url=wire.gateway_url)
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        client = discord.Client(intents=intents, guild_ready_timeout=0.1, max_messages=None)
        transport.install(client)
        try:
            async with client:
                await client.login(wire.token)
                here = Wired(wire, room, client)
                if gateway:
                    if hears:
                        Gateway(client, Nobody(), Nobody(), echo=here.messenger.hear).listen()
                    listening = asyncio.create_task(client.connect())
                    await client.wait_until_ready()
                yield here
            if gateway:
                await listening
        finally:
            Route.BASE, discord.asset.Asset.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
    assert wire.broken == []
    assert wire.log.unbuilt == []


def on_the_wire(test: Callable[..., Awaitable[None]] | None = None, **given):
    """Run a test with a `Wired` as its first argument."""

    def decorated(test):
        def run(*args, **kwargs):
            async def main():
                async with wired(**given) as here:
                    await test(here, *args, **kwargs)

            virtual.run(main())

        run.__name__ = test.__name__
        run.__doc__ = test.__doc__
        run.__signature__ = inspect.Signature(list(inspect.signature(test).parameters.values())[1:])
        return run

    return decorated(test) if test is not None else decorated
