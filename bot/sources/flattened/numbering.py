"""Comments as a nested numbered list: the numbers restart a level."""

from collections.abc import Sequence

import regex

from bot.sources.flattened.lines import Paragraph

#: Fewer items are a list that somebody wrote.
_LEAST = 3

_MARKER = regex.compile(r"(?P<number>\d{1,6})(?P<stop>[.)])(?:\s+|$)")


def marker(paragraph: Paragraph, *, stop: str | None = None) -> tuple[int, str] | None:
    """The number that an item begins with, and its text without it; an item of another ``stop`` is none."""
    match = _MARKER.match(paragraph.lines[0])
    if match is None or match["stop"] != (stop or match["stop"]):
        return None
    return int(match["number"]), paragraph.text[match.end() :]


def stop_of(found: Sequence[Paragraph]) -> str | None:
    """What stands behind the page's numbers: a list that somebody wrote inside a comment may have another."""
    match = next((match for paragraph in found if (match := _MARKER.match(paragraph.lines[0]))), None)
    return match["stop"] if match else None


def numbered_from(found: Sequence[Paragraph], *, nested: bool = True) -> int | None:
    """Index of the item from which on the page is one numbered list up to its end; None where it is none.

    ``nested`` asks for a deeper level too: a list in an article has none.
    """
    start: int | None = None
    items, deeper = 0, False
    levels: list[tuple[int, int]] = []
    stop: str | None = None
    for index, paragraph in enumerate(found):
        item = marker(paragraph, stop=stop if levels else None)
        if item is None and levels and paragraph.indent > levels[0][0]:
            continue
        while levels and levels[-1][0] > paragraph.indent:
            levels.pop()
        before = levels.pop()[1] if levels and levels[-1][0] == paragraph.indent else 0
        if item is None or item[0] != before + 1:
            start, items, deeper, levels = None, 0, False, []
            before = 0
        if item is not None and item[0] == before + 1:
            if start is None:
                start, stop = index, stop_of(found[index : index + 1])
            levels.append((paragraph.indent, item[0]))
            items += 1
            deeper = deeper or len(levels) > 1
    return start if items >= _LEAST and (deeper or not nested) else None
