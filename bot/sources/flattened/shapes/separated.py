"""Headers of a name and a date with something between them: "NAME, DATE", "NAME – DATE", "#12 NAME, DATE"."""

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, mark

_BETWEEN = regex.compile(r",\s+|\s+[|·•—–@-]\s+|\s+\(|\s+(?:on|am|le|el|il|op|em)\s+", regex.I)
#: A date has separators of its own, a name hardly any.
_MOST_TRIED = 3


def separated(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``."""
    line = page.line(number)
    for tried, between in enumerate(_BETWEEN.finditer(line)):
        if tried == _MOST_TRIED:
            break
        if when := page.when(line[between.end() :]):
            return mark(line[: between.start()], when, number)
    return None
