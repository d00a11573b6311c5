"""`rejoinder run`: the bot."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.cli.options import ConfigPath

if TYPE_CHECKING:
    from bot.settings import Settings


def run(config: ConfigPath = None) -> None:
    """Run the bot until it is told to stop.

    SIGTERM and Ctrl+C end it in order: what is being written is written first.
    """
    from bot.settings import load

    settings = load(config)
    with suppress(asyncio.CancelledError):
        asyncio.run(_stoppable(settings))


async def _stoppable(settings: "Settings") -> None:
    """A service manager stops with SIGTERM, which would otherwise end the process in the middle of a step."""
    from bot.app import run as go_online

    here = asyncio.current_task()
    assert here is not None, "a coroutine runs in a task"
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    await go_online(settings)
