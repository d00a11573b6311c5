"""A guild comes into sight: what was left undone there is taken up, and what was missed is read."""

from collections.abc import Sequence

from bot.ports.records import GuildId
from bot.services.catch_up import CatchUp
from bot.services.publisher import Publisher
from bot.services.quoter import Quoter
from bot.services.redrawing import Redrawer
from bot.services.tracker import Tracker
from bot.services.undoer import Undoer
from bot.services.unfolding import Unfolder


class Arrivals:
    """Keyed to each guild, never to the bot's being ready: a guild need not wait for a thousand others."""

    def __init__(
        self,
        *,
        publisher: Publisher,
        undoer: Undoer,
        quoter: Quoter,
        unfolder: Unfolder,
        redrawer: Redrawer,
        tracker: Tracker,
        catch_up: CatchUp,
    ) -> None:
        self._publisher = publisher
        self._undoer = undoer
        self._quoter = quoter
        self._unfolder = unfolder
        self._redrawer = redrawer
        self._tracker = tracker
        self._catch_up = catch_up

    def session_began(self, guild_ids: Sequence[GuildId]) -> None:
        """Live events of these guilds' threads wait until `guild_came`: something before them may be missing."""
        for guild_id in guild_ids:
            self._tracker.hold(guild_id)

    async def guild_came(self, guild_id: GuildId) -> None:
        """At the start, after an outage, after a lost session."""
        await self._publisher.resume_guild(guild_id)
        await self._undoer.resume_guild(guild_id)
        await self._quoter.settle(guild_id)
        await self._unfolder.finish(guild_id)
        await self._redrawer.resume_guild(guild_id)
        await self._catch_up.run(guild_id)
