"""The real bot in a simulated Discord, with a real database on disk."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord
import structlog
from pydantic import SecretStr

from bot.app import compose
from bot.client import Rejoinder
from bot.domain.discussion import Rights
from bot.errors import RejoinderError
from bot.ports.records import ArticleRecord, CommentRecord, GuildId
from bot.settings import DatabaseSettings, DiscordSettings, Settings
from storage.database import Database
from tests.pages import FERRY_PAGE
from tests.referee import request_referee


class SimulatedClock:
    """The simulated Discord's time, which a test moves by `env.advance_time`."""

    env: simcord.Env

    def now(self) -> datetime:
        return self.env.now()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass
class Room:
    """A reading room: a guild with its channels and people, the bot in it, and the bot's database."""

    env: simcord.Env
    guild: Any
    forum: Any
    lounge: Any
    admin: Any
    alice: Any
    bert: Any
    settings: Settings
    database: Database
    clock: SimulatedClock
    bot: Rejoinder

    @property
    def guild_id(self) -> GuildId:
        return GuildId(self.guild.id)

    async def restart(self) -> None:
        """Stop the bot and start it anew over the same file, as an operator does."""
        self.bot = await compose(self.settings, self.database, clock=self.clock, shard_count=1)
        await self.env.restart_bot(self.bot)

    async def preview(self, page: str = FERRY_PAGE, **options: Any) -> Any:
        """The answer to `/import article file:`."""
        options = {"channel": self.forum} | options
        result = await self.admin.slash(
            self.lounge, "import article", file=("page.txt", page.encode()), **options
        )
        return answer(result)

    async def import_page(self, page: str = FERRY_PAGE, rights: Rights = Rights.OWN, **options: Any) -> Any:
        """A whole import; the thread that it made."""
        preview = await self.preview(page, **options)
        await self.admin.select(preview, [rights.value], custom_id=custom_id(preview, "rj:rights:"))
        await self.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
        parent = options.get("channel", self.forum)
        return parent.threads[-1]

    async def article(self) -> ArticleRecord:
        """The newest article of the guild."""
        return (await self.database.articles.list_articles(self.guild_id))[0]

    async def tree(self) -> list[CommentRecord]:
        """The stored tree of the newest article."""
        return await self.database.comments.tree(self.guild_id, (await self.article()).id)


def answer(result: Any) -> Any:
    """What the person sees last in answer to a command or a click."""
    return result.followups[-1] if result.followups else result.response


def texts(message: Any) -> str:
    """Everything that a message shows, content or components."""
    found = [message.content or ""]

    def walk(components: list[dict[str, Any]]) -> None:
        for component in components:
            found.extend(
                str(component[key]) for key in ("content", "label", "placeholder") if component.get(key)
            )
            walk(component.get("components", []))

    shown = message.components if isinstance(message.components, list) else []
    walk([component if isinstance(component, dict) else component.to_dict() for component in shown])
    return "\n".join(found)


def custom_id(message: Any, prefix: str) -> str:
    """The whole custom id of the component whose id starts so."""
    waiting = list(message.components)
    while waiting:
        component = waiting.pop()
        if str(component.get("custom_id", "")).startswith(prefix):
            return str(component["custom_id"])
        waiting.extend(component.get("components", []))
    raise AssertionError(f"nothing starts with {prefix}")


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A test that sets up logging (a command does) leaves no handler behind that writes into its closed output."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    ours = {name: logging.getLogger(name).level for name in ("bot", "cogs", "storage")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in ours.items():
        logging.getLogger(name).setLevel(was)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def violations(env: simcord.Env) -> list[str]:
    """What Discord's description of its API forbids in the requests of a bot."""
    referee = request_referee()
    if referee is None:
        return []
    return [
        sentence
        for request in env.http_requests
        for sentence in referee.judge(
            request.method,
            request.path,
            query={name: str(value) for name, value in request.params.items()},
            body=request.json,
            channel=channel_type(env, request.path),
        )
    ]


def channel_type(env: simcord.Env, path: str) -> int | None:
    """The type of the channel that a path names, if it is still there."""
    found = re.match(r"/?channels/([0-9]+)", path)
    channel = env.bot.get_channel(int(found[1])) if found else None
    return int(channel.type.value) if isinstance(channel, discord.abc.GuildChannel | discord.Thread) else None


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        discord=DiscordSettings(token=SecretStr("simulated.token.only"), guild_ready_timeout=0.05),
        database=DatabaseSettings(path=tmp_path / "rejoinder.sqlite3"),
    )


@pytest_asyncio.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    async with Database.open(settings.database.path) as opened:
        yield opened


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest_asyncio.fixture
async def env(settings: Settings, database: Database, clock: SimulatedClock) -> AsyncIterator[simcord.Env]:
    # Not simcord.run(): an async fixture's two halves run in different contexts, and it keeps a context's token.
    env = simcord.Env(await compose(settings, database, clock=clock, shard_count=1))
    clock.env = env
    await env.start()
    yield env
    await env.shutdown()
    assert violations(env) == []
    # SimCord also keeps errors that were answered; ours are sentences that a person has read by now.
    unexpected = [
        error for error in env.errors if not isinstance(getattr(error, "original", error), RejoinderError)
    ]
    assert unexpected == []


@pytest.fixture
def room(env: simcord.Env, settings: Settings, database: Database, clock: SimulatedClock) -> Room:
    guild = env.create_guild("Reading room")
    rights = discord.Permissions(manage_guild=True, manage_messages=True)
    staff = guild.create_role("Staff", permissions=rights)
    assert isinstance(env.bot, Rejoinder)
    return Room(
        env=env,
        guild=guild,
        forum=guild.create_forum_channel("articles"),
        lounge=guild.create_text_channel("lounge"),
        admin=guild.add_member(env.create_user("mira", global_name="Mira Holt"), roles=[staff]),
        alice=guild.add_member(env.create_user("alice")),
        bert=guild.add_member(env.create_user("bert")),
        settings=settings,
        database=database,
        clock=clock,
        bot=env.bot,
    )
