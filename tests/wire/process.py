"""A bot in a process of its own: started, waited for, killed without warning, started again."""

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from tests.wire.people import Wire

_ROOT = Path(__file__).parents[2]


class BotProcess:
    """A Python process that speaks to the wire. What it prints goes to a file; the token may not be in it.

    As ``async with`` it is started, and killed at the end if it still lives.
    """

    def __init__(self, wire: Wire, module: Sequence[str], *, directory: Path) -> None:
        self._wire = wire
        self._module = module
        self.directory = directory
        self._output = directory / "output.log"
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.kill()
            raise
        return self

    async def __aexit__(self, problem: type[BaseException] | None, *_: object) -> None:
        await self.kill()
        if problem is not None:
            print(self.output)  # noqa: T201 - pytest shows it beside the failure
        assert self._wire.token not in self.output, "the token stands in the bot's output"

    @property
    def output(self) -> str:
        """Everything that was printed so far, over all starts."""
        return self._output.read_text(errors="replace") if self._output.exists() else ""

    async def start(self) -> None:
        """Start, and wait until the gateway has greeted it and its commands are known."""
        greeted = len(self._wire.gateway.sessions)
        with self._output.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *self._module,
                cwd=self.directory,
                env=self._environment(),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )
        wire = self._wire
        try:
            await wire.until(
                lambda: (len(wire.gateway.sessions) > greeted and wire.world.commands) or not self.alive
            )
        except TimeoutError:
            raise TimeoutError(f"the bot did not get ready:\n{self.output}") from None
        # A kill that a test has planned may strike as soon as the bot is there.
        started = len(wire.gateway.sessions) > greeted
        assert started or self.alive, f"the bot ended while it started:\n{self.output}"

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """SIGKILL: nothing is tidied up. Returns once the wire has seen the connection go."""
        assert self._process is not None
        if self.alive:
            self._process.kill()
        await self._process.wait()
        await self._wire.until(lambda: not self._wire.gateway.connected, what="the connection did not close")

    async def restart(self) -> None:
        """Kill and start again, with the same files."""
        await self.kill()
        await self.start()

    def _environment(self) -> dict[str, str]:
        """Ours, without any setting of the machine's own bot."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("REJOINDER_")}
        return inherited | {"PYTHONPATH": str(_ROOT), "HOME": str(self.directory), "NO_COLOR": "1"}


def rejoinder(wire: Wire, directory: Path, *, settings: str = "") -> BotProcess:
    """The bot itself, with a configuration and a database in ``directory``; ``settings`` are further tables of it."""
    config = configured(wire, directory, settings=settings)
    return BotProcess(wire, ["bot", "run", "--config", str(config)], directory=directory)


def configured(wire: Wire, directory: Path, *, settings: str = "") -> Path:
    """A configuration for a bot on this wire, with its database beside it."""
    config = directory / "rejoinder.toml"
    config.touch(mode=0o600)
    config.write_text(
        f'[discord]\ntoken = "{wire.token}"\napi_base = "{wire.api_base}"\ngateway_url = "{wire.gateway_url}"\n'
        f'guild_ready_timeout = 0.1\n[database]\npath = "{database_of(directory)}"\n{settings}'
    )
    return config


def database_of(directory: Path) -> Path:
    """Where the bot of a directory keeps everything."""
    return directory / "rejoinder.sqlite3"
