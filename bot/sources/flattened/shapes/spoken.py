"""Headers in which the page says who speaks: "NAME says:" above a date, "DATE, NAME wrote:", "NAME on DATE said:"."""

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import SAYS, Page, mark

_DATE_LATER = regex.compile(rf"(?P<name>\S.*?)\s+{SAYS}\s?:\s*(?P<date>.*)", regex.I)
_DATE_INSIDE = regex.compile(
    rf"(?P<name>\S.*?)\s+(?:{SAYS}\s+)?(?:on|am|le|el|il|op|em)\s+(?P<date>\S.*?\d.*?)(?:,?\s+{SAYS})?\s?:",
    regex.I,
)
_DATE_FIRST = (
    regex.compile(rf"(?P<date>\S.*\d.*?),\s+(?P<name>[^,]+?)\s+{SAYS}\s?:", regex.I),
    regex.compile(rf"(?P<date>\S.*\d.*?),?\s+{SAYS}\s+(?P<name>[^,]+?)\s?:", regex.I),
)


def spoken(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``."""
    line = page.line(number)
    if ":" not in line:
        return None
    for pattern in (*_DATE_FIRST, _DATE_INSIDE):
        match = pattern.fullmatch(line)
        if match and (when := page.when(match["date"])) and (found := mark(match["name"], when, number)):
            return found
    match = _DATE_LATER.fullmatch(line)
    if match is None:
        return None
    below = number if match["date"] else page.after(number)
    when = page.when(match["date"] or page.contents[below]) if below is not None else None
    return mark(match["name"], when, below) if when and below is not None else None
