"""Disqus XML, which Disqus exports (Moderate, Export): threads, which are articles, and the posts in them.

E-mail and network addresses of the commenters stand in the file and are never read.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from bot.domain.discussion import (
    Article,
    AuthorSource,
    Comment,
    CommentKind,
    Discussion,
    Dropped,
    Moment,
    Source,
)
from bot.domain.wording import plural
from bot.errors import UnreadableError
from bot.sources.addresses import same_article
from bot.sources.bodies import body, one_line
from bot.sources.content import Content
from bot.sources.elements import Element, Stream, attribute, child, local, text_of
from bot.sources.exports.closing import with_last_words
from bot.sources.growing import grow, stand_in_title
from bot.sources.keys import key_without_id
from bot.sources.stamps import iso

KIND = "disqus-xml"

#: What never stands in a time; such a character between its numbers is damage that hides nothing.
_STRAY = regex.compile(r"[^0-9TZ:.+\- ]")


@dataclass(slots=True)
class _Thread:
    title: str | None = None
    url: str | None = None
    comments: list[Comment] = field(default_factory=list)
    #: What became of the comments that are gone, by key.
    removed: dict[str, str] = field(default_factory=dict)


@dataclass
class _Export:
    #: By id; threads of one article are one object.
    threads: dict[str, _Thread] = field(default_factory=dict)
    by_address: dict[str, _Thread] = field(default_factory=dict)
    #: Posts of threads that have not come yet, by the thread's id.
    waiting: dict[str, _Thread] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    damage: str | None = None


def discussions(data: Content) -> Iterator[Discussion]:
    """Those with the most comments first. Raises UnreadableError where the export holds no thread."""
    export = _read(data)
    articles = {id(thread): thread for thread in export.threads.values()}.values()
    named = [thread for thread in articles if thread.comments or thread.title or thread.url]
    if not named:
        raise UnreadableError(
            "This Disqus export holds no threads; its comments belong nowhere.",
            next_step="Export it once more (Moderate, Export), and hand over the whole file.",
        )
    named.sort(key=lambda thread: len(thread.comments) - len(thread.removed), reverse=True)
    said = [f"{plural(len(articles) - len(named), 'empty thread')} without a name left out."]
    last_words = [*(said if len(named) < len(articles) else []), *([export.damage] if export.damage else [])]
    strays = _strays(export)
    for place, discussion in enumerate(with_last_words(map(_discussion, named), lambda: last_words)):
        yield discussion if place else _with_strays(discussion, strays)


def _read(data: Content) -> _Export:
    export = _Export()
    stream = Stream(data)
    for element in stream.named({"thread", "post"}):
        if local(element) == "thread":
            _add_thread(export, element)
        else:
            _add_post(export, element)
    export.damage = stream.damage
    for thread_id in [known for known in export.waiting if known in export.threads]:
        early = export.waiting.pop(thread_id)
        export.threads[thread_id].comments += early.comments
        export.threads[thread_id].removed |= early.removed
    return export


def _add_thread(export: _Export, element: Element) -> None:
    title = one_line(text_of(child(element, "title"))) or None
    url = text_of(child(element, "link")).strip() or None
    thread = export.by_address.setdefault(same_article(url), _Thread()) if url else _Thread()
    thread.title = thread.title or title
    if thread.url is None or (url is not None and _preference(url) > _preference(thread.url)):
        thread.url = url
    export.threads[attribute(element, "id") or f"without id {len(export.threads)}"] = thread


def _preference(url: str) -> tuple[bool, int]:
    """Of two addresses of one article the encrypted and then the shorter one."""
    return url.startswith("https:"), -len(url)


def _add_post(export: _Export, element: Element) -> None:
    place = child(element, "thread")
    thread_id = attribute(place, "id") if place is not None else ""
    thread = export.threads.get(thread_id) or export.waiting.setdefault(thread_id, _Thread())
    answered = child(element, "parent")
    parent = (attribute(answered, "id") if answered is not None else "") or None
    gone = _gone(element)
    markdown, text = ("", "") if gone else body(text_of(child(element, "message")))
    author = None if gone else _author(element)
    posted_at, evidence = _posted_at(text_of(child(element, "createdAt")).strip())
    comment = Comment(
        key=attribute(element, "id") or key_without_id(parent, text, export.seen),
        parent=parent,
        kind=CommentKind.DELETED if gone else CommentKind.COMMENT,
        author=author,
        author_source=AuthorSource.HEADER if author else AuthorSource.UNKNOWN,
        evidence=evidence,
        posted_at=posted_at,
        markdown=markdown,
        text=text,
    )
    thread.comments.append(comment)
    if gone:
        thread.removed[comment.key] = gone


def _gone(element: Element) -> str | None:
    """What became of a post that is no longer shown; None where it is."""
    if _says(element, "isSpam"):
        return "marked as spam"
    return "deleted" if _says(element, "isDeleted") else None


def _says(element: Element, name: str) -> bool:
    return text_of(child(element, name)).strip().lower() in {"true", "1"}


def _author(element: Element) -> str | None:
    author = child(element, "author")
    if author is None:
        return None
    names = (one_line(text_of(child(author, name))) for name in ("name", "username"))
    return next(filter(None, names), None)


def _posted_at(written: str) -> tuple[Moment | None, str | None]:
    """The time, and in words what was done to read a damaged one."""
    found = iso(written)
    if found is not None or not written:
        return found, None
    found = iso(_STRAY.sub("", written))
    said = "read without its stray characters" if found else "not readable"
    return found, f"its time stands as “{written[:40]}” in the export, {said}"


def _discussion(thread: _Thread) -> Discussion:
    comments, warnings = grow(thread.comments, thread.removed)
    words = (thread.url, *(comment.text for comment in comments[:1]))
    return Discussion(
        source=Source(kind=KIND, location=""),
        article=Article(title=thread.title or stand_in_title(*words), url=thread.url),
        comments=comments,
        warnings=tuple(warnings),
    )


def _strays(export: _Export) -> list[Dropped]:
    return [
        Dropped(
            text=comment.text,
            reason=f"comment of a thread that the export does not have: {thread_id or 'none named'}",
        )
        for thread_id, thread in export.waiting.items()
        for comment in thread.comments
        if comment.kind is not CommentKind.DELETED
    ]


def _with_strays(discussion: Discussion, strays: list[Dropped]) -> Discussion:
    if not strays:
        return discussion
    said = f"{plural(len(strays), 'comment')} of threads that the export does not have left out."
    return discussion.model_copy(update={"dropped": tuple(strays), "warnings": (*discussion.warnings, said)})
