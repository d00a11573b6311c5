"""Everything that was asked of the wire, in order, for tests to look at."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Request:
    """One request with its answer."""

    #: Name of the route, such as ``create_message``; empty where the wire has none.
    route: str
    method: str
    path: str
    query: dict[str, str]
    body: Any
    #: Names of uploaded files.
    files: tuple[str, ...]
    #: Seconds of the server's loop clock.
    at: float
    #: 0 until it is answered, and for good when the answer was lost.
    status: int = 0
    answer: Any = None


class RequestLog(list[Request]):
    """Requests, oldest first."""

    def of(self, route: str) -> list[Request]:
        """Those of one route."""
        return [request for request in self if request.route == route]

    def refused(self, status: int) -> list[Request]:
        """Those answered with this status."""
        return [request for request in self if request.status == status]

    @property
    def unbuilt(self) -> list[str]:
        """What the bot needed and the wire does not have: a gap of the wire, not a fault of the bot."""
        return [f"{r.method} {r.path}" for r in self if r.status == 501]
