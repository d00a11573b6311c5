"""Entries that are articles. Their comments are elsewhere; the feed says how many, and sometimes where."""

from bot.domain.discussion import Article, Discussion, Source
from bot.domain.wording import plural
from bot.sources.feeds.entries import Entry, Feed
from bot.sources.growing import stand_in_title
from bot.sources.markup import blocks_from_html
from bot.sources.paragraphs import with_paragraphs

KIND = "article-feed"


def articles(feed: Feed) -> list[Discussion]:
    """One discussion for each entry, without comments."""
    return [
        Discussion(
            source=Source(
                kind=KIND, location="", declared_comments=entry.declared, complete=not entry.declared
            ),
            article=article_of(entry, feed),
            warnings=tuple(elsewhere(entry, found=0)),
        )
        for entry in feed.entries
    ]


def article_of(entry: Entry, feed: Feed) -> Article:
    """An entry as an article."""
    blocks = blocks_from_html(with_paragraphs(entry.body))
    return Article(
        title=entry.title or stand_in_title(*(block.text for block in blocks[:1]), entry.link),
        url=entry.link or None,
        site=feed.title or None,
        byline=entry.author or feed.author,
        published=entry.published,
        published_source="metadata" if entry.published else None,
        language=feed.language,
        blocks=blocks,
    )


def elsewhere(entry: Entry, *, found: int) -> list[str]:
    """What the feed says of comments that it does not hold."""
    if entry.declared is not None and entry.declared > found:
        said = (
            f"This feed holds {found} of {plural(entry.declared, 'comment')}"
            if found
            else f"This feed holds the article without its {plural(entry.declared, 'comment')}"
        )
        where = f"; the comments' own feed is {entry.comments_feed}" if entry.comments_feed else ""
        return [f"{said}{where}."]
    if entry.comments_feed and not found and entry.declared is None:
        return [f"This feed holds the article only; its comments' own feed is {entry.comments_feed}."]
    return []
