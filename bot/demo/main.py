"""`rejoinder demo`: the bot in a simulated Discord, with a page to watch and to take part, or without one."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import typer
from pydantic import SecretStr

from bot import app, logs
from bot.client import Rejoinder
from bot.demo.director import Director
from bot.demo.feed import Feed, Tree
from bot.demo.stage import OpenBot, Stage
from bot.ports.records import ArticleRecord, ChannelId, GuildId, GuildSettings, UserId
from bot.ports.store import Store
from bot.settings import DatabaseSettings, DiscordSettings, LogSettings, PrivacySettings, Settings
from storage.database import Database

#: Seconds between two messages of the import that a person watches.
_PACE: Final = 0.22
#: Seconds between two acts when nobody watches.
_AT_ONCE: Final = 0.0


def run(source: Path | None, port: int, once: bool) -> int:  # noqa: FBT001 - the command's flag, as it stands
    """Play the demo with a page of the person's own or the sample; the exit status.

    With ``once`` it ends by itself and prints what came of it. Raises RejoinderError.
    """
    logs.configure(LogSettings(level="warning"))
    page = source.read_bytes() if source else app.sample()
    name = source.name if source else "the-ferry-that-never-sailed.txt"
    with tempfile.TemporaryDirectory(prefix="rejoinder-demo-") as directory:
        settings = _settings(Path(directory) / "rejoinder.sqlite3")
        if once:
            typer.echo(asyncio.run(_play_once(settings, page, name)))
        else:
            asyncio.run(_play(settings, page, name, port))
    return 0


async def _play_once(settings: Settings, page: bytes, name: str) -> str:
    async with _open(settings, pace=_AT_ONCE) as (stage, feed):
        director = Director(stage, feed, breath=_AT_ONCE)
        article = await director.tour(page, name)
        return await _summary(feed, article)


async def _play(settings: Settings, page: bytes, name: str, port: int) -> None:
    # The page needs more than the bot does: nothing of it is imported without it.
    from bot.demo.serving import served  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        stage, feed = await stack.enter_async_context(_open(settings, pace=_PACE))
        director = Director(stage, feed)
        address = await stack.enter_async_context(served(stage, feed, director, port))
        typer.echo(_welcome(address, settings.database.path))
        guide = asyncio.create_task(director.guide(page, name), name="guide")
        stack.callback(guide.cancel)
        await _told_to_stop()
        typer.echo("\nThe reading room closes.")


@asynccontextmanager
async def _open(settings: Settings, *, pace: float) -> AsyncIterator[tuple[Stage, Feed]]:
    """The stage with the bot on it, and a look into the database that lasts while the bot is away."""
    async with Database.open(settings.database.path) as store, Stage(_bot(settings, pace)) as stage:
        await _arrange(store, stage)
        await stage.start_bot()
        yield stage, Feed(store, GuildId(stage.world.guild.id), stage.world.names)


def _bot(settings: Settings, pace: float) -> OpenBot:
    @asynccontextmanager
    async def open_bot(stage: Stage) -> AsyncIterator[Rejoinder]:
        async with app.opened(settings) as database:
            bot = await app.compose(
                settings, database, clock=stage.clock, spawn=stage.spawn, pace=pace, shard_count=1
            )
            try:
                yield bot
            finally:
                await bot.services.close()

    return open_bot


async def _arrange(store: Store, stage: Stage) -> None:
    """What the moderator chose in `/rejoinder setup` before we came."""
    world = stage.world
    choices = GuildSettings(
        guild_id=GuildId(world.guild.id),
        articles_channel=ChannelId(world.forum.id),
        staff_channel=ChannelId(world.staff.id),
        announce_channel=ChannelId(world.lounge.id),
    )
    await store.guilds.save_settings(choices, actor=UserId(world.moderator.id), at=stage.clock.now())


def _settings(database: Path) -> Settings:
    return Settings(
        # SimCord asks for no token, and none is made up.
        discord=DiscordSettings.model_construct(token=SecretStr("")),
        database=DatabaseSettings(path=database),
        privacy=PrivacySettings(contact="keeper@harbour-lines.example"),
    )


async def _summary(feed: Feed, article: ArticleRecord) -> str:
    tree = await feed.tree(article.id)
    deepest = max((branch.level for branch in tree.branches), default=0)
    answers = [
        f"  comment {branch.number}, level {branch.level}: {branch.words}"
        for branch in tree.branches
        if branch.live
    ]
    return "\n".join(
        [
            f"“{tree.title}” stands in the forum, {deepest} levels deep. Members answered it:",
            *answers,
            "The last answer was written while the bot was away.",
            _counted(tree),
        ]
    )


def _counted(tree: Tree) -> str:
    said = f"imported {tree.imported} comments, {tree.sent} messages, {tree.quotes} pull-quotes"
    return f"{said}, {tree.live} live replies tracked"


def _welcome(address: str, database: Path) -> str:
    port = address.partition("/#")[0].rpartition(":")[2]
    # Over SSH the shell knows by which address this machine is reached.
    host = os.environ.get("SSH_CONNECTION", "").split(" ")[2:3] or ["HOST"]
    return "\n".join(
        [
            "The reading room is open. In a browser on this machine:",
            f"  {address}",
            "From another machine, first open a tunnel and then the same address there:",
            f"  ssh -L {port}:127.0.0.1:{port} {host[0]}",
            "What to try: answer a comment; stop the bot, write, start it again; type / for its commands; drop a page of your own.",
            f"The tree lies in {database} as long as this runs. Ctrl+C ends it.",
        ]
    )


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        # Windows' loop knows no signal handlers; there Ctrl+C arrives as KeyboardInterrupt.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    await stop.wait()
