"""One question to one server: no redirects, no cookies, limits on time and size, and a sentence for each failure."""

import asyncio
import time
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.adapters.fetching.failures import failure
from bot.adapters.fetching.guard import Guard
from bot.adapters.fetching.resolving import GuardedResolver, Lookup
from bot.errors import FetchError
from bot.settings import FetchSettings

#: How robots.txt calls us.
AGENT = "Rejoinder"
_PIECE = 64 * 1024
_MIB = 1024 * 1024


class Allowance:
    """Seconds that the answers to one wish may take in all; waiting for a turn costs nothing."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Raises TimeoutError when it is used up."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= time.monotonic() - began


class Wire:
    """Asks, within the limits of ``settings``; ``lookup`` turns names into IP addresses."""

    def __init__(self, settings: FetchSettings, guard: Guard, lookup: Lookup) -> None:
        self._settings = settings
        self._resolver = GuardedResolver(guard, lookup)
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._agent = f"{AGENT}/{version('rejoinder')}{contact}"

    @asynccontextmanager
    async def ask(
        self, url: URL, headers: Mapping[str, str], allowance: Allowance
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer, whose body is to be read inside. Raises FetchError, from reading the body too.

        Every question has a session and a connection of its own: what was resolved, or set as a cookie, is gone with
        it. With a proxy, the proxy makes the connection.
        """
        proxy = self._proxy(url)
        if proxy:
            await self._check_ahead(url)
        try:
            async with (
                allowance.spend(),
                self._session(aiohttp.ThreadedResolver() if proxy else self._resolver) as session,
                session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response,
            ):
                yield response
        except (aiohttp.ClientError, OSError) as problem:
            raise failure(url.raw_host or "", problem, self._settings) from None

    def _session(self, resolver: AbstractResolver) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver),
            headers={"User-Agent": self._agent},
            timeout=aiohttp.ClientTimeout(
                total=None,
                sock_connect=self._settings.connect_timeout,
                sock_read=self._settings.read_timeout,
            ),
        )

    def _proxy(self, url: URL) -> str | None:
        proxy = self._settings.proxy
        if proxy != "environment":
            return proxy
        if urllib.request.proxy_bypass(url.host or ""):
            return None
        return urllib.request.getproxies().get(url.scheme)

    async def _check_ahead(self, url: URL) -> None:
        """A proxy resolves names by itself; what is known to be forbidden here is not even asked for."""
        try:
            async with asyncio.timeout(self._settings.connect_timeout):
                await self._resolver.resolve(url.raw_host or "", url.port or 0)
        except OSError:
            return


async def whole(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, unpacked. Raises FetchError as soon as it has more than ``limit`` bytes."""
    if (response.content_length or 0) > limit:
        raise _too_large(response, limit)
    data = await beginning(response, limit + 1)
    if len(data) > limit:
        raise _too_large(response, limit)
    return data


async def beginning(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """At most the first ``limit`` bytes of the body, unpacked; the rest is not waited for."""
    data = bytearray()
    while piece := await response.content.read(min(_PIECE, limit - len(data))):
        data += piece
    return bytes(data)


def _too_large(response: aiohttp.ClientResponse, limit: int) -> FetchError:
    return FetchError(
        f"The page at {response.url.raw_host} has more than {limit / _MIB:.3g} MiB; the rest was not read.",
        next_step="Save the part that matters and give me that file, or ask whoever runs the bot to raise fetch.max_bytes.",
    )
