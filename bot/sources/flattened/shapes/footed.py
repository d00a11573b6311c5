"""Comments whose time stands below their words, as copied from Facebook: "NAME", words, "Like", "Reply", "3y"."""

from collections.abc import Iterator

from bot.sources.flattened import furniture
from bot.sources.flattened.headers import Header
from bot.sources.flattened.headings import is_heading
from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, is_name


def footed(page: Page) -> dict[int, Mark]:
    """The names above all comments that end in a foot of buttons and an age, by their rows.

    A name stands right below the foot of the comment above it; the first of all right below the heading, else first in
    the block that its foot ends.
    """
    found: dict[int, Mark] = {}
    start = 0
    for foot, behind, age in _feet(page):
        number = _name(page, start, foot, first=not start)
        if number is not None:
            name = page.line(number)
            header = Header(name, None, None, length=len(name), linked=0, undated=age, kept=True)
            found[number] = Mark(header, number)
        start = behind
    return found


def _feet(page: Page) -> Iterator[tuple[int, int, str]]:
    """Each run of rows that are buttons, counts and a short age: its first place and the one behind it among the filled rows."""
    start = 0
    ages: list[str] = []
    buttons = False
    for at, number in enumerate([*page.filled, None]):
        line = "" if number is None else page.contents[number]
        age = furniture.short_age(line)
        button = furniture.in_comments(line) is not None
        if age or button or line.isdecimal():
            ages += [age] if age else []
            buttons = buttons or button
            continue
        if ages and buttons:
            yield start, at, ages[0]
        start, ages, buttons = at + 1, [], False


def _name(page: Page, start: int, foot: int, *, first: bool) -> int | None:
    """The row of the name above the words that end before place ``foot``; None where no name stands there."""
    rows = page.filled[start:foot]
    if not first:
        return next((number for number in rows[:1] if foot - start > 1 and is_name(page.line(number))), None)
    opening = [number for number in rows[:-1] if is_name(page.line(number)) and page.opens(number)]
    headed = [
        number
        for number in opening
        if (above := page.before(number)) is not None and is_heading(page.contents[above])
    ]
    return next(iter([*headed, *opening[-1:]]), None)
