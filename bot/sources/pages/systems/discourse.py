"""Discourse: the page that it serves to crawlers, and its application saved from a browser. The first post is the article."""

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "discourse-html"

_MARKS = frozenset({"crawler-post", "topic-post"})
_ID = regex.compile(r"post_(\d+)")


def find(page: Page) -> Found | None:
    """The answers in a topic."""
    if "discourse" not in page.generator and page.tokens.isdisjoint(_MARKS):
        return None
    posts = {
        int(found[1]): element
        for element, stated, _ in page.holders
        if stated and element.tag in {"div", "article"} and (found := _ID.fullmatch(stated))
    }
    opening = posts.pop(1, None)
    first = Frame(opening, "post_1") if opening is not None else None
    frames = [
        Frame(element, f"post_{number}", parent_key=_answered(element)) for number, element in posts.items()
    ]
    paged = any(link.get("rel") == "next" for link in page.root.iter("a", "link"))
    said = ["The topic goes on, on other pages."] if paged else []
    if not frames and first is None:
        return None
    return Found(KIND, frames, said, partial=paged, post=first)


def _answered(element: HtmlElement) -> str | None:
    for link in element.iter("a"):
        if "reply-to-tab" in tokens_of(link) and (found := _ID.search(link.get("href") or "")):
            return f"post_{found[1]}"
    return None
