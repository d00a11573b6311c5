"""One object of a document, read field by field.

A field of the wrong type counts as missing and is noted: a number in the author's place must cost neither the
comment nor the document.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from math import isfinite
from typing import Self

import regex

from bot.domain.discussion import Moment
from bot.sources.documents.parsing import JSON

#: No page with comments is older, and no clock so wrong. Epoch 0 is how databases write "never".
_YEARS = range(1980, 2200)
#: Seconds since 1970 stay below this until the year 5138; above it, it is milliseconds.
_MILLISECONDS_FROM = 10**11
#: What SQLite keeps as a whole number.
LARGEST = 2**63 - 1

# NUL and lone surrogates come out of escapes such as \ud800, and neither SQLite nor UTF-8 takes them.
_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")
_ADDRESS = regex.compile(r"https?://[^\s<>\"]+", regex.I)
_SECONDS = regex.compile(r"\d{9,13}(?:\.\d+)?")


class Oddities:
    """What was of the wrong type, counted by field."""

    def __init__(self) -> None:
        self._fields: Counter[str] = Counter()

    def note(self, field: str) -> None:
        """One more value that could not be read."""
        self._fields[field] += 1

    def sentences(self) -> list[str]:
        """One for each field, in the order they were met."""
        return [
            f"The field “{field[:40]}” held something unreadable {_times(count)}; it was read as missing."
            for field, count in self._fields.items()
        ]


class Record:
    """A JSON object. Anything else in its place reads as an object without fields."""

    __slots__ = ("fields", "oddities")

    def __init__(self, value: JSON, oddities: Oddities) -> None:
        self.fields = value if isinstance(value, dict) else {}
        self.oddities = oddities

    def __contains__(self, name: str) -> bool:
        return self.fields.get(name) is not None

    def __bool__(self) -> bool:
        return bool(self.fields)

    def text(self, *names: str) -> str | None:
        """The first of these fields that holds words, as it stands."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, str):
                if value.strip():
                    return storable(value)
            elif value is not None and value is not False:
                self.oddities.note(name)
        return None

    def line(self, *names: str) -> str | None:
        """The same on one line, for names and titles."""
        words = self.text(*names)
        return " ".join(words.split()) or None if words is not None else None

    def address(self, *names: str) -> str | None:
        """The first of these fields that holds a web address."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()):
                return storable(value).strip()
        return None

    def identity(self, *names: str) -> str | None:
        """The first of these fields that holds an id: a whole number or a word. 0 and false stand for none."""
        for name in names:
            value = self.fields.get(name)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if isinstance(value, str):
                if found := " ".join(storable(value).split()):
                    return found
            elif isinstance(value, int) and not isinstance(value, bool):
                if value:
                    return str(value)
            elif value is not None and value is not False:
                self.oddities.note(name)
        return None

    def number(self, name: str) -> int | None:
        """A whole number, also where it stands in quotation marks."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.strip().lstrip("+-").isdecimal() and len(value) < 20:  # noqa: PLR2004
            value = int(value)
        if isinstance(value, bool) or value is None or value == "":
            return None
        if isinstance(value, int | float) and isfinite(value) and abs(value) <= LARGEST:
            return int(value)
        self.oddities.note(name)
        return None

    def flag(self, *names: str) -> bool:
        """Whether one of these fields says yes; a number other than 0 does."""
        return any(
            value is True or value == "true" or (isinstance(value, int | float) and value > 0)
            for value in map(self.fields.get, names)
        )

    def moment(self, *names: str) -> Moment | None:
        """The first of these fields that holds a time: ISO 8601 as written, or seconds since 1970, which are UTC."""
        for name in names:
            value = self.fields.get(name)
            if not value or value is True:
                continue
            found = _moment(value)
            if found is not None:
                return found
            self.oddities.note(name)
        return None

    def record(self, name: str) -> Self:
        """The object in this field."""
        return self._of(name, self.fields.get(name))

    def records(self, name: str) -> list[Self]:
        """The objects of the list in this field."""
        return list(self._each(name, self.fields.get(name)))

    def strings(self, name: str) -> list[str]:
        """The words or numbers of the list in this field, as ids."""
        value = self.fields.get(name)
        return [str(item) for item in value if isinstance(item, str | int)] if isinstance(value, list) else []

    def _of(self, name: str, value: JSON) -> Self:
        if value is not None and value is not False and not isinstance(value, dict):
            self.oddities.note(name)
        return type(self)(value, self.oddities)

    def _each(self, name: str, value: JSON) -> Iterator[Self]:
        if isinstance(value, list):
            for item in value:
                if isinstance(item, dict):
                    yield type(self)(item, self.oddities)
                else:
                    self.oddities.note(name)
        elif value is not None and value is not False and value != "":
            self.oddities.note(name)


def in_utc(moment: Moment | None) -> datetime | None:
    """A time whose field says that it is UTC although its text does not."""
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def storable(text: str) -> str:
    """The text without what escapes can bring into it and nothing can keep."""
    cleaned: str = _UNSTORABLE.sub("", text)
    return cleaned


def _moment(value: JSON) -> Moment | None:
    if isinstance(value, str):
        value = value.strip()
        if _SECONDS.fullmatch(value):
            return _instant(float(value))
        return _written(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _instant(value)
    return None


def _instant(seconds: float) -> datetime | None:
    if not isfinite(seconds):
        return None
    if seconds >= _MILLISECONDS_FROM:
        seconds /= 1000
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return found if found.year in _YEARS else None


def _written(text: str) -> Moment | None:
    try:
        found = date.fromisoformat(text) if len(text) == len("2025-02-12") else datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"  # noqa: PLR2004 - words for one and two
