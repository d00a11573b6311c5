"""Drupal: answers stand in an indented box behind their comment; RDF names the parent in some versions."""

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "drupal-html"

_MARKS = (b"Drupal", b"/sites/default/", b"/sites/all/", b"data-comment-user-id")
_KEY = regex.compile(r"(?:^|#)(comment-\d+)$")


def find(page: Page) -> Found | None:
    """The comments of a Drupal page, version 5 and later."""
    if not _is_drupal(page):
        return None
    frames = []
    for element in page.body.iter("div", "article", "li"):
        classes = tokens_of(element)
        if "comment" in classes and (key := _key(element)) is not None:
            frames.append(Frame(element, key, parent_key=_answered(element)))
    return Found(KIND, frames) if frames else None


def _is_drupal(page: Page) -> bool:
    marked = "drupal" in page.generator or "js-comment" in page.tokens
    return marked or any(mark in page.data for mark in _MARKS)


def _key(element: HtmlElement) -> str | None:
    """The comment's id: its own, that of the anchor before it or in it, else that of the link to itself."""
    before = element.getprevious()
    anchors = [before] if before is not None and before.tag == "a" else []
    for part in (element, *anchors):
        for name in ("id", "about", "name"):
            if found := _KEY.search(part.get(name) or ""):
                return str(found[1])
    for link in element.iter("a"):
        for name in ("id", "name", "href"):
            if found := _KEY.search(link.get(name) or ""):
                return str(found[1])
    return None


def _answered(element: HtmlElement) -> str | None:
    for part in element.iter("span"):
        if "reply_of" in (part.get("rel") or "") and (found := _KEY.search(part.get("resource") or "")):
            return str(found[1])
    return None
