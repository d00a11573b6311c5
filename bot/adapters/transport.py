"""discord.py's way to Discord, with our pace.

This touches what discord.py does not promise to keep (`gateway` is the other one that does), and was written against
discord.py 2.7.1; ``tests/bot/adapters/test_internals.py`` fails on any other. What stock discord.py does differently: it waits out a
window inside the call that used it up, so that every fifth message id is known four seconds late; it has no limit of
its own for all routes together; and it repeats calls after a server error although they may have been done.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import aiohttp
import discord
from discord import utils
from discord.http import HTTPClient, Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.adapters.ratelimits.door import Lane
from bot.adapters.ratelimits.limiter import Call, RateLimiter
from bot.adapters.ratelimits.waiting import WaitTooLong

#: Seconds before a call that may be repeated is made again after a failure.
_BACKOFF: Final = (0.5, 1.5, 4.0)
#: Refusals of one call before we give up.
_MOST_REFUSALS: Final = 5
_SERVER_ERROR, _TOO_MANY, _FORBIDDEN, _NOT_FOUND = 500, 429, 403, 404
#: An answer that takes longer, in seconds, is lost; uploads have more.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=60)
_UPLOAD_TIMEOUT: Final = aiohttp.ClientTimeout(total=300)
_HARMLESS: Final = frozenset({"GET", "HEAD", "PUT", "PATCH", "DELETE"})

_Request = Callable[[int], AbstractAsyncContextManager[aiohttp.ClientResponse]]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the calls of a task are made."""

    #: Seconds that a call waits for Discord's limits before it gives up with `discord.RateLimited`.
    patience: float | None = None
    #: Nobody misses this call while others wait.
    spare: bool = False
    #: Whether what the call is for has come about meanwhile: then it is not repeated.
    settled: Callable[[], bool] = lambda: False


class SettledError(Exception):
    """A call is not repeated any more, for what it is for has come about."""


_terms: ContextVar[Terms] = ContextVar("terms", default=Terms())  # noqa: B039 - Terms are frozen


@contextmanager
def on(terms: Terms) -> Iterator[None]:
    """Calls inside are made on these terms."""
    token = _terms.set(terms)
    try:
        yield
    finally:
        _terms.reset(token)


def install(client: discord.Client) -> None:
    """Give a client that is not logged in yet our way to Discord, wherever it keeps its own."""
    stock = client.http

    def guild_of(channel_id: str) -> str | None:
        channel = client.get_channel(int(channel_id)) if channel_id.isdecimal() else None
        guild = getattr(channel, "guild", None)
        return str(guild.id) if guild is not None else None

    limiter = RateLimiter(guild_of=guild_of)
    client.http = PacedClient(stock.loop, limiter, proxy=stock.proxy, proxy_auth=stock.proxy_auth)
    client._connection.http = client.http
    if (tree := getattr(client, "tree", None)) is not None:
        tree._http = client.http


def pace_webhooks(client: discord.Client) -> None:
    """Make the calling task's webhook calls keep to the client's limits, whoever started the task."""
    if isinstance(client.http, PacedClient):
        async_context.set(client.http.webhooks)


class PacedClient(HTTPClient):
    """discord.py's HTTP client with our limiter in place of its own."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        limiter: RateLimiter,
        *,
        proxy: str | None,
        proxy_auth: aiohttp.BasicAuth | None,
    ) -> None:
        super().__init__(loop, proxy=proxy, proxy_auth=proxy_auth)
        self.limiter = limiter
        self.webhooks = PacedWebhooks(limiter)

    async def static_login(self, token: str) -> Any:
        """Log in; what the client starts from here on answers interactions through our adapter."""
        async_context.set(self.webhooks)
        return await super().static_login(token)

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Make a call of the bot. Raises HTTPException, `discord.RateLimited` and what aiohttp raises."""
        session: aiohttp.ClientSession = self._HTTPClient__session  # type: ignore[attr-defined]
        parts = list(form or ())
        repeatable = route.method in _HARMLESS or _has_nonce(kwargs.get("json"), parts)
        kwargs["headers"] = self._headers(kwargs)
        if "json" in kwargs:
            kwargs["data"] = utils._to_json(kwargs.pop("json"))
        kwargs |= {"proxy": self.proxy, "proxy_auth": self.proxy_auth}

        def attempt(number: int) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
            body = _form(parts, files, number) if parts else kwargs.get("data")
            timeout = _UPLOAD_TIMEOUT if parts else _TIMEOUT
            return session.request(route.method, route.url, **{**kwargs, "data": body, "timeout": timeout})

        return await _deliver(self.limiter, _call(route, _lane(route)), attempt, repeatable=repeatable)

    def _headers(self, kwargs: dict[str, Any]) -> dict[str, str]:
        headers = {"User-Agent": self.user_agent}
        if self.token is not None:
            headers["Authorization"] = f"Bot {self.token}"
        if "json" in kwargs:
            headers["Content-Type"] = "application/json"
        if reason := kwargs.pop("reason", None):
            headers["X-Audit-Log-Reason"] = quote(reason, safe="/ ")
        return headers


class PacedWebhooks(AsyncWebhookAdapter):
    """discord.py's way of calling webhooks and answering interactions, with our limiter."""

    def __init__(self, limiter: RateLimiter) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._limiter = limiter

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        *,
        payload: dict[str, Any] | None = None,
        multipart: list[dict[str, Any]] | None = None,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        files: Sequence[discord.File] | None = None,
        reason: str | None = None,
        auth_token: str | None = None,
        params: dict[str, Any] | None = None,
    ) -> Any:
        """Call a webhook. It has no nonce, so a call that makes something is never repeated blindly."""
        headers: dict[str, str] = {}
        if payload is not None:
            headers["Content-Type"] = "application/json"
        if auth_token is not None:
            headers["Authorization"] = f"Bot {auth_token}"
        if reason is not None:
            headers["X-Audit-Log-Reason"] = quote(reason, safe="/ ")
        json = None if payload is None else utils._to_json(payload)

        def attempt(number: int) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
            return session.request(
                route.method,
                route.url,
                data=_form(multipart, files, number) if multipart else json,
                headers=headers,
                params=params,
                proxy=proxy,
                proxy_auth=proxy_auth,
                timeout=_UPLOAD_TIMEOUT if multipart else _TIMEOUT,
            )

        # An interaction is answered once, however often it is tried.
        is_callback = route.path.endswith("/callback")
        lane = Lane.ANSWER if is_callback else Lane.APART
        repeatable = is_callback or route.method in _HARMLESS
        return await _deliver(self._limiter, _call(route, lane), attempt, repeatable=repeatable)


async def _deliver(limiter: RateLimiter, call: Call, attempt: _Request, *, repeatable: bool) -> Any:
    """Make a call until it is answered for good. Nothing is waited for once that answer is there."""
    failures = refusals = 0
    while True:
        try:
            turn = await limiter.enter(call)
        except WaitTooLong as problem:
            raise discord.RateLimited(problem.seconds) from None
        try:
            async with attempt(failures + refusals) as response:
                if response.status != _TOO_MANY:
                    limiter.answered(turn, response.status, response.headers)
                data = await json_or_text(response)
                if response.status == _TOO_MANY and limiter.refused(turn, response.headers, data):
                    refusals += 1
                    if refusals < _MOST_REFUSALS:
                        continue
        except (OSError, TimeoutError, aiohttp.ClientError):
            if not repeatable or failures >= len(_BACKOFF) or _terms.get().settled():
                raise
        else:
            if response.ok:
                return data
            if response.status < _SERVER_ERROR or not repeatable or failures >= len(_BACKOFF):
                raise _error(response, data)
        finally:
            limiter.lost(turn)
        await asyncio.sleep(_BACKOFF[failures])
        failures += 1
        if _terms.get().settled():
            raise SettledError


def _call(route: Route, lane: Lane) -> Call:
    return Call(route.key, route.major_parameters, lane, _terms.get().patience)


def _lane(route: Route) -> Lane:
    if _terms.get().spare:
        return Lane.SPARE
    changes_message = route.method == "PATCH" and "/messages/" in route.path
    return Lane.EDIT if changes_message else Lane.SEND


def _has_nonce(json: Any, parts: Iterable[Mapping[str, Any]]) -> bool:
    """Whether Discord answers a repetition with the message that it made the first time."""
    if isinstance(json, Mapping):
        return bool(json.get("enforce_nonce"))
    return any(
        part["name"] == "payload_json" and '"enforce_nonce":true' in part["value"].replace(" ", "")
        for part in parts
    )


def _form(
    parts: Iterable[Mapping[str, Any]], files: Iterable[discord.File] | None, number: int
) -> aiohttp.FormData:
    """The parts of an upload; a repetition reads its files from their beginning again."""
    for file in files or ():
        file.reset(seek=number)
    # Quoted brackets in names of parts are not understood by Discord.
    form = aiohttp.FormData(quote_fields=False)
    for part in parts:
        form.add_field(**part)
    return form


def _error(response: aiohttp.ClientResponse, data: Any) -> discord.HTTPException:
    if response.status == _FORBIDDEN:
        return discord.Forbidden(response, data)
    if response.status == _NOT_FOUND:
        return discord.NotFound(response, data)
    if response.status >= _SERVER_ERROR:
        return discord.DiscordServerError(response, data)
    return discord.HTTPException(response, data)
