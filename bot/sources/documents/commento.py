"""Commento: the export of a site, all its pages in one list of comments."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Oddities, Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_typed
from bot.sources.markup import words_from_html

KIND = "commento"

_ROOT = "root"


def recognises(item: Mapping[str, JSON]) -> bool:
    """An export with its comments."""
    comments = item.get("comments")
    return isinstance(comments, list) and (
        "commenters" in item
        or any(isinstance(found, dict) and "commentHex" in found for found in comments[:1])
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a page of the site. Of the commenters only the names are read."""
    exports = [Record(item, Oddities()) for item in items]
    names = {
        number: name
        for export in exports
        for commenter in export.records("commenters")
        if (number := commenter.identity("commenterHex")) and (name := commenter.line("name"))
    }
    pages: dict[tuple[str | None, str | None], list[dict[str, JSON]]] = {}
    for export in exports:
        for comment in export.records("comments"):
            pages.setdefault((comment.line("domain"), comment.line("path", "url")), []).append(comment.fields)
    return [_discussion(*place, comments, names) for place, comments in pages.items()] or [
        _discussion(None, None, [], names)
    ]


def _discussion(
    domain: str | None, path: str | None, comments: Sequence[dict[str, JSON]], names: Mapping[str, str]
) -> Discussion:
    assembly = Assembly(KIND)
    for comment in assembly.records(comments):
        _add(comment, names, assembly)
    return assembly.discussion(Article(title=assembly.title(None, path or domain or "Page"), site=domain))


def _add(comment: Record, names: Mapping[str, str], assembly: Assembly) -> None:
    markdown = comment.text("markdown")
    parent = comment.identity("parentHex")
    shown = comment.line("state") in {None, "approved"}
    kind = CommentKind.COMMENT if shown else CommentKind.HELD
    assembly.add(
        key=comment.identity("commentHex"),
        parent=parent if parent != _ROOT else None,
        kind=CommentKind.DELETED if comment.flag("deleted") else kind,
        body=markdown or comment.text("html"),
        words=words_from_typed if markdown else words_from_html,
        author=names.get(comment.identity("commenterHex") or ""),
        posted_at=comment.moment("creationDate"),
        score=comment.number("score"),
    )
