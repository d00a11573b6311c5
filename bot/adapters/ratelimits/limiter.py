"""Every limit of one bot together: a request enters, leaves, and what its answer says is learned."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog

from bot.adapters.ratelimits.breadth import Breadth
from bot.adapters.ratelimits.caps import Caps
from bot.adapters.ratelimits.door import Door, Lane
from bot.adapters.ratelimits.timing import Margin, Timing
from bot.adapters.ratelimits.windows import Window
from bot.domain.limits import REQUESTS_PER_SECOND

log = structlog.get_logger()

#: Windows that are kept before those that nothing is lost with are forgotten.
_KEPT: Final = 1024
#: Seconds that nothing is sent after a refusal that is not Discord's own; doubled while it repeats, up to the most.
_SHUT_OUT, _MOST_SHUT_OUT = 60.0, 600.0
_TOO_MANY = 429
#: A refusal so soon after a window's announced end, in seconds, says that we were too early.
_EARLY: Final = 1.0
#: From here on it is the server that failed.
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Call:
    """A request as limits see it."""

    #: Method and path, without the ids in it.
    route: str
    #: Whose requests of this route are counted together: ids of channel, guild or webhook.
    major: str
    lane: Lane = Lane.SEND
    #: Seconds that the caller will wait; None: as long as it takes.
    patience: float | None = None


@dataclass(slots=True)
class Turn:
    """One request on its way."""

    call: Call
    window: Window
    #: When it left, in seconds of the loop.
    started: float
    #: It left right when a window was said to be over, to see whether it is.
    early: bool
    ended: bool = False


class RateLimiter:
    """Keeps a bot's requests below every limit that Discord has told of, and no further below than needed."""

    def __init__(
        self, *, per_second: int = REQUESTS_PER_SECOND, guild_of: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """``guild_of`` finds the guild of a channel, both as text."""
        self._door = Door(per_second=per_second)
        self._caps = Caps()
        self._breadth = Breadth(guild_of)
        #: Route -> what Discord calls the bucket that it belongs to.
        self._buckets: dict[str, str] = {}
        self._windows: dict[tuple[str, str], Window] = {}
        self._margin = Margin()
        self._timings: defaultdict[str, Timing] = defaultdict(lambda: Timing(self._margin))
        self._shut_out = _SHUT_OUT
        self._born = _now()

    async def enter(self, call: Call) -> Turn:
        """Wait until this request may leave. Every turn must be ended, by `answered`, `refused` or `lost`.

        Raises WaitTooLong when that takes longer than the caller has patience for.
        """
        window = self._window(call)
        await window.enter(patience=call.patience)
        known = window.is_known
        try:
            await self._door.enter(call.lane, patience=call.patience)
        except BaseException:
            window.unanswered()
            raise
        now = _now()
        return Turn(call, window, now, early=not known and now - window.ends < _EARLY)

    def answered(self, turn: Turn, status: int, headers: Mapping[str, str]) -> None:
        """Discord's answer, anything but a 429, began to arrive just now."""
        turn.ended = True
        self._door.returned(status)
        self._know_bucket(turn, headers)
        remaining, reset_after = headers.get("X-RateLimit-Remaining"), headers.get("X-RateLimit-Reset-After")
        if remaining is not None and reset_after is not None:
            self._timings[turn.call.route].note(_now() - turn.started)
            turn.window.answered(int(remaining), _now() + float(reset_after))
        elif status < _SERVER_ERROR:
            turn.window.answered_without_limit()
        else:
            turn.window.unanswered()

    def refused(self, turn: Turn, headers: Mapping[str, str], body: Any) -> bool:
        """The answer was a 429. False when it is not Discord that says so; then nothing is sent for a while."""
        turn.ended = True
        wait = body.get("retry_after") if isinstance(body, Mapping) else None
        if wait is None or not ("Via" in headers or "X-RateLimit-Scope" in headers):
            self._door.returned(_TOO_MANY)
            turn.window.unanswered()
            self._shut(headers)
            return False
        self._shut_out = _SHUT_OUT
        self._know_bucket(turn, headers)
        scope = "global" if body.get("global") else headers.get("X-RateLimit-Scope", "user")
        self._door.returned(_TOO_MANY, shared=scope == "shared")
        log.info("rate limited", route=turn.call.route, scope=scope, seconds=wait)
        self._heed(turn, scope, float(wait))
        return True

    def lost(self, turn: Turn) -> None:
        """The request ended without an answer, or was given up. Harmless for a turn that is ended."""
        if not turn.ended:
            turn.ended = True
            self._door.returned()
            turn.window.unanswered()

    @property
    def invalid(self) -> int:
        """Refusals of the last ten minutes that Discord counts towards shutting the bot out."""
        return self._door.invalid(_now())

    def _heed(self, turn: Turn, scope: str, wait: float) -> None:
        """Wait as long as Discord says, and learn what it refused us for."""
        now, call = _now(), turn.call
        if scope == "global":
            turn.window.unanswered()
            self._door.hold(now + wait + self._margin.seconds)
            return
        if turn.early:
            self._margin.widen()
        elif scope == "user":
            self._breadth.surprised(self._bucket(call), call.major, now)
        turn.window.refused(now + wait + self._margin.seconds)
        if scope == "shared":
            cap = self._caps.learn(
                call.route,
                call.major,
                starts=turn.window.starts,
                now=turn.started,
                wait=wait,
                since=self._born,
            )
            log.info("hidden limit", route=call.route, cap=cap)

    def _shut(self, headers: Mapping[str, str]) -> None:
        """Cloudflare refuses us in Discord's place: whatever we send now makes it last longer."""
        try:
            wait = float(headers.get("Retry-After", ""))
        except ValueError:
            wait = self._shut_out
        self._shut_out = min(2 * self._shut_out, _MOST_SHUT_OUT)
        log.warning("refused, but not by Discord: nothing is sent for a while", seconds=wait)
        self._door.hold(_now() + wait)

    def _window(self, call: Call) -> Window:
        key = self._key(call)
        if (window := self._windows.get(key)) is None:
            if len(self._windows) >= _KEPT:
                now = _now()
                self._windows = {key: kept for key, kept in self._windows.items() if not kept.is_idle(now)}
            window = self._windows[key] = Window(
                self._caps, self._timings[call.route], route=call.route, major=call.major
            )
        return window

    def _know_bucket(self, turn: Turn, headers: Mapping[str, str]) -> None:
        if (bucket := headers.get("X-RateLimit-Bucket")) is not None:
            # Discord gives POST and PATCH of messages one name and counts them apart (discord-api-docs issue 8073).
            self._buckets[turn.call.route] = f"{turn.call.route.partition(' ')[0]} {bucket}"
            self._windows.setdefault(self._key(turn.call), turn.window)

    def _key(self, call: Call) -> tuple[str, str]:
        bucket = self._bucket(call)
        return bucket, self._breadth.major(bucket, call.major, _now())

    def _bucket(self, call: Call) -> str:
        return self._buckets.get(call.route, call.route)


def _now() -> float:
    return asyncio.get_running_loop().time()
