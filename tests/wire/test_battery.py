"""The wire refuses what the referee refuses, as far as it minds, and takes the rest."""

import json

import aiohttp
import pytest

from tests.referee.battery import ALLOWED, FORBIDDEN, Attempt
from tests.wire.conftest import Rest
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom

pytestmark = pytest.mark.asyncio


async def asked(wire: Wire, room: ReadingRoom, rest: Rest, attempt: Attempt) -> int:
    """The status that the wire answers with."""
    channel = f"/channels/{room.lounge.id}"
    method, path = {
        "message": ("POST", f"{channel}/messages"),
        "post": ("POST", f"/channels/{room.articles.id}/threads"),
        "thread": ("POST", f"{channel}/threads"),
        "commands": ("PUT", f"/applications/{wire.world.application_id}/commands"),
        "history": ("GET", f"{channel}/messages"),
        "webhook": ("POST", ""),
    }[attempt.place]
    if attempt.place == "webhook":
        made = (await rest("POST", f"{channel}/webhooks", {"name": "Voices"})).body
        path = f"/webhooks/{made['id']}/{made['token']}"
    if not attempt.files:
        return (await rest(method, path, attempt.body, **attempt.query)).status
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(attempt.body), content_type="application/json")
    for number in range(attempt.files):
        form.add_field(f"files[{number}]", b"words", filename=f"{number}.txt")
    headers = {"Authorization": f"Bot {wire.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(wire.api_base + path, data=form) as response,
    ):
        return response.status


@pytest.mark.parametrize("name", [name for name, attempt in ALLOWED.items() if attempt.place != "callback"])
async def test_it_takes_what_discord_takes(wire: Wire, room: ReadingRoom, rest: Rest, name: str):
    assert await asked(wire, room, rest, ALLOWED[name]) in {200, 201}


@pytest.mark.parametrize("name", [name for name, attempt in FORBIDDEN.items() if not attempt.only_here])
async def test_it_refuses_what_discord_refuses(wire: Wire, room: ReadingRoom, rest: Rest, name: str):
    assert await asked(wire, room, rest, FORBIDDEN[name]) == 400
