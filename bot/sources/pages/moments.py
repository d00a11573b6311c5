"""Times on a page: as machines read them in attributes, else as people read them, in the page's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Moment
from bot.sources.flattened.dates import DateReader, Order

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
    }
)
_ISO = regex.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?",
    regex.I,
)
_EPOCH = regex.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
#: Ten digits are seconds since 1970, thirteen are milliseconds.
_SECONDS = 10
#: No comment on a web page is older.
_YEARS = range(1985, 2200)
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_EAST_ASIAN = regex.compile(
    r"(?<y>\d{4})\s?[年년.]\s?(?<m>\d{1,2})\s?[月월.]\s?(?<d>\d{1,2})\s?[日일.]?[\s\p{Lo}()（）,，]*?"
    r"(?:(?<half>上午|下午|午前|午後|오전|오후|AM|PM)?\s*(?<hour>\d{1,2})\s?[:时時시点點]\s?(?<minute>\d\d)?(?:[:分분]\s?\d{0,2}秒?)?\s*(?<after>[AaPp]\.?[Mm])?)?\s*분?",
)
_AFTERNOON = frozenset({"下午", "午後", "오후", "pm", "p.m"})
_MORNING = frozenset({"上午", "午前", "오전", "am", "a.m"})
_NOON = 12
#: Words of a permalink around its date.
_AROUND = regex.compile(
    r"^#\d+(?:\.\d+)*\s*[—–|·:-]\s*|^(?:\W*(?:posted|published|submitted|on|at|am|le|el|il|op|em|den|vom|erstellt|geschrieben|verfasst|publié|publicado|date|datum|fecha)\b(?!\s*[:.]?\d{1,2}[:.]\d\d\s*(?:am|pm)))+[\s:,]*|[\s|·•#]+(?:permalink|link|reply|edit)?[\s|·•#]*$|,?\s+(?:by|von|par|por|da|di|door|av|af)$",
    regex.I,
)
#: What stands between day and hour in languages whose word for it the dates' reader does not know.
_BETWEEN = regex.compile(r"\s(?:@|στις|pada|lúc)\s")


class Moments:
    """Reads the times of one page."""

    def __init__(self, order: Callable[[], Order]) -> None:
        #: Whether day or month comes first, asked once a date has to be read.
        self._order = order
        self._known: dict[str, Moment | None] = {}

    @cached_property
    def _dates(self) -> DateReader:
        return DateReader(self._order())

    def of(self, element: HtmlElement) -> Moment | None:
        """The time that an element gives: in an attribute of its own or of a ``time`` in it, else in its words."""
        for part in (element, *element.iter("time")):
            if (stated := self.stated(part)) is not None:
                return stated
        return self.worded(" ".join("".join(map(str, element.itertext())).split()))

    def stated(self, element: HtmlElement) -> Moment | None:
        """The time in an attribute of an element."""
        for name, value in element.items():
            if name in _ATTRIBUTES and (moment := machine_readable(value)) is not None:
                return moment
        return self.worded(element.get("title", ""))

    def worded(self, text: str) -> Moment | None:
        """The date that a text is, as far as it gives a day."""
        if not text:
            return None
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def is_relative(self, text: str) -> bool:
        """Whether a text is a time like "3 days ago", whose day the page does not tell."""
        stamp = self._dates.read(text)
        return stamp is not None and stamp.moment is None

    def _read(self, text: str) -> Moment | None:
        if not any(map(str.isdigit, text)) or len(text) > _LONGEST:
            return None
        text = _BETWEEN.sub(" ", _AROUND.sub("", text.translate(_EASTERN_DIGITS))).strip()
        if (found := _ISO.fullmatch(text)) or (found := _EAST_ASIAN.fullmatch(text)):
            return machine_readable(text) if found.re is _ISO else _east_asian(found)
        stamp = self._dates.read(text)
        return stamp.moment if stamp else None


#: Longer text holds more than a date.
_LONGEST = 80


def machine_readable(value: str) -> Moment | None:
    """ISO 8601 and its relatives, and seconds or milliseconds since 1970."""
    value = value.strip()
    if _EPOCH.fullmatch(value):
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
    return moment if moment.year in _YEARS else None


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


def _east_asian(found: "regex.Match[str]") -> Moment | None:
    year, month, day = (int(found[part]) for part in ("y", "m", "d"))
    try:
        if found["hour"] is None:
            return date(year, month, day)
        hour = int(found["hour"])
        half = (found["half"] or found["after"] or "").lower()
        if half in _AFTERNOON and hour < _NOON:
            hour += _NOON
        elif half in _MORNING and hour == _NOON:
            hour = 0
        return datetime(year, month, day, hour, int(found["minute"] or 0))  # noqa: DTZ001 - pages give local times without a zone
    except ValueError:
        return None
