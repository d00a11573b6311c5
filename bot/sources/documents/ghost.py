"""Ghost: the comments of a post as its members' interface gives them."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "ghost"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A page of comments."""
    comments, meta = item.get("comments"), item.get("meta")
    if not isinstance(comments, list):
        return False
    if not comments:
        return isinstance(meta, dict) and "pagination" in meta
    first = comments[0]
    return (
        isinstance(first, dict) and "html" in first and not {"member", "replies", "count"}.isdisjoint(first)
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the post; several pages of its comments may stand in a list."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    tops = [comment for page in pages for comment in page.records("comments")]
    totals = [page.record("meta").record("pagination").number("total") for page in pages]
    # The pages count the comments at the top, and these count their answers.
    answers = sum(comment.record("count").number("replies") or 0 for comment in tops)
    total = max((total for total in totals if total is not None), default=None)
    waiting: list[tuple[Record, str | None]] = [(comment, None) for comment in reversed(tops)]
    while waiting:
        comment, above = waiting.pop()
        key = _add(comment, above, assembly)
        waiting.extend((reply, key) for reply in reversed(comment.records("replies")))
    carriers = [found for record in (*pages, *tops) if (found := record.record("post"))]
    article = _article(carriers[0] if carriers else assembly.record(None), assembly)
    return [assembly.discussion(article, declared=total + answers if total is not None else None)]


def _add(comment: Record, above: str | None, assembly: Assembly) -> str:
    html = comment.text("html")
    status = comment.line("status")
    kind = CommentKind.COMMENT if status in {None, "published"} else CommentKind.HELD
    gone = status == "deleted" or (html is None and status is not None)
    return assembly.add(
        key=comment.identity("id"),
        # An answer to an answer stands beside it, and only names it.
        parent=comment.identity("in_reply_to_id") or above or comment.identity("parent_id"),
        kind=CommentKind.DELETED if gone else kind,
        body=html,
        words=words_from_html,
        author=comment.record("member").line("name"),
        posted_at=comment.moment("created_at"),
        edited_at=comment.moment("edited_at"),
        score=comment.record("count").number("likes"),
    )


def _article(post: Record, assembly: Assembly) -> Article:
    html = post.text("html")
    authors = [name for author in post.records("authors") if (name := author.line("name"))]
    published = post.moment("published_at")
    return Article(
        title=assembly.title(post.line("title"), "Post"),
        url=post.address("url"),
        byline=", ".join(authors) or None,
        published=published,
        published_source="metadata" if published else None,
        lede=post.line("custom_excerpt"),
        blocks=blocks_from_html(html) if html else (),
    )
