"""Reading a source without stopping the loop."""

from collections.abc import AsyncGenerator, Collection
from pathlib import Path
from typing import Protocol

from bot.domain.discussion import Discussion
from bot.sources.summaries import Summary
from bot.sources.trails import Trails


class DiscussionReader(Protocol):
    """Turns bytes into discussions somewhere else than on the event loop (law 12)."""

    async def read(self, data: bytes, *, location: str, charset: str | None = None) -> list[Discussion]:
        """Raises UnreadableError with a sentence when no reader understands the bytes, or in time."""
        ...

    async def summaries(self, file: Path, *, location: str) -> list[Summary]:
        """Title, date and number of comments of every discussion in a file. Raises as `read`."""
        ...

    def discussions(
        self, file: Path, *, location: str, only: Collection[int] | None = None
    ) -> AsyncGenerator[Discussion, None]:
        """Those of a file one by one, or ``only`` some of them by the places in their summaries.

        An export of any size never lies in memory. Raises as `read`, also between two. Close the iterator
        (`contextlib.aclosing`) where it is not read to its end.
        """
        ...

    async def trails(self, data: bytes, *, location: str) -> Trails:
        """Where an HTML page says that the rest of its comments is."""
        ...
