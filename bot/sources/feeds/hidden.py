"""The parent that WordPress hides in the body of a reply.

A reply in a comment feed begins with a paragraph such as "In reply to <a href=…#comment-12>Ada</a>.", in the site's
language. It is known by its structure: nothing but a link to a comment and a few words, the same words in every
reply of the feed.
"""

from collections import Counter
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

import regex

from bot.sources.addresses import same_article
from bot.sources.bodies import one_line
from bot.sources.feeds.entries import Entry

_LEADING = regex.compile(
    r"""\s*(?P<opened><p\b[^>]*>)?\s*
    (?P<before>[^<>\n]{0,80})
    <a\b(?P<first>[^<>]{0,200}?)\s+href\s*=\s*(?P<mark>["'])(?P<href>[^"'<>]*\#comment-(?P<id>\d{1,20}))(?P=mark)
    (?P<last>[^<>]{0,200}?)\s*>
    (?P<name>(?:(?!</a\b).){1,400}?)</a\s*>
    (?P<after>[^<>\n]{0,60}?)\s*
    (?:</p\s*>|(?:<br\s*/?>\s*){2,}|\n\s*\n)\s*""",
    regex.X | regex.I | regex.S,
)


class HiddenParent(NamedTuple):
    """What the first paragraph says, and what stands after it."""

    number: str
    href: str
    author: str
    #: The words around the link, which are the site's.
    phrase: tuple[str, str]
    #: What else the link bears: what people link themselves has rel="nofollow ugc", but some sites mark all links.
    marks: str
    #: The body without that paragraph, as HTML.
    rest: str


def hidden_parents(entries: Iterable[Entry]) -> dict[str, HiddenParent]:
    """The hidden parents of comments, by the entries' ids; a parent stands under the same article.

    Where the words differ, those are the site's that come twice, else those that come once; the others were written by
    somebody. A link that bears more than its address is only taken where the words come twice.
    """
    found = {
        entry.id: parent
        for entry in entries
        if (parent := _hidden_parent(entry.body)) and same_article(parent.href) == same_article(entry.link)
    }
    frames = Counter((parent.phrase, parent.marks) for parent in found.values())
    sites = {frame for frame, count in frames.items() if count > 1} or {
        (phrase, marks) for phrase, marks in frames if not marks
    }
    return {identity: parent for identity, parent in found.items() if (parent.phrase, parent.marks) in sites}


def _hidden_parent(body: str) -> HiddenParent | None:
    # A description without a full body beside it has its markup escaped once more.
    for written in (body, unescape(body)) if "&lt;a " in body[:400] else (body,):
        found = _LEADING.match(written)
        if found and written[found.end() :].strip():
            return HiddenParent(
                number=found["id"],
                href=unescape(found["href"]),
                author=one_line(found["name"]),
                phrase=(" ".join(found["before"].split()), " ".join(found["after"].split())),
                marks=" ".join(f"{found['first']} {found['last']}".split()),
                rest=written[found.end() :],
            )
    return None
