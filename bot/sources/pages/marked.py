"""Frames by what most systems share: an id with a number in it, or the class of a comment."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.sources.pages.frames import Frame
from bot.sources.pages.parsing import COMMENT_HOLDERS, Page

_WORDPRESS_ID = re.compile(r"(?:[a-z]{2,7}-)?comment-(\d+)")
_ID = regex.compile(
    r"(?:(?:[a-z]{1,12}[-_]{0,2})?(?:comment|kommentar|commentaire|comentario|comentário|commento|komentarz|komentar|reactie|posting)s?"
    r"|(?:[a-z]{2,7}[-_])?(?:cmt|comm|cid|com|reac|reply|answer|antwort|post|msg|message|forum|opinion|avis|note|idcomment|c)s?|p|pid|t|kmt)[-_]?"
    r"((?:\d+|(?=[\da-f-]*\d)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=\w*\d)[\da-f]{16,40}))",
    regex.I,
)
_SPEAKING = regex.compile(r"comm?ent|kommentar|comentari|reac|answer|antwort|cmt|reply", regex.I)
#: Words that are tried; pages number many things.
_GROUPS = 6
_FRAGMENT = regex.compile(r"#((?:[\w-]*comment[-_]?|c(?:id)?[-_]?)\d+)$", regex.I)
_LINKBACKS = {"pingback": CommentKind.PINGBACK, "trackback": CommentKind.TRACKBACK}
_CLASSES = frozenset({"comment", "pingback", "trackback"})
_LEVEL = regex.compile(
    r"(?:^|\s)[\w-]*?(depth|level|indent|niveau|ebene|nivel)[-_]{0,2}(\d{1,3})(?=\s|$)", regex.I
)
_LEVEL_ATTRIBUTES = frozenset(
    (
        "data-depth",
        "data-level",
        "data-comment-depth",
        "data-nesting",
        "data-indent",
        "aria-level",
        "depth",
        "level",
    )
)
_PARENT_ATTRIBUTES = frozenset((
    "data-parent", "data-parent-id", "data-parentid", "data-comment-parent", "data-parent-comment-id", "data-parent-comment",
    "data-in-reply-to", "data-reply-to", "data-parentpostingid", "data-parent-posting-id", "parentid", "data-parent_id", "parent-id", "data-parent-cid", "data-replyto-id", "data-comment-parent-id", "data-pid",
))  # fmt: skip
_ID_ATTRIBUTES = (
    "data-comment-id",
    "data-commentid",
    "data-id",
    "data-cid",
    "data-comment",
    "data-postingid",
    "data-post-id",
    "data-content",
)
#: What is worth to look at a larger element for.
_TELLING = _PARENT_ATTRIBUTES | _LEVEL_ATTRIBUTES | frozenset(_ID_ATTRIBUTES)
_NO_PARENT = frozenset({"", "0", "null", "none", "root", "undefined", "false", "-1", "#"})
_MARGIN = regex.compile(
    r"(?:margin|padding)-(?:left|right|inline-start)\s*:\s*(\d+(?:\.\d+)?)\s*(px|em|rem|%|pt)?", regex.I
)


def by_wordpress_ids(page: Page) -> list[Frame]:
    """Elements whose id is ``comment-12``, ``li-comment-12``, ``div-comment-12``: the outermost of each number.

    Some themes give linkbacks no id.
    """
    frames: list[Frame] = []
    keys: set[str] = set()
    linkbacks = not page.tokens.isdisjoint(_LINKBACKS)
    for element, stated, classes in page.holders:
        if stated and (found := _WORDPRESS_ID.fullmatch(stated)):
            key = f"comment-{found[1]}"
            if key not in keys:
                keys.add(key)
                frames.append(frame_at(element, key))
        elif linkbacks and frames and not stated and _is_linkback_without_id(element, classes or ""):
            frames.append(frame_at(element, None))
    return frames


def _is_linkback_without_id(element: HtmlElement, classes: str) -> bool:
    if element.tag != "li" or _kind_by(classes) is CommentKind.COMMENT:
        return False
    return not any(_WORDPRESS_ID.fullmatch(part.get("id") or "") for part in element.iter(*COMMENT_HOLDERS))


def filled(frames: list[Frame]) -> list[Frame]:
    """The frames; where all are empty anchors beside their comments, those of the elements around them."""
    around = around_each(frames) if frames and all(map(_is_empty, frames)) else []
    return filled(around) if around else frames


def lifted(frames: list[Frame]) -> list[Frame]:
    """The frames, or those of the elements around them where each has one to itself that tells the comment's id or parent."""
    frames = filled(frames)
    around = around_each(frames)
    return (
        around
        if around and all(not _TELLING.isdisjoint(frame.element.keys()) for frame in around)
        else frames
    )


def around_each(frames: Sequence[Frame]) -> list[Frame]:
    """The elements around frames, where each has one of the same kind to itself; what is around one alone may be around all."""
    around = [
        holder for frame in frames if not frame.more and (holder := frame.element.getparent()) is not None
    ]
    if len(frames) < 2 or len(set(around)) < len(frames) or len({holder.tag for holder in around}) > 1:  # noqa: PLR2004 - as above
        return []
    return [
        frame_at(holder, key_of(holder) or frame.key) for holder, frame in zip(around, frames, strict=True)
    ]


def _is_empty(frame: Frame) -> bool:
    return not any(text.strip() for text in frame.element.itertext())


def by_ids(page: Page) -> list[list[Frame]]:
    """Elements whose ids are one word for a comment and a number, a list for each word: those that speak of comments first."""
    found: dict[str, dict[str, Frame]] = {}
    for element, stated, _ in page.holders:
        if stated and (match := _ID.fullmatch(stated)):
            frames = found.setdefault(stated[: match.start(1)].lower(), {})
            if match[1] not in frames:
                frames[match[1]] = frame_at(element, stated)
    groups = sorted(found.items(), key=lambda group: (not _SPEAKING.search(group[0]), -len(group[1])))
    return [list(frames.values()) for _, frames in groups[:_GROUPS]]


def by_class(page: Page) -> list[Frame]:
    """Elements with the class ``comment`` (or that of a linkback), of the tag that most of them have.

    Themes give it to the comment, to an element in it and to the words; the outermost counts.
    """
    found: defaultdict[str, list[HtmlElement]] = defaultdict(list)
    for element, _, classes in page.holders:
        if classes and _is_marked(classes) and not _holds_list(element):
            found[str(element.tag)].append(element)
    chosen = max(found.values(), key=lambda elements: (len(elements), -depth_of(elements[0])), default=[])
    return [frame_at(element, key_inside(element)) for element in chosen]


@lru_cache(maxsize=512)
def _is_marked(classes: str) -> bool:
    return not _CLASSES.isdisjoint(classes.lower().split())


def depth_of(element: HtmlElement) -> int:
    """How many elements are around it."""
    return sum(1 for _ in element.iterancestors())


def frame_at(element: HtmlElement, key: str | None) -> Frame:
    """A frame with all that its element's attributes say."""
    upper, more = _spread(element)
    return Frame(
        upper, key, more, parent_key=parent_of(element), level=level_of(element), kind=kind_of(upper)
    )


def kind_of(element: HtmlElement) -> CommentKind:
    """A linkback, or a comment as far as classes say."""
    kind = _kind_by(element.get("class", ""))
    parent = element.getparent()
    if kind is CommentKind.COMMENT and parent is not None and parent.tag == "li":
        return _kind_by(parent.get("class", ""))
    return kind


@lru_cache(maxsize=512)
def _kind_by(classes: str) -> CommentKind:
    return next(
        (_LINKBACKS[token] for token in classes.lower().split() if token in _LINKBACKS), CommentKind.COMMENT
    )


def level_of(element: HtmlElement) -> int | None:
    """How deep the page says that a comment stands: a class, an attribute, an indent."""
    if (level := _level_by(element.get("class", ""))) is not None:
        return level
    names = element.keys()
    if not _LEVEL_ATTRIBUTES.isdisjoint(names):
        levels = [element.get(name, "") for name in names if name in _LEVEL_ATTRIBUTES]
        if (stated := next(filter(str.isdecimal, levels), None)) is not None:
            return int(stated[:3])
    cell = element.find("td") if element.tag == "tr" else None
    for holder in (element, cell, element.getparent()):
        if holder is not None and (found := _MARGIN.search(holder.get("style", ""))):
            return round(float(found[1]) * _FRACTIONS)
    return None


@lru_cache(maxsize=512)
def _level_by(classes: str) -> int | None:
    found = _LEVEL.search(classes)
    return int(found[2]) if found else None


#: Levels are whole numbers, and half an em is an indent.
_FRACTIONS = 10


def parent_of(element: HtmlElement) -> str | None:
    """The parent's id as an attribute gives it; None where there is no such attribute or no parent."""
    names = element.keys()
    if _PARENT_ATTRIBUTES.isdisjoint(names):
        return None
    stated = element.get(next(name for name in names if name in _PARENT_ATTRIBUTES), "").strip()
    return None if stated.lower() in _NO_PARENT else stated.lstrip("#")


def key_of(element: HtmlElement) -> str | None:
    """A comment's id from an attribute of its element."""
    stated = next(filter(None, map(element.get, _ID_ATTRIBUTES)), None)
    if stated is None and any(map(str.isdigit, element.get("id", ""))):
        return element.get("id")
    return stated


def key_inside(element: HtmlElement) -> str | None:
    """A comment's id from an attribute of its own, else from the link to itself."""
    if (stated := key_of(element)) or element.get("id"):
        return stated
    for link in element.iter("a"):
        if number := link.get("data-commentid"):
            return f"comment-{number}"
        if (found := _FRAGMENT.search(link.get("href") or "")) is not None:
            return str(found[1])
        named = link.get("id") or link.get("name") or ""
        if _ID.fullmatch(named):
            return named
    return None


def _spread(element: HtmlElement) -> tuple[HtmlElement, Sequence[HtmlElement]]:
    """A term of a definition list with what belongs to it: the comment stands in both."""
    if element.tag == "dd":
        before = element.getprevious()
        if before is not None and before.tag == "dt":
            return before, list(_definitions(before))
    return element, list(_definitions(element)) if element.tag == "dt" else ()


def _definitions(term: HtmlElement) -> Iterator[HtmlElement]:
    sibling = term.getnext()
    while sibling is not None and sibling.tag == "dd":
        yield sibling
        sibling = sibling.getnext()


def _holds_list(element: HtmlElement) -> bool:
    """Whether it holds all comments: those that it holds are no answers, for none stands before them."""
    first = next(element.iterchildren("*"), None)
    return first is not None and _is_marked(first.get("class", ""))
