"""Webhooks by Discord's rules, asked for bare and through stock discord.py."""

import pytest
import pytest_asyncio

from tests.wire.conftest import Rest
from tests.wire.people import Wire
from tests.wire.permissions import KEEPERS, Permission
from tests.wire.process import BotProcess
from tests.wire.room import ReadingRoom
from tests.wire.world import MessageType, Thread

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def path(room: ReadingRoom, rest: Rest) -> str:
    """Where a webhook of the lounge is executed."""
    made = await rest("POST", f"/channels/{room.lounge.id}/webhooks", {"name": "Voices"})
    return f"/webhooks/{made.body['id']}/{made.body['token']}"


async def test_a_webhook_speaks_under_any_name(room: ReadingRoom, rest: Rest, path: str):
    body = {"content": " words ", "username": "Ida Brekke", "avatar_url": "https://lamp.example/1.png"}
    said = (await rest("POST", path, body, wait="true")).body
    assert (said["content"], said["author"]["username"], said["author"]["bot"]) == (
        "words",
        "Ida Brekke",
        True,
    )
    assert said["webhook_id"] == said["author"]["id"]
    assert said["author"]["avatar"]
    assert [m.content for m in room.lounge.messages.values()] == ["words"]


async def test_there_is_no_arrow_and_no_nonce(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    first = await wire.say(room.ana, room.lounge, "first")
    body = {
        "content": "x",
        "nonce": "n",
        "enforce_nonce": True,
        "message_reference": {"message_id": str(first.id)},
    }
    answers = [(await rest("POST", path, body, wait="true")).body for _ in range(2)]
    assert answers[0]["id"] != answers[1]["id"]
    assert "message_reference" not in answers[0]
    assert {m.type for m in room.lounge.messages.values()} == {MessageType.DEFAULT}


@pytest.mark.parametrize("name", ["Discord fan", "xclydex", "everyone", "here", "", " ", "n" * 81])
async def test_names_that_no_webhook_may_have(room: ReadingRoom, rest: Rest, path: str, name: str):
    assert (await rest("POST", path, {"content": "x", "username": name}, wait="true")).refusal == (400, 50035)
    made = await rest("POST", f"/channels/{room.lounge.id}/webhooks", {"name": name})
    assert made.refusal == (400, 50035)


async def test_without_wait_nothing_is_told(room: ReadingRoom, rest: Rest, path: str):
    assert (await rest("POST", path, {"content": "x" * 2001})).status == 204
    assert (await rest("POST", path, {"content": "x"})).status == 204
    assert len(room.lounge.messages) == 1


async def test_a_thread_is_named_and_opened(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    said = await wire.say(room.ana, room.lounge, "a teaser")
    await rest("POST", f"/channels/{room.lounge.id}/messages/{said.id}/threads", {"name": "Below"})
    thread = room.guild.threads[said.id]
    thread.archived = True
    told = await rest("POST", path, {"content": "in it"}, wait="true", thread_id=str(thread.id))
    assert told.body["channel_id"] == str(thread.id)
    assert not thread.archived
    elsewhere = await rest("POST", path, {"content": "x"}, wait="true", thread_id=str(room.articles.id))
    assert elsewhere.refusal == (404, 10003)


async def test_a_forum_needs_a_thread_or_its_name(room: ReadingRoom, rest: Rest):
    made = (await rest("POST", f"/channels/{room.articles.id}/webhooks", {"name": "Voices"})).body
    path = f"/webhooks/{made['id']}/{made['token']}"
    assert (await rest("POST", path, {"content": "x"}, wait="true")).refusal == (400, 220001)
    body = {"content": "first", "thread_name": "A post", "username": "Ida"}
    post = (await rest("POST", path, body, wait="true")).body
    (thread,) = room.guild.threads.values()
    assert isinstance(thread, Thread)
    assert (post["id"], post["author"]["username"]) == (str(thread.id), "Ida")


async def test_fifteen_a_channel(room: ReadingRoom, rest: Rest):
    there = f"/channels/{room.lounge.id}/webhooks"
    for number in range(15):
        assert (await rest("POST", there, {"name": f"Voice {number}"})).status == 200
    assert (await rest("POST", there, {"name": "One more"})).refusal == (400, 30007)
    listed = (await rest("GET", there)).body
    assert len(listed) == 15
    assert (await rest("DELETE", f"/webhooks/{listed[0]['id']}")).status == 204
    assert (await rest("POST", there, {"name": "One more"})).status == 200


async def test_who_may_not_manage_webhooks(wire: Wire, room: ReadingRoom, rest: Rest):
    for role in room.guild.roles.values():
        if role.bot_id == wire.world.bot.id:
            role.permissions = KEEPERS & ~Permission.MANAGE_WEBHOOKS
    there = f"/channels/{room.lounge.id}/webhooks"
    assert (await rest("POST", there, {"name": "Voices"})).refusal == (403, 50013)
    assert (await rest("GET", there)).refusal == (403, 50013)


async def test_its_messages_are_changed_and_deleted_through_it(
    wire: Wire, room: ReadingRoom, rest, path: str
):
    said = (await rest("POST", path, {"content": "x"}, wait="true")).body
    assert (await rest("PATCH", f"{path}/messages/{said['id']}", {"content": "y"})).body["content"] == "y"
    refused = await rest("PATCH", f"/channels/{room.lounge.id}/messages/{said['id']}", {"content": "z"})
    assert refused.refusal == (403, 50005)
    assert (await rest("DELETE", f"{path}/messages/{said['id']}")).status == 204
    assert not room.lounge.messages


async def test_a_wrong_token_and_a_webhook_that_is_gone(rest: Rest, path: str):
    _, _, webhook_id, token = path.split("/")
    assert (await rest("POST", f"/webhooks/{webhook_id}/{token[::-1]}", {"content": "x"})).refusal == (
        401,
        50027,
    )
    await rest("DELETE", f"/webhooks/{webhook_id}")
    assert (await rest("POST", path, {"content": "x"})).refusal == (404, 10015)


async def test_the_cap_that_no_header_tells_of(wire: Wire, room: ReadingRoom, rest: Rest):
    wire.limits.speed = 1
    wire.limits.rules["execute_webhook"].limit = 100
    paths = []
    for number in range(2):
        made = await rest("POST", f"/channels/{room.lounge.id}/webhooks", {"name": f"Voice {number}"})
        paths.append(f"/webhooks/{made.body['id']}/{made.body['token']}")
    for number in range(30):
        sent = await rest("POST", paths[number % 2], {"content": "x"}, wait="true")
        assert (sent.status, sent.headers["X-RateLimit-Limit"]) == (200, "100")
    refused = await rest("POST", paths[0], {"content": "x"}, wait="true")
    assert (refused.status, refused.headers["X-RateLimit-Scope"]) == (429, "shared")
    assert 30 < refused.body["retry_after"] <= 60
    assert wire.limits.invalid == 0


async def test_stock_discord_py_speaks_through_one(wire: Wire, room: ReadingRoom, probe: BotProcess):
    shown = await wire.slash(room.mira, room.lounge, "probe voice")
    assert shown.message.content == "Ida Brekke"
    spoken = next(m for m in room.lounge.messages.values() if m.author.is_webhook)
    assert [c["type"] for c in spoken.components] == [1]
