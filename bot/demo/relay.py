"""SimCord's page through our own port, so that one address (and one SSH tunnel) carries the whole demo."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import aiohttp
from aiohttp import web
from multidict import CIMultiDict

from bot.demo.screen import Screen
from bot.demo.stage import Stage

#: Where SimCord's index stands on our port; its other paths keep their names.
INDEX: Final = "/discord"
#: SimCord's own limit of an upload, in bytes, with room for the envelope.
LARGEST_BODY: Final = 27 * 1024 * 1024

_HOP_BY_HOP: Final = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
#: What SimCord must not hear of the way to us; lengths and encodings are made anew.
_NOT_FORWARDED: Final = _HOP_BY_HOP | {
    "host",
    "origin",
    "referer",
    "cookie",
    "content-length",
    "accept-encoding",
}
_NOT_RETURNED: Final = _HOP_BY_HOP | {
    "x-frame-options",
    "content-length",
    "content-encoding",
    "date",
    "server",
}
#: SimCord's fonts are some megabytes, and their names hold their versions; every change of channel would load
#: them anew, through a tunnel perhaps.
_FONTS: Final = "/fonts/"
_KEEP: Final = "private, max-age=86400, immutable"
_REVISION: Final = re.compile(rb'"published_revision":\d+')
#: A page refreshes while a person clicks; SimCord then refuses the click and consumes nothing.
_TRIES: Final = 3
#: Our own few rules over SimCord's page: a reader of the demo wants Discord, not the workbench around it.
_STYLE: Final = b'<link rel="stylesheet" href="/demo/discord.css">'


def forwarded_headers(headers: Mapping[str, str], origin: str) -> CIMultiDict[str]:
    """A request's headers as SimCord must see them: ``origin`` is where it believes it is."""
    kept = CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in _NOT_FORWARDED)
    kept["Host"] = origin.removeprefix("http://")
    if "Origin" in headers:
        kept["Origin"] = origin
    return kept


def returned_headers(headers: Mapping[str, str]) -> CIMultiDict[str]:
    """An answer's headers for the browser: our own page, and nobody else's, may frame SimCord's."""
    kept = CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in _NOT_RETURNED)
    policy = kept.get("Content-Security-Policy")
    if policy is not None:
        kept["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return kept


class Relay:
    """Hands requests on to SimCord's server, wherever it is at the moment."""

    def __init__(self, stage: Stage, screen: Screen, http: aiohttp.ClientSession) -> None:
        self._stage = stage
        self._screen = screen
        self._http = http

    async def handle(self, request: web.Request) -> web.Response:
        """One request there and back. Between two pages the answer is 503, in words."""
        if request.method == "POST" and request.path == "/api/action":
            return await self._act(request)
        return await self._pass_on(request, await request.read())

    async def _act(self, request: web.Request) -> web.Response:
        """A click or a message is an operation, and operations must not overlap."""
        body = await request.read()
        async with self._stage.act():
            for _ in range(_TRIES):
                answer = await self._pass_on(request, body)
                newer = _newer_revision(answer)
                if newer is None:
                    break
                body = _REVISION.sub(b'"published_revision":%d' % newer, body, count=1)
        return answer

    async def _pass_on(self, request: web.Request, body: bytes) -> web.Response:
        origin = self._screen.origin
        if origin is None:
            raise web.HTTPServiceUnavailable(
                text="Discord's page is between two channels. Try again in a second."
            )
        path = "/" if request.path == INDEX else request.path_qs
        headers = forwarded_headers(request.headers, origin)
        try:
            async with self._http.request(
                request.method, origin + path, headers=headers, data=body or None
            ) as inner:
                content = await inner.read()
        except aiohttp.ClientError as problem:
            raise web.HTTPServiceUnavailable(
                text="Discord's page is not there. Choose a channel again."
            ) from problem
        if request.path == INDEX:
            content = content.replace(b"</head>", _STYLE + b"</head>", 1)
        returned = returned_headers(inner.headers)
        if inner.status == HTTPStatus.OK and request.path.startswith(_FONTS):
            returned["Cache-Control"] = _KEEP
            returned.pop("Pragma", None)
        return web.Response(status=inner.status, body=content, headers=returned)


def _newer_revision(answer: web.Response) -> int | None:
    """The page's revision, when an action was refused only because it was made on an older one."""
    try:
        receipt = json.loads(answer.text or "")
        refused_for = {item["code"] for item in receipt["diagnostics"]}
    except (ValueError, KeyError, TypeError):
        return None
    stale = receipt.get("rejected") is True and refused_for == {"stale-revision"}
    return int(receipt["revision"]) if stale else None
