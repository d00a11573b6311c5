import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
import pytest
import pytest_asyncio

from tests.wire.people import Wire
from tests.wire.process import BotProcess
from tests.wire.room import ReadingRoom, reading_room


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def refusal(self) -> tuple[int, int]:
        """Status and Discord's own code."""
        return self.status, self.body["code"]


Rest = Callable[..., Awaitable[Answer]]


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[Wire]:
    """A wire whose windows pass fifty times as fast."""
    async with Wire(speed=50) as wire:
        wire.interactions.first_answer_seconds = 30.0
        yield wire


@pytest.fixture
def room(wire: Wire) -> ReadingRoom:
    return reading_room(wire.world)


@pytest_asyncio.fixture
async def rest(wire: Wire) -> AsyncIterator[Rest]:
    """Bare requests in the bot's name."""
    headers = {"Authorization": f"Bot {wire.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def ask(method: str, path: str, body: Any = None, **query: Any) -> Answer:
            async with session.request(method, wire.api_base + path, json=body, params=query) as response:
                text = await response.text()
                return Answer(response.status, json.loads(text) if text else None, dict(response.headers))

        yield ask


@pytest_asyncio.fixture
async def probe(
    wire: Wire, room: ReadingRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[BotProcess]:
    """The probe, connected."""
    monkeypatch.setenv("PROBE_API_BASE", wire.api_base)
    monkeypatch.setenv("PROBE_GATEWAY", wire.gateway_url)
    monkeypatch.setenv("PROBE_TOKEN", wire.token)
    async with BotProcess(wire, ["tests.wire.probe"], directory=tmp_path) as process:
        yield process
