"""Which article each comment of a feed belongs to."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sources.addresses import article_address, comment_in, same_article
from bot.sources.feeds.entries import Entry, Feed


@dataclass(slots=True)
class Group:
    """An article with the comments that the feed has of it."""

    url: str | None = None
    entry: Entry | None = None
    comments: list[Entry] = field(default_factory=list)


def is_comment(entry: Entry) -> bool:
    """Whether an entry says that it answers something, or leads to a comment."""
    return bool(entry.answers) or comment_in(entry.link) is not None or comment_in(entry.id) is not None


def grouped(feed: Feed) -> dict[str, Group]:
    """The articles by key, in the order in which the feed first speaks of them."""
    tops = _tops({entry.id: entry for entry in feed.entries if entry.id})
    groups: dict[str, Group] = defaultdict(Group)
    articles = {
        name: same_article(entry.link or entry.id)
        for entry in feed.entries
        if not is_comment(entry)
        for name in (entry.id, same_article(entry.link))
    }
    for entry in feed.entries:
        if is_comment(entry):
            key, url = _article_of(entry, tops, articles)
            groups[key].comments.append(entry)
            groups[key].url = groups[key].url or url
        else:
            groups[same_article(entry.link or entry.id)].entry = entry
    return dict(groups)


def _article_of(
    entry: Entry, tops: Mapping[str, Entry], articles: Mapping[str, str]
) -> tuple[str, str | None]:
    """The key and the address of the article that a comment belongs to."""
    top = tops.get(entry.id, entry)
    for answered in top.answers:
        for name in (answered.ref, same_article(answered.href)):
            if name in articles:
                return articles[name], None
    if comment_in(entry.link) is not None and (found := article_address(entry.link)):
        return articles.get(same_article(found), same_article(found)), found
    if comment_in(entry.id) is not None and (found := article_address(entry.id)):
        return same_article(found), found
    for answered in top.answers:
        address = article_address(answered.href)
        return (same_article(address), address) if address else (answered.ref, None)
    return same_article(entry.link), entry.link or None


def _tops(by_id: Mapping[str, Entry]) -> dict[str, Entry]:
    """For every comment the one at the top of its thread, as far as the feed has it."""
    tops: dict[str, Entry] = {}
    for entry in by_id.values():
        path = {entry.id: entry}
        top = entry
        while top.id not in tops and (above := _above(top, by_id)) and above.id not in path:
            path[above.id] = top = above
        tops |= dict.fromkeys(path, tops.get(top.id, top))
    return tops


def _above(entry: Entry, by_id: Mapping[str, Entry]) -> Entry | None:
    answered = (by_id[answered.ref] for answered in entry.answers if answered.ref in by_id)
    return next(filter(is_comment, answered), None)
