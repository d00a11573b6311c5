"""Gathers for every frame the frame around it and the elements that say what they hold, in one walk over the page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import LONGEST_CLASS, Page
from bot.sources.pages.roles import TELLING_TAGS, Role, role_of

#: Tags that say themselves what an element holds.
_TELLING: Final = frozenset({"time", "cite", "form", "button"})
_QUOTES: Final = ("blockquote", "q")
#: Frames that tell how a page marks its comments, and parts of each.
_SAMPLE: Final = 16
_PARTS: Final = 100
_PROPERTIES: Final = {
    "author": Role.AUTHOR, "creator": Role.AUTHOR, "name": Role.NAME, "datecreated": Role.TIME, "datepublished": Role.TIME,
    "date": Role.TIME, "created": Role.TIME, "datemodified": Role.EDITED, "text": Role.WORDS, "commenttext": Role.WORDS,
    "encoded": Role.WORDS, "description": Role.CONTENT,
}  # fmt: skip


class _Roles(dict[str | None, Role | None]):
    """What elements hold by their class; a page asks this ten thousand times, for a few dozen classes."""

    def __missing__(self, classes: str | None) -> Role | None:
        self[classes] = role = role_of("", classes[:LONGEST_CLASS]) if classes else None
        return role


def gather(page: Page, frames: Sequence[Frame]) -> list[HtmlElement]:
    """Fill ``around`` and ``features`` of the frames of a page.

    The elements outside of every frame are returned, in the page's order.
    """
    roles = _Roles()
    marked = _has_microdata(frames)
    starts = {element: frame for frame in frames for element in frame.elements}
    ends = _ends(starts)
    tagged = set(page.body.iter(*TELLING_TAGS, *_QUOTES))
    watched = {*starts, *ends, *tagged}
    open_frames: list[Frame] = []
    features: defaultdict[Role, list[HtmlElement]] | None = None
    outside: list[HtmlElement] = []
    for element in page.body.iter():
        if element in watched:
            ended = ends.get(element, ())
            while open_frames and open_frames[-1] in ended:
                open_frames.pop()
            if (frame := starts.get(element)) is not None:
                _start(frame, element, open_frames)
            features = open_frames[-1].features if open_frames else None
            if frame is not None:
                continue
        if features is None:
            outside.append(element)
            continue
        role = _property(element) if marked else None
        if role is None:
            role = _by_tag(element) if element in tagged else roles[element.get("class")]
        if role is not None:
            features[role].append(element)
    _mark_quotes((element for element in tagged if element.tag in _QUOTES), starts)
    return outside


def _start(frame: Frame, element: HtmlElement, open_frames: list[Frame]) -> None:
    if element is frame.element:
        frame.around = open_frames[-1] if open_frames else None
    if frame.more and (own := _own_role(element)) is not None:
        frame.features[own].append(element)
    open_frames.append(frame)


def _ends(starts: dict[HtmlElement, Frame]) -> dict[HtmlElement, set[Frame]]:
    """For elements that follow a frame's element in the page, outside of it, the frames that have ended there."""
    ends: defaultdict[HtmlElement, set[Frame]] = defaultdict(set)
    followed: dict[HtmlElement, HtmlElement | None] = {}
    for element, frame in starts.items():
        passed = []
        above: HtmlElement | None = element
        following = None
        while above is not None and following is None:
            if above in followed:
                following = followed[above]
                break
            passed.append(above)
            following = above.getnext()
            above = above.getparent()
        followed.update(dict.fromkeys(passed, following))
        if following is not None:
            ends[following].add(frame)
    return dict(ends)


def _has_microdata(frames: Sequence[Frame]) -> bool:
    """Whether microdata or RDFa say what elements hold: a theme writes them in all comments or in none."""
    sample = frames[:: len(frames) // _SAMPLE + 1]
    parts = (
        part for frame in sample for element in frame.elements for part in islice(element.iter(), _PARTS)
    )
    return any(_property(part) is not None for part in parts)


def _mark_quotes(quotes: Iterable[HtmlElement], starts: dict[HtmlElement, Frame]) -> None:
    """Tell the frames in which something is quoted: whose names and times stand there is another question."""
    for quote in quotes:
        above: HtmlElement | None = quote
        while above is not None and above not in starts:
            above = above.getparent()
        if above is not None:
            starts[above].quotes = True


def _by_tag(element: HtmlElement) -> Role | None:
    classes = tokens_of(element)
    return role_of(str(element.tag), " ".join(classes)) if classes or element.tag in _TELLING else None


def _property(element: HtmlElement) -> Role | None:
    """What microdata or RDFa say that an element holds."""
    related = element.get("rel")
    stated = element.get("itemprop") or element.get("property") or related
    for term in stated.lower().split() if stated else ():
        found = _PROPERTIES.get(term.rpartition(":")[2])
        if found is not None and (":" in term or related is None):
            return found
    return None


def _own_role(element: HtmlElement) -> Role | None:
    """What a part of a comment that is spread over siblings holds: its term is the head."""
    return Role.AUTHOR if element.tag == "dt" else role_of(str(element.tag), " ".join(tokens_of(element)))
