"""`rejoinder doctor`: what is well, what is not, and what to click."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import findings
from bot.cli.findings import Finding, State
from bot.cli.options import ConfigPath
from bot.errors import ConfigError, DeliveryError, StorageError

if TYPE_CHECKING:
    from bot.settings import DiscordSettings

Offline = Annotated[bool, typer.Option("--offline", help="Check only what lies on this machine.")]


def doctor(config: ConfigPath = None, *, offline: Offline = False) -> None:
    """Say what is well, and what is to do.

    Looks at the configuration, the database, the token, the intents, and the bot's rights in every server.

    Exit status: 0 all is well, 1 there is something to do.
    """
    raise typer.Exit(asyncio.run(_report(config, offline=offline)))


async def _report(config: Path | None, *, offline: bool) -> int:
    """Print each finding as soon as it is known."""
    to_do = 0
    async for finding in _examine(config, offline=offline):
        typer.echo(f"{finding.state:<7}  {finding.text}")
        to_do += finding.state is State.TO_DO
    typer.echo("\nAll is well." if not to_do else f"\nTo do: {to_do}")
    return 1 if to_do else 0


async def _examine(config: Path | None, *, offline: bool) -> AsyncIterator[Finding]:
    from bot.settings import load, locate

    try:
        settings = load(config)
    except ConfigError as error:
        yield Finding(State.TO_DO, str(error))
        yield Finding(State.UNKNOWN, "Database, token and rights: not checked without a configuration.")
        return
    for finding in findings.configuration(locate(config)):
        yield finding
    async for finding in _database(settings.database.path):
        yield finding
    if offline:
        yield Finding(State.NOTE, "Discord: not asked, because of --offline.")
        return
    async for finding in _discord(settings.discord):
        yield finding


async def _database(path: Path) -> AsyncIterator[Finding]:
    from storage.database import Database

    if await asyncio.to_thread(path.exists):
        try:
            async with Database.open(path):
                yield findings.database(path)
        except StorageError as error:
            yield Finding(State.TO_DO, f"Database: {error}")
    for finding in findings.room_for_database(path):
        yield finding


async def _discord(settings: "DiscordSettings") -> AsyncIterator[Finding]:
    from bot.adapters.inspection import connect

    try:
        async with connect(settings) as inspection:
            account = inspection.account()
            for finding in findings.account(account, message_content=settings.message_content):
                yield finding
            found = False
            async for guild in inspection.guilds():
                found = True
                for finding in findings.guild(guild):
                    yield finding
            if not found:
                yield findings.no_guild(account.application_id)
    except ConfigError as error:
        yield Finding(State.TO_DO, f"Token: {error}")
    except DeliveryError as error:
        yield Finding(State.TO_DO, f"{error} Is this machine online, and discord.api_base right?")
        yield findings.unasked(settings.token.get_secret_value())
