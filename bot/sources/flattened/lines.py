"""The page as paragraphs with their indent: all that is left of its layout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.sources.flattened.headers import Header

#: A tab leads to the next multiple of this, as terminals and editors show it.
_TAB = 8
_SPACES = " \t\u00a0\u2003\u3000"
#: A line of nothing else is blank to everybody who looks at it.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


class Row(NamedTuple):
    """A line of the page: columns of indent, and the content without it."""

    indent: int
    content: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A header that the page's rows hold, and the last of its rows."""

    header: Header
    last: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that stand together at one indent."""

    #: Number of the first line, counted from 0.
    line: int
    #: Columns before the first character.
    indent: int
    #: Blank lines above.
    gap: int
    lines: tuple[str, ...]
    #: The header that the lines are, where they are one.
    header: Header | None = None

    @property
    def text(self) -> str:
        """The lines without their indent."""
        return "\n".join(self.lines)


def rows_of(text: str) -> list[Row]:
    """The lines of ``text``; one without anything to see has no content."""
    return [_row(raw) for raw in text.split("\n")]


def paragraphs(rows: Sequence[Row], marks: Mapping[int, Mark]) -> list[Paragraph]:
    """Split ``rows`` at blank ones and where the indent changes; ``marks`` are paragraphs by the row of their beginning.

    A page without a single blank line has one paragraph a line.
    """
    spaced = any(not row.content for row in _inside(rows))
    found: list[Paragraph] = []
    block: list[str] = []
    first = indent = gap = 0

    def close(header: Header | None = None) -> None:
        if block:
            found.append(Paragraph(line=first, indent=indent, gap=gap, lines=tuple(block), header=header))
            block.clear()

    blank = 0
    mark: Mark | None = None
    for number, (columns, content) in enumerate(rows):
        opens = mark is None and number in marks
        if mark is None and (opens or not content or not spaced or columns != indent):
            close()
        if content and not block:
            first, indent, gap = number, columns, blank
        if content:
            block.append(content)
        blank = 0 if content else blank + 1
        mark = marks[number] if opens else mark
        if mark and number == mark.last:
            close(mark.header)
            mark = None
    close()
    return found


def _inside(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows between the first and the last that are not blank."""
    filled = [number for number, row in enumerate(rows) if row.content]
    return rows[filled[0] : filled[-1]] if filled else []


def _row(raw: str) -> Row:
    content = raw.lstrip(_SPACES)
    lead = raw[: len(raw) - len(content)]
    columns = 0
    for character in lead if content else "":
        columns = (columns // _TAB + 1) * _TAB if character == "\t" else columns + 1
    return Row(columns, content.rstrip() if content.strip(_SPACES + _INVISIBLE) else "")
