"""Disqus: the posts of threads as its interface lists them."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Oddities, Record
from bot.sources.documents.parsing import JSON
from bot.sources.documents.words import words_from_either

KIND = "disqus-json"


def recognises(item: Mapping[str, JSON]) -> bool:
    """An answer of the interface, or a post of one."""
    response = item.get("response")
    if isinstance(response, dict):
        return isinstance(response.get("posts"), list)
    return (isinstance(response, list) and ("cursor" in item or "code" in item)) or _is_post(item)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a thread."""
    posts: dict[str, list[dict[str, JSON]]] = {}
    threads: dict[str, dict[str, JSON]] = {}
    further = False
    for item in items:
        page = Record(item, Oddities())
        further = page.record("cursor").flag("hasNext")
        for found in _objects(page):
            if _is_post(found.fields):
                thread = found.fields.get("thread")
                about = found.record("thread") if isinstance(thread, dict) else None
                number = (about.identity("id") if about else found.identity("thread")) or "?"
                posts.setdefault(number, []).append(found.fields)
            else:
                about, number = found, found.identity("id") or "?"
            if about:
                threads[number] = about.fields
    numbers = list(dict.fromkeys([*posts, *threads]))
    return [
        _discussion(number, threads.get(number), posts.get(number, []), further=further) for number in numbers
    ] or [_discussion("?", None, [], further=further)]


def _is_post(item: Mapping[str, JSON]) -> bool:
    return "message" in item and "thread" in item


def _objects(page: Record) -> Iterator[Record]:
    """The threads and posts of an answer, or the post that stands in an answer's place."""
    response = page.record("response") if isinstance(page.fields.get("response"), dict) else None
    if response is not None:
        if thread := response.record("thread"):
            yield thread
        yield from response.records("posts")
    elif _is_post(page.fields):
        yield page
    else:
        yield from page.records("response")


def _discussion(number: str, about: JSON, posts: Sequence[dict[str, JSON]], *, further: bool) -> Discussion:
    assembly = Assembly(KIND)
    thread = assembly.record(about)
    for post in sorted(assembly.records(posts), key=_written):
        _add(post, assembly)
    if further:
        assembly.miss("There are further pages of posts; they are not in this file.")
    published = thread.moment("createdAt")
    article = Article(
        title=assembly.title(thread.line("clean_title", "title"), f"Thread {number}"),
        url=thread.address("link"),
        published=published,
        published_source="metadata" if published else None,
    )
    return assembly.discussion(article, declared=thread.number("posts"))


def _add(post: Record, assembly: Assembly) -> None:
    held = post.flag("isSpam") or post.fields.get("isApproved") is False
    kind = CommentKind.HELD if held else CommentKind.COMMENT
    score = post.number("points")
    assembly.add(
        key=post.identity("id"),
        parent=post.identity("parent"),
        kind=CommentKind.DELETED if post.flag("isDeleted") else kind,
        body=post.text("message", "raw_message"),
        words=words_from_either,
        author=post.record("author").line("name", "username"),
        posted_at=post.moment("createdAt"),
        score=score if score is not None else post.number("likes"),
    )


def _written(post: Record) -> tuple[str, int]:
    """Sorts as a page shows posts, the oldest first; the interface gives the newest first."""
    return post.text("createdAt") or "", post.number("id") or 0
