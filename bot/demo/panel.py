"""Everything that our page shows, as one JSON object."""

from dataclasses import asdict
from typing import Any

from simcord import ChannelHandle

from bot.demo.director import Director
from bot.demo.feed import Feed, Tree
from bot.demo.screen import Screen
from bot.demo.stage import Stage


class Panel:
    """Looks at the stage, the screen and the database."""

    def __init__(self, stage: Stage, screen: Screen, feed: Feed, director: Director) -> None:
        self._stage = stage
        self._screen = screen
        self._feed = feed
        self._director = director

    async def state(self) -> dict[str, Any]:
        """The state of this moment."""
        world, screen = self._stage.world, self._screen
        tree = await self._tree()
        return {
            "bot": self._stage.presence.value,
            "status": self._director.status,
            "trouble": self._director.trouble,
            "rooms": [
                {"id": str(room.id), "name": _shown(room), "thread": room.is_thread} for room in world.rooms()
            ],
            "room": str(screen.room.id),
            "viewers": [{"id": str(id_), "name": name} for id_, name in world.names.items()],
            "viewer": str(screen.viewer.id),
            "frame": self._frame(),
            "tree": asdict(tree) if tree else None,
        }

    def _frame(self) -> dict[str, Any] | None:
        """Which of SimCord's pages the browser should show, and whether it should stay at its end."""
        screen = self._screen
        if screen.capability is None:
            return None
        return {"number": screen.number, "capability": screen.capability, "follow": screen.follows}

    async def _tree(self) -> Tree | None:
        """The tree of the thread that is shown; elsewhere that of the newest article."""
        articles = await self._feed.articles()
        here = [article for article in articles if article.thread_id == self._screen.room.id]
        for article in here or articles:
            return await self._feed.tree(article.id)
        return None


def _shown(room: ChannelHandle) -> str:
    return room.name or "" if room.is_thread else f"# {room.name}"
