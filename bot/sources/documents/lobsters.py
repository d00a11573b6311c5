"""Lobsters: a story with its comments, flat in tree order."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_typed
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "lobsters-json"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A story with its comments."""
    comments = item.get("comments")
    if not isinstance(comments, list):
        return False
    return "short_id" in item or any(
        isinstance(found, dict) and "commenting_user" in found for found in comments[:1]
    )


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a story."""
    return [_discussion(item) for item in items if isinstance(item, dict) and recognises(item)]


def _discussion(value: JSON) -> Discussion:
    assembly = Assembly(KIND)
    story = assembly.record(value)
    comments = story.records("comments")
    named = any("parent_comment" in comment for comment in comments)
    above: list[tuple[int, str]] = []
    for comment in comments:
        level = comment.number("indent_level") or comment.number("depth") or 0
        while above and above[-1][0] >= level:
            above.pop()
        # Old answers say only how deep a comment stands; counting from 0 or from 1 makes no difference here.
        indented = above[-1][1] if above else None
        key = _add(comment, comment.identity("parent_comment") if named else indented, assembly)
        above.append((level, key))
    return assembly.discussion(_article(story, assembly), declared=story.number("comment_count"))


def _add(comment: Record, parent: str | None, assembly: Assembly) -> str:
    html = comment.text("comment")
    gone = comment.flag("is_deleted", "is_moderated")
    return assembly.add(
        key=comment.identity("short_id"),
        parent=parent,
        kind=CommentKind.DELETED if gone else CommentKind.COMMENT,
        body=html or comment.text("comment_plain"),
        words=words_from_html if html else words_from_typed,
        author=_user(comment, "commenting_user"),
        posted_at=comment.moment("created_at"),
        edited_at=comment.moment("last_edited_at", "updated_at"),
        score=comment.number("score"),
    )


def _article(story: Record, assembly: Assembly) -> Article:
    description = story.text("description")
    published = story.moment("created_at")
    written = description is not None or story.flag("user_is_author")
    return Article(
        title=assembly.title(story.line("title"), f"Story {story.identity('short_id')}"),
        url=story.address("url", "comments_url", "short_id_url"),
        site="Lobsters",
        # Who hands in a link has not written what it leads to, unless the site says so.
        byline=_user(story, "submitter_user") if written else None,
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(description) if description else (),
    )


def _user(record: Record, name: str) -> str | None:
    """A user's name, which old answers wrap in an object."""
    if isinstance(record.fields.get(name), dict):
        return record.record(name).line("username")
    return record.line(name)
