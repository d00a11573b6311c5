"""Hacker News: the tree of Algolia's interface, and the single items of Firebase's."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly, names
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "hacker-news"

_TYPES = ("story", "comment", "poll", "job", "ask")
_SIGNS = {"children", "kids", "by", "time", "points", "story_id"}
_FIELDS = {"author", "text", "points", "story_id"}
#: What stands in the place of words that the site's users or keepers took out.
_TAKEN_OUT = {"[flagged]", "[dead]", "[deleted]"}
_PAGE = "https://news.ycombinator.com/item?id="


def recognises(item: Mapping[str, JSON]) -> bool:
    """An item of either interface."""
    if "type" not in item:
        return "id" in item and isinstance(item.get("children"), list) and not _FIELDS.isdisjoint(item)
    return item.get("type") in _TYPES and "id" in item and not _SIGNS.isdisjoint(item)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a tree; items that come singly are put together by their parents."""
    trees = [item for item in items if isinstance(item, dict) and isinstance(item.get("children"), list)]
    if len(trees) > 1:
        return [_discussion([tree]) for tree in trees]
    return [_discussion(items)]


def _discussion(items: Iterable[JSON]) -> Discussion:
    assembly = Assembly(KIND)
    story: Record | None = None
    seen: set[str] = set()
    named: list[str] = []
    waiting: list[tuple[Record, str | None]] = [(item, None) for item in reversed(assembly.records(items))]
    while waiting:
        item, above = waiting.pop()
        key = item.identity("id")
        if item.line("type") == "pollopt":
            assembly.drop(item.text("text") or "", "a choice of a poll")
        elif story is None and item.line("type") != "comment":
            story = item
        else:
            root = story.identity("id") if story else None
            key = _add(item, item.identity("parent_id", "parent") or above, root, assembly)
        seen.update([key] if key else [])
        named += item.strings("kids")
        inside = [*item.records("children"), *item.records("kids")] if _nests(item) else []
        waiting.extend((child, key) for child in reversed(inside))
    if missing := [key for key in dict.fromkeys(named) if key not in seen]:
        assembly.miss(f"{plural(len(missing), 'answer')} named but not in this file: {names(missing)}.")
    story = story or assembly.record(None)
    return assembly.discussion(_article(story, assembly), declared=story.number("descendants"))


def _nests(item: Record) -> bool:
    """Whether answers stand inside the item; Firebase only names them."""
    kids = item.fields.get("kids")
    return "children" in item or (isinstance(kids, list) and any(isinstance(kid, dict) for kid in kids))


def _add(item: Record, parent: str | None, root: str | None, assembly: Assembly) -> str:
    body = item.text("text")
    author = item.line("author", "by")
    # The site takes no comment without words.
    gone = item.flag("deleted") or body is None or body.strip() in _TAKEN_OUT
    kind = CommentKind.HELD if item.flag("dead") else CommentKind.COMMENT
    return assembly.add(
        key=item.identity("id"),
        parent=parent if parent != root else None,
        kind=CommentKind.DELETED if gone else kind,
        body=body,
        words=words_from_html,
        author=author,
        posted_at=item.moment("created_at", "created_at_i", "time"),
        score=item.number("points"),
    )


def _article(story: Record, assembly: Assembly) -> Article:
    number = story.identity("id")
    text = story.text("text")
    published = story.moment("created_at", "created_at_i", "time")
    return Article(
        title=assembly.title(story.line("title"), f"Hacker News {number or ''}".strip()),
        url=story.address("url") or (f"{_PAGE}{number}" if number else None),
        site="Hacker News",
        # Who hands in a link has not written what it leads to.
        byline=story.line("author", "by") if text else None,
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(text) if text else (),
    )
