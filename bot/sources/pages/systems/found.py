"""What a system's room finds on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sources.pages.frames import Frame


@dataclass(frozen=True, slots=True)
class Found:
    """The frames of a page's comments, in its order."""

    #: What `inspect` calls the source.
    kind: str
    frames: Sequence[Frame]
    warnings: Sequence[str] = ()
    #: How many comments the page says that there are, where the room knows better than the general rules.
    declared: int | None = None
    #: Whether the page itself says that it leaves comments out.
    partial: bool = False
    #: The article, where the page holds it in the form of a comment: the first post of a topic.
    post: Frame | None = None
