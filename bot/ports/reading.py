"""Reading a source without stopping the loop."""

from typing import Protocol

from bot.domain.discussion import Discussion


class DiscussionReader(Protocol):
    """Turns bytes into discussions somewhere else than on the event loop (law 12)."""

    async def read(self, data: bytes, *, location: str) -> list[Discussion]:
        """Raises UnreadableError with a sentence when no reader understands the bytes, or in time."""
        ...
