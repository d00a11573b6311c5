"""Which moment a date in words is.

A date is broken into numbers and words. Words become what they mean, or the text is no date; what is left is matched
against the few orders in which years, months, days and hours are written. Nothing is guessed: one word that no date
has, or one number too many, and there is no date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from bot.domain.discussion import Moment
from bot.sources.calendars.vocabulary import meaning_of, month_of, normal, offset_of

Order = Literal["DMY", "MDY"]

#: Longer text holds more than a date: "Wednesday, 24 September 2025 at 11:59:59 am (Europe/Berlin)" has 59 characters.
LONGEST = 80
#: No comment on a web page is older, or written later than that.
YEARS = range(1985, 2200)
#: Years of the Persian and of the Buddhist calendar that fall into these.
_PERSIAN_YEARS = range(1364, 1480)
_BUDDHIST_YEARS = range(2528, 2743)
_BUDDHA = 543
_NOON = 12

_TOKEN = regex.compile(
    r"(?<number>\d+|\ue000)"
    r"|(?<mark>上午|下午|午前|午後|오전|오후|凌晨|早上|晚上|星期[一二三四五六日天]|[周週][一二三四五六日天]|\p{Han}曜日?|\p{Hangul}요일|[(（][月火水木金土日一二三四五六월화수목금토일][)）]|十?[一二三四五六七八九十]月"
    r"|发表于|發表於|发布于|發佈於|[年月日号號时時点點分秒년월일시분초])"
    r"|(?<half>[aApP]\.?\s?[mM]\b\.?)"
    r"|(?<word>[[\p{L}\p{M}]--[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]](?:[\p{L}\p{M}.’'׳״\u200c-]*[\p{L}\p{M}])?[.’'׳]?|\p{L})"
    r"|(?<space>\s+)"
    r"|(?<other>.)",
    regex.V1 | regex.S,
)
_NUMBER = regex.compile(r"\d+")
#: Stands for a number in a text whose shape is looked at; no page may use the character.
_ANY_NUMBER = "\ue000"
_ORDINAL = regex.compile(
    r"(?:st|nd|rd|th|er|re|ère|e|º|ª|-?го|-?е|-?й|te|de|ste|ième|:e|:a)(?![\p{L}\d])", regex.I
)
_MONTH_IN_VIETNAMESE = regex.compile(
    r"\btháng\s+(?:(?<number>\d{1,2})|(?<word>mười\s+hai|mười\s+một|mười|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|chạp))(?!\p{L})|\bth(?:g\.?\s?)?(?<short>\d{1,2})(?!\d)",
    regex.I,
)
_VIETNAMESE = {"một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12}  # fmt: skip
_IGNORED_MARKS = frozenset("分秒분초")
_HOUR_MARKS = frozenset("时時点點시")
_PLAIN = {
    **{sign: sign for sign in ".,:;/-–—()[]|·•@#«»“”~+&"},
    **dict.fromkeys("،、，。", ","),
    **dict.fromkeys("\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff", " "),
}

#: In the order in which they are tried. A month's name stands as § and two digits, the hours' halves as ¶a and ¶p.
_DATES = tuple(
    regex.compile(pattern)
    for pattern in (
        r"(?<!\d)(?<y>\d{4})\s?[-/.年년]\s?(?<m>\d{1,2})\s?[-/.月월]\s?(?<d>\d{1,2})(?!\d)\s?[日号號일.]?",
        r"(?<!\d)(?<d>\d{1,2})\s?(?<by>[./-])\s?(?<m>\d{1,2})\s?\g<by>\s?(?<y>\d{4}|\d\d)(?!\d)",
        r"(?<!\d)(?<d>\d{1,2})[\s.,/–-]*§(?<M>\d\d)[\s.,/–-]*(?:(?<y>\d{4})(?!\d)|(?<=[\s.,/–-])(?<y>\d\d)(?![\d:]|\s?¶|\.\d))",
        r"§(?<M>\d\d)[\s.]*(?<d>\d{1,2})(?![\d:])[\s.,/–-]+(?<y>\d{4})(?!\d)",
        r"(?<!\d)(?<y>\d{4})[\s.,/–-]*§(?<M>\d\d)[\s.,/–-]*(?<d>\d{1,2})(?![\d:])",
        r"§(?<M>\d\d)[\s.]*(?<d>\d{1,2})[\s,]+(?=\d\d?:\d\d(?::\d\d)?(?:\s?¶[ap])?[\s+\d¤-]*?(?<![\d¤-])(?<y>\d{4})(?!\d))",
        r"(?<!\d)(?<m>\d{1,2})\s?[月월]\s?(?<d>\d{1,2})(?!\d)\s?[日일]?[\s,]+(?<y>\d{4})(?!\d)",
        r"(?<!\d)(?<d>\d{1,2})\.(?<m>\d{1,2}),?\s+(?<y>\d{4})(?!\d)",
    )
)
_YEARLESS = regex.compile(
    r"(?<!\d)(?<d>\d{1,2})[\s.,/-]*§\d\d|§\d\d[\s.,]*(?<d>\d{1,2})(?![\d:])|(?<!\d)\d{1,2}\s?[月월]\s?(?<d>\d{1,2})(?!\d)\s?[日일]?"
)
_TIME = regex.compile(
    r"(?<before>¶[ap])?\s?(?<!\d)(?<h>\d{1,2})(?:\s?[:.]\s?(?<mi>\d\d)(?:\s?[:.]\s?(?<s>\d\d)(?:[.,]\d+)?)?|(?=\s?(?:¶|[:]))|(?<=¶[ap]\s?\d{1,2}))\s?:?\s?(?<after>¶[ap])?"
)
_OFFSET = regex.compile(
    r"(?:¤(?<zone>-?\d+)\s?)?(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d)(?!\d)|¤(?<zone>-?\d+)"
)
_NOTHING = regex.compile(r"[\s.,:;/()\[\]|·•@#«»“”~،、，。&–—¶ap\x01-]*+")


class Dated(NamedTuple):
    """A date in words; ``moment`` is None where it has no year."""

    moment: Moment | None


@dataclass(frozen=True, slots=True)
class Located:
    """A date within a line, and where it begins and ends there."""

    start: int
    end: int
    moment: Moment | None


class _Part(NamedTuple):
    """A token of a text: what it means, None where no date has it, and whether it may be left out."""

    start: int
    end: int
    meaning: str | None
    #: What it may mean as well: "mar" is a month, and a day of the week.
    other: str | None = None


def read(text: str, *, order: Order, language: str | None) -> Dated | None:
    """The date that a text is, and nothing else; None where it is none."""
    if len(text) > LONGEST or (numbers := _NUMBER.findall(text)) == []:
        return None
    if language in _WITH_TONES and _MONTH_IN_VIETNAMESE.search(text):
        parts = list(_parts(text, language))
        return _understood(parts, order) if all(part.meaning is not None for part in parts) else None
    values = [_ascii(number) for number in numbers]
    for shape in _shapes(_NUMBER.sub(_ANY_NUMBER, text), language):
        words = iter(values)
        if (
            found := _matched(
                "".join(next(words) if piece == _ANY_NUMBER else piece for piece in shape), order
            )
        ) is not None:
            return found
    return None


@lru_cache(maxsize=1024)
def _shapes(text: str, language: str | None) -> Sequence[Sequence[str]]:
    """What a text without its numbers may mean, as pieces; a page writes all its dates in a few shapes."""
    parts: list[_Part] = []
    for part in _parts(text, language):
        if part.meaning is None:
            return ()
        parts.append(part)
    return list(_meanings(parts))


def locate(line: str, *, order: Order, language: str | None) -> Located | None:
    """The last date in a line that holds other words as well, and as much of the line as belongs to it."""
    for run in reversed(list(_runs(line, list(_parts(line, language))))):
        if not _holds_day("".join(part.meaning or "" for part in run)):
            continue
        for before, behind in _TRIMS:
            part_of_run = run[before : len(run) - behind]
            if part_of_run and (found := _understood(part_of_run, order)) is not None:
                return Located(part_of_run[0].start, part_of_run[-1].end, found.moment)
    return None


def _holds_day(written: str) -> bool:
    return any(pattern.search(written) for pattern in (*_DATES, _YEARLESS))


#: How much of a run may be no part of its date, such as a name "June" before it, or a number behind it: the least first.
_TRIMS = sorted(((before, behind) for before in range(12) for behind in range(8)), key=sum)


def _runs(line: str, parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Stretches without a word that no date has, from their first word or number to their last."""
    run: list[_Part] = []
    for part in (*parts, None):
        if part is not None and part.meaning is not None:
            if run or line[part.start].isalnum():
                run.append(part)
        elif run:
            while not line[run[-1].start].isalnum():
                run.pop()
            yield run
            run = []


def _parts(text: str, language: str | None) -> Iterator[_Part]:
    behind_number = False
    place = 0
    while place < len(text):
        if language in _WITH_TONES and (month := _MONTH_IN_VIETNAMESE.match(text, place)):
            number = month["number"] or month["short"] or _VIETNAMESE[" ".join(month["word"].lower().split())]
            yield _Part(place, month.end(), f"§{int(number):02}")
            place, behind_number = month.end(), False
        elif behind_number and (ordinal := _ORDINAL.match(text, place)):
            yield _Part(place, ordinal.end(), " ")
            place, behind_number = ordinal.end(), False
        else:
            found = _TOKEN.match(text, place)
            assert found is not None, "the last alternative is any character"
            yield _part(found, language, glued=behind_number)
            place, behind_number = found.end(), found["number"] is not None


#: The language in which a month is the word for one with a number behind it.
_WITH_TONES = frozenset({"vi", None})


def _part(found: "regex.Match[str]", language: str | None, *, glued: bool) -> _Part:
    start, end = found.span()
    kind, text = found.lastgroup, found[0]
    if kind == "number":
        return _Part(start, end, _ascii(text))
    if kind == "space":
        return _Part(start, end, " ")
    if kind == "half":
        return _Part(start, end, f"¶{text[0].lower()}")
    if kind == "mark":
        return _Part(start, end, _mark(text))
    if kind == "other":
        return _Part(start, end, _PLAIN.get(text))
    meaning, other = _word(text, language, glued=glued)
    return _Part(start, end, meaning, other)


def _ascii(digits: str) -> str:
    return (
        digits if digits.isascii() or digits == _ANY_NUMBER else "".join(str(int(digit)) for digit in digits)
    )


def _mark(text: str) -> str:
    if text in _HOUR_MARKS:
        return ":"
    if text in _IGNORED_MARKS:
        return " "
    if (meaning := meaning_of(text)) is not None:
        return f"¶{meaning}" if meaning.strip() else " "
    if text.endswith("月") and (month := month_of(text, "zh")):
        return f"§{month:02}"
    return text if len(text) == 1 else " "


@lru_cache(maxsize=1024)
def _word(text: str, language: str | None, *, glued: bool) -> tuple[str | None, str | None]:
    """What a word means in a date, and what it may mean as well."""
    word = normal(text)
    if word in _HOUR_WORDS:
        return (":", " ") if glued else (" ", ":")
    # A lone capital is somebody's initial.
    small = None if len(word) == 1 and text.isupper() else meaning_of(word)
    meant = None if small is None else f"¶{small}" if small.strip() else " "
    if month := month_of(word, language):
        return f"§{month:02}", meant
    if (offset := offset_of(word)) is not None:
        return f"¤{offset}", meant
    return meant, None


#: Between hours and minutes, or behind both.
_HOUR_WORDS = frozenset({"h", "uhr", "ч"})


def _understood(parts: Sequence[_Part], order: Order) -> Dated | None:
    found = (_matched("".join(pieces), order) for pieces in _meanings(parts))
    return next((dated for dated in found if dated is not None), None)


def _meanings(parts: Sequence[_Part]) -> Iterator[Sequence[str]]:
    """What the parts may mean together: each as it mostly does, or one of them, or all, as they seldom do."""
    usual = [part.meaning or "" for part in parts]
    yield usual
    seldom = [number for number, part in enumerate(parts) if part.other]
    for number in seldom:
        yield [*usual[:number], parts[number].other or "", *usual[number + 1 :]]
    if len(seldom) > 1:
        yield [part.other or part.meaning or "" for part in parts]


def _matched(written: str, order: Order) -> Dated | None:
    for pattern in _DATES:
        if (found := pattern.search(written)) is not None and (day := _day(found, order)) is not None:
            rest = written[: found.start()] + "\x01" + written[found.end() :]
            if "M" in found.re.groupindex and found["y"] and found.end("y") > found.end():
                rest = rest.replace(found["y"], " ", 1)
            return _with_time(day, rest)
    if (found := _YEARLESS.search(written)) is not None and 1 <= int(found["d"]) <= _DAYS:
        rest = written[: found.start()] + "\x01" + written[found.end() :]
        return Dated(None) if _with_time(date(2000, 1, 1), rest) else None
    return None


_DAYS = 31


def _day(found: "regex.Match[str]", order: Order) -> date | None:
    parts = found.groupdict()
    year, day = int(parts["y"]), int(parts["d"])
    month = int(parts.get("M") or parts["m"])
    if len(parts["y"]) == 2:  # noqa: PLR2004 - digits of a short year
        year += 1900 if year >= _CENTURY else 2000
    by = parts.get("by")
    if by in {"/", "-"} and ((order == "MDY" and day <= _NOON) or month > _NOON):
        day, month = month, day
    try:
        if month > _NOON or year in _PERSIAN_YEARS:
            return _from_persian(year, (month - 1) % _NOON + 1, day)
        found_day = date(year - _BUDDHA if year in _BUDDHIST_YEARS else year, month, day)
    except ValueError:
        return None
    return found_day if found_day.year in YEARS else None


#: Short years from here on are of the twentieth century.
_CENTURY = 85


def _from_persian(year: int, month: int, day: int) -> date | None:
    """The day in our calendar; the year begins with spring (the 33-year rule, right from 1925 to 2088)."""
    if year not in _PERSIAN_YEARS or not 1 <= day <= _DAYS:
        return None
    before = (year - 1) * 365 + (8 * year + 21) // 33
    return date(622, 3, 21) + timedelta(before + _persian_days(month) + day - 1)


def _persian_days(month: int) -> int:
    """Days of the year before a month: the first six have 31, the others 30."""
    return 31 * (month - 1) - max(0, month - 7)


def _with_time(day: date, rest: str) -> Dated | None:
    zone = None
    if (offset := _OFFSET.search(rest)) is not None:
        zone = _zone(offset)
        rest = rest[: offset.start()] + " " + rest[offset.end() :]
    found = _TIME.search(rest)
    if found is not None:
        rest = rest[: found.start()] + " " + rest[found.end() :]
    if not _NOTHING.fullmatch(rest):
        return None
    if found is None:
        return Dated(day)
    half = (found["before"] or found["after"] or "")[-1:]
    hour = int(found["h"])
    if half == "p" and hour < _NOON:
        hour += _NOON
    elif half == "a" and hour == _NOON:
        hour = 0
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, int(found["mi"] or 0), int(found["s"] or 0), tzinfo=zone
        )
    except ValueError:
        return None
    return Dated(moment)


def _zone(found: "regex.Match[str]") -> timezone | None:
    if found["sign"]:
        minutes = int(found["hours"]) * 60 + int(found["minutes"])
        return timezone(timedelta(minutes=-minutes if found["sign"] == "-" else minutes))
    minutes = int(found["zone"])
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
