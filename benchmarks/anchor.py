"""What reached is measured by: the floor that the limits set, and stock discord.py sending the same."""

from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord.http import MultipartParameters

from tests.wire.ground import RTT, stock, wire_only
from tests.wire.log import Request


async def replay(bodies: Iterable[dict[str, Any]], *, speed: float = 1.0, rtt: float = RTT) -> list[Request]:
    """The same messages through stock discord.py into a thread of a fresh wire, one after the other."""
    async with wire_only(speed=speed, rtt=rtt) as (wire, room), stock(wire) as client:
        forum = client.get_channel(room.articles.id)
        assert isinstance(forum, discord.ForumChannel)
        made = await forum.create_thread(name="The same", content="The card")
        for body in bodies:
            parameters = MultipartParameters(payload=dict(body), multipart=None, files=None)
            await client.http.send_message(made.thread.id, params=parameters)
        return wire.log.of("create_message")


def floor(calls: int, limit: int = 5, seconds: float = 5.0) -> float:
    """The shortest time between the first and the last of so many calls, in seconds."""
    return (calls - 1) // limit * seconds


def span(requests: Sequence[Request]) -> float:
    """Seconds between the first and the last arrival."""
    return requests[-1].at - requests[0].at
