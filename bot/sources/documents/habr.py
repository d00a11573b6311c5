"""Habr: an article's comments, a map by their ids."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "habr"

#: Where the map stands, in older and in newer answers.
_MAPS = ("comments", "commentRefs")


def recognises(item: Mapping[str, JSON]) -> bool:
    """A map of comments with the ids of those at the top."""
    return any(isinstance(item.get(name), dict) for name in _MAPS) and not {
        "threads",
        "commentAccess",
    }.isdisjoint(item)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a map of comments."""
    return [_discussion(item) for item in items if isinstance(item, dict) and recognises(item)]


def _discussion(value: JSON) -> Discussion:
    assembly = Assembly(KIND)
    document = assembly.record(value)
    found = next((document.record(name) for name in _MAPS if name in document), document)
    comments = assembly.records(found.fields.values())
    for comment in comments:
        _add(comment, assembly)
    article = document.record("article")
    about = next((post for comment in comments if (post := comment.record("post"))), assembly.record(None))
    declared = article.record("statistics").number("commentsCount")
    return assembly.discussion(
        _article(article, about, assembly),
        declared=declared if declared is not None else about.number("commentsCount"),
    )


def _add(comment: Record, assembly: Assembly) -> None:
    html = comment.text("message")
    status = comment.line("status")
    kind = CommentKind.COMMENT if status in {None, "published"} else CommentKind.HELD
    gone = comment.flag("deleted") or status == "deleted" or html is None
    assembly.add(
        key=comment.identity("id"),
        parent=comment.identity("parentId"),
        kind=CommentKind.DELETED if gone else kind,
        body=html,
        words=words_from_html,
        author=comment.record("author").line("alias", "fullname"),
        posted_at=comment.moment("timePublished"),
        edited_at=comment.moment("timeChanged"),
        score=comment.number("score"),
    )


def _article(article: Record, about: Record, assembly: Assembly) -> Article:
    html = article.text("textHtml")
    title = article.text("titleHtml") or about.text("title")
    number = article.identity("id") or about.identity("id")
    published = article.moment("timePublished")
    return Article(
        title=assembly.title(
            " ".join(words_from_html(title).text.split()) if title else None,
            f"Article {number or ''}".strip(),
        ),
        site="Habr",
        byline=article.record("author").line("alias", "fullname"),
        published=published,
        published_source="metadata" if published else None,
        language=article.line("lang"),
        blocks=blocks_from_html(html) if html else (),
    )
