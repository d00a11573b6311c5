"""From a page to a discussion."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from lxml.html import HtmlElement

from bot.domain.discussion import Comment, CommentKind, Discussion, Dropped, Source
from bot.domain.wording import plural
from bot.errors import UnreadableError
from bot.sources.hypertext import MOST_ATTRIBUTES
from bot.sources.material import Material
from bot.sources.pages import counting, structural
from bot.sources.pages.article import read_article
from bot.sources.pages.assembling import comments_of
from bot.sources.pages.fields import FieldReader, Post
from bot.sources.pages.frames import Frame
from bot.sources.pages.gathering import gather
from bot.sources.pages.leftovers import leftovers
from bot.sources.pages.moments import Moments, order_in
from bot.sources.pages.nesting import nest
from bot.sources.pages.parsing import Page, parse
from bot.sources.pages.replying import follow
from bot.sources.pages.systems import (
    blogger,
    discourse,
    drupal,
    embedded,
    hacker_news,
    lobsters,
    old_reddit,
    spip,
    wordpress,
    wpdiscuz,
)
from bot.sources.pages.systems.found import Found

#: From the surest marks to the widest.
_SYSTEMS: Sequence[Callable[[Page], Found | None]] = (
    hacker_news.find, lobsters.find, old_reddit.find, discourse.find, wpdiscuz.find, wordpress.find, blogger.find, drupal.find, spip.find,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Section:
    """What stands under an article, and beside it."""

    kind: str
    comments: Sequence[Comment]
    #: How many the page says that there are.
    declared: int | None
    #: The highest number of a comment page that a link leads to.
    pages: int
    dropped: Sequence[Dropped]
    warnings: Sequence[str]
    #: Whether the page itself says that it leaves comments out.
    partial: bool
    #: The article, where the page holds it in the form of a comment.
    post: Post | None
    #: The elements that hold the comments.
    elements: Sequence[HtmlElement]

    @property
    def complete(self) -> bool:
        """Whether nothing is known to be missing."""
        missing = self.declared is not None and self.declared > len(self.comments)
        return not (missing or self.partial or self.pages)


def read(material: Material) -> list[Discussion]:
    """The one discussion of an HTML page; where it has no comments, the article with a word about them.

    Raises UnreadableError where the page holds neither.
    """
    page = parse(material)
    section = _read_section(page)
    # lxml frees elements several times faster while what they stand in is whole.
    page.forget_elements()
    article, said = read_article(page, section.elements, post=section.post)
    if not section.comments and not article.blocks:
        raise UnreadableError(
            "This looks like an HTML page, but it holds neither an article nor comments; nothing was read.",
            next_step="Open it in a browser, wait until it stands there completely, save it, and hand that over.",
        )
    source = Source(
        kind=section.kind,
        location="",
        declared_comments=section.declared,
        complete=section.complete and not page.truncated,
    )
    warnings = (*section.warnings, *said, *_about(section.comments), *_cut(page))
    return [
        Discussion(
            source=source,
            article=article,
            comments=tuple(section.comments),
            dropped=tuple(section.dropped),
            warnings=warnings,
        )
    ]


def _read_section(page: Page) -> _Section:
    moments = _moments(page)
    found = _find(page, moments)
    frames = [found.post, *found.frames] if found.post is not None else found.frames
    outside = gather(page, frames)
    reader = FieldReader(frames, moments, base=page.base)
    comments = _read_comments(found.frames, reader) or _in_data(page)
    declared = found.declared if found.declared is not None else counting.declared(page, outside)
    pages = counting.other_pages(page, outside)
    return _Section(
        kind=found.kind,
        comments=comments,
        declared=declared,
        pages=pages,
        dropped=leftovers(outside, frames),
        warnings=(*_counted(declared, len(comments), pages), *found.warnings),
        partial=found.partial,
        post=reader.read_post(found.post) if found.post is not None else None,
        elements=[element for frame in found.frames if frame.around is None for element in frame.elements],
    )


def _read_comments(frames: Sequence[Frame], reader: FieldReader) -> list[Comment]:
    nest(frames)
    follow(frames)
    return comments_of(frames, reader)


def _moments(page: Page) -> Moments:
    return Moments(lambda: order_in(page.data, month_first=page.month_first), page.language)


def _find(page: Page, moments: Moments) -> Found:
    for room in _SYSTEMS:
        if found := room(page):
            return found
    if found := structural.find(page, moments):
        return found
    services = embedded.services(page)
    return Found("unknown-html", (), services, partial=bool(services))


def _in_data(page: Page) -> list[Comment]:
    """Comments that stand in the page's JSON-LD and nowhere else in it."""
    if b"application/ld+json" not in page.data:
        return []
    from bot.sources.documents import json_ld  # noqa: PLC0415 - few pages need it

    items = []
    for script in page.root.iter("script"):
        if script.get("type") == "application/ld+json":
            with suppress(ValueError, RecursionError):
                items.append(json.loads(script.text or ""))
    discussion = json_ld.discussion_of(items)
    return list(discussion.comments) if discussion else []


def _counted(declared: int | None, found: int, pages: int) -> list[str]:
    said = []
    if declared is not None and declared > found:
        said.append(f"{found:,} of {declared:,} comments are in this page.")
    elif not found:
        said.append("No comments were found on this page.")
    if pages:
        said.append(f"Its links lead to {plural(pages, 'page')} of comments; this file is one of them.")
    return said


def _about(comments: Sequence[Comment]) -> list[str]:
    """Words for what no import takes, and for names that the page does not give."""
    kinds = Counter(comment.kind for comment in comments)
    linkbacks = kinds[CommentKind.PINGBACK] + kinds[CommentKind.TRACKBACK]
    nameless = sum(comment.author is None and comment.kind is CommentKind.COMMENT for comment in comments)
    said = []
    if linkbacks:
        said.append(
            f"{plural(linkbacks, 'pingback or trackback', 'pingbacks and trackbacks')}, not imported."
        )
    if kinds[CommentKind.HELD]:
        said.append(f"{plural(kinds[CommentKind.HELD], 'comment')} held back for moderation, not imported.")
    if nameless:
        said.append(f"{plural(nameless, 'comment')} without an author's name.")
    return said


def _cut(page: Page) -> list[str]:
    said = []
    if page.truncated:
        said.append("The page is nested more than 2,000 elements deep; what stands deeper could not be read.")
    if page.crowded:
        said.append(
            f"An element of the page has more than {MOST_ATTRIBUTES:,} attributes; the others were not read."
        )
    return said
