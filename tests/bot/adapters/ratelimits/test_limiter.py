"""Our limiter against a Discord that counts, on a clock that jumps."""

import asyncio
import inspect
import random
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from bot.adapters.ratelimits.door import MOST_INVALID, Lane
from bot.adapters.ratelimits.limiter import Call, RateLimiter
from bot.adapters.ratelimits.waiting import WaitTooLong
from tests.wire import virtual
from tests.wire.limits import RateLimits
from tests.wire.unknowns import Unknowns

SEND, EDIT = "create_message", "edit_message"
GUILD = "7"


class Discord:
    """Counts as the wire does; the way there and back takes its time."""

    def __init__(self, *, rtt: tuple[float, float] = (0.25, 0.25), first: float = 0.0, **unknowns):
        loop = asyncio.get_running_loop()
        self.now = loop.time
        self.limits = RateLimits(clock=loop.time, wall=loop.time, unknowns=Unknowns(**unknowns))
        self.limiter = RateLimiter(guild_of=lambda channel: GUILD)
        #: When requests arrived that were taken, by route.
        self.taken: dict[str, list[float]] = {}
        self.asked = 0
        self._chance = random.Random(5)
        self._rtt = rtt
        #: Seconds that the first request takes longer on its way, as if it had to connect.
        self._first = first

    async def send(self, channel="1", route=SEND, **call) -> float:
        """Ask until it is taken; when the answer was there."""
        while True:
            turn = await self.limiter.enter(Call(f"POST {route}", channel, **call))
            await asyncio.sleep(self._chance.uniform(*self._rtt) / 2 + self._first)
            self._first = 0.0
            exempt = call.get("lane") is Lane.APART
            verdict = self.limits.take(route, channel=channel, guild=GUILD, place=channel, exempt=exempt)
            self.asked += 1
            arrived = self.now()
            await asyncio.sleep(self._chance.uniform(*self._rtt) / 2)
            if verdict.retry_after is None:
                self.taken.setdefault(route, []).append(arrived)
                self.limiter.answered(turn, 200, verdict.headers)
                return self.now()
            assert self.limiter.refused(turn, verdict.headers, verdict.body)

    async def send_in_order(self, count, channel="1", **call):
        for _ in range(count):
            await self.send(channel, **call)

    def span(self, route=SEND):
        return self.taken[route][-1] - self.taken[route][0]

    @property
    def struck(self):
        return {scope: count for scope, count in self.limits.struck.items() if count}


def on_virtual_clock(test: Callable[..., Awaitable[None]]):
    def run(*args, **kwargs):
        virtual.run(test(*args, **kwargs))

    run.__name__ = test.__name__
    run.__signature__ = inspect.signature(test)
    return run


@pytest.mark.parametrize("sliding", [False, True])
@on_virtual_clock
async def test_a_window_is_used_to_its_last_moment(sliding):
    discord = Discord(sliding=sliding)
    await discord.send_in_order(201)
    assert discord.struck == {}
    assert discord.span() / (200 / 5 * 5) < 1.01


@pytest.mark.parametrize("sliding", [False, True])
@on_virtual_clock
async def test_a_line_that_is_now_slow_now_fast_costs_time_but_no_refusal(sliding):
    discord = Discord(sliding=sliding, rtt=(0.1, 0.4))
    await discord.send_in_order(201)
    assert discord.struck == {}
    assert discord.span() / (200 / 5 * 5) < 1.06


@pytest.mark.parametrize("sliding", [False, True])
@pytest.mark.parametrize("count", [1, 2, 5])
@on_virtual_clock
async def test_a_first_request_that_was_long_under_way_misleads_nobody(sliding, count):
    discord = Discord(sliding=sliding, first=0.8, messages=(count, 5.0))
    await discord.send_in_order(20)
    assert discord.struck == {}


@pytest.mark.parametrize("sliding", [False, True])
@on_virtual_clock
async def test_an_answer_that_is_there_is_not_held_back(sliding):
    discord = Discord(sliding=sliding)
    for _ in range(12):
        started_by = await discord.send()
        assert discord.now() == started_by
        assert started_by - discord.taken[SEND][-1] == pytest.approx(0.125)


@pytest.mark.parametrize("sliding", [False, True])
@on_virtual_clock
async def test_many_at_once_in_one_channel_are_never_refused(sliding):
    discord = Discord(sliding=sliding)
    await asyncio.gather(*(discord.send() for _ in range(40)))
    assert discord.struck == {}


@pytest.mark.parametrize("sliding", [False, True])
@on_virtual_clock
async def test_sixty_threads_share_fifty_requests_a_second(sliding):
    discord = Discord(sliding=sliding)
    await asyncio.gather(*(discord.send_in_order(10, str(n)) for n in range(60)))
    assert discord.struck == {}
    assert discord.asked == 600
    assert discord.span() / 11 < 1.05


@on_virtual_clock
async def test_a_hidden_cap_strikes_once_and_is_kept_to():
    discord = Discord(webhook_cap=(30, 60.0))
    await discord.send_in_order(300, route="execute_webhook", lane=Lane.APART)
    assert discord.struck == {"shared": 1}
    assert discord.span("execute_webhook") / (9 * 60) < 1.05


@on_virtual_clock
async def test_a_cap_learned_in_one_channel_is_kept_to_in_others():
    discord = Discord(webhook_cap=(30, 60.0))
    for channel in ("1", "2", "3"):
        await discord.send_in_order(70, channel, route="execute_webhook", lane=Lane.APART)
    assert discord.struck == {"shared": 1}


@on_virtual_clock
async def test_a_single_refusal_of_what_others_use_too_teaches_nothing():
    discord = Discord(webhook_cap=None)
    await discord.send_in_order(20)
    turn = await discord.limiter.enter(Call(f"POST {SEND}", "1"))
    verdict = discord.limits.refuse_once()
    discord.limiter.refused(turn, verdict.headers, verdict.body)
    before = discord.now()
    await discord.send_in_order(100)
    assert discord.now() - before < 105


@on_virtual_clock
async def test_threads_counted_for_the_guild_are_learned_from_a_few_refusals():
    discord = Discord(thread_messages_per="guild")
    await asyncio.gather(*(discord.send_in_order(50, str(n)) for n in range(8)))
    assert discord.limits.struck["user"] <= 8
    assert discord.span() / (8 * 50) < 1.05


@on_virtual_clock
async def test_who_has_no_patience_is_told_how_long_it_takes():
    discord = Discord(threads_begun=(3, 300.0))
    await discord.send_in_order(3, route="start_thread_or_post")
    with pytest.raises(WaitTooLong) as told:
        await discord.send(route="start_thread_or_post", patience=10)
    assert told.value.seconds == pytest.approx(300 - 2 * 0.25 - 0.25, abs=1)
    await discord.send(route="start_thread_or_post")
    assert discord.struck == {"shared": 1}


@on_virtual_clock
async def test_edits_let_sends_go_first():
    discord = Discord()
    sends = [discord.send_in_order(20, str(n)) for n in range(60)]
    edits = [discord.send(str(n), route=EDIT, lane=Lane.EDIT) for n in range(60)]
    await asyncio.gather(*sends, *edits)
    assert discord.struck == {}
    assert discord.span() / 24 < 1.05
    early = [at for at in discord.taken[EDIT] if at < discord.taken[SEND][-1]]
    assert all(later - earlier >= 0.9 for earlier, later in pairwise(early))


@on_virtual_clock
async def test_what_is_spare_goes_once_in_ten_seconds_of_sends():
    discord = Discord()
    sends = [discord.send_in_order(10, str(n)) for n in range(60)]
    spare = [discord.send(str(n), route=EDIT, lane=Lane.SPARE) for n in range(60)]
    await asyncio.gather(*sends, *spare)
    assert discord.struck == {}
    meanwhile = [at for at in discord.taken[EDIT] if at < discord.taken[SEND][-1]]
    assert len(meanwhile) == 1
    assert discord.span() / 12 < 1.05


@on_virtual_clock
async def test_what_cloudflare_refuses_silences_us():
    discord = Discord()
    turn = await discord.limiter.enter(Call(f"POST {SEND}", "1"))
    assert not discord.limiter.refused(turn, {"Content-Type": "text/html"}, "error code: 1015")
    with pytest.raises(WaitTooLong):
        await discord.send("2", patience=10)
    assert await discord.send("2") >= 60
    assert await discord.send("3", lane=Lane.ANSWER) < 61


@on_virtual_clock
async def test_a_global_refusal_silences_us_for_as_long_as_it_says():
    discord = Discord()
    turn = await discord.limiter.enter(Call(f"POST {SEND}", "1"))
    headers = {"Via": "1.1 google", "X-RateLimit-Scope": "global"}
    assert discord.limiter.refused(turn, headers, {"retry_after": 3.5, "global": True})
    assert await discord.send("2") >= 3.5


@on_virtual_clock
async def test_refusals_stay_far_below_the_line_at_which_discord_shuts_bots_out():
    discord = Discord()

    async def forbidden(channel):
        while discord.now() < 3600:
            turn = await discord.limiter.enter(Call(f"POST {SEND}", channel))
            await asyncio.sleep(0.25)
            discord.limits.count_invalid(403)
            discord.limiter.answered(turn, 403, {})

    await asyncio.gather(*(forbidden(str(n)) for n in range(60)))
    assert discord.limits.worst_invalid <= MOST_INVALID


@on_virtual_clock
async def test_who_gives_up_waiting_leaves_the_place_to_others():
    discord = Discord()
    await discord.send_in_order(5)
    waiting = [asyncio.create_task(discord.send()) for _ in range(5)]
    await asyncio.sleep(1)
    for task in waiting[:4]:
        task.cancel()
    await asyncio.wait(waiting)
    await discord.send_in_order(4)
    assert discord.struck == {}
    assert discord.span() == pytest.approx(5 + 4 * 0.25, abs=0.1)


@on_virtual_clock
async def test_a_lost_request_does_not_block_its_bucket():
    discord = Discord()
    discord.limiter.lost(await discord.limiter.enter(Call(f"POST {SEND}", "1")))
    await discord.send_in_order(5)
    assert discord.struck == {}


@on_virtual_clock
async def test_buckets_that_nobody_uses_any_more_are_forgotten():
    discord = Discord()
    await asyncio.gather(*(discord.send(str(n)) for n in range(1500)))
    await asyncio.sleep(10)
    await discord.send("one more")
    assert len(discord.limiter._windows) == 1
