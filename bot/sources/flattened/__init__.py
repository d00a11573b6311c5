"""Flattened text: what plain-text extraction leaves of an article page with its comments."""

from bot.sources.flattened.reading import read

__all__ = ["read"]
