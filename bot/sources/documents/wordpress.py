"""WordPress: comments and posts of its REST interface, and those of wordpress.com's."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Oddities, Record, in_utc
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "wordpress-rest"

#: Where wordpress.com's comments say that their post is; nobody reads it there.
_INTERFACE = "https://public-api.wordpress.com/"
_HELD = {"hold", "0", "unapproved", "pending", "spam", "trash", "post-trashed"}
_KINDS = {
    "pingback": CommentKind.PINGBACK,
    "trackback": CommentKind.TRACKBACK,
    "webmention": CommentKind.PINGBACK,
}


@dataclass(slots=True)
class _Thread:
    """A post with its comments; either may come first."""

    post: dict[str, JSON] = field(default_factory=dict)
    comments: list[dict[str, JSON]] = field(default_factory=list)
    declared: int | None = None


def recognises(item: Mapping[str, JSON]) -> bool:
    """A comment, a post, or an object that holds them."""
    comments, post = item.get("comments"), item.get("post")
    if _is_comment(item) or _is_post(item):
        return True
    if not isinstance(comments, list):
        return False
    return any(isinstance(comment, dict) and _is_comment(comment) for comment in comments[:1]) or (
        isinstance(post, dict) and _is_post(post)
    )


def read(items: Iterable[JSON]) -> list[Discussion]:
    """One discussion a post."""
    threads: dict[str, _Thread] = {}
    for item in items:
        if isinstance(item, dict):
            _take(Record(item, Oddities()), threads)
    return [_discussion(number, thread) for number, thread in threads.items()]


def _is_comment(item: Mapping[str, JSON]) -> bool:
    content = item.get("content")
    if isinstance(content, dict):
        return "rendered" in content and ("author_name" in item or ("post" in item and "parent" in item))
    return "ID" in item and "content" in item and isinstance(item.get("post"), dict)


def _is_post(item: Mapping[str, JSON]) -> bool:
    title, content = item.get("title"), item.get("content")
    return isinstance(title, dict) and "rendered" in title and isinstance(content, dict)


def _take(item: Record, threads: dict[str, _Thread]) -> None:
    """Put what an item holds under its post."""
    if _is_comment(item.fields):
        _file(item, threads)
        return
    post = item if _is_post(item.fields) else item.record("post")
    if post:
        _thread(threads, post)
    replies = post.record("_embedded").fields.get("replies")
    for comment in _flat([item.fields.get("comments"), replies]):
        _file(Record(comment, post.oddities), threads)
    if len(threads) == 1:
        (thread,) = threads.values()
        thread.declared = item.number("found") or item.number("total") or thread.declared


def _file(comment: Record, threads: dict[str, _Thread]) -> None:
    post = comment.fields.get("post")
    embedded = comment.record("_embedded").records("up")
    about = embedded[0].fields if embedded else {}
    if not about:
        about = post if isinstance(post, dict) else {"id": post}
    _thread(threads, Record(about, comment.oddities)).comments.append(comment.fields)


def _thread(threads: dict[str, _Thread], post: Record) -> _Thread:
    thread = threads.setdefault(post.identity("id", "ID") or "?", _Thread())
    if len(post.fields) > len(thread.post):
        thread.post = post.fields
    return thread


def _flat(values: Iterable[JSON]) -> Iterator[dict[str, JSON]]:
    """The objects in lists, and in lists of lists, which is how embedded answers come."""
    waiting = list(values)[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield value


def _discussion(number: str, thread: _Thread) -> Discussion:
    assembly = Assembly(KIND)
    post = assembly.record(thread.post)
    comments = sorted(assembly.records(thread.comments), key=_written)
    for comment in comments:
        _add(comment, assembly)
    content = _html(post, "content")
    if post.record("content").flag("protected") and not content:
        assembly.warn("The post is behind a password; its text is not in this file.")
    title = " ".join(words_from_html(_html(post, "title") or "").text.split())
    authors = post.record("_embedded").records("author")
    published = in_utc(post.moment("date_gmt")) or post.moment("date")
    article = Article(
        title=assembly.title(title, f"Post {number}"),
        url=_page(post, comments),
        byline=authors[0].line("name") if authors else None,
        published=published,
        published_source="metadata" if published else None,
        blocks=blocks_from_html(content) if content else (),
    )
    return assembly.discussion(article, declared=thread.declared)


def _add(comment: Record, assembly: Assembly) -> None:
    parent = comment.fields.get("parent")
    above = (
        comment.record("parent").identity("ID") if isinstance(parent, dict) else comment.identity("parent")
    )
    number = comment.identity("id", "ID")
    author = comment.fields.get("author")
    named = comment.record("author") if isinstance(author, dict) else comment
    held = comment.line("status") in _HELD
    assembly.add(
        key=f"comment-{number}" if number else None,
        parent=f"comment-{above}" if above else None,
        kind=CommentKind.HELD if held else _KINDS.get(comment.line("type") or "", CommentKind.COMMENT),
        body=_html(comment, "content"),
        words=words_from_html,
        # WordPress keeps names as HTML.
        author=unescape(named.line("author_name", "name") or "") or None,
        posted_at=in_utc(comment.moment("date_gmt")) or comment.moment("date"),
        score=comment.number("like_count"),
    )


def _html(record: Record, name: str) -> str | None:
    """Words that one of the two interfaces wraps in an object and the other does not."""
    if isinstance(record.fields.get(name), dict):
        return record.record(name).text("rendered")
    return record.text(name)


def _written(comment: Record) -> tuple[str, int]:
    """Sorts as a page shows comments: by time, then by number. The interface gives the newest first."""
    return comment.text("date", "date_gmt") or "", comment.number("id") or comment.number("ID") or 0


def _page(post: Record, comments: list[Record]) -> str | None:
    """The post's own address, or the page that the comments' addresses lead to."""
    own = post.address("URL", "link")
    if own is not None and not own.startswith(_INTERFACE):
        return own
    found = next((address for comment in comments if (address := comment.address("link", "URL"))), None)
    return found.partition("#")[0] if found else None
