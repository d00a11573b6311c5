"""WordPress, whatever the theme: classic and block themes, definition lists, authors behind the words."""

import regex

from bot.sources.pages import marked
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "wordpress-html"

_MARKS = regex.compile(
    rb"wp-content/|wp-includes/|comment-reply-link|replytocom=|wp-block-comment|class=[\"'][^\"']*\bthread-(?:even|odd)\b"
)


def find(page: Page) -> Found | None:
    """The comments of a WordPress page."""
    if "wordpress" not in page.generator and not _MARKS.search(page.data):
        return None
    frames = marked.by_wordpress_ids(page) or marked.by_class(page)
    return Found(KIND, frames) if frames else None
