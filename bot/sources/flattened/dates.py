"""Dates in comment headers, in the language of the page.

dateparser knows the languages but needs milliseconds a date. A page writes all its dates in a few shapes, so what
it read once becomes a template: which number is the day, which the hour.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Self

import regex

from bot.domain.discussion import Moment

#: Longer text is no date: "Wednesday, 24 September 2025 at 11:59:59 am (Europe/Berlin)" has 59 characters.
LONGEST = 64
#: Shapes that dateparser may try in every language it knows; past it, a page's unknown shapes are no dates.
_TRIES = 12
#: What relative words are read against; only whether they are a date is asked, so any day will do.
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - pages give local times without a zone

#: A day and a year, or a day and a time.
_FEWEST_NUMBERS = 2

_NUMBER = regex.compile(r"\d+")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}([./-])\d{1,2}\1\d\d(?!\d)")
_TIME = regex.compile(r"(?<![\d./-])\d{1,2}[:.]\d\d(?![./\-\d])|\d\s?[ap]\.?\s?m\b", regex.I)
_MONTH = regex.compile(r"\p{L}{3}")
#: "3 years ago" in the word order of each language; a page's time that tells no day.
_RELATIVE = regex.compile(
    r"^(?:(?:(?:about|over|almost|around|ungefähr|etwa|environ|circa|ongeveer)\s+)?"
    r"(?:(?:vor|il y a|hace|há|fa|för|for|før|před|prieš|pirms)\s+(?:etwa\s+|environ\s+|circa\s+)?\w+\s+\p{L}+\.?(?:\s+(?:sedan|siden|síðan))?"
    r"|(?:\w+\s+\p{L}+\.?|\d{1,2}\s?(?:s|m|h|d|w|mo|y|min|hr|wk|yr)\.?)\s+(?:ago|geleden|fa|atrás|назад|тому|önce|sedan|siden|temu|sitten|lalu|yang lalu)"
    r"|\d{1,2}\s?(?:秒|分|分钟|分鐘|時間|小时|小時|日|天|週間|周|か月|ヶ月|カ月|个月|個月|年)\s?前|\d{1,2}\s?(?:초|분|시간|일|주|개월|년)\s?전)"
    r"|just now|yesterday|gerade eben|gestern|à l[’']instant|hier|ahora mismo|ayer|adesso|ieri)$",
    regex.I,
)
_FRENCH_HOUR = regex.compile(r"(\d{1,2})\s?h\s?(\d\d)\b", regex.I)
_SLASHED = regex.compile(r"\b(\d{1,2})/(\d{1,2})/\d{2,4}\b")

Order = Literal["DMY", "MDY"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as a header gives it; ``moment`` is None for "3 days ago", whose day the text does not tell."""

    moment: Moment | None


@dataclass(frozen=True, slots=True)
class _Template:
    """Where the parts of a date stand among the numbers of its shape."""

    year: int
    month: int | None
    day: int
    hour: int | None
    minute: int | None
    #: The month where the shape names it, and the hours that its afternoon adds.
    named_month: int
    afternoon: int

    @classmethod
    def learned(cls, numbers: list[int], moment: Moment) -> Self | None:
        """The template that reads ``numbers`` as ``moment``; None where two readings are possible."""
        rest = dict(enumerate(numbers))
        year = _take(rest, moment.year)
        day = _take(rest, moment.day)
        hour = minute = None
        afternoon = 0
        if isinstance(moment, datetime):
            minute = _take(rest, moment.minute)
            hour = _take(rest, moment.hour)
            if hour is None and moment.hour > _NOON:
                hour, afternoon = _take(rest, moment.hour - _NOON), _NOON
            if hour is None or minute is None or moment.second or moment.tzinfo or numbers[hour] == _NOON:
                return None
        month = _take(rest, moment.month)
        if year is None or day is None or rest or len(set(numbers)) < len(numbers):
            return None
        return cls(year, month, day, hour, minute, moment.month, afternoon)

    def read(self, numbers: list[int]) -> Moment | None:
        """The date in numbers of this shape; None where they make none or noon and midnight look alike."""
        month = self.named_month if self.month is None else numbers[self.month]
        try:
            if self.hour is None or self.minute is None:
                return date(numbers[self.year], month, numbers[self.day])
            if numbers[self.hour] == _NOON:
                return None
            hour = numbers[self.hour] + self.afternoon
            return datetime(numbers[self.year], month, numbers[self.day], hour, numbers[self.minute])  # noqa: DTZ001 - as above
        except (ValueError, OverflowError):  # numbers that no calendar has, or no machine
            return None


_NOON = 12


class DateReader:
    """Reads the dates of one page."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._templates: dict[str, _Template] = {}
        self._languages: list[str] = []
        self._refused: set[str] = set()

    def read(self, text: str) -> Stamp | None:
        """The date that ``text`` is; None when it is none, or more than one."""
        text = _FRENCH_HOUR.sub(r"\1:\2", text.strip(" .,()"))
        if len(text) > LONGEST:
            return None
        if _RELATIVE.match(text):
            return Stamp(None)
        numbers = [int(number) for number in _NUMBER.findall(text)]
        if len(numbers) < _FEWEST_NUMBERS or not (
            _YEAR.search(text) or (_TIME.search(text) and _MONTH.search(text))
        ):
            return None
        shape = _NUMBER.sub("0", text)
        template = self._templates.get(shape)
        if template and (moment := template.read(numbers)):
            return Stamp(moment)
        return None if shape in self._refused else self._parse(text, shape, numbers)

    def _parse(self, text: str, shape: str, numbers: list[int]) -> Stamp | None:
        found = self._look_up(text)
        if found is None:
            self._refused.add(shape)
            return None
        if not _YEAR.search(text):
            return Stamp(None)
        moment: Moment = found if _TIME.search(text) else found.date()
        if template := _Template.learned(numbers, moment):
            self._templates[shape] = template
        return Stamp(moment)

    def _look_up(self, text: str) -> datetime | None:
        from dateparser.date import DateDataParser  # noqa: PLC0415 - half a second that most pages never need

        settings = {
            "DATE_ORDER": self._order,
            "RELATIVE_BASE": _ANY_DAY,
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month"],
        }
        rounds = [self._languages] if self._languages else []
        if len(self._refused) < _TRIES:
            rounds.append([])
        for languages in rounds:
            data = DateDataParser(languages=languages or None, settings=settings).get_date_data(text)
            if data.date_obj:
                if data.locale and data.locale not in self._languages:
                    self._languages.append(data.locale)
                return data.date_obj
        return None


def order_of(text: str, *, english: bool) -> Order:
    """Whether the day or the month comes first in "03/04/2025", from the page's own dates, else its language."""
    pairs = [(int(first), int(second)) for first, second in _SLASHED.findall(text)]
    if any(first > _NOON for first, _ in pairs) or not english:
        return "DMY"
    return "MDY"


def _take(rest: dict[int, int], value: int) -> int | None:
    """The one position that holds ``value``, taken out of ``rest``."""
    for position, number in rest.items():
        if number == value:
            del rest[position]
            return position
    return None
