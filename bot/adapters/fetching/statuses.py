"""What an HTTP status means for a person, and how long a server wants to be left alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import responses
from types import MappingProxyType
from typing import Final

from bot.adapters.fetching.walls import Wall
from bot.errors import FetchError

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
#: Statuses with which a server may ask for time.
BUSY: Final = frozenset({429, 503})

#: What to do where a page is there, but not for us.
HAND_OVER: Final = "In WordPress open Tools, then Export, and give me that file; elsewhere save the page in your browser and give me that."
_WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: "not understood",
        401: "log-in needed",
        402: "payment needed",
        403: "no access",
        404: "not found",
        406: "no access",
        410: "gone",
        429: "too many questions",
        451: "withheld for legal reasons",
        500: "a fault of the site",
        502: "a fault of the site",
        503: "busy or closed for now",
        504: "a fault of the site",
    }
)
_CHECK: Final = "Look whether the address opens in your browser."
_LATER: Final = "Try again later."
_NEXT_STEPS: Final[Mapping[int, str]] = MappingProxyType(
    {
        400: _CHECK,
        404: _CHECK,
        410: "The site has removed it; if you have a copy, give me that file.",
        429: _LATER,
    }
)
_SERVER_ERROR: Final = 500


def named(status: int) -> str:
    """``403, no access``."""
    words = _WORDS.get(status) or responses.get(status, "").lower()
    return f"{status}, {words}" if words else f"{status}"


def refusal(host: str, status: int, wall: Wall | None = None) -> FetchError:
    """The sentence for an answer that is no page; ``wall`` is what stands in the page's place."""
    if wall:
        return FetchError(f"{host} answered “{named(status)}”: it {wall}.", next_step=HAND_OVER)
    usual = _LATER if status >= _SERVER_ERROR else HAND_OVER
    return FetchError(f"{host} answered “{named(status)}”.", next_step=_NEXT_STEPS.get(status, usual))


def retry_after(status: int, header: str | None, *, now: datetime) -> float | None:
    """Seconds that a busy server asks for; None where it asks for nothing that can be understood."""
    if status not in BUSY or not header:
        return None
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    # A date of HTTP is one of UTC, whether it says so or not.
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())
