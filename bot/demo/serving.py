"""The demo's page, served on loopback for as long as it is wanted."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import typer
from aiohttp import web

from bot.demo.director import Director
from bot.demo.feed import Feed
from bot.demo.panel import Panel
from bot.demo.relay import Relay
from bot.demo.screen import Screen
from bot.demo.server import DemoServer
from bot.demo.stage import Stage

#: How many ports after the wanted one are tried before any free one is taken.
_NEIGHBOURS = 20


@asynccontextmanager
async def served(stage: Stage, feed: Feed, director: Director, port: int) -> AsyncIterator[str]:
    """Serve the page; yields its address with the token in its fragment."""
    screen = Screen(stage)
    director.screen = screen
    await screen.show(stage.world.lounge)
    async with aiohttp.ClientSession() as http:
        server = DemoServer(Panel(stage, screen, feed, director), director, Relay(stage, screen, http))
        runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        door = _free_door(port)
        await web.SockSite(runner, door).start()
        fresh = asyncio.create_task(screen.keep_fresh())
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/#{server.token}"
        finally:
            fresh.cancel()
            await runner.cleanup()
            await screen.close()


def _free_door(port: int) -> socket.socket:
    """A listening socket on the wanted port or, with a word, on the next free one."""
    for candidate in [*range(port, min(port + _NEIGHBOURS, 65536)), 0] if port else [0]:
        try:
            door = socket.create_server(("127.0.0.1", candidate))
        except OSError:
            continue
        if port and candidate != port:
            typer.echo(f"Port {port} is taken; using {door.getsockname()[1]}.")
        return door
    raise RuntimeError("no port of this machine is free")
