"""What all requests of a bot have in common: so many a second, and how many may fail."""

import asyncio
from collections import deque
from enum import Enum
from typing import Final

from bot.adapters.ratelimits.waiting import Queue

#: Requests answered with 401, 403 or 429 in ten minutes, before Cloudflare shuts the bot out. docs: topics/rate-limits.
_INVALID_LIMIT: Final = 10_000
_INVALID_SECONDS: Final = 600.0
#: We stop far before.
MOST_INVALID: Final = _INVALID_LIMIT // 100
#: Of five requests that may leave in a second one is kept from what is spare, which leaves one by one, so many
#: seconds apart; while it finds no room, one leaves after so many seconds' worth of sends.
_SPARE_APART: Final = 0.2
_SPARE_AFTER: Final = 10
#: How much longer than a second Discord's second is taken to be: requests that left in order arrive almost in order.
_MARGIN: Final = 0.02


class Lane(Enum):
    """What a request may delay."""

    #: Answers to people's clicks: Discord counts them apart, and they wait for nothing.
    ANSWER = "answer"
    #: Webhooks: not counted against the requests a second.
    APART = "apart"
    SEND = "send"
    #: Changes of messages that stand already: one a second while sends wait.
    EDIT = "edit"
    #: Changes that nobody misses: one in ten seconds while anything else waits.
    SPARE = "spare"


class Door:
    """The last step before a request leaves."""

    def __init__(self, *, per_second: int) -> None:
        self._per_second = per_second
        self._starts: deque[float] = deque()
        self._invalid: deque[float] = deque()
        self._held_until = 0.0
        #: Requests that have left and are not answered.
        self._out = 0
        #: Sends that left since something else did.
        self._sends_in_a_row = 0
        self._apart = Queue(start=self._leave_apart, opens_at=self._open_at, give_back=self.returned)
        self._sends = Queue(
            start=self._leave_counted, opens_at=self._second_at, give_back=self.returned, wake=self._pump
        )
        self._edits = Queue(
            start=self._leave_between, opens_at=self._second_at, give_back=self.returned, wake=self._pump
        )
        self._last_spare = -_SPARE_APART
        self._spare = Queue(
            start=self._leave_last, opens_at=self._spare_at, give_back=self.returned, wake=self._pump
        )

    async def enter(self, lane: Lane, *, patience: float | None) -> None:
        """Wait until a request of this lane may leave. Raises WaitTooLong."""
        if lane is Lane.ANSWER:
            self._out += 1
            return
        queues = {Lane.APART: self._apart, Lane.SEND: self._sends, Lane.EDIT: self._edits}
        await queues.get(lane, self._spare).enter(patience=patience)

    def returned(self, status: int = 0, *, shared: bool = False) -> None:
        """A request ended with this status; of a refusal for a ``shared`` limit Discord takes no note."""
        self._out -= 1
        invalid = status in {401, 403} or (status == 429 and not shared)  # noqa: PLR2004 - HTTP's own numbers
        if invalid:
            self._invalid.append(asyncio.get_running_loop().time())
        if self._invalid:
            self._pump()

    def hold(self, until: float) -> None:
        """Nothing leaves before this instant of the loop."""
        self._held_until = max(self._held_until, until)

    def invalid(self, now: float) -> int:
        """Refusals of the last ten minutes that Discord counts."""
        while self._invalid and now - self._invalid[0] >= _INVALID_SECONDS:
            self._invalid.popleft()
        return len(self._invalid)

    def _pump(self) -> None:
        self._apart.pump()
        # In this order: each takes a place only when it is its turn.
        self._edits.pump()
        self._spare.pump()
        self._sends.pump()

    def _is_open(self, now: float) -> bool:
        invalid = self.invalid(now)
        # Whatever is on its way may be refused, too.
        return now >= self._held_until and (not invalid or invalid + self._out < MOST_INVALID)

    def _leave_apart(self, now: float) -> bool:
        if not self._is_open(now):
            return False
        self._out += 1
        return True

    def _leave_counted(self, now: float, *, is_send: bool = True) -> bool:
        self._forget(now)
        if len(self._starts) >= self._per_second or not self._leave_apart(now):
            return False
        self._starts.append(now)
        self._sends_in_a_row = self._sends_in_a_row + 1 if is_send else 0
        return True

    def _leave_between(self, now: float) -> bool:
        if self._sends and self._sends_in_a_row < self._per_second:
            return False
        return self._leave_counted(now, is_send=False)

    def _leave_last(self, now: float) -> bool:
        if self._edits or now < self._last_spare + _SPARE_APART:
            return False
        self._forget(now)
        is_due = self._sends_in_a_row >= self._per_second * _SPARE_AFTER
        has_room = not self._sends and len(self._starts) < self._per_second * 4 // 5
        if not (is_due or has_room) or not self._leave_counted(now, is_send=False):
            return False
        self._last_spare = now
        return True

    def _open_at(self, now: float) -> float | None:
        if now < self._held_until:
            return self._held_until
        if not self._is_open(now) and self.invalid(now) >= MOST_INVALID:
            return self._invalid[0] + _INVALID_SECONDS
        return None

    def _spare_at(self, now: float) -> float | None:
        return max(self._second_at(now) or now, now + _SPARE_APART)

    def _forget(self, now: float) -> None:
        while self._starts and now >= self._starts[0] + 1 + _MARGIN:
            self._starts.popleft()

    def _second_at(self, now: float) -> float | None:
        if (opens_at := self._open_at(now)) is not None:
            return opens_at
        if len(self._starts) >= self._per_second:
            return self._starts[0] + 1 + _MARGIN
        return None
