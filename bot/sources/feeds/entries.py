"""Entries of RSS (0.9x, 1.0, 2.0) and Atom (0.3, 1.0) in one shape.

lxml and not feedparser: that one keeps a single ``thr:in-reply-to`` of several, turns every time into UTC whether it
had a zone or not, and cleans the bodies of what shows the parent.
"""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

import regex
from lxml import etree

from bot.domain.discussion import Moment
from bot.sources.bodies import one_line
from bot.sources.elements import Element, attribute, child, children, local, namespace, text_of
from bot.sources.stamps import iso, rfc822

#: "someone@example.org (Name)": the address is not read.
_NAME_BEHIND_ADDRESS = regex.compile(r"\S+@\S+\s*\(([^()]*)\)\s*")
_PREFIX = regex.compile(r"(</?)[\w-]+:")
#: Digits of a number of comments.
_LONGEST_NUMBER = 7


class Answered(NamedTuple):
    """What an entry says that it answers: the id of an entry or an article, and its address."""

    ref: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of RSS or an entry of Atom."""

    id: str
    link: str
    title: str
    author: str | None
    published: Moment | None
    updated: Moment | None
    #: HTML.
    body: str
    answers: tuple[Answered, ...]
    #: The address of something near to it: at Blogger the comment that it answers.
    related: str
    #: How many comments the entry says that it has.
    declared: int | None
    #: The address of the feed of its comments.
    comments_feed: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries in its own order."""

    title: str
    link: str
    #: Where the feed itself is found.
    address: str
    generator: str
    language: str | None
    author: str | None
    entries: list[Entry]


def feed_of(root: Element) -> Feed:
    """The feed below a root of RSS or Atom; without entries where it has none."""
    is_atom = local(root) == "feed"
    head = root if is_atom else child(root, "channel")
    if head is None:
        head = root
    found = [element for element in (*head, *root) if local(element) in {"item", "entry"}]
    elements = list(dict.fromkeys(found))
    language = attribute(root, "lang") or text_of(child(head, "language")).strip()
    return Feed(
        title=_line(head, "title"),
        link=_link(head, "alternate"),
        address=_link(head, "self", exact=True),
        generator=f"{text_of(child(head, 'generator'))} {_generator_address(head)}".strip(),
        language=language or None,
        author=_person(head),
        entries=[_entry(element) for element in elements],
    )


def _entry(element: Element) -> Entry:
    link = _link(element, "alternate")
    guid = _own(element, "guid")
    identity = text_of(guid if guid is not None else _own(element, "id")).strip()
    if not link and guid is not None and attribute(guid, "isPermaLink").lower() != "false":
        link = identity
    updated = iso(_text(element, "updated")) or iso(_text(element, "modified"))
    published = rfc822(_text(element, "pubDate")) or iso(
        _text(element, "published", "issued", "created", "date")
    )
    return Entry(
        id=identity or attribute(element, "about") or link,
        link=link,
        title=_line(element, "title"),
        author=_person(element),
        published=published or updated,
        updated=updated if published else None,
        body=_body(element),
        answers=tuple(
            Answered(attribute(answered, "ref"), attribute(answered, "href"))
            for answered in children(element, "in-reply-to")
        ),
        related=_link(element, "related", exact=True),
        declared=_declared(element),
        comments_feed=_comments_feed(element),
    )


def _body(element: Element) -> str:
    """The fullest of the bodies, as HTML."""
    for part in (
        *children(element, "encoded"),
        _own(element, "content"),
        _own(element, "description"),
        _own(element, "summary"),
    ):
        if part is not None and (written := _html(part)).strip():
            return written
    return ""


def _html(part: Element) -> str:
    if len(part):
        inner = escape(part.text or "") + "".join(etree.tostring(below, encoding="unicode") for below in part)
        return str(_PREFIX.sub(r"\1", inner))
    written = text_of(part)
    kind = attribute(part, "type").lower()
    is_plain = kind in {"text", "text/plain"} and attribute(part, "mode") != "escaped"
    return escape(written) if is_plain else written


def _person(element: Element) -> str | None:
    for part in element:
        name = ""
        if local(part) == "creator":
            name = one_line(text_of(part))
        elif local(part) == "author":
            name = one_line(text_of(child(part, "name")) if len(part) else text_of(part))
        if behind := _NAME_BEHIND_ADDRESS.fullmatch(name):
            name = behind[1].strip()
        if name and ("@" not in name.lstrip("@") or " " in name):
            return name
    return None


def _declared(element: Element) -> int | None:
    written = [text_of(part) for part in children(element, "comments") if "slash" in namespace(part)]
    written += [text_of(part) for part in children(element, "total")]
    written += [
        attribute(link, "count") for link in children(element, "link") if attribute(link, "rel") == "replies"
    ]
    numbers = [number.strip() for number in written]
    return next((int(n) for n in numbers if n.isdecimal() and len(n) <= _LONGEST_NUMBER), None)


def _comments_feed(element: Element) -> str | None:
    for part in element:
        if local(part).lower() == "commentrss" and (address := text_of(part).strip()):
            return address
        if (
            local(part) == "link"
            and attribute(part, "rel") == "replies"
            and "atom" in attribute(part, "type")
        ):
            return attribute(part, "href") or None
    return None


def _link(element: Element, rel: str, *, exact: bool = False) -> str:
    """The address in the link of this relation; without ``exact`` one without a relation will do."""
    for part in children(element, "link"):
        written = attribute(part, "rel")
        if (written == rel or not (exact or written)) and (
            address := attribute(part, "href") or ("" if exact else text_of(part).strip())
        ):
            return address
    return ""


def _generator_address(head: Element) -> str:
    generator = child(head, "generator")
    return attribute(generator, "uri") if generator is not None else ""


def _own(element: Element, name: str) -> Element | None:
    """The first child of this name in the element's own namespace: feeds hold titles of pictures and films, too."""
    return next((part for part in children(element, name) if namespace(part) == namespace(element)), None)


def _line(element: Element, name: str) -> str:
    part = _own(element, name)
    return one_line(text_of(part)) if part is not None else ""


def _text(element: Element, *names: str) -> str:
    return next((written for name in names if (written := text_of(child(element, name)).strip())), "")
