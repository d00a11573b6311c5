"""Cutting text where a reader would: split, shorten, opening."""

import regex

_SPACES = regex.compile(r"\s+")


def opening(text: str, limit: int) -> str:
    """The first words of a plain text on one line, at most ``limit`` characters; the caller escapes."""
    return shorten(_SPACES.sub(" ", text[: 4 * limit]).strip(), limit)


def shorten(text: str, limit: int, *, ellipsis: str = "…") -> str:
    """The text, cut at a word's end if it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    return split(text, limit - len(ellipsis))[0] + ellipsis


def split(text: str, limit: int) -> list[str]:
    """Parts of at most ``limit`` characters."""
    parts = []
    text = text.strip()
    while len(text) > limit:
        cut = max(text.rfind(" ", 0, limit + 1), text.rfind("\n", 0, limit + 1))
        cut = cut if cut > 0 else limit
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text] if text else parts
