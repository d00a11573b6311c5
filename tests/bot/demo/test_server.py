"""Who may ask our page's API, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.server import KEY_HEADER, DemoServer
from bot.errors import RefusedError


class Said:
    """Plays director, panel and relay; notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.watched = asyncio.Event()
        self.shown = {"status": "one"}

    async def state(self) -> dict[str, Any]:
        return self.shown

    async def stop_bot(self) -> None:
        self.asked.append(("stop",))

    async def start_bot(self) -> None:
        self.asked.append(("start",))

    async def write(self) -> None:
        raise RefusedError("There is no thread yet.")

    async def go_to(self, *, room: str | None, viewer: str | None, message: str | None) -> None:
        self.asked.append((room, viewer, message))

    async def bring(self, page: bytes, name: str) -> None:
        self.asked.append((page, name))

    async def handle(self, _: web.Request) -> web.Response:
        return web.Response(text="relayed")


@asynccontextmanager
async def open_server() -> AsyncIterator[tuple[TestClient[Any, Any], DemoServer, Said]]:
    said = Said()
    server = DemoServer(said, said, said)  # type: ignore[arg-type]
    async with TestClient(TestServer(server.app(), host="127.0.0.1")) as client:
        yield client, server, said


@pytest.mark.asyncio
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example:80", ""])
@pytest.mark.parametrize("path", ["/", "/demo/page.css", "/demo/api/news", "/discord", "/api/state"])
async def test_a_foreign_host_is_refused_everywhere(host: str, path: str) -> None:
    async with open_server() as (client, server, _):
        answer = await client.get(path, headers={"Host": host, KEY_HEADER: server.token})
    assert answer.status == 403


@pytest.mark.asyncio
@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:9000", "[::1]:9000", "localhost"])
async def test_any_end_of_a_tunnel_is_let_in(host: str) -> None:
    async with open_server() as (client, _, _said):
        page = await client.get("/", headers={"Host": host})
        relayed = await client.post("/api/action", headers={"Host": host, "Origin": f"http://{host}"})
        words = await relayed.text()
    assert (page.status, words) == (200, "relayed")


@pytest.mark.asyncio
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1"])
async def test_another_sites_script_is_refused(origin: str) -> None:
    async with open_server() as (client, server, said):
        headers = {"Host": "localhost:8765", "Origin": origin, KEY_HEADER: server.token}
        answer = await client.post("/demo/api/bot", json={"run": False}, headers=headers)
    assert answer.status == 403
    assert said.asked == []


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["bot", "write", "room", "page"])
@pytest.mark.parametrize("key", ["", "guess"])
async def test_nothing_is_done_without_the_key(path: str, key: str) -> None:
    async with open_server() as (client, _, said):
        answer = await client.post(f"/demo/api/{path}", json={}, headers={KEY_HEADER: key})
    assert answer.status == 401
    assert said.asked == []


@pytest.mark.asyncio
async def test_the_buttons_reach_the_director() -> None:
    async with open_server() as (client, server, said):
        key = {KEY_HEADER: server.token}
        await client.post("/demo/api/bot", json={"run": False}, headers=key)
        await client.post("/demo/api/bot", json={"run": True}, headers=key)
        await client.post("/demo/api/room", json={"room": "12"}, headers=key)
        await client.post("/demo/api/page?name=my%20page.txt", data=b"words", headers=key)
    assert said.asked == [("stop",), ("start",), ("12", None, None), (b"words", "my page.txt")]


@pytest.mark.asyncio
@pytest.mark.parametrize("body", [b"", b"[1]", b'{"room": [1]}', b'{"viewer": 7}', b"\xff"])
async def test_what_is_no_request_is_refused(body: bytes) -> None:
    async with open_server() as (client, server, said):
        answer = await client.post("/demo/api/room", data=body, headers={KEY_HEADER: server.token})
    assert answer.status == 400
    assert said.asked == []


@pytest.mark.asyncio
async def test_a_refusal_is_told_in_words() -> None:
    async with open_server() as (client, server, _):
        answer = await client.post("/demo/api/write", json={}, headers={KEY_HEADER: server.token})
        body = await answer.json()
    assert (answer.status, body) == (422, {"trouble": "There is no thread yet."})


@pytest.mark.asyncio
async def test_news_waits_until_there_are_some() -> None:
    async with open_server() as (client, server, said):
        key = {KEY_HEADER: server.token}
        first = await (await client.get("/demo/api/news", headers=key)).json()
        waiting = asyncio.create_task(client.get(f"/demo/api/news?after={first['version']}", headers=key))
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        assert not done
        said.shown = {"status": "two"}
        second = await (await waiting).json()
    assert said.watched.is_set()
    assert (first["status"], second["status"]) == ("one", "two")
    assert first["version"] != second["version"]


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["nothing.js", "..%2Fserver.py", "%2Fetc%2Fpasswd"])
async def test_only_files_of_the_page_are_served(name: str) -> None:
    async with open_server() as (client, _, _said):
        answer = await client.get(f"/demo/{name}")
    assert answer.status == 404


@pytest.mark.asyncio
async def test_our_page_may_not_be_framed_and_loads_nothing_from_elsewhere() -> None:
    async with open_server() as (client, _, _said):
        policy = (await client.get("/")).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
