"""Which shape a page's headers have: the one that it shows as its habit.

Prose has lines of every shape now and then. A page has one shape of header, and repeats it; where it has one comment
only, the buttons below that comment tell.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.sources.flattened import furniture
from bot.sources.flattened.dates import DateReader
from bot.sources.flattened.headers import HeaderReader
from bot.sources.flattened.headings import is_heading
from bot.sources.flattened.lines import Mark, Row
from bot.sources.flattened.shapes.aged import aged
from bot.sources.flattened.shapes.bylines import byline
from bot.sources.flattened.shapes.parts import Page
from bot.sources.flattened.shapes.separated import separated
from bot.sources.flattened.shapes.spoken import spoken
from bot.sources.flattened.shapes.stacked import stacked


@dataclass(frozen=True, slots=True)
class _Family:
    read: Callable[[Page, int], Mark | None]
    #: How often the shape must stand on a page without any button or heading to be its habit.
    least: int


#: Timelines and datelines look like the last two, so they must stand oftener.
_FAMILIES = (
    _Family(spoken, 2),
    _Family(aged, 2),
    _Family(byline, 3),
    _Family(separated, 4),
    _Family(stacked, 4),
)
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
        if more and _is_habit(found, family.least, furnished, headings):
            chosen = found
    return chosen


def _marks(page: Page, family: _Family) -> dict[int, Mark]:
    """All that has the family's shape, and as many lines as most of them."""
    found: dict[int, Mark] = {}
    free = 0
    for number in page.filled:
        if number >= free and (mark := family.read(page, number)):
            found[number] = mark
            free = mark.last + 1
    heights = Counter(mark.last - number for number, mark in found.items())
    usual = heights.most_common(1)[0][0] if found else 0
    return {number: mark for number, mark in found.items() if mark.last - number == usual}


def _is_habit(found: dict[int, Mark], least: int, furnished: Sequence[int], headings: Sequence[int]) -> bool:
    """Whether the page repeats the shape, or has it where only comments stand: above buttons, below a heading."""
    if not found:
        return False
    names = {mark.header.name for mark in found.values()}
    if len(found) >= least and len(names) > 1:
        return True
    edges = [*found, furnished[-1] + 1 if furnished else 0]
    buttons = sum(_between(furnished, start, end) for start, end in pairwise(edges))
    headed = any(number > headings[0] for number in found) if headings else False
    return buttons >= len(found) * _LEAST_SHARE or (headed and len(found) > 1)


def _between(numbers: Sequence[int], start: int, end: int) -> bool:
    return bisect_right(numbers, start) < bisect_right(numbers, end)
