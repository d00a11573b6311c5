"""The fewest pages that hold a list of entries in order.

Filling each page as far as it goes is not the optimum here: an entry whose parent stands on another page carries a
link of about a hundred characters, so a page that begins earlier can end later. Hence every beginning is tried.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import NamedTuple

from bot.domain.limits import PANEL_CHARACTERS, PANEL_COMPONENTS


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment, or a part of a long one, with the room that it takes on a page."""

    #: The comment's number. Two parts of one comment never share a page: their buttons would have one id.
    comment: int
    #: Whether it answers another comment, so that a page beginning with it begins inside a branch.
    inside: bool
    components: int
    characters: int
    #: Characters more where no part of the comment that it answers is on the same page.
    link: int = 0
    #: Place among the entries of the last one that holds the comment that it answers.
    parent: int | None = None


class Span(NamedTuple):
    """The entries of one page, ``end`` exclusive, and which of how many pages it is, counted from 1."""

    start: int
    end: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The room that a page takes beside its entries."""

    components: int
    characters: int


def pack(entries: Sequence[Entry], frame_of: Callable[[Span], Frame]) -> list[Span]:
    """The fewest pages; of those the ones that most often begin with a branch, and then the fullest first.

    Every entry must fit on a page of its own, whichever page it is. How many pages there are stands on each of
    them, so the number of digits of that is tried upwards until it holds.
    """
    at_least = sum(entry.components for entry in entries) // PANEL_COMPONENTS
    for digits in count(len(str(at_least))):
        ends = _fewest(entries, frame_of, 10**digits - 1)
        if len(ends) < 10**digits:
            starts = pairwise([0, *ends])
            return [Span(start, end, page, len(ends)) for page, (start, end) in enumerate(starts, start=1)]
    raise AssertionError("count() does not end")


def _fewest(entries: Sequence[Entry], frame_of: Callable[[Span], Frame], pages: int) -> list[int]:
    """The ends of the fewest pages, where each says that there are ``pages``.

    Whatever follows a place, it is best reached with the fewest pages: no page has less room for being an
    earlier one.
    """
    best: dict[int, tuple[int, int]] = {0: (0, 0)}
    came_from: dict[int, int] = {}
    for start in range(len(entries)):
        before, inside = best[start]
        reached = (before + 1, inside + entries[start].inside)
        for end in _ends(entries, frame_of, Span(start, start, before + 1, pages)):
            if end not in best or reached <= best[end]:
                best[end], came_from[end] = reached, start
    ends = []
    end = len(entries)
    while end > 0:
        ends.append(end)
        end = came_from[end]
    return ends[::-1]


def _ends(entries: Sequence[Entry], frame_of: Callable[[Span], Frame], empty: Span) -> Iterator[int]:
    """Every place where a page may end that begins as ``empty`` does."""
    components = characters = 0
    for end in range(empty.start + 1, len(entries) + 1):
        entry = entries[end - 1]
        linked = entry.parent is not None and entry.parent < empty.start
        components += entry.components
        characters += entry.characters + (entry.link if linked else 0)
        second_part = end > empty.start + 1 and entry.comment == entries[end - 2].comment
        if second_part or components > PANEL_COMPONENTS or characters > PANEL_CHARACTERS:
            return
        alone = empty.start == 0 and end == len(entries)
        frame = frame_of(Span(empty.start, end, empty.page, 1 if alone else empty.pages))
        if (
            components + frame.components <= PANEL_COMPONENTS
            and characters + frame.characters <= PANEL_CHARACTERS
        ):
            yield end
