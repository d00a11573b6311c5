"""Which shape a page's headers have: the one that it shows as its habit.

Prose has lines of every shape now and then. A page has one shape of header, and repeats it; where it has one comment
only, the buttons below that comment tell.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.sources.flattened import furniture
from bot.sources.flattened.dates import DateReader
from bot.sources.flattened.headers import Header, HeaderReader
from bot.sources.flattened.headings import is_heading
from bot.sources.flattened.lines import Mark, Row
from bot.sources.flattened.names import folded
from bot.sources.flattened.shapes.aged import aged, told_apart
from bot.sources.flattened.shapes.boards import boarded
from bot.sources.flattened.shapes.bylines import byline
from bot.sources.flattened.shapes.footed import footed
from bot.sources.flattened.shapes.parts import Page
from bot.sources.flattened.shapes.separated import separated
from bot.sources.flattened.shapes.spoken import spoken
from bot.sources.flattened.shapes.stacked import stacked


@dataclass(frozen=True, slots=True)
class _Family:
    read: Callable[[Page, int], Mark | None]
    #: How often the shape must stand on a page without any button or heading to be its habit.
    least: int
    #: Whether it must tell the time of the day then: those who are quoted "said" it on a day.
    timed: bool = False


#: Timelines and datelines look like the last two, so they must stand oftener.
_FAMILIES = (
    _Family(spoken, 2, timed=True),
    _Family(aged, 2),
    _Family(boarded, 2),
    _Family(byline, 3),
    _Family(separated, 4),
    _Family(stacked, 4),
)
#: So many comments with a foot are a page's habit.
_LEAST_FEET = 2
#: So many of a page's comments have a button below them.
_LEAST_SHARE = 0.5


def marks_in(rows: Sequence[Row], *, headers: HeaderReader, dates: DateReader) -> dict[int, Mark]:
    """The headers of the page, by the row of their beginning."""
    page = Page(rows, dates)
    chosen = {
        number: Mark(header, number) for number in page.filled if (header := headers.read(page.line(number)))
    }
    furnished = [n for n in page.filled if furniture.in_comments(page.contents[n])]
    headings = [n for n in page.filled if is_heading(page.contents[n])]
    for family in _FAMILIES:
        found = _marks(page, family)
        more = len(found) > len(chosen) or (family.read is byline and found.keys() == chosen.keys())
        if more and _is_habit(page, found, family, furnished, headings):
            chosen = told_apart(page, found) if family.read is aged else found
    below = footed(page)
    return below if len(below) >= max(_LEAST_FEET, len(chosen) + 1) else chosen


def _marks(page: Page, family: _Family) -> dict[int, Mark]:
    """All that has the family's shape, and as many lines as most of them; a line more where it names whom it answers."""
    found: dict[int, Mark] = {}
    free = 0
    for number in page.filled:
        if number >= free and (mark := family.read(page, number)):
            found[number] = mark
            free = mark.last + 1
    heights = {
        number: mark.last - number - sum(map(page.is_badge, page.filled_between(number, mark.last)))
        for number, mark in found.items()
    }
    plain = Counter(heights[number] for number, mark in found.items() if not mark.header.parent)
    usual = plain.most_common(1)[0][0] if plain else 0
    alone = {folded(mark.header.name or "") for mark in found.values()}
    return {
        number: mark
        for number, mark in found.items()
        if heights[number] == usual
        or (heights[number] == usual + 1 and mark.header.parent and folded(mark.header.parent) in alone)
    }


def _is_habit(
    page: Page, found: dict[int, Mark], family: _Family, furnished: Sequence[int], headings: Sequence[int]
) -> bool:
    """Whether the page repeats the shape, or has it where only comments stand: above buttons, below a heading."""
    if not found or not _have_words(page, found, furnished):
        return False
    edges = [*found, furnished[-1] + 1 if furnished else 0]
    buttons = sum(_between(furnished, start, end) for start, end in pairwise(edges))
    headed = any(number > headings[0] for number in found) if headings else False
    if buttons >= len(found) * _LEAST_SHARE or (headed and len(found) > 1):
        return True
    names = {mark.header.name for mark in found.values()}
    if family.timed and not all(_tells_time(mark.header) for mark in found.values()):
        return False
    return len(found) >= family.least and len(names) > 1


def _have_words(page: Page, found: dict[int, Mark], furnished: Sequence[int]) -> bool:
    """Whether something is said below most of the headers: a list of links has the shape, and nothing below it."""
    buttons = frozenset(furnished)
    said = sum(
        any(row not in buttons for row in page.filled_between(mark.last, end))
        for mark, end in zip(found.values(), [*list(found)[1:], len(page.contents)], strict=True)
    )
    return said > len(found) * _LEAST_SHARE


def _tells_time(header: Header) -> bool:
    return bool(header.undated) or isinstance(header.posted_at, datetime)


def _between(numbers: Sequence[int], start: int, end: int) -> bool:
    return bisect_right(numbers, start) < bisect_right(numbers, end)
