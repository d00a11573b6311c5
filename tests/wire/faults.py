"""What goes wrong on the way: slow lines, lost answers, server errors, an outage, and things done at a moment."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from tests.wire.errors import ApiError, ConnectionLost

#: "before" Discord looks at a request, "after" it did what was asked, or once the answer is "answered".
Moment = Literal["before", "after", "answered"]
Action = Callable[[], Awaitable[None]]
#: What an import asks for; what people do to start one is left in peace.
IMPORTING = frozenset(
    {
        "create_message",
        "edit_message",
        "list_messages",
        "start_thread_or_post",
        "start_thread_under_message",
        "list_active_threads",
        "create_webhook",
        "list_channel_webhooks",
        "execute_webhook",
    }
)
#: Server errors that discord.py repeats by itself; 503 it raises.
_ERRORS = (500, 502, 503, 504)


@dataclass
class _Planned:
    route: str
    nth: int
    moment: Moment
    action: Action


@dataclass(frozen=True)
class _Weather:
    """Faults by chance."""

    chance: random.Random
    rate: float
    routes: frozenset[str]


class Faults:
    """Switches for the whole server, and acts planned for the n-th request of a route, counted from now."""

    def __init__(self) -> None:
        #: Seconds there and back again.
        self.latency = 0.0
        #: While set, every request is answered with this status, and the gateway lets nobody in.
        self.unavailable: int | None = None
        #: Faults by chance so far, by kind.
        self.scattered: Counter[str] = Counter()
        self._planned: list[_Planned] = []
        self._seen: Counter[str] = Counter()
        self._weather: _Weather | None = None
        self._limited: set[tuple[str, int]] = set()

    def at(self, moment: Moment, route: str, nth: int, action: Action) -> None:
        """Do something at the n-th request of a route; an ApiError that it raises becomes the answer."""
        self._planned.append(_Planned(route, self._seen[route] + nth, moment, action))

    def lose_answer(self, route: str, nth: int = 1, *, moment: Moment = "after") -> None:
        """Discord does what the n-th request asks, and the connection is cut before it says so."""

        async def cut() -> None:
            raise ConnectionLost

        self.at(moment, route, nth, cut)

    def fail(self, route: str, nth: int = 1, *, status: int = 502, moment: Moment = "before") -> None:
        """The n-th request is answered with a server error; ``moment="after"``: although it was done."""

        async def refuse() -> None:
            raise ApiError(status, 0, "Internal Server Error")

        self.at(moment, route, nth, refuse)

    def scatter(self, seed: int, *, rate: float = 0.02, routes: frozenset[str] = IMPORTING) -> None:
        """From now on every request of these routes meets a fault with this probability, the same for the same seed.

        Half of them are server errors, before or after the deed; the others lost requests, lost answers and 429s.
        """
        self._weather = _Weather(random.Random(seed), rate, routes)

    def clear_up(self) -> None:
        """No more faults by chance."""
        self._weather = None

    def count(self, route: str) -> int:
        """Note that a request has come; which of its kind it is."""
        self._seen[route] += 1
        weather = self._weather
        if weather is not None and route in weather.routes and weather.chance.random() < weather.rate:
            self._scatter_one(route, weather.chance)
        return self._seen[route]

    def seen(self, route: str) -> int:
        """How many requests of a route have come."""
        return self._seen[route]

    def limits(self, route: str, number: int) -> bool:
        """Whether this request is answered with a 429, whatever the limits say."""
        return (route, number) in self._limited

    async def strike(self, moment: Moment, route: str, number: int) -> None:
        """Do what was planned for this request."""
        for planned in list(self._planned):
            if (planned.route, planned.nth, planned.moment) == (route, number, moment):
                self._planned.remove(planned)
                await planned.action()

    def _scatter_one(self, route: str, chance: random.Random) -> None:
        kind = chance.choice(
            ("error", "error", "error after", "error after", "lost", "lost after", "429", "429")
        )
        self.scattered[kind] += 1
        moment: Moment = "after" if kind.endswith("after") else "before"
        if kind.startswith("error"):
            self.fail(route, 0, status=chance.choice(_ERRORS), moment=moment)
        elif kind.startswith("lost"):
            self.lose_answer(route, 0, moment=moment)
        else:
            self._limited.add((route, self._seen[route]))
