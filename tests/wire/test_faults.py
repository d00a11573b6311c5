"""Faults by chance are the same for the same seed, and do what they say."""

from collections import Counter

import aiohttp
import pytest

from tests.wire.conftest import Rest
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom

pytestmark = pytest.mark.asyncio


async def outcomes(wire: Wire, room: ReadingRoom, rest: Rest, seed: int) -> list[int]:
    """Statuses of a hundred messages; 0 where the answer was lost."""
    wire.faults.scatter(seed, rate=0.3)
    wire.limits.enforced = False
    found = []
    for number in range(100):
        try:
            answer = await rest("POST", f"/channels/{room.lounge.id}/messages", {"content": str(number)})
            found.append(answer.status)
        except aiohttp.ClientError:
            found.append(0)
    return found


async def test_chance_by_seed(wire: Wire, room: ReadingRoom, rest: Rest):
    first = await outcomes(wire, room, rest, 7)
    kinds = dict(wire.faults.scattered)
    posted = len(room.lounge.messages)
    assert await outcomes(wire, room, rest, 7) == first
    assert len(room.lounge.messages) == 2 * posted
    assert kinds.keys() == {"error", "error after", "lost", "lost after", "429"}
    seen = Counter(first)
    done_unsaid = kinds["error after"] + kinds["lost after"]
    assert seen[200] + done_unsaid == posted
    assert seen[429] == kinds["429"]
    assert seen[0] == kinds["lost"] + kinds["lost after"]


async def test_the_sky_clears(wire: Wire, room: ReadingRoom, rest: Rest):
    wire.faults.scatter(1, rate=1.0)
    wire.faults.clear_up()
    assert (await rest("POST", f"/channels/{room.lounge.id}/messages", {"content": "x"})).status == 200
