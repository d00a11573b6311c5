"""Coral: the comments of a story as its GraphQL interface gives them."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_either

KIND = "coral"

#: Where answers stand inside a comment; what a query asks for is its own choice.
_ANSWERS = ("replies", "allChildComments", "children")
_SHOWN = {None, "NONE", "APPROVED", "ACCEPTED"}


def recognises(item: Mapping[str, JSON]) -> bool:
    """The answer to a query for a story, which older versions call an asset."""
    data = item.get("data")
    return isinstance(data, dict) and not {"story", "asset"}.isdisjoint(data)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the story; several pages of its comments may stand in a list."""
    assembly = Assembly(KIND)
    stories = [
        page.record("data").record("story") or page.record("data").record("asset")
        for page in assembly.records(items)
    ]
    story = next((story for story in stories if story), assembly.record(None))
    pages = [story.record("comments") for story in stories]
    further = pages[-1:]
    tops = [comment for page in pages for comment in _nodes(page)]
    waiting: list[tuple[Record, str | None]] = [(comment, None) for comment in reversed(tops)]
    while waiting:
        comment, above = waiting.pop()
        key = _add(comment, above, assembly)
        for name in _ANSWERS:
            if isinstance(comment.fields.get(name), dict):
                page = comment.record(name)
                further.append(page)
                waiting.extend((answer, key) for answer in reversed(_nodes(page)))
    cut = sum(page.flag("hasNextPage") or page.record("pageInfo").flag("hasNextPage") for page in further)
    if cut:
        assembly.miss(f"{plural(cut, 'page')} of further comments behind “load more”, not in this file.")
    return [assembly.discussion(_article(story, assembly), declared=_declared(story))]


def _nodes(page: Record) -> list[Record]:
    """The comments of a page, which a query may ask for with or without edges."""
    return [edge.record("node") for edge in page.records("edges")] or page.records("nodes")


def _add(comment: Record, above: str | None, assembly: Assembly) -> str:
    body = comment.text("body")
    author = (comment.record("author") or comment.record("user")).line("username")
    shown = comment.line("status") in _SHOWN
    gone = comment.flag("deleted") or (body is None and author is None)
    kind = CommentKind.COMMENT if shown else CommentKind.HELD
    editing = comment.record("editing")
    reactions = comment.record("actionCounts").record("reaction")
    return assembly.add(
        key=comment.identity("id"),
        parent=comment.record("parent").identity("id") or above,
        kind=CommentKind.DELETED if gone else kind,
        body=body,
        words=words_from_either,
        author=author,
        posted_at=comment.moment("createdAt", "created_at"),
        edited_at=editing.moment("editedAt") if editing.flag("edited") else None,
        score=reactions.number("total"),
    )


def _declared(story: Record) -> int | None:
    counts = story.record("commentCounts")
    named = (counts.number("totalPublished"), counts.number("totalVisible"))
    plain = (story.number("totalCommentCount"), story.number("commentCount"))
    return next((count for count in (*named, *plain) if count is not None), None)


def _article(story: Record, assembly: Assembly) -> Article:
    metadata = story.record("metadata")
    published = metadata.moment("publishedAt")
    return Article(
        title=assembly.title(metadata.line("title") or story.line("title"), "Story"),
        url=story.address("url"),
        byline=metadata.line("author"),
        published=published,
        published_source="metadata" if published else None,
        lede=metadata.line("description"),
    )
