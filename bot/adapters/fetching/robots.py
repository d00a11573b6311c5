"""What a site lets robots read (RFC 9309): robots.txt, asked once an hour for each origin."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import regex
from protego import Protego
from yarl import URL

from bot.adapters.fetching.statuses import BUSY, HAND_OVER, named
from bot.errors import FetchError
from bot.ports.clock import Clock

#: Bytes that are read of it; RFC 9309 asks for at least 500 KiB.
LONGEST: Final = 500 * 1024
KEPT_FOR: Final = timedelta(hours=1)
_MOST_REDIRECTS: Final = 5
_OK: Final = 200
_SERVER_ERROR: Final = 500
#: A line that says whom the rules below it are for, with the name's first word; its version does not count.
_NAMING: Final = regex.compile(r"^[ \t]*user[- ]?agent\b[ \t:]*([^\s#/]*).*$", regex.I | regex.M)


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """An answer to the question for robots.txt."""

    status: int
    data: bytes
    #: Where it leads on to, if it does.
    onward: URL | None


#: Asks for a robots.txt, reads at most LONGEST bytes, and follows nothing. Raises FetchError.
AskRobots = Callable[[URL], Awaitable[RobotsFile]]


class Robots:
    """Rules by origin; ``agent`` is the name under which they speak of us."""

    def __init__(self, clock: Clock, *, agent: str) -> None:
        self._clock = clock
        self._agent = agent
        self._known: dict[URL, tuple[Protego, datetime]] = {}

    async def check(self, url: URL, ask: AskRobots) -> None:
        """Raises FetchError where the site lets no robot read ``url``, or can't say so now."""
        rules = await self._rules(url.origin(), ask)
        # In a thread, since a site may have fifty thousand rules with wildcards.
        if not await asyncio.to_thread(rules.can_fetch, str(url), self._agent):
            raise FetchError(
                f"{url.raw_host} lets no robot read this page (robots.txt).", next_step=HAND_OVER
            )

    async def _rules(self, origin: URL, ask: AskRobots) -> Protego:
        now = self._clock.now()
        self._known = {known: entry for known, entry in self._known.items() if entry[1] > now}
        if origin not in self._known:
            text = await _asked(origin, ask)
            rules = await asyncio.to_thread(_parsed, text, self._agent)
            self._known[origin] = rules, self._clock.now() + KEPT_FOR
        return self._known[origin][0]


async def _asked(origin: URL, ask: AskRobots) -> str:
    """What the file says; nothing where a site has none, or one that leads in circles: both forbid nothing."""
    url = origin.with_path("/robots.txt")
    for _ in range(_MOST_REDIRECTS + 1):
        file = await ask(url)
        if file.onward is None:
            break
        url = file.onward
    if file.status in BUSY or file.status >= _SERVER_ERROR:
        raise FetchError(
            f"{origin.raw_host} can't say now what robots may read: robots.txt answered “{named(file.status)}”.",
            next_step="Try again later.",
        )
    return file.data.decode("utf-8-sig", errors="replace") if file.status == _OK else ""


def _parsed(text: str, agent: str) -> Protego:
    """The rules, in which everybody who is neither us nor all has one name.

    The parser keeps each rule once for each name above it, and takes a part of our name for it as well.
    """
    names = {"*": "*", agent.lower(): agent}
    lines = "\n".join(text.splitlines())
    return Protego.parse(_NAMING.sub(lambda line: f"User-agent: {names.get(line[1].lower(), '-')}", lines))
