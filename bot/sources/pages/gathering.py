"""Gathers for every frame the elements in it that say what they hold, in one walk over the comments."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, Owners
from bot.sources.pages.roles import TAGS, Role, role_of

_TELLING_TAGS = frozenset({"time", "cite", "form"})
_PROPERTIES = {
    "author": Role.AUTHOR, "creator": Role.AUTHOR, "name": Role.NAME, "datecreated": Role.TIME, "datepublished": Role.TIME,
    "date": Role.TIME, "created": Role.TIME, "datemodified": Role.EDITED, "text": Role.TEXT, "commenttext": Role.TEXT,
    "encoded": Role.TEXT, "description": Role.CONTENT,
}  # fmt: skip


def gather(frames: Sequence[Frame], owners: Owners, *, microdata: bool) -> None:
    """Fill the features of ``frames``; ``microdata`` says whether properties (itemprop, RDFa) are worth a look."""
    for spread in frames:
        if spread.more:
            own = ((_own_role(element), element) for element in spread.elements)
            spread.features += [(role, element) for role, element in own if role is not None]
    tops = [
        element
        for frame in frames
        for element in frame.elements
        if owners.frame_of(element.getparent()) is None
    ]
    for top in tops:
        for element in top.iter(TAGS):
            role = _role(element, microdata=microdata)
            if (
                role is not None
                and (frame := owners.frame_of(element)) is not None
                and owners.frame_at(element) is None
            ):
                frame.features.append((role, element))


def _role(element: HtmlElement, *, microdata: bool) -> Role | None:
    tag = str(element.tag)
    if microdata and (role := _property_role(element)) is not None:
        return role
    classes = element.get("class")
    if classes is None and tag not in _TELLING_TAGS:
        return None
    return role_of(tag, classes or "")


def _own_role(element: HtmlElement) -> Role | None:
    """What a part of a comment that is spread over siblings holds: its term is the head."""
    return Role.AUTHOR if element.tag == "dt" else role_of(str(element.tag), element.get("class", ""))


def _property_role(element: HtmlElement) -> Role | None:
    stated = element.get("itemprop") or element.get("property") or element.get("rel")
    if not stated:
        return None
    for term in stated.lower().split():
        if (role := _PROPERTIES.get(term.rpartition(":")[2])) is not None and (
            ":" in term or element.get("rel") is None
        ):
            return role
    return None
