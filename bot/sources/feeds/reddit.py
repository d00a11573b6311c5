"""Reddit's feeds (``.rss`` behind any address): submissions and comments in one flat list, without parents."""

import regex

from bot.domain.discussion import Article, AuthorSource, Comment, Discussion, Source
from bot.domain.wording import plural
from bot.sources.bodies import body
from bot.sources.feeds.entries import Entry, Feed
from bot.sources.growing import grow, stand_in_title
from bot.sources.markup import blocks_from_html

KIND = "reddit-feed"

_ID = regex.compile(r"t(?P<thing>[13])_[a-z0-9]{1,13}")
_THREAD = regex.compile(r"/(?P<community>r|user)/(?P<name>[\w-]+)/comments/(?P<thread>[a-z0-9]+)/")
#: What people wrote stands between these; around it are thumbnails and links of Reddit's own.
_WRITTEN = regex.compile(r"<!-- SC_OFF -->(.*?)<!-- SC_ON -->", regex.S)
_DELETED = frozenset({"[deleted]", "/u/[deleted]"})


def is_of(feed: Feed) -> bool:
    """Whether all entries bear Reddit's ids."""
    return all(_ID.fullmatch(entry.id) for entry in feed.entries)


def discussions(feed: Feed) -> list[Discussion]:
    """One for each submission that the feed holds or has comments of."""
    submissions: dict[str, Entry] = {}
    comments: dict[str, list[Entry]] = {}
    for entry in feed.entries:
        thread = _thread_of(entry)
        if entry.id.startswith("t3_"):
            submissions[thread] = entry
        else:
            comments.setdefault(thread, []).append(entry)
    return [
        _discussion(feed, submissions.get(thread), comments.get(thread, []))
        for thread in dict.fromkeys((*submissions, *comments))
    ]


def _thread_of(entry: Entry) -> str:
    found = _THREAD.search(entry.link)
    return (
        found["thread"]
        if found
        else entry.id.removeprefix("t3_")
        if entry.id.startswith("t3_")
        else entry.link
    )


def _discussion(feed: Feed, submission: Entry | None, entries: list[Entry]) -> Discussion:
    comments, warnings = grow([_comment(entry) for entry in entries])
    said = (
        f"Reddit's feed holds {plural(len(comments), 'comment')}, perhaps not all of them, and does not say who answers"
        " whom: all stand at the top. The thread's JSON (.json behind its address) says it."
    )
    return Discussion(
        source=Source(kind=KIND, location="", complete=False),
        article=_article(feed, submission, entries),
        comments=comments,
        warnings=(said, *warnings)
        if comments
        else ("Reddit's feed of submissions holds none of their comments.",),
    )


def _article(feed: Feed, submission: Entry | None, entries: list[Entry]) -> Article:
    entry = submission or entries[0]
    thread = _THREAD.search(entry.link)
    site = f"{thread['community']}/{thread['name']}" if thread else None
    if submission is None:
        # "/u/NAME on TITLE" is the title of every comment.
        name = f"{entry.author} on "
        title = (
            entry.title.removeprefix(name)
            if entry.author
            else entry.title.partition(" on ")[2] or entry.title
        )
        url = entry.link[: thread.end()] if thread else None
        return Article(title=title or stand_in_title(feed.title), url=url, site=site, language=feed.language)
    written = _WRITTEN.search(submission.body)
    blocks = blocks_from_html(written[1]) if written else ()
    return Article(
        title=submission.title or stand_in_title(*(block.text for block in blocks[:1])),
        url=submission.link or None,
        site=site,
        byline=_author(submission),
        published=submission.published,
        published_source="metadata" if submission.published else None,
        language=feed.language,
        blocks=blocks,
    )


def _comment(entry: Entry) -> Comment:
    written = _WRITTEN.search(entry.body)
    words = body(written[1] if written else entry.body)
    author = _author(entry)
    return Comment(
        key=entry.id,
        author=author,
        author_source=AuthorSource.HEADER if author else AuthorSource.UNKNOWN,
        posted_at=entry.published,
        edited_at=entry.updated if entry.updated != entry.published else None,
        markdown=words.markdown,
        text=words.text,
    )


def _author(entry: Entry) -> str | None:
    return entry.author if entry.author not in _DELETED else None
