"""Cutting text where a reader would: split, shorten, opening."""

import re
from itertools import accumulate

from bot.domain.markdown.cleaning import graphemes
from bot.domain.markdown.units import Unit, units

_SPACES = re.compile(r"\s+")
# A nicer place to cut is looked for in the last three quarters of a part.
_LEAST_FILLED = 4


def split(text: str, limit: int) -> list[str]:
    """Discord Markdown in parts of at most ``limit`` characters (at least 2).

    Cuts come between paragraphs, lines, sentences, words, in this order, as long as the nicer place costs no
    further part. Links, mentions, code and graphemes stay whole; a span, quote or block of code that a cut
    goes through is closed and opened again. A word longer than a part is cut between graphemes. What is not
    repeated in the next part are the spaces and empty lines at a cut.
    """
    text = text.strip()
    if len(text) <= limit:
        return [text] if text else []
    found = list(units(text, limit))
    ends = list(accumulate(len(unit.inside) for unit in found))
    parts = []
    start = 0
    while start < len(found):
        end = _nicest(found, ends, start, _fitting(found, start, limit), limit)
        parts.append(_joined(found, start, end))
        start = end
    return parts


def shorten(text: str, limit: int, *, ellipsis: str = "…") -> str:
    """Discord Markdown cut at a word's end if it is longer than ``limit`` characters, the ellipsis included."""
    text = text.strip()
    if len(text) <= limit:
        return text
    room = limit - len(ellipsis)
    if room < 1:
        return ellipsis[:limit]
    found = []
    length = 0
    for unit in units(text, room):
        found.append(unit)
        length += len(unit.inside)
        if length > limit:
            break
    return _joined(found, 0, _fitting(found, 0, room), ellipsis)


def opening(text: str, limit: int) -> str:
    """The first words of a plain text on one line, at most ``limit`` characters; the caller escapes them."""
    line = _SPACES.sub(" ", text).strip()
    if len(line) <= limit:
        return line
    cut = line.rfind(" ", limit // 2, limit)
    if cut < 0:
        whole = graphemes(line, limit)
        cut = next((end for end in reversed(list(accumulate(map(len, whole)))) if end < limit), limit - 1)
    return line[:cut].rstrip(" ,;:") + "…"


def _fitting(found: list[Unit], start: int, limit: int) -> int:
    """The unit in front of which a part from ``start`` on must end."""
    length = len(found[start].first)
    fitting = start + 1
    for end in range(start + 1, len(found)):
        if length + len(found[end].closing) <= limit:
            fitting = end
        length += len(found[end].inside)
        if length > limit:
            return fitting
    return len(found)


def _nicest(found: list[Unit], ends: list[int], start: int, fitting: int, limit: int) -> int:
    """The best place to cut that leaves no more parts than the last possible one does."""
    if fitting == len(found):
        return fitting
    needed = -(-(ends[-1] - ends[fitting - 1]) // limit)
    nicest = fitting
    for end in range(fitting - 1, start, -1):
        left = ends[-1] - ends[end - 1]
        filled = ends[end - 1] - ends[start]
        if left > needed * limit or filled * _LEAST_FILLED < limit:
            break
        if found[end].rank > found[nicest].rank:
            nicest = end
    return nicest


def _joined(found: list[Unit], start: int, end: int, ellipsis: str = "") -> str:
    closing = found[end].closing if end < len(found) else ""
    return found[start].first + "".join(unit.inside for unit in found[start + 1 : end]) + ellipsis + closing
