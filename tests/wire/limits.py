"""Rate limits: buckets that the headers tell of, one that they don't, the global one, and the ban line.

Figures and how sure they are: Discord publishes none but the global one; these are what people measured. Every
figure is a switch. ``speed`` divides all windows, so that a test needn't wait.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from tests.wire.world import Json

#: Requests that end in 401, 403 or 429 within ten minutes, before Cloudflare shuts the door.
BAN_LINE = 10_000
BAN_WINDOW_SECONDS = 600.0
_GLOBAL = "global"


@dataclass
class Rule:
    """So many requests a window, counted per ``major`` (channel, webhook or guild)."""

    limit: int
    seconds: float
    #: What the header names; Discord gives POST and PATCH of messages the same name and counts them apart.
    bucket: str
    #: "shared" limits are told by no header before they strike.
    scope: Literal["user", "shared"] = "user"
    per: Literal["channel", "guild"] = "channel"


def standard_rules() -> dict[str, Rule]:
    """By the name of a route. Names that are missing have no limit but the global one."""
    return {
        "create_message": Rule(5, 5.0, "80c17d2f203122d936070c88c8d10f33"),
        "edit_message": Rule(5, 5.0, "80c17d2f203122d936070c88c8d10f33"),
        "delete_message": Rule(5, 1.0, "b05c0d8c2ab83895085006a8eae073a3"),
        "bulk_delete_messages": Rule(1, 1.0, "b05c0d8c2ab83895085006a8eae073a4"),
        "list_messages": Rule(50, 1.0, "ee0b9a8fbd5d1c1f1dbf0b0d8f9f0a11"),
        "start_thread_or_post": Rule(
            50, 300.0, "e8a5ad1b20d2a3a1c0f4f8b5b0d1c111", scope="shared", per="guild"
        ),
        "start_thread_under_message": Rule(
            50, 300.0, "e8a5ad1b20d2a3a1c0f4f8b5b0d1c111", scope="shared", per="guild"
        ),
        "execute_webhook": Rule(5, 2.0, "3cd1f278bd0ecaf11e0d2391374c9d30"),
    }


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

    @property
    def body(self) -> Json:
        """The document of a 429."""
        return {
            "message": "You are being rate limited.",
            "retry_after": self.retry_after,
            "global": self.scope == _GLOBAL,
        }


class RateLimits:
    """Counts requests and refuses those over a limit."""

    def __init__(self, *, clock: Callable[[], float], wall: Callable[[], float], speed: float = 1.0) -> None:
        self._clock = clock
        self._wall = wall
        self.speed = speed
        self.rules = standard_rules()
        self.per_second = 50
        self.sliding = False
        #: Whether an exhausted window is refused; off, the headers still tell.
        self.enforced = True
        self._windows: dict[tuple[str, str], _Window] = {}
        self._refused: deque[float] = deque()

    def take(self, route: str, *, channel: str, guild: str, exempt: bool = False) -> Verdict:
        """Count one request. ``exempt`` ones (interactions, webhooks) leave the global limit alone."""
        if not exempt and (wait := self._take_global()) is not None:
            return self._refuse({}, wait, _GLOBAL)
        rule = self.rules.get(route)
        if rule is None:
            return Verdict({})
        now, seconds = self._clock(), rule.seconds / self.speed
        window = self._windows.setdefault((route, guild if rule.per == "guild" else channel), _Window())
        window.expire(now, seconds, sliding=self.sliding)
        refused = len(window.taken) >= rule.limit
        if not refused:
            window.taken.append(now)
        # Rounded up: a client that waits as long as it was told to must not come too early.
        wait = math.ceil(window.resets_in(now, seconds) * 1000) / 1000
        headers = self._headers(rule, remaining=rule.limit - len(window.taken), reset_after=wait)
        if refused and self.enforced:
            return self._refuse(headers if rule.scope == "user" else {}, wait, rule.scope)
        return Verdict(headers if rule.scope == "user" else {})

    def count_invalid(self, status: int, scope: str = "user") -> None:
        """Remember a 401, 403 or 429; those of scope "shared" don't count."""
        if status in {401, 403, 429} and scope != "shared":
            self._refused.append(self._clock())

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

    def _take_global(self) -> float | None:
        now, second = self._clock(), 1.0 / self.speed
        window = self._windows.setdefault((_GLOBAL, ""), _Window())
        window.expire(now, second, sliding=self.sliding)
        if self.enforced and len(window.taken) >= self.per_second:
            return math.ceil(window.resets_in(now, second) * 1000) / 1000
        window.taken.append(now)
        return None

    def _headers(self, rule: Rule, *, remaining: int, reset_after: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Remaining": str(max(0, remaining)),
            "X-RateLimit-Reset": f"{self._wall() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": rule.bucket,
        }

    def _refuse(self, headers: dict[str, str], wait: float, scope: str) -> Verdict:
        marks = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
        if scope == _GLOBAL:
            marks["X-RateLimit-Global"] = "true"
        return Verdict(headers | marks, wait, scope)
