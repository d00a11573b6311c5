"""Headers that tell a comment's age, as Disqus writes them: "NAME • 3 years ago", "NAME  PARENT • 3 years ago"."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.names import folded
from bot.sources.flattened.shapes.parts import Page, is_name, mark

_AGED = regex.compile(r"(?P<who>\S.*?)\s*[•·|]\s*(?P<age>\D*\d?\d?\D*)")
#: The arrow of an answer is a picture on the page; what is left of it is a wide space, or an arrow of the font.
_ANSWERS = regex.compile(r"\s*(?:\s{2}|\t|[>➤➜→▶►⤷↪›»])\s*")


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


def told_apart(page: Page, found: Mapping[int, Mark]) -> dict[int, Mark]:
    """``found``, with "NAME PARENT" told apart where one space is all that is left between them.

    It is proved where the header stands under that parent, or where both names stand alone on the page; on a page
    that has shown it once, the name of anybody above is enough.
    """
    alone = {folded(seen.header.name) for seen in found.values() if seen.header.name}
    proved = dict(_told(page, found, alone, shown=False))
    if all(proved[number] is seen for number, seen in found.items()):
        return proved
    return dict(_told(page, found, alone, shown=True))


def _told(
    page: Page, found: Mapping[int, Mark], alone: set[str], *, shown: bool
) -> Iterator[tuple[int, Mark]]:
    above: set[str] = set()
    branch: list[tuple[int, str]] = []
    for number, seen in found.items():
        indent = page.indents[number]
        while branch and branch[-1][0] >= indent:
            branch.pop()
        header = seen.header
        for name, parent in _ways(header.name or "") if header.parent is None else ():
            answered = folded(parent)
            under = bool(branch) and branch[-1][1] == answered
            if under or (answered in above and (shown or folded(name) in alone)):
                header = replace(header, name=name, parent=parent)
                break
        above.add(folded(header.name or ""))
        branch.append((indent, folded(header.name or "")))
        yield number, seen if header is seen.header else replace(seen, header=header)


def _ways(who: str) -> Iterator[tuple[str, str]]:
    """All ways to part ``who`` into two names, the longest second one first."""
    words = who.split()
    for first in range(1, len(words)):
        yield " ".join(words[:first]), " ".join(words[first:])
