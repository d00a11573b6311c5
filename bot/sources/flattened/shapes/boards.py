"""Headers of boards, as they are copied from a browser: "NAME 3 hours ago | parent | next [–]", "[–]NAME 5 points 3 hours ago"."""

import regex

from bot.sources.flattened.headers import Header
from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, mark

_NAME = r"(?P<name>[^\s\[\]|]{1,40}|\[(?:deleted|removed)\])"
_LINK = r"(?:root|parent|prev|next|link|permalink|flag|favorite|unvote|undown|reply|context|\d+ more…?|on:.{1,80})"
_SCORE = r"(?:\[?score hidden\]?|[+-]?\d[\d.,]*k? (?:points?|punkte?|puntos?|punti|pontos?))"
_FOLD = rf"\[[–−+-]\]\s*{_NAME}(?:\s?\[[A-Z,]{{1,5}}\])?"
_WHEN = r"(?P<when>\S.{2,40}?)\*?(?:\s+\*?(?:last )?edited .{3,40}|\s+\(\d+ (?:child|children)\).{0,20})?"
_SHAPES = (
    regex.compile(
        rf"{_NAME}\s+(?P<when>\S[^|\[]{{2,40}}?)(?=\s*[|\[])(?:\s*\|\s*{_LINK})*\s*\|?\s*(?:\[(?:[–−+-]|\d+ more)\])?",
        regex.I,
    ),
    regex.compile(rf"{_FOLD}(?:\s+\S.{{0,40}}?)??\s+{_SCORE}\s+{_WHEN}", regex.I),
    regex.compile(rf"{_FOLD}\s+{_WHEN}", regex.I),
)


def boarded(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``; a deleted writer has no name."""
    line = page.line(number)
    for shape in _SHAPES:
        match = shape.fullmatch(line)
        when = page.when(match["when"]) if match else None
        if match is None or when is None:
            continue
        if match["name"].startswith("["):
            header = Header(
                None, None, when.moment, length=len(line), linked=0, undated=when.undated, kept=True
            )
            return Mark(header, number)
        return mark(match["name"], when, number)
    return None
