"""Blogger's Atom export (Settings, Back up content), the older form and that of Google Takeout: posts and comments.

The comments of all posts are gathered in a first pass; the posts are then read one at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from bot.domain.discussion import Article, AuthorSource, Comment, CommentKind, Discussion, Dropped, Source
from bot.domain.wording import plural
from bot.sources.bodies import body, one_line
from bot.sources.content import Content
from bot.sources.elements import Element, Stream, attribute, child, children, local, text_of
from bot.sources.exports.closing import nothing_in, with_last_words
from bot.sources.growing import grow, stand_in_title
from bot.sources.keys import key_without_id
from bot.sources.markup import blocks_from_html
from bot.sources.stamps import iso

KIND = "blogger-atom"

_TAKEOUT = "schemas.google.com/blogger/2018"
#: Only an export holds these; a feed holds posts or comments, never both.
_ONLY_IN_EXPORTS = frozenset({"template", "settings"})
_ID = regex.compile(r"(?:\.(?:post|page|comment)-|/)(\d+)\s*\Z")
_ARTICLES = frozenset({"post", "page"})
#: Digits of a number of comments.
_LONGEST_NUMBER = 7


@dataclass
class _Blog:
    title: str | None = None
    #: By the post's number.
    comments: dict[str, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    removed: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    posts: set[str] = field(default_factory=set)
    damage: str | None = None


def is_export(root: Element, data: Content) -> bool:
    """Whether an Atom root is that of an export and not of one of the blog's feeds."""
    if any(_TAKEOUT in address for address in root.nsmap.values()):
        return True
    kinds: set[str] = set()
    for entry in Stream(data).named({"entry"}):
        kinds.add(_kind_in_category(entry))
        if kinds & _ONLY_IN_EXPORTS or kinds >= {"post", "comment"}:
            return True
    return False


def discussions(data: Content) -> Iterator[Discussion]:
    """Those with comments first. Raises UnreadableError where the export holds no post."""
    blog = _gather(data)
    found = (
        _discussion(entry, blog)
        for commented in (True, False)
        for entry in Stream(data).named({"entry"})
        if _kind(entry) in _ARTICLES and _is_wanted(entry, blog, commented=commented)
    )
    empty = True
    for discussion in with_last_words(found, lambda: _last_words(blog)):
        yield _with_strays(discussion, blog) if empty else discussion
        empty = False
    if empty:
        raise nothing_in(
            "Blogger export",
            blog.damage,
            next_step="Back the blog up once more, and hand over the whole file.",
        )


def _gather(data: Content) -> _Blog:
    blog = _Blog()
    seen: Counter[tuple[str, str]] = Counter()
    stream = Stream(data)
    for element in stream.named({"entry", "title"}):
        if local(element) == "title":
            blog.title = blog.title or one_line(text_of(element)) or None
            continue
        kind = _kind(element)
        if kind in _ARTICLES:
            blog.posts.add(_id(_field(element, "id")))
        elif kind == "comment":
            post, comment = _comment(element, seen)
            blog.comments[post].append(comment)
            if comment.kind is CommentKind.DELETED:
                blog.removed[comment.key] = _fate(element) or "deleted"
    blog.damage = stream.damage
    return blog


def _is_wanted(entry: Element, blog: _Blog, *, commented: bool) -> bool:
    comments = blog.comments.get(_id(_field(entry, "id")), ())
    if any(comment.kind is not CommentKind.DELETED for comment in comments) is not commented:
        return False
    if not commented and (status := _unpublished(entry)):
        blog.left_out[status] += 1
        return False
    return True


def _comment(entry: Element, seen: Counter[tuple[str, str]]) -> tuple[str, Comment]:
    """The number of the post, and the comment."""
    replies = [_id(attribute(answered, "ref")) for answered in children(entry, "in-reply-to")]
    post = _id(_field(entry, "parent")) or next(iter(replies), "")
    parent = _id(_field(entry, "inReplyTo")) or next(filter(None, replies[1:]), "") or _related(entry)
    gone = _fate(entry)
    markdown, text = ("", "") if gone else body(text_of(child(entry, "content")))
    author = None if gone else _author(entry)
    held = _field(entry, "status") in {"PENDING", "GHOSTED"}
    kind = CommentKind.DELETED if gone else CommentKind.HELD if held else CommentKind.COMMENT
    return post, Comment(
        key=_id(_field(entry, "id")) or key_without_id(parent or None, text, seen),
        parent=parent if parent and parent != post else None,
        kind=kind,
        author=author,
        author_source=AuthorSource.HEADER if author else AuthorSource.UNKNOWN,
        posted_at=iso(_field(entry, "published")),
        markdown=markdown,
        text=text,
    )


def _related(entry: Element) -> str:
    """The comment above, which stands in a link: ``in-reply-to`` names the post."""
    for link in children(entry, "link"):
        if attribute(link, "rel") == "related":
            return _id(attribute(link, "href"))
    return ""


def _fate(entry: Element) -> str | None:
    """What became of a comment that is no longer shown; None where it is."""
    for extended in children(entry, "extendedProperty"):
        if attribute(extended, "name") == "blogger.contentRemoved" and attribute(extended, "value") == "true":
            return "deleted"
    match _field(entry, "status"):
        case "SPAM" | "SPAM_COMMENT":
            return "marked as spam"
        case "EMPTIED" | "DELETED":
            return "deleted"
        case _:
            return "deleted" if _field(entry, "trashed") else None


def _discussion(entry: Element, blog: _Blog) -> Discussion:
    comments, warnings = grow(blog.comments.get(_id(_field(entry, "id")), ()), blog.removed)
    blocks = blocks_from_html(text_of(child(entry, "content")))
    published = iso(_field(entry, "published"))
    status = _unpublished(entry)
    declared, shortfall = _declared(entry, comments)
    return Discussion(
        source=Source(kind=KIND, location="", declared_comments=declared, complete=not shortfall),
        article=Article(
            title=one_line(_field(entry, "title")) or stand_in_title(*(block.text for block in blocks[:1])),
            url=_url(entry),
            site=blog.title,
            byline=_author(entry),
            published=published,
            published_source="metadata" if published else None,
            blocks=blocks,
        ),
        comments=comments,
        warnings=(*([f"This post is not public: {status}."] if status else []), *shortfall, *warnings),
    )


def _declared(entry: Element, comments: tuple[Comment, ...]) -> tuple[int | None, list[str]]:
    """How many comments the post says that it has, and what is to be said where they are not all here."""
    total = _field(entry, "total")
    if not total.isdecimal() or len(total) > _LONGEST_NUMBER:
        return None, []
    found = sum(comment.kind is not CommentKind.HELD for comment in comments)
    if found >= int(total):
        return int(total), []
    return int(total), [
        f"The post says that it has {plural(int(total), 'comment')}; {found} stand in the export."
    ]


def _with_strays(discussion: Discussion, blog: _Blog) -> Discussion:
    """The comments of posts that the export does not have, told with the first of those that it has."""
    strays = [
        Dropped(
            text=comment.text,
            reason=f"comment of a post that the export does not have: {post or 'none named'}",
        )
        for post, comments in blog.comments.items()
        if post not in blog.posts
        for comment in comments
        if comment.kind is not CommentKind.DELETED
    ]
    if not strays:
        return discussion
    said = f"{plural(len(strays), 'comment')} of posts that the export does not have left out."
    return discussion.model_copy(update={"dropped": tuple(strays), "warnings": (*discussion.warnings, said)})


def _last_words(blog: _Blog) -> list[str]:
    said = [f"{plural(count, 'post')} left out: {reason}." for reason, count in blog.left_out.items()]
    return [*said, blog.damage] if blog.damage else said


def _kind(entry: Element) -> str:
    """``post``, ``page``, ``comment``, or what else Blogger backs up."""
    return _field(entry, "type").lower() or _kind_in_category(entry)


def _kind_in_category(entry: Element) -> str:
    for category in children(entry, "category"):
        term = attribute(category, "term")
        if "blogger/2008/kind#" in term:
            return term.rpartition("#")[2]
    return ""


def _unpublished(entry: Element) -> str | None:
    control = child(entry, "control")
    if control is not None and text_of(child(control, "draft")).strip() == "yes":
        return "a draft"
    if _field(entry, "trashed"):
        return "in the trash"
    status = _field(entry, "status")
    return None if status in {"", "LIVE"} else "a draft" if status == "DRAFT" else status.lower()[:40]


def _author(entry: Element) -> str | None:
    author = child(entry, "author")
    return one_line(text_of(child(author, "name"))) or None if author is not None else None


def _url(entry: Element) -> str | None:
    for link in children(entry, "link"):
        if attribute(link, "rel") == "alternate":
            return attribute(link, "href") or None
    return None


def _id(written: str) -> str:
    """The number at the end of an id or address, which the blog's pages use, too; "" where there is none."""
    found = _ID.search(written)
    return found[1] if found else ""


def _field(entry: Element, name: str) -> str:
    return text_of(child(entry, name)).strip()
