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
    """A list of comments, or a post with one."""
    views = item.get("comments")
    if not isinstance(views, list):
        return False
    first = views[0] if views else None
    return "post_view" in item or (
        isinstance(first, dict) and isinstance(comment := first.get("comment"), dict) and "content" in comment
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the post; several pages of its comments may stand in a list."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    views = [view for page in pages for view in page.records("comments")]
    for view in views:
        _add(view, assembly)
    _count(views, assembly)
    post_view = next((view for page in pages if (view := page.record("post_view"))), assembly.record(None))
    carriers = [view for view in (post_view, *views) if "post" in view]
    carrier = carriers[0] if carriers else post_view
    declared = post_view.record("counts").number("comments")
    return [assembly.discussion(_article(carrier, post_view, assembly), declared=declared)]


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
        posted_at=comment.moment("published"),
        edited_at=comment.moment("updated"),
        score=view.record("counts").number("score"),
    )


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
    expected = sum(1 + (view.record("counts").number("child_count") or 0) for view in tops)
    if expected > len(here):
        assembly.miss(f"{plural(expected - len(here), 'answer')} counted but not in this file.")


def _article(carrier: Record, post_view: Record, assembly: Assembly) -> Article:
    post = carrier.record("post")
    text = post.text("body")
    published = post.moment("published")
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
