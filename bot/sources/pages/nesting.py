"""Who answers whom: by ids, by elements inside each other, by marked levels, by depth."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, Owners

#: A wrapper around one comment, and one around that, lie between a comment and the list of its answers.
_WRAPPERS = 3


def nest(frames: Sequence[Frame], owners: Owners) -> None:
    """Give every frame its parent.

    The page's own ids come first, then a frame around it, then a level that the page marks, and last the depth of
    its element: answers that stand beside their comment stand deeper than it.
    """
    by_key = {frame.key: frame for frame in frames if frame.key}
    depths = [sum(1 for _ in frame.element.iterancestors()) for frame in frames]
    leveled = any(frame.level for frame in frames)
    open_frames: list[tuple[Frame, int]] = []
    for frame, depth in zip(frames, depths, strict=True):
        around = owners.frame_of(frame.element.getparent())
        place = frame.level if leveled and frame.level is not None else depth
        while open_frames and (open_frames[-1][1] >= place):
            open_frames.pop()
        if frame.parent_key is not None:
            frame.parent = by_key.get(frame.parent_key)
        elif around is not None:
            frame.parent = around
        elif open_frames and (leveled or _beside(open_frames[-1][0].element, frame.element)):
            frame.parent = open_frames[-1][0]
        open_frames.append((frame, place))


def _beside(upper: HtmlElement, lower: HtmlElement) -> bool:
    """Whether ``lower`` stands in what follows ``upper`` inside the same wrapper."""
    wrappers: set[HtmlElement] = set()
    wrapper = upper.getparent()
    while wrapper is not None and len(wrappers) < _WRAPPERS:
        wrappers.add(wrapper)
        wrapper = wrapper.getparent()
    return any(above in wrappers for above in lower.iterancestors())
