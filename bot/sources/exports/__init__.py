"""XML files: what blogs and comment services export, and the feeds that sites offer."""

from bot.sources.exports.reading import read

__all__ = ["read"]
