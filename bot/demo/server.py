"""One port on loopback: our page at ``/``, its small API, and SimCord's page behind the relay."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.demo.director import Director
from bot.demo.panel import Panel
from bot.demo.relay import LARGEST_BODY, Relay
from bot.errors import RejoinderError

_PAGE: Final = Path(__file__).with_name("page")
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: Names that mean this machine. Behind them no other site can hide: a rebound name would stand in Host.
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
KEY_HEADER: Final = "X-Rejoinder-Token"
#: A question for news is answered after this many seconds even if there are none.
_LONGEST_WAIT: Final = 20.0
#: Seconds between two looks into the database while somebody waits for news.
_LOOK_EVERY: Final = 0.25
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a foreign Host (DNS rebinding) and a foreign Origin (another site's script).

    The port in Host may differ from ours: an SSH tunnel may end on another one.
    """
    host = request.headers.get("Host", "")
    if host.rpartition(":")[0] not in _LOOPBACK and host not in _LOOPBACK:
        raise web.HTTPForbidden(text="The demo answers at 127.0.0.1 and localhost only.")
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        raise web.HTTPForbidden(text="The demo answers its own page only.")
    return await handler(request)


class DemoServer:
    """Our routes. Everything under ``/demo/api`` wants the token that only our own address carries."""

    def __init__(self, panel: Panel, director: Director, relay: Relay) -> None:
        self.token = secrets.token_urlsafe(16)
        self._panel = panel
        self._director = director
        self._relay = relay

    def app(self) -> web.Application:
        """The application, ready to be served."""
        app = web.Application(middlewares=[only_this_machine], client_max_size=LARGEST_BODY)
        app.router.add_get("/", self._index)
        app.router.add_get("/demo/api/news", self._guarded(self._news))
        app.router.add_post("/demo/api/bot", self._guarded(self._bot))
        app.router.add_post("/demo/api/write", self._guarded(self._write))
        app.router.add_post("/demo/api/room", self._guarded(self._room))
        app.router.add_post("/demo/api/page", self._guarded(self._drop))
        app.router.add_get("/demo/{name}", self._asset)
        app.router.add_route("*", "/{rest:.*}", self._relay.handle)
        return app

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if not secrets.compare_digest(request.headers.get(KEY_HEADER, ""), self.token):
                raise web.HTTPUnauthorized(
                    text="Open the address that the demo printed, with all of its end."
                )
            try:
                return await handler(request)
            except RejoinderError as problem:
                return web.json_response({"trouble": str(problem)}, status=422, headers=_HEADERS)

        return guarded

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return _file("index.html")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        return _file(request.match_info["name"])

    async def _news(self, request: web.Request) -> web.StreamResponse:
        """The panel's state, as soon as it is not the one that the page has."""
        self._director.watched.set()
        known = request.query.get("after")
        ends = asyncio.get_running_loop().time() + _LONGEST_WAIT
        while True:
            state = await self._panel.state()
            version = _version(state)
            if version != known or asyncio.get_running_loop().time() >= ends:
                return web.json_response({"version": version, **state}, headers=_HEADERS)
            await asyncio.sleep(_LOOK_EVERY)

    async def _bot(self, request: web.Request) -> web.StreamResponse:
        await (
            self._director.start_bot() if (await _object(request)).get("run") else self._director.stop_bot()
        )
        return web.json_response({}, headers=_HEADERS)

    async def _write(self, _request: web.Request) -> web.StreamResponse:
        await self._director.write()
        return web.json_response({}, headers=_HEADERS)

    async def _room(self, request: web.Request) -> web.StreamResponse:
        wanted = await _object(request)
        room, viewer, message = (_word(wanted, key) for key in ("room", "viewer", "message"))
        await self._director.go_to(room=room, viewer=viewer, message=message)
        return web.json_response({}, headers=_HEADERS)

    async def _drop(self, request: web.Request) -> web.StreamResponse:
        name = request.query.get("name") or "page.txt"
        await self._director.bring(await request.read(), name)
        return web.json_response({}, headers=_HEADERS)


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        value = await request.json()
    except ValueError as problem:
        raise web.HTTPBadRequest(text="That is not JSON.") from problem
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="A JSON object is wanted.")
    return value


def _word(value: dict[str, Any], key: str) -> str | None:
    word = value.get(key)
    if word is not None and not isinstance(word, str):
        raise web.HTTPBadRequest(text=f"{key} is text.")
    return word


def _file(name: str) -> web.Response:
    path = _PAGE / name
    if path.parent != _PAGE or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound(text="There is no such file in the demo.")
    return web.Response(text=path.read_text("utf-8"), content_type=_TYPES[path.suffix], headers=_HEADERS)


def _version(state: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]
