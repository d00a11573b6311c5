"""Who answers whom: by ids, by elements inside each other, by marked levels, by depth."""

from collections.abc import Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame

_NUMBER = regex.compile(r"\d+\Z")
#: A wrapper around one comment, and one around that, lie between a comment and the list of its answers.
_WRAPPERS = 3


def nest(frames: Sequence[Frame]) -> None:
    """Give every frame its parent.

    The page's own ids come first, then a frame around it, then a level that the page marks, and last the depth of
    its element: answers that stand beside their comment stand deeper than it.
    """
    _resolve(frames)
    leveled = any(frame.level for frame in frames)
    places = [frame.level or 0 for frame in frames] if leveled else depths_of(frames)
    open_frames: list[tuple[Frame, int]] = []
    for frame, place in zip(frames, places, strict=True):
        while open_frames and open_frames[-1][1] >= place:
            open_frames.pop()
        if frame.parent is None and frame.parent_key is None:
            upper = open_frames[-1][0] if open_frames else None
            beside = upper is not None and (leveled or _beside(upper.element, frame.element))
            frame.parent = frame.around or (upper if beside else None)
        open_frames.append((frame, place))


def depths_of(frames: Sequence[Frame]) -> list[int]:
    """How many elements are around each frame; those around a frame that it stands in are not counted again."""
    depths: dict[Frame, int] = {}
    for frame in frames:
        upper = frame.around if frame.around in depths else None
        above = frame.element.getparent()
        steps = 0
        while above is not None and (upper is None or above is not upper.element):
            steps += 1
            above = above.getparent()
        depths[frame] = steps + 1 + depths[upper] if upper else steps
    return list(depths.values())


def _resolve(frames: Sequence[Frame]) -> None:
    """Find the parents that the page names, by the id or by the number in it.

    Where none of the names leads to a comment of the page, they are no names of comments.
    """
    named = [frame for frame in frames if frame.parent_key is not None]
    if not named:
        return
    by_key = {frame.key: frame for frame in reversed(frames) if frame.key}
    by_number = {number[0]: frame for key, frame in by_key.items() if (number := _NUMBER.search(key))}
    for frame in named:
        number = _NUMBER.search(frame.parent_key or "")
        answered = by_key.get(frame.parent_key or "") or (by_number.get(number[0]) if number else None)
        frame.parent = answered if answered is not frame else None
    found = any(frame.parent is not None for frame in named)
    for frame in named:
        frame.named_parent = found
        if frame.parent is not None:
            frame.parent_key = frame.parent.key
        elif not found:
            frame.parent_key = None


def _beside(upper: HtmlElement, lower: HtmlElement) -> bool:
    """Whether ``lower`` stands in what follows ``upper`` inside the same wrapper."""
    wrappers: set[HtmlElement] = set()
    wrapper = upper.getparent()
    while wrapper is not None and len(wrappers) < _WRAPPERS:
        wrappers.add(wrapper)
        wrapper = wrapper.getparent()
    return any(above in wrappers for above in lower.iterancestors())
