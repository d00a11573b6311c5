"""The bot: discord.py's client with our services, our cogs and nothing else."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.adapters.answers import explain
from bot.adapters.inbound import Payload
from bot.errors import RefusedError
from bot.ports.store import Store
from bot.services.arrivals import Arrivals
from bot.services.contents import Contents
from bot.services.hiding import Hider
from bot.services.importer import Importer
from bot.services.notices import Notices
from bot.services.publisher import Publisher
from bot.services.quoter import Quoter
from bot.services.redrawing import Redrawer
from bot.services.tracker import Tracker
from bot.services.undoer import Undoer
from bot.services.unfolding import Unfolder

log = structlog.get_logger()

EXTENSIONS: Final = (
    "cogs.imports",
    "cogs.articles",
    "cogs.quotes",
    "cogs.setup",
    "cogs.answering",
    "cogs.privacy",
    "cogs.tracking",
)


@dataclass(frozen=True, slots=True)
class Services:
    """What the cogs call; composed in `bot.app`."""

    store: Store
    importer: Importer
    publisher: Publisher
    undoer: Undoer
    notices: Notices
    redrawer: Redrawer
    hider: Hider
    contents: Contents
    quoter: Quoter
    unfolder: Unfolder
    tracker: Tracker
    arrivals: Arrivals
    #: The sample article as bytes, for whoever tries the bot before trusting it.
    sample: bytes
    #: Largest file that is read, in bytes.
    max_bytes: int
    #: Whom people outside may write to, where a guild names nobody.
    contact: str | None

    async def close(self) -> None:
        """Stop what is under way; it is taken up at the next start."""
        await self.publisher.close()
        await self.undoer.close()
        await self.redrawer.close()
        await self.notices.close()


class Tree(app_commands.CommandTree[Any]):
    """Commands whose every failure is answered in words."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        """Answer the person who ran the command."""
        problem: Exception = getattr(error, "original", error)
        if isinstance(error, app_commands.TransformerError):
            # discord.py resolves a channel from what it has seen: an archived thread is not among it.
            problem = RefusedError(
                "**Nothing was done.** I can't see that channel or thread: it is closed, or closed to me.",
                next_step="open it again, or let me see it, and run the command anew",
            )
        await explain(interaction, problem)


class Rejoinder(commands.AutoShardedBot):
    """The client. It holds no state of its own: what must outlive it is in the store."""

    def __init__(
        self,
        *,
        services: Services,
        hear: Callable[[Payload], None],
        message_content: bool,
        guild_ready_timeout: float,
        sync_commands_to: tuple[int, ...] = (),
        shard_count: int | None = None,
    ) -> None:
        intents = discord.Intents(
            guilds=True, guild_messages=True, guild_reactions=True, message_content=message_content
        )
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
            shard_count=shard_count,
            tree_cls=Tree,
        )
        self.services = services
        #: Whoever waits for the gateway to tell of a message of ours.
        self.hear = hear
        self._sync_commands_to = sync_commands_to

    async def setup_hook(self) -> None:
        """Load the cogs and make the commands known."""
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self._sync_commands()

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no text commands: messages are the tracker's."""

    async def _sync_commands(self) -> None:
        """Tell Discord the commands when they changed: it allows 200 creations a day and guild."""
        targets: list[discord.abc.Snowflake | None] = [
            discord.Object(guild) for guild in self._sync_commands_to
        ]
        for target in targets or [None]:
            if target is not None:
                self.tree.copy_global_to(guild=target)
            commands_now = [command.to_dict(self.tree) for command in self.tree.get_commands(guild=target)]
            digest = hashlib.sha256(json.dumps(commands_now, sort_keys=True).encode()).hexdigest()
            name = f"commands {self.application_id} {target.id if target else 'everywhere'}"
            if await self.services.store.facts.find(name) == digest:
                continue
            await self.tree.sync(guild=target)
            await self.services.store.facts.keep(name, digest)
            log.info("commands synced", commands=len(commands_now))
