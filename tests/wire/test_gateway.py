"""The gateway, spoken to bare."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from tests.wire.gateway import AUTHENTICATION_FAILED, DISALLOWED_INTENTS
from tests.wire.interactions import Kind
from tests.wire.people import Wire
from tests.wire.posting import Draft, post
from tests.wire.room import ReadingRoom

pytestmark = pytest.mark.asyncio
GUILDS, MESSAGES, CONTENT = 1 << 0, 1 << 9, 1 << 15
PLAIN = GUILDS | MESSAGES


class Client:
    """A gateway client of few words."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self.socket = socket
        self._token = token

    async def identify(
        self, intents: int, *, token: str | None = None, shard: tuple[int, int] = (0, 1)
    ) -> None:
        data = {"token": token or self._token, "intents": intents, "shard": shard, "properties": {}}
        await self.socket.send_json({"op": 2, "d": data})

    async def resume(self, session_id: str, seq: int) -> None:
        data = {"token": self._token, "session_id": session_id, "seq": seq}
        await self.socket.send_json({"op": 6, "d": data})

    async def next(self) -> dict[str, Any]:
        return await self.socket.receive_json(timeout=20)

    async def event(self, name: str | None) -> dict[str, Any]:
        while (frame := await self.next())["t"] != name:
            pass
        return frame


@asynccontextmanager
async def connected(wire: Wire) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session, session.ws_connect(wire.gateway_url) as socket:
        client = Client(socket, wire.token)
        assert (await client.next())["op"] == 10
        yield client


async def test_ready_then_every_guild_in_full(wire: Wire, room: ReadingRoom):
    async with connected(wire) as client:
        await client.identify(PLAIN)
        ready, guild = await client.next(), await client.next()
        assert ready["d"]["guilds"] == [{"id": str(room.guild.id), "unavailable": True}]
        assert ready["d"]["resume_gateway_url"] == wire.gateway_url
        assert (ready["s"], guild["s"]) == (1, 2)
        assert [channel["name"] for channel in guild["d"]["channels"]] == ["articles", "lounge"]
        assert [member["user"]["id"] for member in guild["d"]["members"]] == [str(wire.world.bot.id)]
        assert guild["d"]["member_count"] == 5


async def test_heartbeats_are_acknowledged(wire: Wire):
    async with connected(wire) as client:
        await client.socket.send_json({"op": 1, "d": None})
        assert (await client.next())["op"] == 11


async def test_a_wrong_token_closes(wire: Wire):
    async with connected(wire) as client:
        await client.identify(PLAIN, token="wrong")
        await client.socket.receive(timeout=20)
        assert client.socket.close_code == AUTHENTICATION_FAILED


async def test_an_intent_that_was_not_granted_closes(wire: Wire):
    wire.world.message_content_granted = False
    async with connected(wire) as client:
        await client.identify(PLAIN | CONTENT)
        await client.socket.receive(timeout=20)
        assert client.socket.close_code == DISALLOWED_INTENTS


async def test_a_session_that_is_declared_invalid_is_gone(wire: Wire, room: ReadingRoom):
    async with connected(wire) as client:
        await client.identify(PLAIN)
        session = (await client.next())["d"]["session_id"]
        wire.gateway.invalidate_sessions(resumable=True)
        assert (await client.event(None))["d"] is True
        wire.gateway.invalidate_sessions(resumable=False)
        assert (await client.event(None))["d"] is False
    async with connected(wire) as client:
        await client.resume(session, 1)
        assert (await client.next())["op"] == 9


async def test_reactions_are_told_to_those_who_asked(wire: Wire, room: ReadingRoom):
    said = await wire.say(room.ana, room.lounge, "a thought")
    async with connected(wire) as client:
        await client.identify(PLAIN | 1 << 10)
        await client.event("GUILD_CREATE")
        await wire.react(room.bo, said, "💡")
        await wire.unreact(room.bo, said, "💡")
        put = (await client.event("MESSAGE_REACTION_ADD"))["d"]
        assert (put["user_id"], put["emoji"]["name"]) == (str(room.bo.id), "💡")
        assert (await client.next())["t"] == "MESSAGE_REACTION_REMOVE"


async def test_a_resume_replays_what_was_missed_in_order(wire: Wire, room: ReadingRoom):
    async with connected(wire) as client:
        await client.identify(PLAIN)
        ready = await client.next()
        await client.next()
    for text in ("one", "two"):
        await wire.say(room.ana, room.lounge, text)
    async with connected(wire) as client:
        await client.resume(ready["d"]["session_id"], 2)
        frames = [await client.next() for _ in range(3)]
    assert [(frame["t"], frame["s"]) for frame in frames] == [
        ("MESSAGE_CREATE", 3),
        ("MESSAGE_CREATE", 4),
        ("RESUMED", 5),
    ]


async def test_a_forgotten_session_is_invalid(wire: Wire):
    async with connected(wire) as client:
        await client.identify(PLAIN)
        ready = await client.next()
        wire.gateway.forget_sessions()
    async with connected(wire) as client:
        await client.resume(ready["d"]["session_id"], 1)
        assert await client.next() == {"op": 9, "d": False, "s": None, "t": None}


async def test_events_go_to_the_shard_of_the_guild(wire: Wire, room: ReadingRoom):
    mine = (room.guild.id >> 22) % 2
    async with connected(wire) as here, connected(wire) as elsewhere:
        await here.identify(PLAIN, shard=(mine, 2))
        await elsewhere.identify(PLAIN, shard=(1 - mine, 2))
        assert (await here.event("GUILD_CREATE"))["d"]["id"] == str(room.guild.id)
        assert (await elsewhere.next())["d"]["guilds"] == []
        await wire.say(room.ana, room.lounge, "here")
        await here.event("MESSAGE_CREATE")
        await elsewhere.socket.send_json({"op": 1, "d": None})
        assert (await elsewhere.next())["op"] == 11


async def test_without_the_intent_only_what_discord_exempts_has_content(wire: Wire, room: ReadingRoom):
    bot = wire.world.bot
    own = post(wire.world, room.lounge, bot, Draft({"content": "a comment"}))
    answer = post(wire.world, room.lounge, bot, Draft({"content": "an answer to an interaction"}))
    asked = wire.interactions.begin(Kind.COMMAND, room.ana, room.lounge, {})
    answer.interaction = asked.metadata
    async with connected(wire) as client:
        await client.identify(PLAIN)
        await client.event("GUILD_CREATE")
        heard = {}
        for name, text, target, ping in (
            ("plain", "words", None, True),
            ("named", f"<@{bot.id}> words", None, True),
            ("reply with ping", "words", own, True),
            ("reply without ping", "words", own, False),
            ("reply to an answer", "words", answer, True),
        ):
            await wire.say(room.ana, room.lounge, text, reply_to=target, ping=ping)
            told = (await client.event("MESSAGE_CREATE"))["d"]
            heard[name] = bool(told["content"])
            if target is not None:
                assert told["referenced_message"]["content"] == target.content
    assert heard == {
        "plain": False,
        "named": True,
        "reply with ping": True,
        "reply without ping": False,
        "reply to an answer": False,
    }


async def test_a_message_tells_guild_and_member(wire: Wire, room: ReadingRoom):
    async with connected(wire) as client:
        await client.identify(PLAIN | CONTENT)
        await client.event("GUILD_CREATE")
        await wire.say(room.ana, room.lounge, "hello")
        told = (await client.event("MESSAGE_CREATE"))["d"]
    assert told["guild_id"] == str(room.guild.id)
    assert "user" not in told["member"]
