"""Rate limits: buckets that the headers tell of, caps that they don't, the global one, and the ban line.

Discord publishes no figure but the global one; what people measured stands in `unknowns`. ``speed`` divides all
windows, so that a test needn't wait.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.wire.unknowns import Unknowns
from tests.wire.world import Json

#: Requests that end in 401, 403 or 429 within ten minutes, before Cloudflare shuts the door.
BAN_LINE = 10_000
BAN_WINDOW_SECONDS = 600.0
_GLOBAL = "global"
#: Seconds that a 429 asks to wait for which no window is full.
_OUT_OF_THE_BLUE = 2.0
#: What headers of history promise until they don't (#8161).
_PROMISED = 1000


@dataclass(eq=False)
class Rule:
    """So many requests a window, counted per ``major`` (channel, webhook or guild).

    Routes that are given the same object are counted together.
    """

    limit: int
    seconds: float
    #: What the header names; Discord gives POST and PATCH of messages the same name and counts them apart.
    bucket: str = ""
    #: "shared" limits are told by no header before they strike.
    scope: Literal["user", "shared"] = "user"
    per: Literal["channel", "guild"] = "channel"
    #: What the headers say instead of ``limit``, as long as there is room.
    promised: int | None = None
    #: Discord's error code where it has one of its own.
    code: int | None = None


def standard_rules(unknowns: Unknowns) -> dict[str, Rule]:
    """By the name of a route. Names that are missing have no limit but the global one."""
    messages = "80c17d2f203122d936070c88c8d10f33"
    rules = {
        "create_message": Rule(*unknowns.messages, messages, per=unknowns.thread_messages_per),
        "edit_message": Rule(5, 5.0, messages),
        # Messages older than an hour: userdoccers, pull request 551.
        "edit_old_message": Rule(3, 6.0, messages, code=30046),
        # By the age of the message: #1442.
        "delete_message": Rule(5, 1.0, "b05c0d8c2ab83895085006a8eae073a3"),
        "delete_new_message": Rule(3, 1.0, "b05c0d8c2ab83895085006a8eae073a5"),
        "delete_old_message": Rule(30, 120.0, "b05c0d8c2ab83895085006a8eae073a6"),
        "bulk_delete_messages": Rule(1, 1.0, "b05c0d8c2ab83895085006a8eae073a4"),
        "list_messages": Rule(50, 1.0, "ee0b9a8fbd5d1c1f1dbf0b0d8f9f0a11"),
        "execute_webhook": Rule(5, unknowns.webhook_seconds, "3cd1f278bd0ecaf11e0d2391374c9d30"),
        "edit_webhook_message": Rule(5, unknowns.webhook_seconds, "3cd1f278bd0ecaf11e0d2391374c9d30"),
        "send_followup": Rule(5, unknowns.webhook_seconds, "3cd1f278bd0ecaf11e0d2391374c9d31"),
    }
    if unknowns.sudden_history:
        rules["list_messages"] = Rule(5, 5.0, "ee0b9a8fbd5d1c1f1dbf0b0d8f9f0a11", promised=_PROMISED)
    if unknowns.threads_begun is not None:
        begun = Rule(*unknowns.threads_begun, scope="shared", per="guild")
        rules |= {"start_thread_or_post": begun, "start_thread_under_message": begun}
    return rules


@dataclass
class _Window:
    """Requests of the current window; a sliding one forgets each by itself, a fixed one all at once."""

    taken: deque[float] = field(default_factory=deque)

    def expire(self, now: float, seconds: float, *, sliding: bool) -> None:
        if sliding:
            while self.taken and now - self.taken[0] >= seconds:
                self.taken.popleft()
        elif self.taken and now - self.taken[0] >= seconds:
            self.taken.clear()

    def resets_in(self, now: float, seconds: float) -> float:
        return seconds - (now - self.taken[0]) if self.taken else seconds


@dataclass(frozen=True)
class Verdict:
    """What a request may do, and what its answer says about that."""

    headers: dict[str, str]
    #: Seconds to wait; None: go on.
    retry_after: float | None = None
    scope: str = "user"
    code: int | None = None

    @property
    def body(self) -> Json:
        """The document of a 429."""
        body: Json = {
            "message": "You are being rate limited.",
            "retry_after": self.retry_after,
            "global": self.scope == _GLOBAL,
        }
        return body if self.code is None else body | {"code": self.code}


class RateLimits:
    """Counts requests and refuses those over a limit."""

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        wall: Callable[[], float],
        speed: float = 1.0,
        unknowns: Unknowns | None = None,
    ) -> None:
        known = unknowns or Unknowns()
        self._clock = clock
        self._wall = wall
        self.speed = speed
        self.rules = standard_rules(known)
        #: Caps beside the rule of a route, for the place that it writes to; told by nothing but their 429.
        self.caps: dict[str, Rule] = (
            {"execute_webhook": Rule(*known.webhook_cap, scope="shared")} if known.webhook_cap else {}
        )
        self.per_second = 50
        self.sliding = known.sliding
        #: Whether an exhausted window is refused; off, the headers still tell.
        self.enforced = True
        self._windows: dict[tuple[Rule | None, str], _Window] = {}
        self._refused: deque[float] = deque()
        #: 429s so far, by scope.
        self.struck: dict[str, int] = {"user": 0, "shared": 0, _GLOBAL: 0}
        #: The most invalid requests that any ten minutes have seen.
        self.worst_invalid = 0

    def take(self, route: str, *, channel: str, guild: str, place: str = "", exempt: bool = False) -> Verdict:
        """Count one request. ``exempt`` ones (interactions, webhooks) leave the global limit alone.

        ``channel`` and ``guild`` are what the rule counts by, ``place`` the channel that a cap counts for.
        """
        if not exempt and (wait := self._take_global()) is not None:
            return self._refuse({}, wait, _GLOBAL)
        headers: dict[str, str] = {}
        if (rule := self.rules.get(route)) is not None:
            window, wait = self._count(rule, guild if rule.per == "guild" else channel)
            headers = self._headers(rule, window, wait) if rule.scope == "user" else {}
            if window is None and self.enforced:
                return self._refuse(headers, wait, rule.scope, rule.code)
        if (cap := self.caps.get(route)) is not None:
            window, wait = self._count(cap, place)
            if window is None and self.enforced:
                return self._refuse({}, wait, cap.scope)
        return Verdict(headers)

    def refuse_once(self) -> Verdict:
        """A 429 out of the blue: somebody else has used up what is shared."""
        return self._refuse({}, _OUT_OF_THE_BLUE / self.speed, "shared")

    def count_invalid(self, status: int, scope: str = "user") -> None:
        """Remember a 401, 403 or 429; those of scope "shared" don't count."""
        if status in {401, 403, 429} and scope != "shared":
            self._refused.append(self._clock())
            self.worst_invalid = max(self.worst_invalid, self.invalid)

    @property
    def invalid(self) -> int:
        """Invalid requests of the last ten minutes."""
        oldest = self._clock() - BAN_WINDOW_SECONDS / self.speed
        while self._refused and self._refused[0] < oldest:
            self._refused.popleft()
        return len(self._refused)

    @property
    def banned(self) -> bool:
        """Whether Cloudflare answers in Discord's place."""
        return self.invalid >= BAN_LINE

    def _count(self, rule: Rule, major: str) -> tuple[_Window | None, float]:
        """The window with this request in it, or None where it is full; seconds until it is empty again."""
        now, seconds = self._clock(), rule.seconds / self.speed
        window = self._windows.setdefault((rule, major), _Window())
        window.expire(now, seconds, sliding=self.sliding)
        full = len(window.taken) >= rule.limit
        if not full:
            window.taken.append(now)
        # Rounded up: a client that waits as long as it was told to must not come too early.
        wait = math.ceil(window.resets_in(now, seconds) * 1000) / 1000
        return (None if full else window), wait

    def _take_global(self) -> float | None:
        now, second = self._clock(), 1.0 / self.speed
        window = self._windows.setdefault((None, _GLOBAL), _Window())
        window.expire(now, second, sliding=self.sliding)
        if self.enforced and len(window.taken) >= self.per_second:
            return math.ceil(window.resets_in(now, second) * 1000) / 1000
        window.taken.append(now)
        return None

    def _headers(self, rule: Rule, window: _Window | None, reset_after: float) -> dict[str, str]:
        limit, taken = rule.limit, len(window.taken) if window else rule.limit
        if rule.promised is not None and taken < limit:
            limit = rule.promised
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - taken),
            "X-RateLimit-Reset": f"{self._wall() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": rule.bucket,
        }

    def _refuse(self, headers: dict[str, str], wait: float, scope: str, code: int | None = None) -> Verdict:
        self.struck[scope] += 1
        marks = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
        if scope == _GLOBAL:
            marks["X-RateLimit-Global"] = "true"
        return Verdict(headers | marks, wait, scope, code)
