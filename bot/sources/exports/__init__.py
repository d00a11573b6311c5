"""XML files: what blogs and comment services export, and the feeds that sites offer."""

from bot.sources.exports.reading import is_export, read

__all__ = ["is_export", "read"]
