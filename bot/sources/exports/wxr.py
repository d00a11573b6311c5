"""WXR, which WordPress exports (Tools, Export): one discussion for each post, read one post at a time.

E-mail addresses, network addresses and user ids of the commenters stand in the file and are never read.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from bot.domain.discussion import (
    Article,
    AuthorSource,
    Comment,
    CommentKind,
    Discussion,
    Moment,
    Source,
)
from bot.domain.wording import plural
from bot.sources.bodies import blocks, body, one_line
from bot.sources.content import Content
from bot.sources.elements import Element, Stream, child, children, local, namespace, text_of
from bot.sources.exports.closing import nothing_in, with_last_words
from bot.sources.growing import grow, stand_in_title
from bot.sources.paragraphs import with_paragraphs, without_shortcodes
from bot.sources.stamps import in_utc, iso, rfc822

KIND = "wxr"

_NAMESPACE = "wordpress.org/export/"
#: Of a comment's fields these are read, and no others.
_FIELDS = frozenset(
    {
        "comment_id",
        "comment_author",
        "comment_date",
        "comment_date_gmt",
        "comment_content",
        "comment_approved",
        "comment_type",
        "comment_parent",
    }
)
_APPROVED = frozenset({"1", "", "approve", "approved"})
_HELD = frozenset({"0", "hold", "unapproved"})
_REMOVED = {"spam": "marked as spam", "trash": "in the trash", "post-trashed": "in the trash"}
_TYPES = {
    **dict.fromkeys(("", "comment", "review", "reply"), CommentKind.COMMENT),
    **dict.fromkeys(("pingback", "webmention", "mention", "like", "repost"), CommentKind.PINGBACK),
    "trackback": CommentKind.TRACKBACK,
}
#: What else WordPress keeps as posts: pictures, menus, old versions and the like are no articles.
_NO_ARTICLES = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache"}
)
_PUBLIC = frozenset({"", "publish", "inherit"})
_TRASH = "trash"


@dataclass
class _Site:
    """What the head of the file says of all posts."""

    title: str | None = None
    language: str | None = None
    #: Names that are shown, by the names that people log in with.
    authors: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    #: Places of the posts all of whose comments are left out.
    silent: set[int] = field(default_factory=set)
    damage: str | None = None

    def learn(self, element: Element) -> None:
        match local(element):
            case "title":
                self.title = self.title or one_line(text_of(element)) or None
            case "language":
                self.language = text_of(element).strip() or None
            case _:
                login = text_of(child(element, "author_login")).strip()
                self.authors[login] = one_line(text_of(child(element, "author_display_name"))) or login


@dataclass
class _Remarks:
    """The comments of one item, which are taken out of it one by one: some posts have ten thousand."""

    count: int = 0
    #: Those that were read, in the file's order.
    comments: list[Comment] = field(default_factory=list)
    #: What became of the comments that are gone, by key.
    removed: dict[str, str] = field(default_factory=dict)
    #: What plugins keep among the comments, by type.
    others: Counter[str] = field(default_factory=Counter)

    def add(self, element: Element) -> None:
        fields = {name: text_of(part) for part in element if (name := local(part)) in _FIELDS}
        kind = _kind(fields, self.others)
        if kind is None:
            return
        comment = _comment(fields, kind)
        self.comments.append(comment)
        if kind is CommentKind.DELETED:
            self.removed[comment.key] = _REMOVED[fields["comment_approved"].strip().lower()]


def is_export(root: Element) -> bool:
    """Whether an RSS root is that of an export: feeds have no use for its namespace."""
    return any(_NAMESPACE in address for address in root.nsmap.values())


def discussions(data: Content) -> Iterator[Discussion]:
    """Those with comments first, then the posts without; the file is gone through once for each.

    Raises UnreadableError where the file holds no post.
    """
    site = _Site()
    found = chain(_read(data, site, commented=True), _read(data, site, commented=False))
    empty = True
    for discussion in with_last_words(found, lambda: _last_words(site)):
        empty = False
        yield discussion
    if empty:
        raise nothing_in(
            "WordPress export",
            site.damage,
            next_step="Choose “All content” or “Posts” under Tools, Export, and hand over that file.",
        )


def _read(data: Content, site: _Site, *, commented: bool) -> Iterator[Discussion]:
    """The posts with comments, or those without; no more than one lies in memory."""
    stream = Stream(data)
    remarks = _Remarks()
    place = 0
    for element in stream.named({"item", "author", "title", "language"}, parts={"comment"}):
        match local(element):
            case "comment":
                remarks.count += 1
                if commented or place in site.silent:
                    remarks.add(element)
            case "item":
                discussion = _post(element, place, site, remarks, commented=commented)
                remarks = _Remarks()
                place += 1
                if discussion is not None:
                    yield discussion
            case _:
                site.learn(element)
    site.damage = stream.damage


def _post(item: Element, place: int, site: _Site, remarks: _Remarks, *, commented: bool) -> Discussion | None:
    """The item's discussion where it is one of those that are asked for."""
    if place in site.silent:
        return _discussion(item, site, remarks)
    if bool(remarks.count) is not commented or not _is_wanted(item, site, commented=commented):
        return None
    discussion = _discussion(item, site, remarks)
    if commented and not discussion.comments:
        site.silent.add(place)
        return None
    return discussion


def _is_wanted(item: Element, site: _Site, *, commented: bool) -> bool:
    """Whether an item is an article that readers could see, or that somebody commented on."""
    status = _field(item, "status")
    if status == _TRASH:
        site.left_out["in the trash"] += 1
        return False
    if commented:
        return True
    if _field(item, "post_type") in _NO_ARTICLES or _field(item, "post_type").startswith("wp_"):
        return False
    if status not in _PUBLIC:
        site.left_out["never published"] += 1
    return status in _PUBLIC


def _last_words(site: _Site) -> list[str]:
    said = [f"{plural(count, 'post')} left out: {reason}." for reason, count in site.left_out.items()]
    return [*said, site.damage] if site.damage else said


def _discussion(item: Element, site: _Site, remarks: _Remarks) -> Discussion:
    comments, warnings = grow(remarks.comments, remarks.removed)
    return Discussion(
        source=Source(kind=KIND, location=""),
        article=_article(item, site, comments),
        comments=comments,
        warnings=(
            *_about(item),
            *(
                f"{count} of type “{name}” left out: no words of readers."
                for name, count in remarks.others.items()
            ),
            *warnings,
        ),
    )


def _kind(fields: dict[str, str], others: Counter[str]) -> CommentKind | None:
    """What an entry is; None for what plugins keep among the comments, which is counted."""
    approved = fields.get("comment_approved", "").strip().lower()
    written = fields.get("comment_type", "").strip().lower()
    kind = _TYPES.get(written)
    if kind is None:
        others[written[:40]] += 1
        return None
    if approved in _REMOVED:
        return CommentKind.DELETED
    return kind if approved in _APPROVED or approved not in _HELD else CommentKind.HELD


def _comment(fields: dict[str, str], kind: CommentKind) -> Comment:
    gone = kind is CommentKind.DELETED
    author = None if gone else one_line(fields.get("comment_author", "")) or None
    markdown, text = ("", "") if gone else body(fields.get("comment_content", ""))
    parent = fields.get("comment_parent", "").strip()
    return Comment(
        key=f"comment-{fields.get('comment_id', '').strip()}",
        parent=f"comment-{parent}" if parent not in {"", "0"} else None,
        kind=kind,
        author=author,
        author_source=AuthorSource.HEADER if author else AuthorSource.UNKNOWN,
        posted_at=_moment(fields.get("comment_date_gmt", ""), fields.get("comment_date", "")),
        markdown=markdown,
        text=text,
    )


def _article(item: Element, site: _Site, comments: tuple[Comment, ...]) -> Article:
    login = _field(item, "creator")
    content, excerpt = _encoded(item)
    protected = bool(_field(item, "post_password"))
    published = _moment(_field(item, "post_date_gmt"), _field(item, "post_date")) or rfc822(
        _field(item, "pubDate")
    )
    article = () if protected else blocks(with_paragraphs(without_shortcodes(content)))
    words = (*(block.text for block in article[:1]), *(comment.text for comment in comments[:1]))
    return Article(
        title=one_line(_field(item, "title")) or stand_in_title(*words),
        url=_field(item, "link") or None,
        site=site.title,
        byline=site.authors.get(login, login) or None,
        published=published,
        published_source="metadata" if published else None,
        language=site.language,
        lede=one_line(excerpt) or None if not protected else None,
        blocks=article,
    )


def _about(item: Element) -> list[str]:
    """What is special about a post, in words."""
    said = []
    if _field(item, "post_password"):
        said.append(
            "This post is protected by a password; its text was left out. Its comments were protected, too."
        )
    status = _field(item, "status")
    if status not in _PUBLIC:
        said.append(f"This post is not public: its status is “{status[:40]}”.")
    return said


def _moment(in_gmt: str, local_time: str) -> Moment | None:
    """The instant where the file knows it, else the site's own time, which has no zone."""
    return in_utc(iso(in_gmt)) or iso(local_time)


def _field(item: Element, name: str) -> str:
    return text_of(child(item, name)).strip()


def _encoded(item: Element) -> tuple[str, str]:
    """Content and excerpt, which share a name and differ by their namespaces."""
    content = excerpt = ""
    for element in children(item, "encoded"):
        if "excerpt" in namespace(element):
            excerpt = text_of(element)
        else:
            content = text_of(element)
    return content, excerpt
