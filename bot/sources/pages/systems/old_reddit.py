"""Reddit in its old form, the only one that holds the comments in the page."""

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.domain.wording import plural
from bot.sources.pages.frames import Frame
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "old-reddit-html"

_MORE = regex.compile(r"\((\d+) repl")
_COUNT = regex.compile(r"(\d[\d,.]*)\s+comments?")


def find(page: Page) -> Found | None:
    """The comments under a post on old.reddit.com."""
    if b"data-fullname" not in page.data or b"sitetable" not in page.data:
        return None
    things = [thing for thing in page.body.iter("div") if "thing" in thing.get("class", "").split()]
    frames = [
        Frame(thing, thing.get("data-fullname"), score=_score(thing), kind=_kind(thing))
        for thing in things
        if "comment" in thing.get("class", "").split()
        and "morechildren" not in thing.get("class", "").split()
    ]
    hidden = sum(
        _hidden(thing)
        for thing in things
        if {"morechildren", "morerecursion"} & set(thing.get("class", "").split())
    )
    said = (
        [
            f"Reddit folds {plural(hidden, 'more comment')} behind “load more comments”; they are not in this page."
        ]
        if hidden
        else []
    )
    return Found(KIND, frames, said, _declared(page), partial=bool(hidden)) if frames else None


def _kind(thing: HtmlElement) -> CommentKind:
    deleted = "deleted" in thing.get("class", "").split() or thing.get("data-author") == "[deleted]"
    return CommentKind.DELETED if deleted else CommentKind.COMMENT


def _score(thing: HtmlElement) -> int | None:
    for part in thing.iter("span"):
        if {"score", "unvoted"} <= set(part.get("class", "").split()):
            title = part.get("title", "")
            return int(title) if title.lstrip("-").isdecimal() else None
    return None


def _hidden(thing: HtmlElement) -> int:
    found = _MORE.search("".join(map(str, thing.itertext())))
    return int(found[1]) if found else 1


def _declared(page: Page) -> int | None:
    for link in page.body.iter("a"):
        if "comments" in link.get("class", "").split() and (found := _COUNT.match((link.text or "").strip())):
            return int("".join(filter(str.isdecimal, found[1])))
    return None
