"""The relay against a server that behaves as SimCord's does, over real HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.relay import Relay, forwarded_headers, returned_headers

ORIGIN = "http://127.0.0.1:4001"


def test_simcord_sees_itself_as_host_and_origin() -> None:
    seen = forwarded_headers(
        {
            "Host": "localhost:9000",
            "Origin": "http://localhost:9000",
            "Cookie": "a=b",
            "X-Simcord-Capability": "secret",
        },
        ORIGIN,
    )
    assert dict(seen) == {"Host": "127.0.0.1:4001", "Origin": ORIGIN, "X-Simcord-Capability": "secret"}


def test_a_request_without_origin_gets_none() -> None:
    assert "Origin" not in forwarded_headers({"Host": "localhost:9000"}, ORIGIN)


def test_only_our_own_page_may_frame_the_answer() -> None:
    policy = "default-src 'self'; frame-ancestors 'none'"
    seen = returned_headers(
        {
            "X-Frame-Options": "DENY",
            "Content-Security-Policy": policy,
            "Connection": "close",
            "Content-Type": "text/css",
        }
    )
    assert dict(seen) == {
        "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'",
        "Content-Type": "text/css",
    }


class Simulated:
    """Plays SimCord's server: an index, and actions that are refused on an older revision."""

    def __init__(self, *, revision: int = 7) -> None:
        self.revision = revision
        self.bodies: list[bytes] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", self._index)
        app.router.add_get("/fonts/{name}", self._font)
        app.router.add_post("/api/action", self._action)
        return app

    async def _font(self, request: web.Request) -> web.Response:
        headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
        status = 200 if request.match_info["name"] == "there.ttf" else 404
        return web.Response(body=b"font", status=status, headers=headers)

    async def _index(self, request: web.Request) -> web.Response:
        page = f"<html><head></head><body>{request.headers['Host']}</body></html>"
        return web.Response(text=page, content_type="text/html", headers={"X-Frame-Options": "DENY"})

    async def _action(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.bodies.append(body)
        seen = json.loads(body)["published_revision"]
        diagnostics = [{"code": "stale-revision"}] if seen != self.revision else []
        return web.json_response(
            {"rejected": bool(diagnostics), "revision": self.revision, "diagnostics": diagnostics}
        )


class OneAtATime:
    """Plays the stage: counts the acts."""

    def __init__(self) -> None:
        self.acts = 0

    @asynccontextmanager
    async def act(self) -> AsyncIterator[None]:
        self.acts += 1
        yield


@asynccontextmanager
async def relayed(simulated: Simulated | None) -> AsyncIterator[tuple[TestClient[Any, Any], OneAtATime]]:
    stage = OneAtATime()
    async with TestServer((simulated or Simulated()).app()) as inner, aiohttp.ClientSession() as http:
        origin = str(inner.make_url("")).rstrip("/") if simulated else None
        relay = Relay(stage, SimpleNamespace(origin=origin), http)  # type: ignore[arg-type]
        outer = web.Application()
        outer.router.add_route("*", "/{rest:.*}", relay.handle)
        async with TestClient(TestServer(outer)) as client:
            yield client, stage


@pytest.mark.asyncio
async def test_the_index_stands_under_its_own_name_with_our_style() -> None:
    async with relayed(Simulated()) as (client, _):
        answer = await client.get("/discord?page=3")
        page = await answer.text()
    assert answer.status == 200
    assert '<link rel="stylesheet" href="/demo/discord.css"></head>' in page
    assert f":{client.port}" not in page
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.asyncio
async def test_a_click_on_an_older_page_is_made_again_on_the_newer() -> None:
    simulated = Simulated(revision=9)
    body = b'{"kind":"click","published_revision":7,"text":"\\"published_revision\\":7"}'
    async with relayed(simulated) as (client, stage):
        receipt = await (await client.post("/api/action", data=body)).json()
    assert receipt["rejected"] is False
    assert simulated.bodies == [body, body.replace(b'"published_revision":7,', b'"published_revision":9,')]
    assert stage.acts == 1


@pytest.mark.asyncio
async def test_a_click_that_is_refused_for_another_reason_is_made_once() -> None:
    simulated = Simulated(revision=9)
    async with relayed(simulated) as (client, _):
        await client.post("/api/action", data=b'{"published_revision":9}')
    assert len(simulated.bodies) == 1


@pytest.mark.asyncio
async def test_fonts_are_loaded_once() -> None:
    async with relayed(Simulated()) as (client, _):
        there = await client.get("/fonts/there.ttf")
        gone = await client.get("/fonts/gone.ttf")
    assert "immutable" in there.headers["Cache-Control"]
    assert "Pragma" not in there.headers
    assert gone.headers["Cache-Control"] == "no-store"


@pytest.mark.asyncio
async def test_between_two_pages_the_answer_is_a_sentence() -> None:
    async with relayed(None) as (client, _):
        answer = await client.get("/discord")
        words = await answer.text()
    assert answer.status == 503
    assert "Try again" in words
