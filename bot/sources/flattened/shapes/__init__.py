"""The shapes in which pages write a comment's header: one room a family, and the habit that proves it."""

from bot.sources.flattened.shapes.choosing import marks_in

__all__ = ["marks_in"]
