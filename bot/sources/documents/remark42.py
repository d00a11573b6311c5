"""Remark42: the backup of a site, one object a line, and the comments of a page as its interface gives them."""

from collections.abc import Mapping, Sequence
from html import unescape

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Oddities, Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import words_from_html

KIND = "remark42"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A comment, the head of a backup, or the comments of a page, flat or as a tree."""
    if _is_comment(item) or ({"version", "users", "posts"} <= item.keys()):
        return True
    comments = item.get("comments")
    first = comments[0] if isinstance(comments, list) and comments else None
    if not isinstance(first, dict):
        return False
    inner = first.get("comment")
    return _is_comment(first) or (isinstance(inner, dict) and _is_comment(inner))


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a page of the site."""
    pages: dict[str, list[dict[str, JSON]]] = {}
    declared: dict[str, int | None] = {}
    waiting = [Record(item, Oddities()) for item in reversed(items)]
    while waiting:
        item = waiting.pop()
        inside = [*item.records("comments"), *item.records("replies")]
        if "comment" in item:
            inside.insert(0, item.record("comment"))
        if info := item.record("info"):
            declared[info.line("url") or ""] = info.number("count")
        if _is_comment(item.fields):
            pages.setdefault(item.record("locator").line("url") or "", []).append(item.fields)
        waiting.extend(reversed(inside))
    return [_discussion(url, comments, declared.get(url)) for url, comments in pages.items()] or [
        _discussion("", [], None)
    ]


def _is_comment(item: Mapping[str, JSON]) -> bool:
    return isinstance(item.get("locator"), dict) and "text" in item


def _discussion(url: str, comments: Sequence[dict[str, JSON]], declared: int | None) -> Discussion:
    assembly = Assembly(KIND)
    records = sorted(assembly.records(comments), key=lambda comment: comment.text("time") or "")
    for comment in records:
        _add(comment, assembly)
    title = next((title for comment in records if (title := comment.line("title"))), None)
    locators = [comment.record("locator") for comment in records]
    return assembly.discussion(
        Article(
            title=assembly.title(unescape(title) if title else None, url or "Page"),
            url=next((address for locator in locators if (address := locator.address("url"))), None),
            site=next((site for locator in locators if (site := locator.line("site"))), None),
        ),
        declared=declared,
    )


def _add(comment: Record, assembly: Assembly) -> None:
    gone = comment.flag("delete")
    name = None if gone else comment.record("user").line("name")
    assembly.add(
        key=comment.identity("id"),
        parent=comment.identity("pid"),
        body=comment.text("text"),
        words=words_from_html,
        # Names are kept as HTML.
        author=unescape(name) if name else None,
        kind=CommentKind.DELETED if gone else CommentKind.COMMENT,
        posted_at=comment.moment("time"),
        edited_at=comment.record("edit").moment("time"),
        score=comment.number("score"),
    )
