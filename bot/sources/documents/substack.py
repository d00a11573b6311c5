"""Substack: the comments of a post, each with its answers inside."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_plain
from bot.sources.markup import blocks_from_html

KIND = "substack"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A post's comments, or one of them."""
    comments = item.get("comments")
    first = comments[0] if isinstance(comments, list) and comments else item
    return isinstance(first, dict) and (
        "ancestor_path" in first or ("body" in first and "children" in first and "name" in first)
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the post."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    post = next((found for page in pages if (found := page.record("post"))), assembly.record(None))
    tops = [
        comment for page in pages for comment in (page.records("comments") if "comments" in page else [page])
    ]
    waiting: list[tuple[Record, str | None]] = [(comment, None) for comment in reversed(tops)]
    lacking = 0
    while waiting:
        comment, above = waiting.pop()
        key = _add(comment, above, assembly)
        answers = comment.records("children")
        lacking += max(0, (comment.number("children_count") or 0) - len(answers))
        waiting.extend((answer, key) for answer in reversed(answers))
    if lacking:
        assembly.miss(f"{plural(lacking, 'answer')} counted but not in this file.")
    return [assembly.discussion(_article(post, tops, assembly), declared=post.number("comment_count"))]


def _add(comment: Record, above: str | None, assembly: Assembly) -> str:
    body = comment.text("body")
    author = comment.line("name", "handle")
    # The path holds the ids of all comments above this one.
    path = [number for number in (comment.line("ancestor_path") or "").split(".") if number]
    gone = comment.flag("deleted") or (body is None and author is None)
    return assembly.add(
        key=comment.identity("id"),
        parent=path[-1] if path else above,
        kind=CommentKind.DELETED if gone else CommentKind.COMMENT,
        body=body,
        words=words_from_plain,
        author=author,
        posted_at=comment.moment("date"),
        edited_at=comment.moment("edited_at"),
        score=comment.number("reaction_count"),
    )


def _article(post: Record, tops: Sequence[Record], assembly: Assembly) -> Article:
    html = post.text("body_html")
    bylines = [name for author in post.records("publishedBylines") if (name := author.line("name"))]
    number = post.identity("id") or next((found for top in tops if (found := top.identity("post_id"))), None)
    published = post.moment("post_date")
    if post.line("audience") not in {None, "everyone"}:
        assembly.warn("The post is for subscribers; its text or comments may be cut short.")
    return Article(
        title=assembly.title(post.line("title"), f"Post {number or ''}".strip()),
        url=post.address("canonical_url"),
        byline=", ".join(bylines) or None,
        published=published,
        published_source="metadata" if published else None,
        lede=post.line("subtitle"),
        blocks=blocks_from_html(html) if html else (),
    )
