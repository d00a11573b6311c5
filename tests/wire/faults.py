"""What goes wrong on the way: slow lines, lost answers, server errors, an outage, and things done at a moment."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from tests.wire.errors import ApiError, ConnectionLost

#: "before" Discord looks at a request, "after" it did what was asked, or once the answer is "answered".
Moment = Literal["before", "after", "answered"]
Action = Callable[[], Awaitable[None]]


@dataclass
class _Planned:
    route: str
    nth: int
    moment: Moment
    action: Action


class Faults:
    """Switches for the whole server, and acts planned for the n-th request of a route, counted from now."""

    def __init__(self) -> None:
        #: Seconds there and back again.
        self.latency = 0.0
        #: While set, every request is answered with this status, and the gateway lets nobody in.
        self.unavailable: int | None = None
        self._planned: list[_Planned] = []
        self._seen: Counter[str] = Counter()

    def at(self, moment: Moment, route: str, nth: int, action: Action) -> None:
        """Do something at the n-th request of a route; an ApiError that it raises becomes the answer."""
        self._planned.append(_Planned(route, self._seen[route] + nth, moment, action))

    def lose_answer(self, route: str, nth: int = 1) -> None:
        """Discord does what the n-th request asks, and the connection is cut before it says so."""

        async def cut() -> None:
            raise ConnectionLost

        self.at("after", route, nth, cut)

    def fail(self, route: str, nth: int = 1, *, status: int = 502, moment: Moment = "before") -> None:
        """The n-th request is answered with a server error; ``moment="after"``: although it was done."""

        async def refuse() -> None:
            raise ApiError(status, 0, "Internal Server Error")

        self.at(moment, route, nth, refuse)

    def count(self, route: str) -> int:
        """Note that a request has come; which of its kind it is."""
        self._seen[route] += 1
        return self._seen[route]

    async def strike(self, moment: Moment, route: str, number: int) -> None:
        """Do what was planned for this request."""
        for planned in list(self._planned):
            if (planned.route, planned.nth, planned.moment) == (route, number, moment):
                self._planned.remove(planned)
                await planned.action()
