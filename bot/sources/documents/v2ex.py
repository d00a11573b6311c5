"""V2EX: the replies to a topic, which are a flat list."""

from collections.abc import Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_plain
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "v2ex"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A reply, an answer of the second interface, or a topic with its replies."""
    for name in ("result", "replies"):
        replies = item.get(name)
        if isinstance(replies, list) and any(
            isinstance(found, dict) and _is_reply(found) for found in replies[:1]
        ):
            return True
    return _is_reply(item)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the topic; several pages of its replies may stand in a list."""
    assembly = Assembly(KIND)
    pages = assembly.records(items)
    topic = next((found for page in pages if (found := page.record("topic"))), assembly.record(None))
    totals = [page.record("pagination").number("total") for page in pages]
    replies = [
        reply
        for page in pages
        for reply in ([page] if _is_reply(page.fields) else page.records("result") or page.records("replies"))
    ]
    for reply in replies:
        _add(reply, assembly)
    numbers = [topic.identity("id"), *(reply.identity("topic_id") for reply in replies)]
    number = next(filter(None, numbers), None)
    declared = next((total for total in (*totals, topic.number("replies")) if total is not None), None)
    return [assembly.discussion(_article(topic, number, assembly), declared=declared)]


def _is_reply(item: Mapping[str, JSON]) -> bool:
    return isinstance(item.get("member"), dict) and "content" in item and "title" not in item


def _add(reply: Record, assembly: Assembly) -> None:
    html = reply.text("content_rendered")
    assembly.add(
        key=reply.identity("id"),
        parent=None,
        kind=CommentKind.DELETED if reply.flag("deleted") else CommentKind.COMMENT,
        body=html or reply.text("content"),
        words=words_from_html if html else words_from_plain,
        author=reply.record("member").line("username"),
        posted_at=reply.moment("created"),
        score=reply.number("thanks"),
    )


def _article(topic: Record, number: str | None, assembly: Assembly) -> Article:
    html = topic.text("content_rendered")
    published = topic.moment("created")
    return Article(
        title=assembly.title(topic.line("title"), f"Topic {number or ''}".strip()),
        url=topic.address("url") or (f"https://www.v2ex.com/t/{number}" if number else None),
        site="V2EX",
        byline=topic.record("member").line("username"),
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(html) if html else (),
    )
