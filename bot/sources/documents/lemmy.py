"""Lemmy: lists of comments whose paths say what they answer."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import blocks_from_typed, words_from_typed

KIND = "lemmy"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A list of comments, a comment with its answers inside, or a post with one of these."""
    views = item.get("comments")
    first = views[0] if isinstance(views, list) and views else item
    return (isinstance(views, list) and "post_view" in item) or (isinstance(first, dict) and _is_view(first))


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the post; several pages of its comments may stand in a list."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    views: list[Record] = []
    waiting = list(reversed(pages))
    while waiting:
        item = waiting.pop()
        view = item.record("comment_view") or item
        if "comment" in view:
            views.append(view)
        waiting.extend(reversed([*item.records("comments"), *item.records("children")]))
    for view in views:
        _add(view, assembly)
    _count(views, assembly)
    post_view = next((view for page in pages if (view := page.record("post_view"))), assembly.record(None))
    carriers = [view for view in (post_view, *views) if "post" in view]
    carrier = carriers[0] if carriers else post_view
    return [
        assembly.discussion(_article(carrier, post_view, assembly), declared=_counted(post_view, "comments"))
    ]


def _is_view(item: Mapping[str, JSON]) -> bool:
    inner = item.get("comment_view")
    comment = (inner if isinstance(inner, dict) else item).get("comment")
    return isinstance(comment, dict) and "content" in comment


def _add(view: Record, assembly: Assembly) -> None:
    comment = view.record("comment")
    gone = comment.flag("deleted", "removed")
    assembly.add(
        key=comment.identity("id"),
        parent=_parent(comment),
        kind=CommentKind.DELETED if gone else CommentKind.COMMENT,
        body=comment.text("content"),
        words=words_from_typed,
        author=_name(view.record("creator")),
        posted_at=comment.moment("published", "published_at"),
        edited_at=comment.moment("updated", "updated_at"),
        score=_counted(view, "score"),
    )


def _counted(view: Record, name: str) -> int | None:
    """A number that stands beside the comment or the post, and since version 1.0 inside of it."""
    counts = view.record("counts") or view.record("comment") or view.record("post")
    return counts.number(name)


def _parent(comment: Record) -> str | None:
    """The last but one of the ids in the path; the first stands for the post. Old servers name the parent instead."""
    if "path" not in comment:
        return comment.identity("parent_id")
    ids = (comment.line("path") or "").split(".")
    return ids[-2] if len(ids) > 2 else None  # noqa: PLR2004 - the post and the comment itself


def _name(creator: Record) -> str | None:
    return creator.line("display_name", "name")


def _count(views: Sequence[Record], assembly: Assembly) -> None:
    """Compare what the topmost comments say of their answers with what is here."""
    here = {view.record("comment").identity("id") for view in views}
    tops = [view for view in views if _parent(view.record("comment")) not in here]
    expected = sum(1 + (_counted(view, "child_count") or 0) for view in tops)
    if expected > len(here):
        assembly.miss(f"{plural(expected - len(here), 'answer')} counted but not in this file.")


def _article(carrier: Record, post_view: Record, assembly: Assembly) -> Article:
    post = carrier.record("post")
    text = post.text("body")
    published = post.moment("published", "published_at")
    return Article(
        title=assembly.title(post.line("name"), f"Post {post.identity('id') or ''}".strip()),
        url=post.address("url", "ap_id"),
        site=carrier.record("community").line("title", "name"),
        # Who hands in a link has not written what it leads to.
        byline=_name(post_view.record("creator")) if text else None,
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_typed(text) if text else (),
    )
