"""Headers of several lines: a name alone, a date below it; between them what boards put there, or whom it answers."""

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, When, is_name, mark

_MOST_BADGES = 3


def stacked(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``.

    The name stands first in its block: a line below others may be the end of what somebody wrote. A second name right
    below it, with an age right below that, is the one that is answered, as newer Disqus pages write it.
    """
    name = page.line(number)
    below = _after_badges(page, number)
    if below is None or not is_name(name) or not page.opens(number):
        return None
    if when := page.when(page.contents[below]):
        return mark(name, when, below)
    if below != number + 1 or not is_name(page.line(below)):
        return None
    age = _age(page, below + 1)
    return mark(name, age, below + 1, parent=page.line(below)) if age else None


def _after_badges(page: Page, number: int) -> int | None:
    below = page.after(number)
    for _ in range(_MOST_BADGES):
        if below is None or not page.is_badge(below):
            break
        below = page.after(below)
    return below


def _age(page: Page, number: int) -> When | None:
    when = page.when(page.contents[number]) if number < len(page.contents) else None
    return when if when and when.undated else None
