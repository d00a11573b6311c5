"""Messages by Discord's rules, asked for bare."""

import pytest
from aiohttp import ClientError, ClientSession, FormData

from tests.wire.conftest import Rest
from tests.wire.content import MAX_CONTENT
from tests.wire.payloads import message_payload
from tests.wire.people import Wire
from tests.wire.permissions import Permission
from tests.wire.room import ReadingRoom
from tests.wire.world import MessageFlag, MessageType, Overwrite

pytestmark = pytest.mark.asyncio
TEXT = {"type": 10, "content": "words"}


@pytest.fixture
def path(room: ReadingRoom) -> str:
    return f"/channels/{room.lounge.id}/messages"


async def test_content_is_trimmed(rest: Rest, path: str):
    made = await rest("POST", path, {"content": " \n words \n"})
    assert made.body["content"] == "words"
    assert made.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"content": "  "}, (400, 50006)),
        ({"content": "x" * (MAX_CONTENT + 1)}, (400, 50035)),
        ({"content": "x", "nonce": "n" * 26}, (400, 50035)),
        ({"content": "x", "flags": MessageFlag.COMPONENTS_V2, "components": [TEXT]}, (400, 50035)),
        ({"components": [TEXT]}, (400, 50035)),
        ({"flags": MessageFlag.COMPONENTS_V2, "components": [TEXT] * 41}, (400, 50035)),
        (
            {"flags": MessageFlag.COMPONENTS_V2, "components": [{"type": 10, "content": "x" * 4001}]},
            (400, 50035),
        ),
        ({"embeds": [{"title": "x"}] * 11}, (400, 50035)),
    ],
)
async def test_what_is_no_message_is_refused(rest: Rest, path: str, body, refusal):
    assert (await rest("POST", path, body)).refusal == refusal


async def test_an_enforced_nonce_is_remembered_for_minutes(wire: Wire, rest: Rest, path: str):
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}
    first, second = [await rest("POST", path, body) for _ in range(2)]
    assert first.body["id"] == second.body["id"]
    message, _ = wire.world.nonces[wire.world.bot.id, "n"]
    wire.world.nonces[wire.world.bot.id, "n"] = (
        message,
        wire.world.seconds() - wire.world.unknowns.nonce_seconds - 1,
    )
    assert (await rest("POST", path, body)).body["id"] != first.body["id"]


async def test_a_nonce_without_enforcement_is_only_echoed(rest: Rest, path: str):
    first, second = [await rest("POST", path, {"content": "x", "nonce": "n"}) for _ in range(2)]
    assert first.body["nonce"] == "n"
    assert first.body["id"] != second.body["id"]


async def test_a_reply_points_to_its_message(rest: Rest, path: str):
    first = (await rest("POST", path, {"content": "one"})).body
    reference = {"message_id": first["id"]}
    reply = (await rest("POST", path, {"content": "two", "message_reference": reference})).body
    assert reply["type"] == MessageType.REPLY
    assert reply["referenced_message"]["content"] == "one"
    await rest("DELETE", f"{path}/{first['id']}")
    assert (await rest("GET", f"{path}/{reply['id']}")).body["referenced_message"] is None


async def test_a_reply_to_nothing_fails_unless_it_may(rest: Rest, path: str):
    gone = {"message_id": "1"}
    assert (await rest("POST", path, {"content": "x", "message_reference": gone})).refusal == (400, 50035)
    gone["fail_if_not_exists"] = False
    made = (await rest("POST", path, {"content": "x", "message_reference": gone})).body
    assert made["type"] == MessageType.DEFAULT
    assert "message_reference" not in made


async def test_pages_are_newest_first_and_after_gives_the_oldest(
    wire: Wire, room: ReadingRoom, rest: Rest, path
):
    said = [await wire.say(room.ana, room.lounge, str(n)) for n in range(130)]
    after = (await rest("GET", path, after=said[9].id, limit=100)).body
    assert [m["content"] for m in after] == [str(n) for n in range(109, 9, -1)]
    before = (await rest("GET", path, before=said[20].id, limit=3)).body
    assert [m["content"] for m in before] == ["19", "18", "17"]
    assert [m["content"] for m in (await rest("GET", path)).body] == [str(n) for n in range(129, 79, -1)]
    assert (await rest("GET", path, limit=101)).refusal == (400, 50035)


async def test_files_come_in_parts_and_can_be_replaced(wire: Wire, path: str):
    def form(payload: str, name: str, data: bytes) -> FormData:
        parts = FormData(quote_fields=False)
        parts.add_field("payload_json", payload)
        parts.add_field("files[0]", data, filename=name, content_type="application/octet-stream")
        return parts

    headers = {"Authorization": f"Bot {wire.token}"}
    async with ClientSession(headers=headers) as session:
        payload = '{"content": "", "attachments": [{"id": 0, "description": "All"}]}'
        made = await (await session.post(wire.api_base + path, data=form(payload, "a.txt", b"one"))).json()
        (first,) = made["attachments"]
        assert (first["filename"], first["size"], first["description"]) == ("a.txt", 3, "All")
        url = f"{wire.api_base}{path}/{made['id']}"
        edited = form('{"attachments": [{"id": 0}]}', "b.txt", b"two!")
        changed = await (await session.patch(url, data=edited)).json()
        (second,) = changed["attachments"]
        assert await (await session.get(second["url"])).read() == b"two!"


async def test_only_own_messages_can_be_edited(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    said = await wire.say(room.ana, room.lounge, "mine")
    assert (await rest("PATCH", f"{path}/{said.id}", {"content": "x"})).refusal == (403, 50005)


@pytest.mark.parametrize(
    ("taken", "refusal"), [(Permission.SEND_MESSAGES, (403, 50013)), (Permission.VIEW_CHANNEL, (403, 50001))]
)
async def test_rights_are_asked_for(wire: Wire, room: ReadingRoom, rest: Rest, *, path: str, taken, refusal):
    bot = wire.world.bot.id
    room.lounge.overwrites[bot] = Overwrite(bot, 1, deny=taken)
    assert (await rest("POST", path, {"content": "x"})).refusal == refusal
    assert wire.limits.invalid == 1


async def test_who_is_mentioned(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    said = await wire.say(room.ana, room.lounge, "hello")
    body = {"content": f"<@{room.bo.id}> @everyone", "message_reference": {"message_id": str(said.id)}}
    loud = (await rest("POST", path, body)).body
    assert {user["id"] for user in loud["mentions"]} == {str(room.ana.id), str(room.bo.id)}
    quiet = (await rest("POST", path, body | {"allowed_mentions": {"parse": []}})).body
    assert quiet["mentions"] == []
    assert not loud["mention_everyone"]


async def test_a_wrong_token_is_unauthorized(wire: Wire, path: str):
    async with ClientSession() as session, session.get(wire.api_base + path) as answer:
        assert answer.status == 401


async def test_a_lost_answer_leaves_the_message_behind(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    wire.faults.lose_answer("create_message", nth=2)
    await rest("POST", path, {"content": "one"})
    with pytest.raises(ClientError):
        await rest("POST", path, {"content": "two"})
    await rest("POST", path, {"content": "three"})
    assert [m.content for m in room.lounge.messages.values()] == ["one", "two", "three"]
    assert [request.status for request in wire.log.of("create_message")] == [200, 0, 200]


async def test_server_errors_before_and_after_the_deed(wire: Wire, room: ReadingRoom, rest: Rest, path: str):
    wire.faults.fail("create_message", 1, status=502)
    wire.faults.fail("create_message", 2, status=504, moment="after")
    answers = [(await rest("POST", path, {"content": str(n)})).status for n in range(3)]
    assert answers == [502, 504, 200]
    assert [m.content for m in room.lounge.messages.values()] == ["1", "2"]


async def test_an_outage_answers_everything_alike(wire: Wire, rest: Rest, path: str):
    wire.faults.unavailable = 503
    assert (await rest("POST", path, {"content": "x"})).status == 503
    assert (await rest("GET", "/gateway")).status == 503


async def test_a_message_tells_everything_that_discord_tells(wire: Wire, room: ReadingRoom):
    said = await wire.say(room.ana, room.lounge, "hello")
    told = message_payload(wire.world, said)
    assert told["author"]["id"] == str(room.ana.id)
    assert {"attachments", "components", "embeds", "flags", "mention_roles", "pinned", "tts"} <= told.keys()
