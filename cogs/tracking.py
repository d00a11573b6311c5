"""Listeners: what happens in our threads reaches the tracker, and nothing else does."""

import discord
from discord.ext import commands

from bot.adapters import inbound
from bot.client import Rejoinder
from bot.ports.records import ChannelId, GuildId, MessageId


class Tracking(commands.Cog):
    """Each listener is a guard and one call."""

    def __init__(self, bot: Rejoinder) -> None:
        self._bot = bot
        self._tracker = bot.services.tracker
        self._publisher = bot.services.publisher
        self._undoer = bot.services.undoer
        self._quoter = bot.services.quoter
        self._unfolder = bot.services.unfolder

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A message somewhere; most are not in our threads."""
        if self._tracker.find_thread(ChannelId(message.channel.id)) is None:
            return
        if (seen := inbound.seen(message, me=self._me)) is not None:
            await self._tracker.observe(seen)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message has new text, an embed or a pin."""
        if self._tracker.find_thread(ChannelId(payload.channel_id)) is None:
            return
        if (seen := inbound.seen(payload.message, me=self._me)) is not None and seen.edited_at is not None:
            await self._tracker.edited(seen)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """One message is gone."""
        if payload.guild_id is not None:
            await self._tracker.deleted(
                GuildId(payload.guild_id), ChannelId(payload.channel_id), [MessageId(payload.message_id)]
            )

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages are gone at once."""
        if payload.guild_id is not None:
            gone = [MessageId(message_id) for message_id in payload.message_ids]
            await self._tracker.deleted(GuildId(payload.guild_id), ChannelId(payload.channel_id), gone)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """A session began: whatever came before it was not heard."""
        for guild in self._bot.guilds:
            if not guild.unavailable:
                await self._take_up(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A guild came back after an outage of Discord's."""
        await self._take_up(guild)

    async def _take_up(self, guild: discord.Guild) -> None:
        guild_id = GuildId(guild.id)
        await self._publisher.resume_guild(guild_id)
        await self._undoer.resume_guild(guild_id)
        await self._quoter.settle(guild_id)
        await self._unfolder.finish(guild_id)
        await self._tracker.catch_up(guild_id)

    @property
    def _me(self) -> int:
        return self._bot.user.id if self._bot.user is not None else 0


async def setup(bot: Rejoinder) -> None:
    """Add the cog."""
    await bot.add_cog(Tracking(bot))
