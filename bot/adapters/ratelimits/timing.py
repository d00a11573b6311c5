"""How long requests are under way, and so how early one may leave for a window that is about to open."""

import math
from typing import Final

#: Seconds that a request keeps from a window's end; doubled whenever that was too early, up to the most.
_MARGIN, _MOST_MARGIN = 0.02, 0.5
#: Answers after which the quickest one is believed, and after which it is forgotten for a newer one.
_ENOUGH: Final = 3
_GENERATION: Final = 64


class Margin:
    """What all routes keep from the end of a window."""

    def __init__(self) -> None:
        self.seconds = _MARGIN

    def widen(self) -> None:
        """Discord found us too early."""
        self.seconds = min(2 * self.seconds, _MOST_MARGIN)


class Timing:
    """The way of one route's requests, there and back.

    Discord tells how long a window still lasts from when it saw a request. Somewhere between leaving and answer that
    was; the quickest answer of late is what the whole way takes at least. A request that leaves so long before the
    end as it is known here does not arrive before the end as it is at Discord.
    """

    def __init__(self, margin: Margin) -> None:
        self._margin = margin
        self._now = self._before = math.inf
        self._count = self._generation = 0

    @property
    def lead(self) -> float:
        """How long before a window's end, as it is known here, a request may leave, in seconds."""
        quickest = min(self._now, self._before) if self._count >= _ENOUGH else 0.0
        return quickest - self._margin.seconds

    def note(self, seconds: float) -> None:
        """An answer took so long."""
        if self._generation == _GENERATION:
            self._before, self._now, self._generation = self._now, math.inf, 0
        self._now = min(self._now, seconds)
        self._generation += 1
        self._count += 1
