"""The port Fetcher over HTTP: guarded, polite, within limits."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from aiohttp import ClientResponse, hdrs
from multidict import CIMultiDictProxy
from yarl import URL

from bot.adapters.fetching import content, statuses, walls
from bot.adapters.fetching.guard import Guard
from bot.adapters.fetching.resolving import Lookup, system_lookup
from bot.adapters.fetching.robots import LONGEST, Robots, RobotsFile
from bot.adapters.fetching.turns import Turns
from bot.adapters.fetching.wire import AGENT, Allowance, Wire, beginning, whole
from bot.errors import FetchError
from bot.ports.clock import Clock
from bot.ports.fetching import Fetched, Validators
from bot.settings import FetchSettings

#: Addresses in a row that may lead on; honest sites need two or three.
MOST_REDIRECTS = 5
_OK = 200
_NOT_MODIFIED = 304
_ACCEPT = {
    hdrs.ACCEPT: "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"
}

#: Kinds in which a wall can stand; a server that names none means a page as well.
_HTML = frozenset({"text/html", "application/xhtml+xml", None})

_ReadBody = Callable[[ClientResponse], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class _Answer:
    url: URL
    status: int
    headers: CIMultiDictProxy[str]
    content_type: str | None
    charset: str | None
    data: bytes

    @property
    def host(self) -> str:
        return self.url.raw_host or ""


class HttpFetcher:
    """Holds no connection between two pages, only what it must know to be polite.

    ``clock`` paces it and ages what it knows of robots.txt; ``lookup`` turns names into IP addresses.
    """

    def __init__(self, settings: FetchSettings, *, clock: Clock, lookup: Lookup = system_lookup) -> None:
        self._settings = settings
        self._clock = clock
        self._guard = Guard(settings.allowed_private_hosts)
        self._turns = Turns(clock, pause=settings.pause)
        self._wire = Wire(settings, self._guard, lookup)
        self._robots = Robots(clock, agent=AGENT)

    async def fetch(self, address: str, *, validators: Validators | None = None) -> Fetched:
        """The page at ``address``; with ``validators``, only if it has changed. Raises FetchError."""
        url = self._guard.admit(address)
        headers = _ACCEPT | _conditions(validators)
        allowance = Allowance(self._settings.timeout)
        redirects: list[str] = []
        while True:
            if self._settings.respect_robots:
                await self._robots.check(url, partial(self._ask_robots, allowance))
            answer = await self._ask(url, headers, allowance, self._read_page)
            onward = self._onward(answer)
            if onward is None:
                return _fetched(answer, validators, tuple(redirects))
            redirects.append(str(url))
            if len(redirects) > MOST_REDIRECTS:
                raise FetchError(
                    f"{answer.host} leads on and on, over more than {MOST_REDIRECTS} addresses.",
                    next_step="Open the page in a browser, and give the address that it ends at.",
                )
            url = onward

    async def _ask(
        self, url: URL, headers: Mapping[str, str], allowance: Allowance, read: _ReadBody
    ) -> _Answer:
        """One answer; a busy server that names a short time is asked once more after it."""
        answer = await self._ask_once(url, headers, allowance, read)
        if self._hold(answer):
            answer = await self._ask_once(url, headers, allowance, read)
            self._hold(answer)
        return answer

    async def _ask_once(
        self, url: URL, headers: Mapping[str, str], allowance: Allowance, read: _ReadBody
    ) -> _Answer:
        async with (
            self._turns.at(url.raw_host or ""),
            self._wire.ask(url, headers, allowance) as response,
        ):
            return _Answer(
                url=url,
                status=response.status,
                headers=response.headers,
                content_type=content.media_type(response),
                charset=content.charset(response),
                data=b"" if response.status in statuses.REDIRECTS else await read(response),
            )

    def _hold(self, answer: _Answer) -> bool:
        wanted = statuses.retry_after(
            answer.status, answer.headers.get(hdrs.RETRY_AFTER), now=self._clock.now()
        )
        if wanted is not None:
            self._turns.hold(answer.host, wanted)
        return wanted is not None

    async def _read_page(self, response: ClientResponse) -> bytes:
        if response.status != _OK:
            return await beginning(response, walls.BEGINNING)
        content.check_type(response)
        return await whole(response, self._settings.max_bytes)

    async def _ask_robots(self, allowance: Allowance, url: URL) -> RobotsFile:
        answer = await self._ask(url, {}, allowance, partial(beginning, limit=LONGEST))
        return RobotsFile(answer.status, answer.data, self._onward(answer))

    def _onward(self, answer: _Answer) -> URL | None:
        location = answer.headers.get(hdrs.LOCATION)
        if answer.status not in statuses.REDIRECTS or location is None:
            return None
        return self._guard.follow(answer.url, location)


def _conditions(validators: Validators | None) -> dict[str, str]:
    if validators is None:
        return {}
    conditions = {
        hdrs.IF_NONE_MATCH: validators.etag,
        hdrs.IF_MODIFIED_SINCE: validators.last_modified,
    }
    return {name: value for name, value in conditions.items() if value}


def _fetched(answer: _Answer, asked: Validators | None, redirects: tuple[str, ...]) -> Fetched:
    """What the last answer is worth. Raises FetchError where it is no page."""
    unchanged = answer.status == _NOT_MODIFIED and asked is not None
    wall = _wall(answer, led_on=bool(redirects))
    if answer.status != _OK and not unchanged:
        raise statuses.refusal(answer.host, answer.status, wall)
    if wall:
        raise FetchError(f"{answer.host} {wall}.", next_step=statuses.HAND_OVER)
    known = asked if asked and unchanged else Validators()
    return Fetched(
        address=str(answer.url),
        data=b"" if unchanged else answer.data,
        content_type=answer.content_type,
        charset=answer.charset,
        validators=Validators(
            etag=answer.headers.get(hdrs.ETAG, known.etag),
            last_modified=answer.headers.get(hdrs.LAST_MODIFIED, known.last_modified),
        ),
        not_modified=unchanged,
        redirects=redirects,
    )


def _wall(answer: _Answer, *, led_on: bool) -> walls.Wall | None:
    page = answer.data if answer.content_type in _HTML else b""
    return walls.find_wall(answer.url, answer.headers, page, led_on=led_on)
