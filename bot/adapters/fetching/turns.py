"""Politeness: one question at a time to a host, a pause between two, and the wait that a host asks for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.errors import FetchError
from bot.ports.clock import Clock

#: A host that wants so much time, in seconds, is waited for; for longer waits a person is told to come back.
PATIENCE = 15.0
#: No host keeps us away for longer by one answer, in seconds.
LONGEST_HOLD = 3600.0

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Place:
    """What is known of one host, as long as it matters."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: Questions that are asked or wait.
    waiting: int = 0
    next_at: datetime = _LONG_AGO
    held_until: datetime = _LONG_AGO

    def matters(self, now: datetime) -> bool:
        return bool(self.waiting) or max(self.next_at, self.held_until) > now


class Turns:
    """Hands out turns; ``pause``, in seconds, lies between two at one host."""

    def __init__(self, clock: Clock, *, pause: float) -> None:
        self._clock = clock
        self._pause = timedelta(seconds=pause)
        self._places: dict[str, _Place] = {}

    @asynccontextmanager
    async def at(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn and keep it. Raises FetchError where the host asked for more time than one waits."""
        place = self._place(host)
        place.waiting += 1
        try:
            async with place.lock:
                await self._wait(host, place)
                try:
                    yield
                finally:
                    place.next_at = self._clock.now() + self._pause
        finally:
            place.waiting -= 1

    def hold(self, host: str, seconds: float) -> None:
        """The host asked not to be asked again for so long."""
        held = timedelta(seconds=min(seconds, LONGEST_HOLD))
        self._place(host).held_until = self._clock.now() + held

    def _place(self, host: str) -> _Place:
        now = self._clock.now()
        self._places = {name: place for name, place in self._places.items() if place.matters(now)}
        return self._places.setdefault(host, _Place())

    async def _wait(self, host: str, place: _Place) -> None:
        held = (place.held_until - self._clock.now()).total_seconds()
        if held > PATIENCE:
            raise FetchError(
                f"{host} asks to be left alone for {_in_words(held)}.", next_step="Try again after that."
            )
        seconds = (max(place.next_at, place.held_until) - self._clock.now()).total_seconds()
        if seconds > 0:
            await self._clock.sleep(seconds)


def _in_words(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes > 1:
        return f"{minutes} minutes"
    return "a minute" if minutes else f"{seconds:.0f} seconds"
