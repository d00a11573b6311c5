"""WordPress, whatever the theme: classic and block themes, definition lists, authors behind the words."""

import regex

from bot.sources.pages import marked
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "wordpress-html"

_MARKS = (b"wp-content/", b"wp-includes/", b"replytocom=", b"comment-reply-link")
_CLASS = regex.compile(r"wp-block-comment.*|thread-(?:even|odd)")


def find(page: Page) -> Found | None:
    """The comments of a WordPress page."""
    if not _is_wordpress(page):
        return None
    frames = marked.filled(marked.by_wordpress_ids(page)) or marked.by_class(page)
    return Found(KIND, frames) if frames else None


def _is_wordpress(page: Page) -> bool:
    return (
        "wordpress" in page.generator
        or any(mark in page.data for mark in _MARKS)
        or any(map(_CLASS.fullmatch, page.tokens))
    )
