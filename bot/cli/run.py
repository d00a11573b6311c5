"""`rejoinder run`: the bot."""
# ruff: noqa: PLC0415 - a command imports its own world and no other

import asyncio

from bot.cli.options import ConfigPath


def run(config: ConfigPath = None) -> None:
    """Run the bot until it is told to stop."""
    from bot.settings import load

    settings = load(config)
    from bot.app import run as go_online

    asyncio.run(go_online(settings))
