"""SimCord's page of one room, as one person sees it. An environment allows one such page at a time."""

import asyncio

import discord
import structlog
from simcord import ChannelHandle, MemberActor, Preview

from bot.demo.portraits import portraits
from bot.demo.stage import Stage
from bot.errors import DeliveryError

log = structlog.get_logger()

#: Seconds between two refreshes of the page: as often as the page itself asks for news.
_EVERY = 0.4


class Screen:
    """Shows a room to a person; moving on closes the page and opens another."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._preview: Preview | None = None
        self._portraits = portraits(stage.env, stage.world)
        #: Who looks; they may type, click and run commands in their name.
        self.viewer: MemberActor = stage.world.moderator
        self.room: ChannelHandle = stage.world.lounge
        #: Whether the page should stay at the room's end while messages come.
        self.follows = False
        #: Counts the pages opened so far; the browser loads the frame anew when it moves.
        self.number = 0

    @property
    def origin(self) -> str | None:
        """Where SimCord serves the page on loopback; None between two pages."""
        return self._preview.url.partition("/#")[0] if self._preview else None

    @property
    def capability(self) -> str | None:
        """The secret that SimCord's page carries in its fragment."""
        return self._preview.url.partition("#")[2] if self._preview else None

    async def show(
        self, room: ChannelHandle, viewer: MemberActor | None = None, *, at: discord.Message | None = None
    ) -> None:
        """Open a room, at one of its messages or at its end. Who may not read it gives way to the moderator."""
        viewer = viewer or self.viewer
        if not self._stage.world.may_read(viewer, room):
            viewer = self._stage.world.moderator
        async with self._stage.act() as env:
            await self._close()
            preview = env.preview(
                room, viewers=[viewer], layout="channel", locale="en-GB", assets=self._portraits
            )
            await preview.__aenter__()
            if at is not None:
                await preview.show(at)
            self._preview, self.room, self.viewer = preview, room, viewer
            self.follows = room.is_thread and at is None
            self.number += 1

    async def keep_fresh(self) -> None:
        """Publish to the page whatever changed, until cancelled: SimCord does so only after its own clicks."""
        while True:
            await self._stage.changed.wait()
            self._stage.changed.clear()
            try:
                async with self._stage.quietly():
                    if self._preview is not None:
                        await self._preview.refresh()
            except DeliveryError as problem:
                log.warning("the page was not refreshed", reason=problem.message)
            await asyncio.sleep(_EVERY)

    async def close(self) -> None:
        """End the page."""
        async with self._stage.quietly():
            await self._close()

    async def _close(self) -> None:
        if self._preview is not None:
            preview, self._preview = self._preview, None
            await preview.close()
