"""JSON documents: what the programming interfaces and the export buttons of comment systems hand out."""

from bot.sources.documents.reading import read

__all__ = ["read"]
