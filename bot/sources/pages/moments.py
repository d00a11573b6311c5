"""Times on a page: as machines read them in attributes, else as people read them, in the page's language."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Moment
from bot.sources.calendars import grammar
from bot.sources.calendars.ages import is_age
from bot.sources.calendars.grammar import YEARS, Located, Order

_ATTRIBUTES = frozenset(
    {
        "datetime",
        "content",
        "title",
        "data-time",
        "data-timestamp",
        "data-datetime",
        "data-date",
        "data-created",
        "data-epoch",
        "data-utime",
        "data-ts",
        "data-unixtime",
        "data-livestamp",
        "data-comment-timestamp",
        "data-created-at",
        "data-published",
        "data-posted",
        "ts",
    }
)
_ISO = regex.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?",
    regex.I,
)
_EPOCH = regex.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
#: Ten digits are seconds since 1970, thirteen are milliseconds.
_SECONDS = 10
#: Words of a permalink around its date.
_AROUND = regex.compile(
    r"^#\d+(?:\.\d+)*\s*[—–|·:-]\s*|[\s|·•#]+(?:permalink|link|reply|edit)?[\s|·•#]*$|,?\s+(?:by|von|par|por|da|di|door|av|af)$",
    regex.I,
)


class Moments:
    """Reads the times of one page."""

    def __init__(self, order: Callable[[], Order], language: str | None) -> None:
        #: Whether day or month comes first, asked once a date has to be read.
        self._ask_order = order
        self._language = language
        self._known: dict[str, Moment | None] = {}

    @cached_property
    def _order(self) -> Order:
        return self._ask_order()

    def of(self, element: HtmlElement) -> Moment | None:
        """The time that an element gives: in an attribute of its own or of a ``time`` in it, else in its words."""
        for part in (element, *element.iter("time")):
            if (stated := self.stated(part)) is not None:
                return stated
        return self.worded(" ".join("".join(map(str, element.itertext())).split()))

    def stated(self, element: HtmlElement) -> Moment | None:
        """The time in an attribute of an element."""
        if (stated := element.get("datetime")) and (moment := machine_readable(stated)) is not None:
            return moment
        for name in element.keys():  # noqa: SIM118 - an element holds elements, not names
            if name in _ATTRIBUTES:
                value = element.get(name, "")
                if (moment := machine_readable(value) or self.worded(value)) is not None:
                    return moment
        return None

    def worded(self, text: str) -> Moment | None:
        """The date that a text is, as far as it gives a day."""
        if not text:
            return None
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def is_relative(self, text: str) -> bool:
        """Whether a text is a time like "3 days ago" or "5 May", whose day the page does not tell."""
        if is_age(text):
            return True
        dated = grammar.read(_AROUND.sub("", text), order=self._order, language=self._language)
        return dated is not None and dated.moment is None

    def located(self, line: str) -> Located | None:
        """The last date in a line that holds other words as well."""
        return grammar.locate(line, order=self._order, language=self._language)

    def _read(self, text: str) -> Moment | None:
        if not any(map(str.isdigit, text)) or len(text) > _LONGEST:
            return None
        text = _AROUND.sub("", text).strip()
        if _ISO.fullmatch(text):
            return machine_readable(text)
        dated = grammar.read(text, order=self._order, language=self._language)
        return dated.moment if dated else None


#: Longer text holds more than a date.
_LONGEST = 80


def machine_readable(value: str) -> Moment | None:
    """ISO 8601 and its relatives, and seconds or milliseconds since 1970."""
    value = value.strip()
    if value[4:5] != "-" and _EPOCH.fullmatch(value):
        seconds = float(value)
        if len(value.partition(".")[0]) > _SECONDS:
            seconds /= 1000
        return datetime.fromtimestamp(seconds, UTC)
    try:
        moment: Moment = (
            datetime.fromisoformat(value) if len(value) > len("2025-02-12") else date.fromisoformat(value)
        )
    except ValueError:
        found = _ISO.match(value)
        if found is None or len(value) > found.end() + 4:
            return None
        moment_or_none = _from_parts(found)
        if moment_or_none is None:
            return None
        moment = moment_or_none
    return moment if moment.year in YEARS else None


def _from_parts(found: "regex.Match[str]") -> Moment | None:
    day, hour, minute, second, zone = found.groups()
    try:
        if hour is None:
            return date.fromisoformat(day)
        zone = (zone or "").upper()
        offset = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
        return datetime.fromisoformat(f"{day}T{int(hour):02}:{minute}:{second or '00'}{offset}")
    except ValueError:
        return None


def order_in(data: bytes, *, month_first: bool) -> Order:
    """Whether the day or the month comes first in "03/04/2025": as the page's other dates tell, else its language."""
    for first, _, second in _PAIRS.findall(data):
        if int(first) > _MONTHS or int(second) > _MONTHS:
            return "DMY" if int(first) > _MONTHS else "MDY"
    return "MDY" if month_first else "DMY"


_MONTHS = 12
_PAIRS = re.compile(rb"(?<![\w./-])(\d\d?)([/-])(\d\d?)\2(?:\d\d){1,2}(?![\w/-])")
