"""A queue whose first waits for a moment or for an event, whichever comes first."""

import asyncio
from collections import deque
from collections.abc import Callable


class WaitTooLong(Exception):  # noqa: N818 - no error: the caller said how long it would wait
    """The wait would be longer than the caller has patience for; nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} seconds")
        self.seconds = seconds


class Queue:
    """First come, first served. Nobody polls: events and one timer call `pump`."""

    def __init__(
        self,
        *,
        start: Callable[[float], bool],
        opens_at: Callable[[float], float | None],
        give_back: Callable[[], None],
        wake: Callable[[], None] | None = None,
    ) -> None:
        """``start`` takes a place if there is one, ``give_back`` undoes it; times are the loop's, in seconds.

        ``opens_at`` says when there will be a place, if that is known. ``wake`` is called then, instead of `pump`.
        """
        self._start = start
        self._opens_at = opens_at
        self._give_back = give_back
        self._wake = wake or self.pump
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def __bool__(self) -> bool:
        return bool(self._waiting)

    async def enter(self, *, patience: float | None) -> None:
        """Wait for a place and take it.

        Raises WaitTooLong at once when it is known already that ``patience`` (seconds) will not do.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._waiting and self._start(now):
            return
        opens_at = self._opens_at(now)
        if patience is not None and opens_at is not None and opens_at - now > patience:
            raise WaitTooLong(opens_at - now)
        place = loop.create_future()
        self._waiting.append(place)
        self.pump()
        try:
            await place
        except asyncio.CancelledError:
            if place.cancelled():
                self._waiting.remove(place)
            else:
                self._give_back()
            self.pump()
            raise

    def pump(self) -> None:
        """Let in whoever may go, and look again when the next one may."""
        loop = asyncio.get_running_loop()
        while self._waiting and self._start(loop.time()):
            self._waiting.popleft().set_result(None)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and (opens_at := self._opens_at(loop.time())) is not None:
            self._timer = loop.call_at(opens_at, self._wake)
