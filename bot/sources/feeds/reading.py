"""The reader for feeds: what kind a feed is, which entries are comments, of which articles, in answer to what."""

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.content import Content
from bot.sources.elements import tree_of
from bot.sources.feeds import discourse, reddit
from bot.sources.feeds.articles import articles
from bot.sources.feeds.comments import discussions
from bot.sources.feeds.entries import feed_of
from bot.sources.feeds.grouping import is_comment


def read(data: Content) -> list[Discussion]:
    """The discussions of a feed, those with comments first. Raises UnreadableError where it has no entries."""
    root, damage = tree_of(data)
    feed = feed_of(root) if root is not None else None
    if feed is None or not feed.entries:
        raise UnreadableError(
            "This feed has no entries.",
            next_step="Hand over the page itself, or the feed once somebody has written something.",
        )
    if reddit.is_of(feed):
        found = reddit.discussions(feed)
    elif discourse.is_of(feed):
        found = discourse.discussions(feed)
    elif any(map(is_comment, feed.entries)):
        found = discussions(feed)
    else:
        found = articles(feed)
    if damage:
        found[-1] = found[-1].model_copy(update={"warnings": (*found[-1].warnings, damage)})
    return sorted(found, key=lambda discussion: not discussion.comments)
