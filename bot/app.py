"""Composition root: settings, logs, database, services, client; opened in this order, closed in the other."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

import discord
import structlog

from bot import logs
from bot.adapters import endpoints, transport
from bot.adapters.fetching.fetcher import HttpFetcher
from bot.adapters.messenger import DiscordMessenger
from bot.adapters.reading import SourceReader
from bot.client import Rejoinder, Services
from bot.errors import ConfigError, RejoinderError
from bot.ports.clock import Clock, SystemClock
from bot.ports.rights import PORTAL
from bot.ports.store import Store
from bot.ports.tasks import Spawn, spawn
from bot.services.arrivals import Arrivals
from bot.services.catch_up import CatchUp
from bot.services.contents import Contents
from bot.services.gathering import Gatherer
from bot.services.hiding import Hider
from bot.services.importer import Importer
from bot.services.notices import Notices
from bot.services.publisher import Publisher
from bot.services.quoter import Quoter
from bot.services.redrawing import Redrawer
from bot.services.renewal import Renewal
from bot.services.tracker import Tracker
from bot.services.undoer import Undoer
from bot.services.unfolding import Unfolder
from bot.settings import Settings
from storage.database import Database

log = structlog.get_logger()


def sample() -> bytes:
    """The sample article, our own text in the form of a saved page."""
    return files("bot").joinpath("sample.txt").read_bytes()


async def compose(
    settings: Settings,
    store: Store,
    *,
    clock: Clock | None = None,
    spawn: Spawn = spawn,
    pace: float = 0.0,
    message_content: bool = True,
    shard_count: int | None = None,
) -> Rejoinder:
    """A client with its services, ready to be started. ``pace`` adds seconds between an import's messages."""
    clock = clock or SystemClock()
    messenger = DiscordMessenger()
    contents = Contents(store=store, messenger=messenger, clock=clock)
    redrawer = Redrawer(
        store=store,
        messenger=messenger,
        contents=contents,
        clock=clock,
        spawn=spawn,
        contact=settings.privacy.contact,
    )
    notices = Notices(store=store, messenger=messenger, redrawer=redrawer, clock=clock, spawn=spawn)
    tracker = Tracker(store=store, clock=clock, hidden=redrawer.redraw)
    renewal = Renewal(
        store=store,
        messenger=messenger,
        clock=clock,
        progress_from=settings.imports.progress_from,
        contact=settings.privacy.contact,
        closed=tracker.forget,
    )
    publisher = Publisher(
        store=store,
        messenger=messenger,
        contents=contents,
        clock=clock,
        spawn=spawn,
        opened=tracker.follow,
        told=notices.tell,
        renew=renewal.begin_anew,
        pace=pace,
    )
    reader = SourceReader(max_bytes=settings.imports.max_bytes, timeout=settings.imports.read_timeout)
    importer = Importer(
        store=store,
        reader=reader,
        gatherer=Gatherer(fetcher=HttpFetcher(settings.fetch, clock=clock), reader=reader),
        messenger=messenger,
        publisher=publisher,
        clock=clock,
        progress_from=settings.imports.progress_from,
        one_by_one_limit=settings.imports.one_by_one_limit,
        contact=settings.privacy.contact,
    )
    undoer = Undoer(
        store=store,
        messenger=messenger,
        publisher=publisher,
        clock=clock,
        spawn=spawn,
        closed=tracker.refresh,
        told=notices.tell,
    )
    quoter = Quoter(store=store, messenger=messenger, clock=clock)
    unfolder = Unfolder(store=store, messenger=messenger, clock=clock)
    catch_up = CatchUp(
        store=store, messenger=messenger, tracker=tracker, clock=clock, window=settings.live.look_back
    )
    services = Services(
        store=store,
        importer=importer,
        publisher=publisher,
        undoer=undoer,
        notices=notices,
        redrawer=redrawer,
        hider=Hider(store=store, publisher=publisher, redrawer=redrawer, clock=clock),
        contents=contents,
        quoter=quoter,
        unfolder=unfolder,
        tracker=tracker,
        arrivals=Arrivals(
            publisher=publisher,
            undoer=undoer,
            quoter=quoter,
            unfolder=unfolder,
            redrawer=redrawer,
            tracker=tracker,
            catch_up=catch_up,
        ),
        sample=sample(),
        max_bytes=settings.imports.max_bytes,
        contact=settings.privacy.contact,
    )
    await tracker.load()
    # The bot never speaks; without this the log opens with two warnings about packages for voice.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    client = Rejoinder(
        services=services,
        hear=messenger.hear,
        message_content=message_content,
        guild_ready_timeout=settings.discord.guild_ready_timeout,
        sync_commands_to=settings.discord.sync_commands_to,
        shard_count=shard_count,
    )
    transport.install(client)
    messenger.attach(client)
    return client


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database of these settings, open; closed when the work in it has drained."""
    settings.database.path.parent.mkdir(parents=True, exist_ok=True)
    async with Database.open(settings.database.path) as database:
        yield database


def spare_the_collector() -> None:
    """Take what was loaded at start out of every later garbage collection.

    It never becomes garbage, and a full collection stops the loop for as long as it looks through everything.
    """
    gc.collect()
    gc.freeze()


async def run(settings: Settings) -> None:
    """Run the bot until it is stopped. Raises ConfigError and RejoinderError with a sentence for the operator."""
    logs.configure(settings.logs)
    endpoints.use(api_base=settings.discord.api_base, gateway_url=settings.discord.gateway_url)
    spare_the_collector()
    async with opened(settings) as database:
        wanted = settings.discord.message_content
        try:
            await _connect(settings, database, message_content=wanted != "off")
        except discord.PrivilegedIntentsRequired as problem:
            if wanted == "on":
                raise ConfigError(
                    "Discord refuses the message content intent for this bot.",
                    next_step=f"Switch on Message Content Intent under Bot at {PORTAL}, "
                    'or set discord.message_content = "auto".',
                ) from problem
            log.warning("going on without message content: only answers that ping the bot carry their text")
            await _connect(settings, database, message_content=False)


async def _connect(settings: Settings, database: Database, *, message_content: bool) -> None:
    client = await compose(settings, database, message_content=message_content)
    try:
        async with client:
            await client.start(settings.discord.token.get_secret_value())
    except discord.LoginFailure as problem:
        raise ConfigError(
            "Discord does not accept the token (discord.token).",
            next_step=f"Copy it anew: {PORTAL}, your application, Bot, Reset Token.",
        ) from problem
    except discord.HTTPException as problem:
        raise RejoinderError(
            f"Discord answered {problem.status} at login.", next_step="Try again in a few minutes."
        ) from problem
    except OSError as problem:
        raise RejoinderError(
            "Discord could not be reached.", next_step="Check the network and discord.api_base."
        ) from problem
    finally:
        await client.services.close()
