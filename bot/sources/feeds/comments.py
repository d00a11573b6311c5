"""Comment feeds: entries that are comments, each with the comment that it answers, as far as the feed knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import regex

from bot.domain.discussion import Article, AuthorSource, Comment, Discussion, Source
from bot.domain.wording import plural
from bot.sources.addresses import comment_in, same_article
from bot.sources.bodies import body
from bot.sources.feeds.articles import KIND as ARTICLES
from bot.sources.feeds.articles import article_of, elsewhere
from bot.sources.feeds.entries import Entry, Feed
from bot.sources.feeds.grouping import Group, grouped, is_comment
from bot.sources.feeds.hidden import HiddenParent, hidden_parents
from bot.sources.feeds.titles import title_after_colon, titles_of
from bot.sources.growing import grow, stand_in_title
from bot.sources.keys import key_without_id

WORDPRESS = "wordpress-comments-feed"
OTHERS = "comments-feed"

_WORDPRESS_GUID = regex.compile(r"[?&](?:p|page_id|attachment_id)=\d+#comment-\d+\Z")
_BLOGGER_ANSWERED = regex.compile(r"/comments/default/(\d+)")
_BLOGGER = regex.compile(r"tag:blogger\.com,\d+:blog-\d+\.(?:post|comment)-(\d+)")


def discussions(feed: Feed) -> list[Discussion]:
    """One for each article that the feed has comments of, and for each that it has itself."""
    commented = [entry for entry in feed.entries if is_comment(entry)]
    hidden = hidden_parents(commented)
    groups = grouped(feed)
    titles = titles_of({key: group.comments for key, group in groups.items() if group.comments})
    alone = len(groups) == 1
    return [
        _discussion(
            group, feed, hidden, title=_title(feed, group, titles.get(key, ""), alone=alone), alone=alone
        )
        for key, group in groups.items()
    ]


def key_of(entry: Entry) -> str | None:
    """The key of a comment: the same that the site's pages and exports lead to; None where it has no id."""
    if found := _BLOGGER.match(entry.id):
        return str(found[1])
    number = comment_in(entry.id) or comment_in(entry.link)
    if number is None:
        return entry.id or None
    if _host(entry.link) == "disqus.com" or _host(entry.link).endswith(".disqus.com"):
        return number
    fragment = (entry.id if comment_in(entry.id) else entry.link).rpartition("#")[2]
    return f"comment-{number}" if fragment.startswith("comment") else fragment


def _title(feed: Feed, group: Group, title: str, *, alone: bool) -> str:
    """The feed's own where it is the feed of one article, else what the titles of the comments tell."""
    if alone and group.url and feed.link and same_article(feed.link) == same_article(group.url):
        return title_after_colon(feed.title)
    return title


def _discussion(
    group: Group, feed: Feed, hidden: Mapping[str, HiddenParent], *, title: str, alone: bool
) -> Discussion:
    comments, warnings = grow(_comments(group, hidden))
    entry = group.entry
    declared = entry.declared if entry else None
    article = article_of(entry, feed) if entry else _article_elsewhere(group, feed, title, comments)
    return Discussion(
        source=Source(
            kind=_kind(feed) if comments else ARTICLES,
            location="",
            declared_comments=declared,
            # A feed that counts nothing is a window: nobody can tell what is outside of it.
            complete=len(comments) >= declared if declared is not None else not comments,
        ),
        article=article,
        comments=comments,
        warnings=(*_window(feed, entry, len(comments), alone=alone), *warnings),
    )


def _article_elsewhere(group: Group, feed: Feed, title: str, comments: Sequence[Comment]) -> Article:
    """What a feed of comments alone knows of the article: address and title."""
    return Article(
        title=title or stand_in_title(group.url, *(comment.text for comment in comments[:1])),
        url=group.url,
        site=_host(group.url or feed.link) or None,
        language=feed.language,
    )


def _kind(feed: Feed) -> str:
    guids = any(_WORDPRESS_GUID.search(entry.id) for entry in feed.entries)
    return WORDPRESS if guids or "wordpress" in feed.generator.lower() else OTHERS


def _window(feed: Feed, entry: Entry | None, found: int, *, alone: bool) -> list[str]:
    """What the feed does not hold, in words."""
    if entry is not None and (said := elsewhere(entry, found=found)):
        return said
    if not found or (entry is not None and entry.declared is not None):
        return []
    newest = plural(sum(map(is_comment, feed.entries)), "comment")
    of_all = "" if alone else " of all articles together"
    return [f"This feed holds the newest {newest}{of_all} and does not say how many there are in all."]


def _from_old_to_new(entries: Sequence[Entry]) -> list[Entry]:
    """Feeds begin with the newest; where times can't be compared, they are only turned round."""
    turned = list(reversed(entries))
    instants = {
        id(entry): entry.published.timestamp()
        for entry in turned
        if isinstance(entry.published, datetime) and entry.published.tzinfo
    }
    return sorted(turned, key=lambda entry: instants[id(entry)]) if len(instants) == len(turned) else turned


def _comments(group: Group, hidden: Mapping[str, HiddenParent]) -> list[Comment]:
    keys = {entry.id: key for entry in group.comments if (key := key_of(entry))}
    present = frozenset(keys.values())
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for entry in _from_old_to_new(group.comments):
        above = hidden.get(entry.id)
        words = body(above.rest if above else entry.body)
        parent = _parent(entry, above, keys)
        evidence = None
        if above and parent not in present:
            evidence = f"answers {above.author}, whose comment is not in this feed"
        found.append(
            Comment(
                key=keys.get(entry.id) or key_without_id(parent, words.text, seen),
                parent=parent,
                author=entry.author,
                author_source=AuthorSource.HEADER if entry.author else AuthorSource.UNKNOWN,
                evidence=evidence,
                posted_at=entry.published,
                edited_at=entry.updated if entry.updated != entry.published else None,
                markdown=words.markdown,
                text=words.text,
            )
        )
    return found


def _parent(entry: Entry, hidden: HiddenParent | None, keys: Mapping[str, str]) -> str | None:
    """The key of the comment above, in the feed or not."""
    if _BLOGGER.match(entry.id) and (above := _BLOGGER_ANSWERED.search(entry.related)):
        return str(above[1])
    for answered in entry.answers:
        if answered.ref in keys:
            return keys[answered.ref]
    named = next((n for a in entry.answers if (n := comment_in(a.ref) or comment_in(a.href))), None)
    number = named or (hidden.number if hidden else None)
    return f"comment-{number}" if number else None


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
