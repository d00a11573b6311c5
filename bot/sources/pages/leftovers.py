"""What stands beside comments and looks like them: told apart, and named with the reason."""

from collections.abc import Iterable, Sequence
from textwrap import shorten

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Dropped
from bot.sources.markup import words_from_element
from bot.sources.pages.frames import Frame, holders_of

#: A list, in every page of a site, of what was written last under all of its articles.
_RECENT_COMMENTS = regex.compile(
    r"recent-?_?comments|latest-?comments|widget_recent_comments|derniers-commentaires|letzte-kommentare",
    regex.I,
)
_REASONS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("reply form", regex.compile(r"(?:^|[\s_-])(?:respond|comment-?respond|commentform|comment-?form|reply-?form|comments?-?respond|new-?comment|add-?comment|comment-?editor)(?:$|[\s_-])", regex.I)),
    ("list of recent comments elsewhere", _RECENT_COMMENTS),
    ("login prompt", regex.compile(r"must-log-in|login-to-comment|comments?-login|log-?in-?required|comment-forbidden", regex.I)),
    ("other posts", regex.compile(r"(?:^|[\s_-])(?:related-?posts?|jp-relatedposts|yarpp\S*|similar-?posts|you-?may-?also|recommended-?posts|read-?next|verwandte\S*)(?:$|[\s_-])", regex.I)),
    ("moderation note", regex.compile(r"comment-(?:policy|notes?|rules|guidelines)|netiquette|moderation-(?:note|policy)|comments-closed|no-?comments", regex.I)),
)  # fmt: skip
_TAGS = frozenset({"div", "section", "aside", "form", "p", "ul", "ol", "li", "nav"})
#: As much of what was left out as tells what it was.
_SHOWN = 160


def leftovers(outside: Iterable[HtmlElement], frames: Sequence[Frame]) -> list[Dropped]:
    """Forms, widgets and notes around the comments, each once and without those inside of another.

    ``outside`` are the elements that stand in no frame, in the page's order.
    """
    holders = holders_of(frames)
    dropped: list[Dropped] = []
    taken: set[HtmlElement] = set()
    for element in outside:
        if element.tag not in _TAGS or (reason := _reason(element)) is None or element in holders:
            continue
        if any(above in taken for above in element.iterancestors()):
            continue
        text = words_from_element(element).text
        if text:
            taken.add(element)
            dropped.append(Dropped(text=shorten(text, _SHOWN, placeholder="…"), reason=reason))
    return dropped


def lists_recent_comments(element: HtmlElement) -> bool:
    """Whether an element says that its comments stand under other articles."""
    return element.tag in _TAGS and bool(_RECENT_COMMENTS.search(_stated(element)))


def _stated(element: HtmlElement) -> str:
    return f"{element.get('id', '')} {element.get('class', '')}"


def _reason(element: HtmlElement) -> str | None:
    stated = _stated(element)
    if len(stated) > 1:
        return next((reason for reason, pattern in _REASONS if pattern.search(stated)), None)
    return None
