"""Headers of two lines: a name alone, and a date below it."""

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, is_name, mark


def stacked(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``.

    The name stands first in its block: a line below others may be the end of what somebody wrote.
    """
    name = page.line(number)
    below = page.after(number)
    if below is None or not is_name(name) or not page.opens(number):
        return None
    when = page.when(page.contents[below])
    return mark(name, when, below) if when else None
