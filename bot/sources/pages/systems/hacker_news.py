"""Hacker News: one table row a comment, indented by the width of an empty image."""

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.systems.found import Found

KIND = "hacker-news-html"

#: Pixels a level.
_INDENT = 40
_COUNT = regex.compile(r"(\d+)\s+comments?")


def find(page: Page) -> Found | None:
    """The comments of a discussion on Hacker News."""
    if "comtr" not in page.tokens:
        return None
    rows = [row for row in page.body.iter("tr") if "comtr" in tokens_of(row)]
    frames = [Frame(row, row.get("id"), level=_level(row), kind=_kind(row)) for row in rows]
    more = any("morelink" in tokens_of(link) for link in page.body.iter("a"))
    return Found(KIND, frames, declared=_declared(page), partial=more) if frames else None


def _level(row: HtmlElement) -> int:
    for cell in row.iter("td"):
        if "ind" in tokens_of(cell):
            if (stated := cell.get("indent", "")).isdecimal():
                return int(stated[:3])
            widths = (image.get("width", "") for image in cell.iter("img"))
            return next((int(width[:5]) // _INDENT for width in widths if width.isdecimal()), 0)
    return 0


def _kind(row: HtmlElement) -> CommentKind:
    named = any("hnuser" in tokens_of(link) for link in row.iter("a"))
    return CommentKind.COMMENT if named else CommentKind.DELETED


def _declared(page: Page) -> int | None:
    lines = (line for line in page.body.iter("td", "span") if {"subtext", "subline"} & set(tokens_of(line)))
    counts = [
        count
        for line in lines
        for count in _COUNT.findall(" ".join("".join(map(str, line.itertext())).split()))
    ]
    return int(counts[0]) if counts else None
