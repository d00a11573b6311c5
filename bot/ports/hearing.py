"""What the services hear from Discord, as it happens."""

from collections.abc import Sequence
from typing import Protocol

from bot.ports.messenger import SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId, ThreadState, Vote


class Hearing(Protocol):
    """Whoever listens in our threads. Events come in Discord's order; none is awaited before the next is handed on."""

    def follows(self, channel_id: ChannelId) -> bool:
        """Whether a channel is a thread of ours: asked for every message of every server."""
        ...

    async def observe(self, seen: SeenMessage) -> None:
        """A message was posted."""
        ...

    async def edited(self, seen: SeenMessage) -> None:
        """A message has new text."""
        ...

    async def deleted(
        self, guild_id: GuildId, channel_id: ChannelId, message_ids: Sequence[MessageId]
    ) -> None:
        """Messages were deleted."""
        ...

    async def voted(self, guild_id: GuildId, channel_id: ChannelId, vote: Vote) -> None:
        """A member reacts to a message."""
        ...

    async def unvoted(self, guild_id: GuildId, channel_id: ChannelId, vote: Vote) -> None:
        """A member takes a reaction back."""
        ...

    async def votes_cleared(
        self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId, emoji: str | None
    ) -> None:
        """Every reaction of a message was taken away, or every one with this emoji."""
        ...

    async def thread_changed(self, thread_id: ChannelId, state: ThreadState) -> None:
        """A thread was archived, locked or opened again."""
        ...

    async def thread_deleted(self, guild_id: GuildId, thread_id: ChannelId) -> None:
        """A thread is gone with everything in it."""
        ...

    async def channel_deleted(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """A channel is gone with the threads in it."""
        ...


class Arrivals(Protocol):
    """Whoever has work to do when guilds come into sight."""

    def session_began(self, guild_ids: Sequence[GuildId]) -> None:
        """Events of these guilds before this moment may be missing."""
        ...

    async def guild_came(self, guild_id: GuildId) -> None:
        """A guild is there: at the start, after an outage, or because the bot was added."""
        ...
