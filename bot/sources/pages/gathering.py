"""Gathers for every frame the frame around it and the elements that say what they hold, in one walk over the page."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from bot.sources.pages.frames import LONGEST_CLASS, Frame
from bot.sources.pages.parsing import Page
from bot.sources.pages.roles import Role, role_of

_TELLING_TAGS: Final = frozenset({"time", "cite", "form", "button"})
_PROPERTIES: Final = {
    "author": Role.AUTHOR, "creator": Role.AUTHOR, "name": Role.NAME, "datecreated": Role.TIME, "datepublished": Role.TIME,
    "date": Role.TIME, "created": Role.TIME, "datemodified": Role.EDITED, "text": Role.TEXT, "commenttext": Role.TEXT,
    "encoded": Role.TEXT, "description": Role.CONTENT,
}  # fmt: skip


def gather(page: Page, frames: Sequence[Frame]) -> None:
    """Fill ``around`` and ``features`` of the frames of a page."""
    microdata = b"itemprop" in page.data or b"property=" in page.data
    starts = {element: frame for frame in frames for element in frame.elements}
    ends = _ends(starts)
    open_frames: list[Frame] = []
    for element in page.body.iter(etree.Element):
        if (ended := ends.get(element)) is not None:
            while open_frames and open_frames[-1] in ended:
                open_frames.pop()
        if (frame := starts.get(element)) is not None:
            if element is frame.element:
                frame.around = open_frames[-1] if open_frames else None
            if frame.more and (own := _own_role(element)) is not None:
                frame.features.append((own, element))
            open_frames.append(frame)
        elif open_frames and (role := _role(element, microdata=microdata)) is not None:
            open_frames[-1].features.append((role, element))


def _ends(starts: dict[HtmlElement, Frame]) -> dict[HtmlElement, set[Frame]]:
    """For elements that follow a frame's element in the page, outside of it, the frames that have ended there."""
    ends: defaultdict[HtmlElement, set[Frame]] = defaultdict(set)
    for element, frame in starts.items():
        above: HtmlElement | None = element
        following = None
        while above is not None and following is None:
            following = next(above.itersiblings(etree.Element), None)
            above = above.getparent()
        if following is not None:
            ends[following].add(frame)
    return dict(ends)


def _role(element: HtmlElement, *, microdata: bool) -> Role | None:
    if microdata and (role := _property_role(element)) is not None:
        return role
    classes = element.get("class")
    if classes is not None:
        return role_of(str(element.tag), classes[:LONGEST_CLASS])
    return role_of(str(element.tag), "") if element.tag in _TELLING_TAGS else None


def _own_role(element: HtmlElement) -> Role | None:
    """What a part of a comment that is spread over siblings holds: its term is the head."""
    return Role.AUTHOR if element.tag == "dt" else role_of(str(element.tag), element.get("class", ""))


def _property_role(element: HtmlElement) -> Role | None:
    related = element.get("rel")
    stated = element.get("itemprop") or element.get("property") or related
    if not stated:
        return None
    for term in stated.lower().split():
        role = _PROPERTIES.get(term.rpartition(":")[2])
        if role is not None and (":" in term or related is None):
            return role
    return None
