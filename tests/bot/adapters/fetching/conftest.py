"""A site on loopback that a test fills with pages, and everything that a fetcher of that site needs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.adapters.fetching.fetcher import HttpFetcher
from bot.errors import FetchError
from bot.settings import FetchSettings

Page = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_by(seconds)
        await asyncio.sleep(0)

    def pass_by(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass
class FakeLookup:
    """Names and their addresses, each time the next ones; the last ones stay."""

    names: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError("no such name")
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


@dataclass
class Site:
    """Pages by path; whatever is no page is 404, robots.txt too."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    seen: list[web.Request] = field(default_factory=list)

    @property
    def home(self) -> str:
        return f"http://harbour-lines.example:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked, robots.txt left out."""
        return [request.path for request in self.seen if request.path != "/robots.txt"]

    def page(self, path: str, text: str | bytes = "", **answer: Any) -> str:
        """Put a page there; its address."""
        body = text.encode() if isinstance(text, str) else text
        headers = {"Content-Type": "text/html; charset=utf-8"} | answer.pop("headers", {})

        async def give(_: web.Request) -> web.Response:
            return web.Response(body=body, headers=headers, **answer)

        self.pages[path] = give
        return self.home + path

    def leads(self, path: str, location: str, status: int = 302) -> str:
        """Put a redirect there; its address."""
        return self.page(path, status=status, headers={"Location": location})

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404)


@pytest_asyncio.fixture
async def site():
    made = Site()
    app = web.Application()
    app.router.add_get("/{path:.*}", made.answer)
    async with TestServer(app) as server:
        made.port = server.port
        yield made


@pytest_asyncio.fixture
async def raw():
    """A server that answers every question with bytes, and then again and again with more bytes; its address."""
    servers = []

    async def serve(first: bytes, *, then: bytes = b"", every: float = 0.0) -> str:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                await reader.read(64 * 1024)
                writer.write(first)
                while then:
                    writer.write(then)
                    await writer.drain()
                    await asyncio.sleep(every)
            writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1")
        servers.append(server)
        return f"http://raw.example:{server.sockets[0].getsockname()[1]}/"

    yield serve
    for server in servers:
        server.close()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def lookup():
    return FakeLookup({"harbour-lines.example": [["127.0.0.1"]], "raw.example": [["127.0.0.1"]]})


@pytest.fixture
def fetcher(site, clock, lookup):
    """A fetcher that may ask the site by its name, and nothing else on loopback."""

    def made(**settings: Any) -> HttpFetcher:
        ours = (f"harbour-lines.example:{site.port}", "raw.example")
        allowed = settings.pop("allowed_private_hosts", ours)
        limits = {"timeout": 5.0, "read_timeout": 2.0, "connect_timeout": 2.0} | settings
        return HttpFetcher(FetchSettings(allowed_private_hosts=allowed, **limits), clock=clock, lookup=lookup)

    return made


@pytest.fixture
def refusal():
    """The sentence and the next step of a fetch that fails, and that it names nothing but the host."""

    async def refused(fetcher: HttpFetcher, address: str) -> FetchError:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(address)
        problem = caught.value
        assert problem.next_step
        assert "\n" not in str(problem)
        assert problem.__cause__ is None
        return problem

    return refused
