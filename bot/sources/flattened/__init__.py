"""Flattened text: what plain-text extraction leaves of an article page with its comments."""
