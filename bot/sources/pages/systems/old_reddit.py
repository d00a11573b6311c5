"""Reddit in its old form, the only one that holds the comments in the page."""

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.domain.wording import plural
from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "old-reddit-html"

_MORE = regex.compile(r"\((\d+) repl")
_COUNT = regex.compile(r"(\d[\d,.]*)\s+comments?")


def find(page: Page) -> Found | None:
    """The comments under a post on old.reddit.com."""
    if "sitetable" not in page.tokens:
        return None
    things = [thing for thing in page.body.iter("div") if "thing" in tokens_of(thing)]
    frames = [
        Frame(thing, thing.get("data-fullname"), score=_score(thing), kind=_kind(thing))
        for thing in things
        if "comment" in tokens_of(thing) and "morechildren" not in tokens_of(thing)
    ]
    hidden = sum(
        _hidden(thing) for thing in things if {"morechildren", "morerecursion"} & set(tokens_of(thing))
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
    deleted = "deleted" in tokens_of(thing) or thing.get("data-author") == "[deleted]"
    return CommentKind.DELETED if deleted else CommentKind.COMMENT


def _score(thing: HtmlElement) -> int | None:
    for part in thing.iter("span"):
        if {"score", "unvoted"} <= set(tokens_of(part)):
            title = part.get("title", "")
            return int(title) if title.lstrip("-").isdecimal() else None
    return None


def _hidden(thing: HtmlElement) -> int:
    found = _MORE.search("".join(map(str, thing.itertext())))
    return int(found[1]) if found else 1


def _declared(page: Page) -> int | None:
    for link in page.body.iter("a"):
        if "comments" in tokens_of(link) and (found := _COUNT.match((link.text or "").strip())):
            return int("".join(filter(str.isdecimal, found[1])))
    return None
