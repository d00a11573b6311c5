"""Where the article ends and the comments begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.sources.flattened import furniture
from bot.sources.flattened.headings import declared_in, is_heading
from bot.sources.flattened.lines import Paragraph
from bot.sources.flattened.numbering import numbered_from

#: So many blank lines together are a removed part of the page, not a paragraph's end.
WIDE_GAP = 3
#: A byline is told from a comment's header by the headers below it.
_LEAST_MARKS = 2


@dataclass(frozen=True, slots=True)
class Section:
    """The cut between article and comments."""

    #: Index of the first paragraph of the comments; the number of paragraphs where there are none.
    start: int
    #: Index of the heading, which belongs to neither side.
    heading: int | None
    #: How many comments a heading says that there are.
    declared: int | None


def find_section(found: Sequence[Paragraph]) -> Section:
    """The comments' section, by its heading, else by its first mark, else by the gap above it."""
    mark = _first_mark(found)
    limit = len(found) if mark is None else mark + 1
    headings = [index for index in range(1, limit) if index + 1 < len(found) and _heading(found[index])]
    declared = next(
        (count for index in reversed(headings) if (count := declared_in(found[index].lines[0])) is not None),
        None,
    )
    if headings:
        return Section(headings[-1] + 1, headings[-1], declared)
    return Section(_without_heading(found, mark), None, None)


def _heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading: one line, and the page's furniture below it."""
    first, *below = paragraph.lines
    return is_heading(first) and all(furniture.in_comments(line) for line in below)


def _first_mark(found: Sequence[Paragraph]) -> int | None:
    """The first paragraph that only a comment section can hold: a header, or a list of numbered comments."""
    marks = [index for index, paragraph in enumerate(found) if paragraph.header]
    if not marks:
        return numbered_from(found)
    return marks[1] if _is_byline(found, marks) else marks[0]


def _is_byline(found: Sequence[Paragraph], marks: Sequence[int]) -> bool:
    """Whether the first of ``marks`` is the article's own: the comments' heading, or the first button, stands below the next."""
    if len(marks) < _LEAST_MARKS or any(_heading(paragraph) for paragraph in found[1 : marks[0]]):
        return False
    first, second = marks[:2]
    if any(_heading(found[index]) for index in range(max(first, second - 2), second)):
        return True
    buttoned = [any(map(_has_button, found[start:end])) for start, end in pairwise([*marks, len(found)])]
    return not buttoned[0] and all(buttoned[1:]) and len(buttoned) > _LEAST_MARKS


def _has_button(paragraph: Paragraph) -> bool:
    return any(furniture.in_comments(line) for line in paragraph.lines)


def _without_heading(found: Sequence[Paragraph], mark: int | None) -> int:
    if mark is None:
        return _after_last_furniture(found)
    first = mark
    header = found[mark].header
    if header and header.kept:
        return mark
    if header:
        first = _headless_before(found, mark)
    wide = (index for index in range(mark, 1, -1) if found[index].gap >= WIDE_GAP)
    furniture_ends = _after_last_furniture(found[: mark + 1])
    return min(first, next(wide, first), furniture_ends)


def _headless_before(found: Sequence[Paragraph], mark: int) -> int:
    """A reply never stands first: the comment that it answers stands above it, without its header."""
    shallower = (index for index in range(mark - 1, 0, -1) if found[index].indent < found[mark].indent)
    return next(shallower, mark) if found[mark].indent else mark


def _after_last_furniture(found: Sequence[Paragraph]) -> int:
    """Behind the donation box or the share buttons at the article's foot, if a wide gap follows them."""
    for index in range(len(found) - 1, 1, -1):
        if found[index].gap >= WIDE_GAP and furniture.in_article(found[index - 1].lines[-1]):
            return index
    return len(found)
