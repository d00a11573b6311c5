"""HTML pages: the article and the comment tree under it, whatever system wrote the page."""

from bot.sources.pages.reading import read

__all__ = ["read"]
