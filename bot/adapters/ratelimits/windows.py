"""One bucket of requests that Discord counts together, and who waits for it."""

import math
from collections import deque

from bot.adapters.ratelimits.caps import Cap, Caps
from bot.adapters.ratelimits.timing import Timing
from bot.adapters.ratelimits.waiting import Queue

#: Two announcements of a window's end that differ by less mean the same end, told over a line that is now slower,
#: now faster. In seconds.
_JITTER = 0.5
#: Starts that are remembered, to learn hidden caps from.
_REMEMBERED = 600


class Window:
    """How many requests a bucket takes now, as far as answers told.

    Nothing is assumed about how Discord counts. While it is not known how many requests are left (at first, and
    when the announced time is over) one request goes ahead alone, and its answer says how many may follow. So both
    a window that opens at once and one that opens request by request are kept to.
    """

    def __init__(self, caps: Caps, timing: Timing, *, route: str, major: str) -> None:
        self._caps = caps
        self._timing = timing
        self._route = route
        self._major = major
        #: Requests that may still start; None while that is unknown.
        self._left: int | None = None
        #: When what is known is over, in seconds of the loop, as an answer told when it came.
        self._told = -math.inf
        self._refused_until = -math.inf
        self._unlimited = False
        #: Requests that have started and are not answered.
        self._out = 0
        #: Whether some of them were under way together: then the order of their answers means nothing.
        self._crowded = False
        self.starts: deque[float] = deque(maxlen=_REMEMBERED)
        self._queue = Queue(start=self._start, opens_at=self._opens_at, give_back=self.unanswered)

    @property
    def is_known(self) -> bool:
        """Whether an answer has told how many requests are left now."""
        return self._left is not None

    @property
    def ends(self) -> float:
        """When the next request may leave, so that it does not arrive before the window is over."""
        return max(self._told - self._timing.lead, self._refused_until)

    async def enter(self, *, patience: float | None) -> None:
        """Wait for a place and take it. Raises WaitTooLong."""
        await self._queue.enter(patience=patience)

    def answered(self, remaining: int, told: float) -> None:
        """So many requests may follow until ``told``, which is as late as Discord can mean it."""
        self._out -= 1
        self._unlimited = False
        if self._left is None:
            self._left, self._told = remaining, told
        else:
            self._left = min(self._left, remaining) if self._crowded else remaining
            self._told = min(self._told, told) if abs(self._told - told) < _JITTER else told
        self._queue.pump()

    def answered_without_limit(self) -> None:
        """An answer named no limit: requests need not wait for each other."""
        self._out -= 1
        self._unlimited = True
        self._queue.pump()

    def unanswered(self) -> None:
        """A request ended and taught nothing."""
        self._out -= 1
        self._queue.pump()

    def refused(self, until: float) -> None:
        """Discord refused a request, which so is not counted; nothing is taken before ``until``."""
        self._out -= 1
        self.starts.pop()
        self._left, self._refused_until = 0, until
        self._queue.pump()

    def is_idle(self, now: float) -> bool:
        """Whether nothing is lost when this window is forgotten."""
        return not self._out and not self._queue and now >= self.ends and self._cap(now) is None

    def _start(self, now: float) -> bool:
        if self._left is not None and now >= self.ends:
            self._left = None
        cap = self._cap(now)
        if cap is not None and cap.opens_at(self.starts) > now:
            return False
        if self._left is None:
            if self._out and not self._unlimited:
                return False
        elif self._left <= 0:
            return False
        else:
            self._left -= 1
        self._crowded = self._out > 0
        self._out += 1
        self.starts.append(now)
        return True

    def _opens_at(self, now: float) -> float | None:
        cap = self._cap(now)
        capped = cap.opens_at(self.starts) if cap is not None else now
        announced = self.ends if self._left is not None and self._left <= 0 else now
        latest = max(capped, announced)
        return latest if latest > now else None

    def _cap(self, now: float) -> Cap | None:
        return self._caps.find(self._route, self._major, now)
