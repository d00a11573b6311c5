"""Rate limits: pure arithmetic first, then as answers."""

from dataclasses import fields
from datetime import timedelta

import pytest

from tests.wire.conftest import Rest
from tests.wire.limits import BAN_LINE, RateLimits
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom
from tests.wire.unknowns import Unknowns, each_otherwise


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def take(limits: RateLimits, channel: str = "1"):
    return limits.take("create_message", channel=channel, guild="9")


def test_five_in_five_seconds_per_channel():
    clock = Hand()
    limits = RateLimits(clock=clock, wall=lambda: 1000.0)
    verdicts = [take(limits) for _ in range(5)]
    assert [v.headers["X-RateLimit-Remaining"] for v in verdicts] == ["4", "3", "2", "1", "0"]
    clock.now += 4.9995
    refused = take(limits)
    assert refused.retry_after == pytest.approx(0.001)
    assert refused.headers["Via"]
    assert take(limits, "2").retry_after is None
    clock.now += 0.001
    assert take(limits).headers["X-RateLimit-Reset-After"] == "5.000"


def test_a_sliding_window_forgets_one_by_one():
    clock = Hand()
    limits = RateLimits(clock=clock, wall=clock)
    limits.sliding = True
    for _ in range(5):
        take(limits)
        clock.now += 1
    assert take(limits).retry_after is None
    assert take(limits).retry_after == pytest.approx(1.0)


def test_a_window_shrinks_with_speed():
    clock = Hand()
    limits = RateLimits(clock=clock, wall=clock, speed=50)
    assert take(limits).headers["X-RateLimit-Reset-After"] == "0.100"


def test_posts_and_edits_share_a_name_and_no_count():
    limits = RateLimits(clock=Hand(), wall=Hand())
    for _ in range(5):
        sent = take(limits)
    edited = limits.take("edit_message", channel="1", guild="9")
    assert edited.headers["X-RateLimit-Bucket"] == sent.headers["X-RateLimit-Bucket"]
    assert edited.headers["X-RateLimit-Remaining"] == "4"


def test_fifty_a_second_for_everything_but_interactions():
    clock = Hand()
    limits = RateLimits(clock=clock, wall=clock)
    for number in range(50):
        assert take(limits, str(number)).retry_after is None
    refused = take(limits, "50")
    assert (refused.scope, refused.body["global"]) == ("global", True)
    assert limits.take("answer_interaction", channel="t", guild="", exempt=True).retry_after is None


def test_a_shared_limit_shows_in_no_header():
    limits = RateLimits(clock=Hand(), wall=Hand())
    for _ in range(50):
        verdict = limits.take("start_thread_or_post", channel="1", guild="9", exempt=True)
    assert verdict.headers == {}
    refused = limits.take("start_thread_or_post", channel="2", guild="9", exempt=True)
    assert refused.headers["X-RateLimit-Scope"] == "shared"
    assert "X-RateLimit-Bucket" not in refused.headers


def test_both_ways_to_begin_a_thread_count_together():
    limits = RateLimits(clock=Hand(), wall=Hand())
    for _ in range(25):
        limits.take("start_thread_or_post", channel="1", guild="9", exempt=True)
        limits.take("start_thread_under_message", channel="2", guild="9", exempt=True)
    refused = limits.take("start_thread_under_message", channel="2", guild="9", exempt=True)
    assert 219 <= refused.retry_after <= 300
    assert limits.struck == {"user": 0, "shared": 1, "global": 0}


def test_threads_may_be_counted_per_guild():
    limits = RateLimits(clock=Hand(), wall=Hand(), unknowns=Unknowns(thread_messages_per="guild"))
    for number in range(5):
        assert take(limits, str(number)).retry_after is None
    assert take(limits, "6").scope == "user"
    assert take(limits, "6").retry_after is not None


def test_history_may_promise_a_thousand_and_stop_at_five():
    limits = RateLimits(clock=Hand(), wall=Hand(), unknowns=Unknowns(sudden_history=True))
    answers = [limits.take("list_messages", channel="1", guild="9").headers for _ in range(5)]
    assert [a["X-RateLimit-Remaining"] for a in answers] == ["999", "998", "997", "996", "0"]
    assert limits.take("list_messages", channel="1", guild="9").retry_after == 5


def test_every_unknown_has_another_answer():
    turned = dict(each_otherwise())
    assert turned.keys() == {field.name for field in fields(Unknowns)}
    assert all(unknowns != Unknowns() for unknowns in turned.values())


def test_ten_thousand_invalid_requests_shut_the_door_for_ten_minutes():
    clock = Hand()
    limits = RateLimits(clock=clock, wall=clock)
    for _ in range(BAN_LINE):
        limits.count_invalid(403)
        limits.count_invalid(429, "shared")
        limits.count_invalid(404)
    assert limits.banned
    clock.now += 601
    assert limits.invalid == 0


@pytest.mark.asyncio
async def test_messages_older_than_an_hour_take_three_edits(wire: Wire, room: ReadingRoom, rest: Rest):
    wire.limits.speed = 1
    sent = await rest("POST", f"/channels/{room.lounge.id}/messages", {"content": "x"})
    room.lounge.messages[int(sent.body["id"])].created_at -= timedelta(hours=2)
    path = f"/channels/{room.lounge.id}/messages/{sent.body['id']}"
    answers = [await rest("PATCH", path, {"content": str(number)}) for number in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[3].body["code"] == 30046


@pytest.mark.asyncio
async def test_a_429_as_discord_answers_it(wire: Wire, room: ReadingRoom, rest: Rest):
    wire.limits.speed = 1
    path = f"/channels/{room.lounge.id}/messages"
    for _ in range(5):
        await rest("POST", path, {"content": "x"})
    refused = await rest("POST", path, {"content": "x"})
    assert refused.status == 429
    assert refused.headers["Via"]
    assert refused.headers["Content-Type"] == "application/json"
    assert 0 < refused.body["retry_after"] <= 5
    assert len(room.lounge.messages) == 5
    assert wire.limits.invalid == 1
