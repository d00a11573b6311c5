"""Gathers for every frame the frame around it and the elements that say what they hold, in one walk over the page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from bot.sources.pages.frames import LONGEST_CLASS, Frame
from bot.sources.pages.parsing import Page
from bot.sources.pages.roles import Role, role_of

_TELLING_TAGS: Final = frozenset({"time", "cite", "form", "button"})
_MICRODATA: Final = re.compile(rb"\bitemprop=|\bproperty=[\"']?(?:schema|dc|dcterms|foaf|sioc|content|rdfs):")
_PROPERTIES: Final = {
    "author": Role.AUTHOR, "creator": Role.AUTHOR, "name": Role.NAME, "datecreated": Role.TIME, "datepublished": Role.TIME,
    "date": Role.TIME, "created": Role.TIME, "datemodified": Role.EDITED, "text": Role.TEXT, "commenttext": Role.TEXT,
    "encoded": Role.TEXT, "description": Role.CONTENT,
}  # fmt: skip


#: What elements with a tag and a class hold.
_Roles = dict[tuple[object, str | None], Role | None]


def gather(page: Page, frames: Sequence[Frame]) -> None:
    """Fill ``around`` and ``features`` of the frames of a page."""
    role = _property_role if _MICRODATA.search(page.data) else _role
    known: _Roles = {}
    starts = {element: frame for frame in frames for element in frame.elements}
    ends = _ends(starts)
    turns = starts.keys() | ends.keys()
    open_frames: list[Frame] = []
    for element in page.body.iter(etree.Element):
        if element in turns:
            ended = ends.get(element, ())
            while open_frames and open_frames[-1] in ended:
                open_frames.pop()
            if (frame := starts.get(element)) is not None:
                _start(frame, element, open_frames)
                continue
        if open_frames and (found := role(element, known)) is not None:
            open_frames[-1].features.append((found, element))


def _start(frame: Frame, element: HtmlElement, open_frames: list[Frame]) -> None:
    if element is frame.element:
        frame.around = open_frames[-1] if open_frames else None
    if frame.more and (own := _own_role(element)) is not None:
        frame.features.append((own, element))
    open_frames.append(frame)


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


def _role(element: HtmlElement, known: _Roles) -> Role | None:
    """What its class, or its tag alone, says that an element holds; a page asks this ten thousand times."""
    key = (element.tag, element.get("class"))
    if key not in known:
        tag, classes = key
        told = classes is not None or tag in _TELLING_TAGS
        known[key] = role_of(str(tag), (classes or "")[:LONGEST_CLASS]) if told else None
    return known[key]


def _property_role(element: HtmlElement, known: _Roles) -> Role | None:
    """What microdata or RDFa say that an element holds, else its class."""
    related = element.get("rel")
    stated = element.get("itemprop") or element.get("property") or related
    for term in stated.lower().split() if stated else ():
        found = _PROPERTIES.get(term.rpartition(":")[2])
        if found is not None and (":" in term or related is None):
            return found
    return _role(element, known)


def _own_role(element: HtmlElement) -> Role | None:
    """What a part of a comment that is spread over siblings holds: its term is the head."""
    return Role.AUTHOR if element.tag == "dt" else role_of(str(element.tag), element.get("class", ""))
