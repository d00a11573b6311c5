"""Comments as a nested numbered list: the numbers restart a level."""

from collections.abc import Sequence

import regex

from bot.sources.flattened.lines import Paragraph

#: Fewer items are a list that somebody wrote.
_LEAST = 3

_MARKER = regex.compile(r"(?P<number>\d{1,6})[.)](?:\s+|$)")


def marker(paragraph: Paragraph) -> tuple[int, str] | None:
    """The number that an item begins with, and its text without it."""
    match = _MARKER.match(paragraph.lines[0])
    return (int(match["number"]), paragraph.text[match.end() :]) if match else None


def numbered_from(found: Sequence[Paragraph], *, nested: bool = True) -> int | None:
    """Index of the item from which on the page is one numbered list up to its end; None where it is none.

    ``nested`` asks for a deeper level too: a list in an article has none.
    """
    start: int | None = None
    items, deeper = 0, False
    levels: list[tuple[int, int]] = []
    for index, paragraph in enumerate(found):
        item = marker(paragraph)
        if item is None and levels and paragraph.indent > levels[0][0]:
            continue
        while levels and levels[-1][0] > paragraph.indent:
            levels.pop()
        before = levels.pop()[1] if levels and levels[-1][0] == paragraph.indent else 0
        if item is None or item[0] != before + 1:
            start, items, deeper, levels = None, 0, False, []
            before = 0
        if item is not None and item[0] == before + 1:
            start = index if start is None else start
            levels.append((paragraph.indent, item[0]))
            items += 1
            deeper = deeper or len(levels) > 1
    return start if items >= _LEAST and (deeper or not nested) else None
