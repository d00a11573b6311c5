"""Headers that tell a comment's age, as Disqus writes them: "NAME • 3 years ago", "NAME  PARENT • 3 years ago"."""

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, is_name, mark

_AGED = regex.compile(r"(?P<who>\S.*?)\s*[•·|–—]\s*(?P<age>\D*\d?\d?\D*)")
#: The arrow of an answer is a picture on the page; what is left of it is a wide space, or an arrow of the font.
_ANSWERS = regex.compile(r"\s*(?:\s{2}|\t|[➤➜→▶►⤷↪›»>])\s*")


def aged(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``."""
    match = _AGED.fullmatch(page.line(number))
    when = page.when(match["age"]) if match else None
    if match is None or when is None or not when.undated:
        return None
    name, *answered = _ANSWERS.split(match["who"])
    if len(answered) > 1 or not all(map(is_name, answered)):
        return None
    return mark(name, when, number, parent=answered[0] if answered else None)
