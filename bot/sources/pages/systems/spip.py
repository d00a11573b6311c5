"""SPIP: its forums, and the comments of its newer templates."""

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "spip-html"

_MARKS = frozenset({"forum-message", "forum-fil", "forum-texte", "comment-li"})
_ID = regex.compile(r"(?:forum|comment)[-_]?\d+")
_HOLDERS = frozenset({"forum-message", "forum-fil", "forum-reponse", "comment-li"})


def find(page: Page) -> Found | None:
    """The messages under a page of SPIP."""
    if "spip" not in page.generator and b"spip.php" not in page.data and page.tokens.isdisjoint(_MARKS):
        return None
    frames: dict[str, Frame] = {}
    for element in page.body.iter("li", "div", "article"):
        classes = set(tokens_of(element))
        if classes & _HOLDERS or _ID.fullmatch(element.get("id") or ""):
            key = _key(element)
            if key is not None and key not in frames:
                frames[key] = Frame(element, key)
    return Found(KIND, list(frames.values())) if frames else None


def _key(element: HtmlElement) -> str | None:
    if _ID.fullmatch(stated := element.get("id") or ""):
        return stated
    for link in element.iter("a"):
        for name in ("id", "name"):
            if _ID.fullmatch(stated := link.get(name) or ""):
                return stated
    return None
