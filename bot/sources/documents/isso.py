"""Isso: the comments of a page as its interface gives them, and the threads of its import format."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_either

KIND = "isso"

#: What a comment is: bits of its ``mode``.
_WAITING, _DELETED = 2, 4
_INTERFACE = {"hidden_replies", "total_replies"}
_THREAD = {"id", "title", "comments"}
_REMARK = {"text", "author", "created"}


def recognises(item: Mapping[str, JSON]) -> bool:
    """An answer of the interface, or a thread with comments."""
    comments = item.get("comments")
    return _is_answer(item) or (
        _is_thread(item)
        and isinstance(comments, list)
        and any(isinstance(found, dict) and found.keys() >= _REMARK for found in comments[:1])
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a page of the site."""
    return [
        _discussion(item)
        for item in items
        if isinstance(item, dict) and (_is_answer(item) or _is_thread(item))
    ]


def _is_answer(item: Mapping[str, JSON]) -> bool:
    return isinstance(item.get("replies"), list) and not _INTERFACE.isdisjoint(item)


def _is_thread(item: Mapping[str, JSON]) -> bool:
    return item.keys() >= _THREAD


def _discussion(value: JSON) -> Discussion:
    assembly = Assembly(KIND)
    page = assembly.record(value)
    hidden = 0
    waiting: list[tuple[Record, str | None]] = [(page, None)]
    while waiting:
        item, above = waiting.pop()
        key = above if item is page else _add(item, above, assembly)
        hidden += item.number("hidden_replies") or 0
        inside = [*item.records("replies"), *(item.records("comments") if item is page else [])]
        waiting.extend((reply, key) for reply in reversed(inside))
    if hidden:
        assembly.miss(f"{plural(hidden, 'comment')} counted but not in this file.")
    return assembly.discussion(Article(title=assembly.title(page.line("title"), page.line("id") or "Page")))


def _add(comment: Record, above: str | None, assembly: Assembly) -> str:
    mode = comment.number("mode") or 0
    kind = CommentKind.HELD if mode & _WAITING else CommentKind.COMMENT
    gone = mode & _DELETED or comment.text("text") is None
    number = comment.fields.get("id")
    return assembly.add(
        # A thread of the import format counts from 0.
        key=str(number) if isinstance(number, int | str) and str(number) else None,
        parent=comment.identity("parent") or above,
        kind=CommentKind.DELETED if gone else kind,
        body=comment.text("text"),
        words=words_from_either,
        author=None if gone else comment.line("author"),
        posted_at=comment.moment("created"),
        edited_at=comment.moment("modified"),
        score=comment.number("likes"),
    )
