"""Blogger: threaded comments of newer templates, definition lists of the old ones."""

import regex

from bot.sources.pages.marked import frame_at
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "blogger-html"

_HOLDERS = frozenset({"li", "dt", "div", "article"})
_ID = regex.compile(r"c\d{6,}")


def find(page: Page) -> Found | None:
    """The comments of a Blogger page."""
    if "blogger" not in page.generator and b"blogger.com/" not in page.data and b"blogspot." not in page.data:
        return None
    frames = {}
    for element, stated, _ in page.holders:
        if stated and element.tag in _HOLDERS and _ID.fullmatch(stated) and stated not in frames:
            frames[stated] = frame_at(element, stated)
    return Found(KIND, list(frames.values())) if frames else None
