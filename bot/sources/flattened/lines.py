"""The page as paragraphs with their indent: all that is left of its layout."""

from collections.abc import Callable
from dataclasses import dataclass

#: A tab leads to the next multiple of this, as terminals and editors show it.
_TAB = 8
_SPACES = " \t\u00a0\u2003\u3000"
#: A line of nothing else is blank to everybody who looks at it.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


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

    @property
    def text(self) -> str:
        """The lines without their indent."""
        return "\n".join(self.lines)


def paragraphs(text: str, *, alone: Callable[[str], bool]) -> list[Paragraph]:
    """Split ``text`` at blank lines and where the indent changes; a line that is ``alone`` is a paragraph.

    A page without a single blank line has one paragraph a line.
    """
    rows = [_row(raw) for raw in text.split("\n")]
    spaced = any(not content for _, content in _inside(rows))
    found: list[Paragraph] = []
    block: list[str] = []
    first = indent = gap = 0

    def close() -> None:
        if block:
            found.append(Paragraph(line=first, indent=indent, gap=gap, lines=tuple(block)))
            block.clear()

    blank = 0
    for number, (columns, content) in enumerate(rows):
        if not content:
            close()
            blank += 1
            continue
        if block and (not spaced or columns != indent or alone(content) or alone(block[-1])):
            close()
        if not block:
            first, indent, gap = number, columns, blank
        block.append(content)
        blank = 0
    close()
    return found


def _inside(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The rows between the first and the last that are not blank."""
    filled = [number for number, (_, content) in enumerate(rows) if content]
    return rows[filled[0] : filled[-1]] if filled else []


def _row(raw: str) -> tuple[int, str]:
    """Columns of indent, and the content without it."""
    content = raw.lstrip(_SPACES)
    lead = raw[: len(raw) - len(content)]
    columns = 0
    for character in lead if content else "":
        columns = (columns // _TAB + 1) * _TAB if character == "\t" else columns + 1
    return columns, content.rstrip() if content.strip(_SPACES + _INVISIBLE) else ""
