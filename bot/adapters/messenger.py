"""Discord through discord.py: the messenger that the services speak to."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Final, Literal

import aiohttp
import discord

from bot.adapters import inbound, rendering
from bot.domain import markdown
from bot.domain.limits import THREAD_NAME
from bot.domain.outgoing import Outgoing
from bot.errors import DeliveryError, NotFoundError
from bot.ports.messenger import ForumTag, Opened, Place, SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId
from bot.ports.rights import missing_rights

#: Discord's error codes that we tell apart (opcodes and status codes, JSON error codes).
_THREAD_EXISTS, _UNKNOWN_CHANNEL, _ACTIVE_THREADS = 160004, 10003, 160006
_SENTENCES: Final = {
    _UNKNOWN_CHANNEL: "The channel or thread is not there any more.",
    10008: "The message is not there any more.",
    30013: "This server has as many channels as Discord allows.",
    40067: "This forum requires a tag.",
    50001: "I lack View Channel there.",
    50013: "I lack a right there.",
    50083: "The thread is archived.",
    _ACTIVE_THREADS: "This server has as many active threads as Discord allows. Archive some first.",
    160005: "The thread is locked.",
}


class DiscordMessenger:
    """Fulfils the port `bot.ports.messenger.Messenger` for one client."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None

    def attach(self, client: discord.Client) -> None:
        """The services exist before the client that they speak through."""
        self._client = client

    @property
    def client(self) -> discord.Client:
        """The client that is attached."""
        if self._client is None:
            raise RuntimeError("no client is attached")
        return self._client

    def place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        """The channel and what is allowed there, from discord.py's cache."""
        guild = self.client.get_guild(guild_id)
        channel = guild.get_channel(channel_id) if guild is not None else None
        if guild is None or channel is None:
            raise NotFoundError("This server has no such channel, or I can't see it.")
        kind: Literal["forum", "text", "other"] = "other"
        tags: tuple[ForumTag, ...] = ()
        if isinstance(channel, discord.ForumChannel) and channel.type is discord.ChannelType.forum:
            kind = "forum"
            tags = tuple(ForumTag(tag.id, tag.name, tag.moderated) for tag in channel.available_tags)
        elif isinstance(channel, discord.TextChannel) and channel.type is discord.ChannelType.text:
            kind = "text"
        return Place(
            channel_id=channel_id,
            guild_id=guild_id,
            name=channel.name,
            kind=kind,
            missing=_missing(channel.permissions_for(guild.me), kind),
            tags=tags,
            tag_required=isinstance(channel, discord.ForumChannel) and channel.flags.require_tag,
        )

    async def open_post(
        self, channel_id: ChannelId, *, name: str, outgoing: Outgoing, tags: Sequence[int]
    ) -> Opened:
        """Create a forum post with its first message."""
        forum = self.client.get_channel(channel_id)
        if not isinstance(forum, discord.ForumChannel):
            raise DeliveryError(_SENTENCES[_UNKNOWN_CHANNEL])
        applied = [tag for tag in forum.available_tags if tag.id in tags]
        async with _plain_errors():
            thread, message = await forum.create_thread(
                name=thread_name(name), applied_tags=applied, **rendering.arguments(outgoing)
            )
        return Opened(ChannelId(thread.id), MessageId(message.id))

    async def find_post(self, channel_id: ChannelId, *, digest: str, since: datetime) -> Opened | None:
        """Look through the forum's active threads: a post in doubt is minutes old, never archived."""
        forum = self.client.get_channel(channel_id)
        if not isinstance(forum, discord.ForumChannel):
            raise DeliveryError(_SENTENCES[_UNKNOWN_CHANNEL])
        async with _plain_errors():
            for thread in await forum.guild.active_threads():
                recent = thread.created_at is not None and thread.created_at >= since
                if thread.parent_id != channel_id or thread.owner_id != self._me or not recent:
                    continue
                async for message in thread.history(limit=1, oldest_first=True):
                    told = inbound.seen(message, me=self._me)
                    if told is not None and told.ours and told.digest == digest:
                        return Opened(ChannelId(thread.id), told.message_id)
        return None

    async def open_thread(self, channel_id: ChannelId, message_id: MessageId, *, name: str) -> ChannelId:
        """Create the thread under a message. Discord gives it the message's id, so an existing one is known."""
        message = self._channel(channel_id).get_partial_message(message_id)
        try:
            async with _plain_errors(passing=_THREAD_EXISTS):
                thread = await message.create_thread(name=thread_name(name))
        except discord.HTTPException:
            return ChannelId(int(message_id))
        return ChannelId(thread.id)

    async def send(
        self, channel_id: ChannelId, outgoing: Outgoing, *, nonce: str, reply_to: MessageId | None
    ) -> MessageId:
        """Post a message; discord.py sends `enforce_nonce` with every nonce."""
        values = rendering.arguments(outgoing)
        if reply_to is not None:
            values["reference"] = discord.MessageReference(
                message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False
            )
        async with _plain_errors():
            message = await self._channel(channel_id).send(nonce=nonce, mention_author=False, **values)
        return MessageId(message.id)

    async def edit(self, channel_id: ChannelId, message_id: MessageId, outgoing: Outgoing) -> None:
        """Replace content, buttons or panel of a message of ours."""
        values = rendering.arguments(outgoing)
        for only_when_sent in ("silent", "suppress_embeds", "file"):
            values.pop(only_when_sent, None)
        async with _plain_errors():
            await self._channel(channel_id).get_partial_message(message_id).edit(**values)

    async def delete_thread(self, thread_id: ChannelId) -> None:
        """Delete a thread; a forum post goes with its thread."""
        async with _plain_errors(absent_is_fine=True):
            await self.client.http.delete_channel(thread_id)

    async def delete_message(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Delete a message of ours."""
        async with _plain_errors(absent_is_fine=True):
            await self._channel(channel_id).get_partial_message(message_id).delete()

    async def delete_messages(self, channel_id: ChannelId, message_ids: Sequence[MessageId]) -> None:
        """Delete several messages in one call."""
        async with _plain_errors(absent_is_fine=True):
            await self.client.http.delete_messages(channel_id, list(message_ids))

    async def history(
        self, channel_id: ChannelId, *, after: MessageId | None, limit: int
    ) -> list[SeenMessage]:
        """Messages after an id, oldest first; without one the newest, oldest of them first."""
        channel = self._channel(channel_id)
        async with _plain_errors():
            if after is not None:
                found = [
                    m
                    async for m in channel.history(
                        after=discord.Object(after), limit=limit, oldest_first=True
                    )
                ]
            else:
                found = [m async for m in channel.history(limit=limit)][::-1]
        told = [inbound.seen(message, me=self._me) for message in found]
        return [message for message in told if message is not None]

    def url(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId | None = None) -> str:
        """The address that Discord's clients open."""
        end = f"/{message_id}" if message_id is not None else ""
        return f"https://discord.com/channels/{guild_id}/{channel_id}{end}"

    @property
    def _me(self) -> int:
        user = self.client.user
        return user.id if user is not None else 0

    def _channel(
        self, channel_id: ChannelId
    ) -> discord.Thread | discord.TextChannel | discord.PartialMessageable:
        """A channel to send to; an archived thread is not in the cache and need not be."""
        channel = self.client.get_channel(channel_id)
        if isinstance(channel, discord.Thread | discord.TextChannel):
            return channel
        return self.client.get_partial_messageable(channel_id)


def _missing(rights: discord.Permissions, kind: Literal["forum", "text", "other"]) -> tuple[str, ...]:
    """Names of the essential rights that the bot lacks in such a channel, as its settings call them."""
    if kind == "other":
        return ()
    lacking = missing_rights(lambda attribute: bool(getattr(rights, attribute)), kind=kind)
    return tuple(right.name_in(kind) or right.name for right in lacking if right.essential)


def thread_name(title: str) -> str:
    """A title as a thread's name: one line, at most 100 characters."""
    return markdown.opening(title, THREAD_NAME) or "Article"


@asynccontextmanager
async def _plain_errors(*, passing: int | None = None, absent_is_fine: bool = False) -> AsyncIterator[None]:
    """Discord's and the network's refusals as sentences; server errors and lost answers may be tried again."""
    try:
        yield
    except discord.HTTPException as problem:
        if passing is not None and problem.code == passing:
            raise
        if absent_is_fine and problem.status == HTTPStatus.NOT_FOUND:
            return
        sentence = _SENTENCES.get(problem.code) or f"Discord answered {problem.status}."
        raise DeliveryError(
            sentence,
            retry=problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            or problem.status == HTTPStatus.TOO_MANY_REQUESTS,
        ) from problem
    except (OSError, TimeoutError, aiohttp.ClientError) as problem:
        raise DeliveryError("Discord could not be reached.", retry=True) from problem
