"""Reading a source without stopping the loop."""

from typing import Protocol

from bot.domain.discussion import Discussion
from bot.sources.trails import Trails


class DiscussionReader(Protocol):
    """Turns bytes into discussions somewhere else than on the event loop (law 12)."""

    async def read(self, data: bytes, *, location: str, charset: str | None = None) -> list[Discussion]:
        """Raises UnreadableError with a sentence when no reader understands the bytes, or in time."""
        ...

    async def trails(self, data: bytes, *, location: str) -> Trails:
        """Where an HTML page says that the rest of its comments is."""
        ...
