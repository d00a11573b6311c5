"""Headers in which the page says who speaks: "NAME says:" above a date, "DATE, NAME wrote:", "NAME on DATE said:"."""

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import JOINED, SAYS, Page, mark

_ON = r"(?:on|am|le|el|il|op|em|den|dnia|dne|от|від)"
_COLON = r"\s?[:：]"
_DATE_LATER = regex.compile(
    rf"(?P<name>\S.*?)(?:{SAYS}{_COLON}|\s?{JOINED}(?:{_COLON})?)\s*(?P<date>.*)", regex.I
)
_DATE_INSIDE = regex.compile(
    rf"(?P<name>\S.*?)(?:{SAYS}(?:\s+{_ON})?|\s+{_ON})\s+(?P<date>\S.*?\d.*?)(?:,?{SAYS})?{_COLON}",
    regex.I,
)
_DATE_FIRST = (
    regex.compile(rf"(?P<date>\S.*\d.*?),\s+(?P<name>[^,]+?){SAYS}{_COLON}", regex.I),
    regex.compile(rf"(?P<date>\S.*\d.*?),?{SAYS}\s+(?P<name>[^,]+?){_COLON}", regex.I),
)
_SPOKEN = regex.compile(rf"[:：]|{JOINED}")


def spoken(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``."""
    line = page.line(number)
    if not _SPOKEN.search(line):
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
