"""RSS and Atom: the feeds of comments, and the feeds of articles, whose comments are elsewhere."""

from bot.sources.feeds.reading import read

__all__ = ["read"]
