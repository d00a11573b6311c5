"""Messages under other names: one webhook of ours a channel, used for all its threads."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Final

import discord

from bot.adapters.refusals import TOO_MANY_WEBHOOKS, UNKNOWN_CHANNEL, plain_errors, sentence_of
from bot.domain.limits import WEBHOOKS_PER_CHANNEL
from bot.errors import DeliveryError
from bot.ports.records import ChannelId

#: How our webhooks are called; what they post has names of its own.
NAME: Final = "Rejoinder"


class Webhooks:
    """Finds our webhook of a channel among those that stand there, or makes it. Keeps nothing but the process's memory."""

    def __init__(self, client: Callable[[], discord.Client]) -> None:
        self._client = client
        self._known: dict[ChannelId, discord.Webhook] = {}
        #: Two imports into one channel must not make two webhooks.
        self._looking: defaultdict[ChannelId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, channel_id: ChannelId) -> discord.Webhook:
        """Our webhook of a channel. Raises DeliveryError when there is none and none can be made."""
        async with self._looking[channel_id]:
            if (known := self._known.get(channel_id)) is None:
                channel = self._channel(channel_id)
                # Looked for first in any case: an earlier request to make it may have had no answer.
                mine, _ = await self._look(channel)
                known = self._known[channel_id] = mine or await self._make(channel)
        return known

    async def check(self, channel_id: ChannelId) -> None:
        """Raises DeliveryError when `of` would, as far as can be told without making anything."""
        if channel_id in self._known:
            return
        mine, others = await self._look(self._channel(channel_id))
        if mine is None and others >= WEBHOOKS_PER_CHANNEL:
            sentence, next_step = sentence_of(TOO_MANY_WEBHOOKS)
            raise DeliveryError(sentence, next_step=next_step)

    def forget(self, channel_id: ChannelId) -> None:
        """Somebody deleted it."""
        self._known.pop(channel_id, None)

    def _channel(self, channel_id: ChannelId) -> discord.TextChannel | discord.ForumChannel:
        channel = self._client().get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel | discord.ForumChannel):
            sentence, next_step = sentence_of(UNKNOWN_CHANNEL)
            raise DeliveryError(sentence, next_step=next_step)
        if not channel.permissions_for(channel.guild.me).manage_webhooks:
            raise DeliveryError(
                f"I lack Manage Webhooks in <#{channel_id}>, without which I can't post under other names.",
                next_step="give it to me (channel settings, Permissions).",
            )
        return channel

    async def _look(
        self, channel: discord.TextChannel | discord.ForumChannel
    ) -> tuple[discord.Webhook | None, int]:
        """Ours, and how many there are."""
        async with plain_errors():
            found = await channel.webhooks()
        mine = [hook for hook in found if hook.name == NAME and hook.token and self._is_mine(hook)]
        return (mine[0] if mine else None), len(found)

    async def _make(self, channel: discord.TextChannel | discord.ForumChannel) -> discord.Webhook:
        async with plain_errors():
            return await channel.create_webhook(
                name=NAME, reason="imported comments under their writers' names"
            )

    def _is_mine(self, webhook: discord.Webhook) -> bool:
        me = self._client().user
        return me is not None and webhook.user is not None and webhook.user.id == me.id
