"""Mastodon: what stands above and below a status, with the status where the file holds it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from textwrap import shorten

from bot.domain.discussion import Article, CommentKind, Discussion
from bot.domain.wording import plural
from bot.sources.documents.assembling import Assembly
from bot.sources.documents.fields import Record
from bot.sources.documents.parsing import JSON
from bot.sources.markup import blocks_from_html, words_from_html

KIND = "mastodon"

#: Only what everybody may see is read; "private" is for followers, "direct" for those named.
_PUBLIC = {"public", "unlisted"}
#: Characters of a status that stand in its title's place: it has none.
_TITLE = 80


def recognises(item: Mapping[str, JSON]) -> bool:
    """A context, alone or beside its status."""
    inner = item.get("context")
    context = inner if isinstance(inner, dict) else item
    return isinstance(context.get("descendants"), list) and ("ancestors" in context or "status" in item)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """One discussion a context."""
    return [_discussion(item) for item in items if isinstance(item, dict) and recognises(item)]


def _discussion(value: JSON) -> Discussion:
    assembly = Assembly(KIND)
    item = assembly.record(value)
    context = item.record("context") or item
    status = item.record("status")
    ancestors = context.records("ancestors")
    thread = [*ancestors, *([status] if status else []), *context.records("descendants")]
    shown = [post for post in thread if post.line("visibility") in _PUBLIC or "visibility" not in post]
    first = shown[0] if shown and shown[0] is thread[0] and (ancestors or status) else assembly.record(None)
    root = first.identity("id") or _root(shown)
    for post in shown:
        if post is not first:
            _add(post, root, assembly)
    if closed := len(thread) - len(shown):
        assembly.miss(f"{plural(closed, 'post')} not meant for everybody, left out.")
    _count(shown, assembly)
    return assembly.discussion(_article(first, root, assembly))


def _root(posts: Sequence[Record]) -> str | None:
    """The status that a context is of and does not hold: the first that is answered and not here."""
    here = {post.identity("id") for post in posts}
    return next(
        (above for post in posts if (above := post.identity("in_reply_to_id")) and above not in here), None
    )


def _add(post: Record, root: str | None, assembly: Assembly) -> None:
    parent = post.identity("in_reply_to_id")
    assembly.add(
        key=post.identity("id"),
        parent=parent if parent != root else None,
        kind=CommentKind.COMMENT,
        body=_html(post),
        words=words_from_html,
        author=_name(post),
        posted_at=post.moment("created_at"),
        edited_at=post.moment("edited_at"),
        score=post.number("favourites_count"),
    )


def _name(post: Record) -> str | None:
    return post.record("account").line("display_name", "acct", "username")


def _html(post: Record) -> str | None:
    """Its words as people see them: the warning above them, the pictures' descriptions below."""
    warning = post.text("spoiler_text")
    pictures = [
        f'<p><img src="{escape(address)}" alt="{escape(picture.line("description") or "")}"></p>'
        for picture in post.records("media_attachments")
        if (address := picture.address("url"))
    ]
    parts = [f"<p>{escape(warning)}</p>" if warning else "", post.text("content") or "", *pictures]
    return "".join(parts) or None


def _count(posts: Sequence[Record], assembly: Assembly) -> None:
    """Compare the number of answers that each post declares with those that are here."""
    answers = Counter(post.identity("in_reply_to_id") for post in posts)
    lacking = sum(
        max(0, (post.number("replies_count") or 0) - answers[post.identity("id")]) for post in posts
    )
    if lacking:
        assembly.miss(
            f"{plural(lacking, 'answer')} counted but not in this file; servers hide what is not public, and know"
            " only a part of what was written elsewhere."
        )


def _article(first: Record, root: str | None, assembly: Assembly) -> Article:
    html = _html(first)
    words = " ".join(words_from_html(html).text.split()) if html else ""
    published = first.moment("created_at")
    if not first:
        assembly.warn("The status that was answered is not in this file, only the answers.")
    return Article(
        title=shorten(words, _TITLE, placeholder="…") or f"Status {root or ''}".strip(),
        url=first.address("url", "uri"),
        byline=_name(first),
        published=published,
        published_source="metadata" if published else None,
        language=first.line("language"),
        blocks=blocks_from_html(html) if html else (),
    )
