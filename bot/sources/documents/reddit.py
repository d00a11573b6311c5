"""Reddit: the listings of a post and of its comments."""

from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly, names
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import blocks_from_typed, words_from_typed
from bot.sources.markup import words_from_html

KIND = "reddit-json"

_POST, _COMMENT, _MORE = "t3", "t1", "more"
_GONE = {"[deleted]", "[removed]", "[unavailable]", "[ removed by reddit ]"}
_SITE = "https://www.reddit.com"


def recognises(item: Mapping[str, JSON]) -> bool:
    """A listing, a thing of one, or an answer to ``morechildren``."""
    data = item.get("data")
    if isinstance(data, dict):
        return item.get("kind") in ("Listing", _POST, _COMMENT) or isinstance(data.get("children"), list)
    return isinstance(item.get("json"), dict)


class _Thing(NamedTuple):
    """A post, a comment or a stub."""

    kind: str
    data: Record
    #: Among all things the place of the comment that this one stands in.
    inside: int | None


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The one discussion of the post."""
    assembly = Assembly(KIND)
    things = _things(assembly, items)
    escaped = _is_escaped([thing.data for thing in things])
    post = next((thing.data for thing in things if thing.kind == _POST), assembly.record(None))
    stubs: list[str] = []
    keys: list[str | None] = []
    for kind, data, inside in things:
        above = keys[inside] if inside is not None else None
        keys.append(_add(data, above, assembly, escaped=escaped) if kind == _COMMENT else None)
        if kind == _MORE:
            stubs.append(data.identity("parent_id") or above or "the post")
    _count([thing.data for thing in things if thing.kind == _MORE], stubs, assembly)
    return [
        assembly.discussion(_article(post, assembly, escaped=escaped), declared=post.number("num_comments"))
    ]


def _things(assembly: Assembly, items: Sequence[JSON]) -> list[_Thing]:
    """All of them in tree order."""
    things: list[_Thing] = []
    waiting: list[tuple[Record, int | None]] = [(item, None) for item in reversed(assembly.records(items))]
    while waiting:
        item, inside = waiting.pop()
        data = item.record("data") or item.record("json").record("data")
        kind = item.line("kind")
        if kind in {_POST, _COMMENT, _MORE}:
            things.append(_Thing(kind, data, inside))
        if kind == _MORE:
            continue
        # Where nobody answered, an empty string stands in the listing's place.
        replies = [data.record("replies")] if data.fields.get("replies") else []
        place = len(things) - 1 if kind == _COMMENT else inside
        waiting.extend(
            (found, place)
            for found in reversed([*data.records("children"), *data.records("things"), *replies])
        )
    return things


def _is_escaped(things: Sequence[Record]) -> bool:
    """Whether ``<``, ``>`` and ``&`` stand as entities in all words, as they do without ``raw_json=1``."""
    for thing in things:
        html = thing.fields.get("body_html") or thing.fields.get("selftext_html")
        if isinstance(html, str) and html.strip():
            return html.lstrip().startswith("&lt;")
    words = [thing.fields.get("body") for thing in things]
    said = "\n".join(word for word in words if isinstance(word, str))
    return "&gt;" in said and not ("<" in said or ">" in said)


def _add(comment: Record, above: str | None, assembly: Assembly, *, escaped: bool) -> str:
    typed = _words(comment, "body", escaped=escaped)
    body = typed or _words(comment, "body_html", escaped=escaped)
    shown = typed or (words_from_html(body).text if body else "")
    author = comment.line("author")
    parent = comment.identity("parent_id") or above
    number = comment.identity("id")
    return assembly.add(
        key=comment.identity("name") or (f"{_COMMENT}_{number}" if number else None),
        parent=parent if parent and not parent.startswith(f"{_POST}_") else None,
        kind=CommentKind.DELETED if shown.strip().lower() in _GONE else CommentKind.COMMENT,
        body=body,
        words=words_from_typed if typed else words_from_html,
        author=author if (author or "").lower() not in _GONE else None,
        posted_at=comment.moment("created_utc"),
        edited_at=comment.moment("edited"),
        score=None if comment.flag("score_hidden") else comment.number("score"),
    )


def _count(stubs: Sequence[Record], below: Sequence[str], assembly: Assembly) -> None:
    """Say how many comments hide behind stubs, and below what these stand."""
    if not stubs:
        return
    hidden = sum(stub.number("count") or 0 for stub in stubs)
    behind = (
        f"{plural(hidden, 'comment')} behind “load more comments”"
        if hidden
        else "Some comments behind “continue this thread”"
    )
    assembly.miss(f"{behind} not in this file, below {names(list(dict.fromkeys(below)))}.")


def _article(post: Record, assembly: Assembly, *, escaped: bool) -> Article:
    text = _words(post, "selftext", escaped=escaped)
    text = None if (text or "").strip().lower() in _GONE else text
    title = _words(post, "title", escaped=escaped)
    author = post.line("author")
    permalink = post.line("permalink")
    page = f"{_SITE}{permalink}" if permalink and permalink.startswith("/") else None
    subreddit = post.line("subreddit")
    published = post.moment("created_utc")
    return Article(
        title=assembly.title(" ".join(title.split()) if title else None, "Reddit post"),
        url=page if post.flag("is_self") else post.address("url") or page,
        site=f"r/{subreddit}" if subreddit else "Reddit",
        # Who hands in a link has not written what it leads to.
        byline=author if text and (author or "").lower() not in _GONE else None,
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_typed(text) if text else (),
    )


def _words(record: Record, name: str, *, escaped: bool) -> str | None:
    words = record.text(name)
    return unescape(words) if words is not None and escaped else words
