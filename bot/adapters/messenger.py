"""Discord through discord.py: the messenger that the services speak to."""

from collections.abc import AsyncIterator, Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

import discord
import structlog

from bot.adapters import inbound, rendering, transport
from bot.adapters.echoes import Echoes
from bot.adapters.gateway import thread_state
from bot.adapters.inbound import Payload
from bot.adapters.refusals import (
    MISSING_PERMISSIONS,
    THREAD_ARCHIVED,
    THREAD_EXISTS,
    UNKNOWN_CHANNEL,
    UNKNOWN_WEBHOOK,
    plain_errors,
    sentence_of,
)
from bot.adapters.transport import Terms
from bot.adapters.webhooks import Webhooks
from bot.domain import markdown
from bot.domain.limits import ARCHIVED_PAGE, HISTORY_PAGE, REACTIONS_PAGE, THREAD_NAME
from bot.domain.outgoing import Outgoing, Persona
from bot.errors import DeliveryError, NotFoundError
from bot.ports.messenger import ForumTag, Opened, Place, SeenMessage, ThreadHead
from bot.ports.records import ChannelId, GuildId, MessageId, UserId
from bot.ports.rights import missing_rights

log = structlog.get_logger()

#: Seconds that a message or a thread waits for Discord's limits in silence; a longer wait is told.
PATIENCE: Final = 10.0
_ONLY_WHEN_SENT: Final = ("silent", "suppress_embeds", "file")


class DiscordMessenger:
    """Fulfils the port `bot.ports.messenger.Messenger` for one client."""

    def __init__(self) -> None:
        self._client: discord.Client | None = None
        self._echoes = Echoes()
        self._webhooks = Webhooks(lambda: self.client)
        #: Threads in which a message under another name is under way, and the newest one before it.
        self._speaking: dict[ChannelId, MessageId] = {}
        self._spoken: dict[ChannelId, MessageId] = {}

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
        """The channel or open thread and what is allowed there, from discord.py's cache."""
        guild = self.client.get_guild(guild_id)
        channel = guild.get_channel_or_thread(channel_id) if guild is not None else None
        if guild is None or channel is None:
            raise NotFoundError("This server has no such channel or open thread, or I can't see it.")
        forum = channel if isinstance(channel, discord.ForumChannel) else None
        kind = _kind(channel)
        return Place(
            channel_id=channel_id,
            guild_id=guild_id,
            name=channel.name,
            kind=kind,
            missing=() if kind == "other" else _missing(channel, channel.permissions_for(guild.me)),
            tags=tuple(ForumTag(tag.id, tag.name, tag.moderated) for tag in forum.available_tags)
            if forum is not None and kind == "forum"
            else (),
            tag_required=forum is not None and forum.flags.require_tag,
            active_threads=len(guild.threads),
        )

    async def open_post(
        self, channel_id: ChannelId, *, name: str, outgoing: Outgoing, tags: Sequence[int]
    ) -> Opened:
        """Create a forum post with its first message."""
        forum = self._forum(channel_id)
        applied = [tag for tag in forum.available_tags if tag.id in tags]
        with transport.on(Terms(patience=PATIENCE)):
            async with plain_errors(lacking=lambda: self._lacking(channel_id)):
                thread, message = await forum.create_thread(
                    name=thread_name(name), applied_tags=applied, **rendering.arguments(outgoing)
                )
        return Opened(ChannelId(thread.id), MessageId(message.id))

    async def find_posts(
        self, channel_id: ChannelId, *, name: str, digest: str, since: datetime
    ) -> list[Opened]:
        """Look through the forum's threads, open ones first."""
        found: list[Opened] = []
        forum = self._forum(channel_id)
        async with plain_errors():
            async for thread in _threads_of(forum, since=since):
                if thread.owner_id != self._me or thread.name != thread_name(name):
                    continue
                guild_id, thread_id = GuildId(forum.guild.id), ChannelId(thread.id)
                before_it = MessageId(thread.id - 1)
                found += [
                    Opened(thread_id, told.message_id)
                    for told in await self.history(guild_id, thread_id, after=before_it, limit=1)
                    if told.ours and told.digest == digest
                ]
        return found

    async def open_thread(self, channel_id: ChannelId, message_id: MessageId, *, name: str) -> ChannelId:
        """Create the thread under a message. Discord gives it the message's id, so an existing one is known."""
        message = self._channel(channel_id).get_partial_message(message_id)
        try:
            with transport.on(Terms(patience=PATIENCE)):
                async with plain_errors(passing=THREAD_EXISTS, lacking=lambda: self._lacking(channel_id)):
                    thread = await message.create_thread(name=thread_name(name))
        except discord.HTTPException:
            return ChannelId(int(message_id))
        return ChannelId(thread.id)

    async def send(
        self, channel_id: ChannelId, outgoing: Outgoing, *, nonce: str, reply_to: MessageId | None
    ) -> MessageId:
        """Post a message; discord.py sends `enforce_nonce` with every nonce."""
        if outgoing.persona is not None:
            return await self._speak(channel_id, outgoing, outgoing.persona)
        values = rendering.arguments(outgoing)
        if reply_to is not None:
            values["reference"] = discord.MessageReference(
                message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False
            )

        async def request(heard: Callable[[], bool]) -> MessageId:
            with transport.on(Terms(patience=PATIENCE, settled=heard)):
                async with plain_errors(lacking=lambda: self._lacking(channel_id)):
                    channel = self._channel(channel_id)
                    message = await channel.send(nonce=nonce, mention_author=False, **values)
            return MessageId(message.id)

        return await self._echoes.first(nonce, request)

    def hear(self, payload: Payload) -> None:
        """The gateway told of a message; one of ours may be waited for."""
        nonce, channel_id = payload.get("nonce"), ChannelId(int(payload["channel_id"]))
        message_id = MessageId(int(payload["id"]))
        if nonce is not None and int(payload["author"]["id"]) == self._me:
            self._echoes.heard(str(nonce), message_id)
            return
        webhook, newest = payload.get("webhook_id"), self._speaking.get(channel_id)
        # An older one of the same words is told late: its answer came first.
        if webhook is not None and newest is not None and message_id > newest:
            words = inbound.digest(payload, me=self._me)
            self._echoes.heard((int(webhook), channel_id, words), message_id)

    async def edit(
        self, channel_id: ChannelId, message_id: MessageId, outgoing: Outgoing, *, spare: bool = False
    ) -> None:
        """Replace content, buttons or panel of a message of ours, and the file if there is one.

        A closed thread is opened for it.
        """
        with transport.on(Terms(spare=spare)):
            async with plain_errors(lacking=lambda: self._lacking(channel_id)):
                try:
                    await self._edit(channel_id, message_id, outgoing)
                except discord.HTTPException as problem:
                    if problem.code != THREAD_ARCHIVED:
                        raise
                    await self.client.http.edit_channel(channel_id, archived=False)
                    await self._edit(channel_id, message_id, outgoing)

    async def refuses_voices(self, channel_id: ChannelId) -> str | None:
        """Why messages can't be posted under other names there; nothing is made to find out."""
        try:
            await self._webhooks.check(await self._parent_of(channel_id))
        except DeliveryError as problem:
            return str(problem)
        return None

    async def exists(self, channel_id: ChannelId) -> bool:
        """Ask Discord: its cache forgets threads that are closed."""
        try:
            async with plain_errors(passing=UNKNOWN_CHANNEL):
                await self.client.fetch_channel(channel_id)
        except discord.NotFound:
            return False
        except DeliveryError as problem:
            if problem.retry:
                raise
        return True

    async def delete_thread(self, thread_id: ChannelId) -> None:
        """Delete a thread; a forum post goes with its thread."""
        async with plain_errors(absent_is_fine=True):
            await self.client.http.delete_channel(thread_id)

    async def delete_message(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Delete a message of ours."""
        async with plain_errors(absent_is_fine=True, lacking=lambda: self._lacking(channel_id)):
            try:
                await self._channel(channel_id).get_partial_message(message_id).delete()
            except discord.Forbidden as problem:
                if problem.code != MISSING_PERMISSIONS:
                    raise
                # What our webhook has posted it may delete itself.
                webhook, thread = await self._voice(channel_id)
                await webhook.delete_message(message_id, **thread)

    async def delete_messages(self, channel_id: ChannelId, message_ids: Sequence[MessageId]) -> None:
        """Delete several messages in one call."""
        async with plain_errors(absent_is_fine=True, lacking=lambda: self._lacking(channel_id)):
            await self.client.http.delete_messages(channel_id, list(message_ids))

    async def history(
        self, guild_id: GuildId, channel_id: ChannelId, *, after: MessageId | None, limit: int
    ) -> list[SeenMessage]:
        """Messages after an id, oldest first; without one the newest, oldest of them first."""
        guild = self.client.get_guild(guild_id)
        if guild is None:
            raise NotFoundError("I am not in that server, or it is out of reach.")
        found: list[SeenMessage] = []
        while len(found) < limit:
            wanted = min(limit - len(found), HISTORY_PAGE)
            async with plain_errors():
                page = await self.client.http.logs_from(channel_id, wanted, after=after)
            told = [
                inbound.seen(payload, guild=guild, me=self._me, application=self.client.application_id)
                for payload in page
            ]
            found += sorted(told, key=lambda message: message.message_id)
            if len(page) < wanted or after is None:
                break
            after = found[-1].message_id
        return found

    async def thread_heads(
        self, guild_id: GuildId, wanted: Mapping[ChannelId, ChannelId]
    ) -> dict[ChannelId, ThreadHead]:
        """The guild's active threads, and of each channel with others those that were archived last."""
        async with plain_errors():
            listed = (await self.client.http.get_active_threads(guild_id))["threads"]
        heads = _heads(listed, wanted)
        for parent in sorted({wanted[thread] for thread in wanted if thread not in heads}):
            try:
                async with plain_errors():
                    archived = await self.client.http.get_public_archived_threads(parent, limit=ARCHIVED_PAGE)
            except DeliveryError as problem:
                # A channel that is gone or closed to us: its threads are asked one by one.
                log.info("archived threads can't be listed", channel_id=parent, reason=problem.message)
                continue
            heads |= _heads(archived["threads"], wanted)
        return heads

    async def reactors(self, channel_id: ChannelId, message_id: MessageId, emoji: str) -> list[UserId]:
        """Members who react to a message with an emoji, bots left out."""
        # Of a guild's own emoji Discord reads the id alone.
        name = f"emoji:{emoji}" if emoji.isdecimal() else emoji
        found: list[UserId] = []
        after = None
        while True:
            async with plain_errors():
                page = await self.client.http.get_reaction_users(
                    channel_id, message_id, name, REACTIONS_PAGE, after=after
                )
            found += [UserId(int(user["id"])) for user in page if not user.get("bot")]
            if len(page) < REACTIONS_PAGE:
                return found
            after = int(page[-1]["id"])

    def url(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId | None = None) -> str:
        """The address that Discord's clients open."""
        end = f"/{message_id}" if message_id is not None else ""
        return f"https://discord.com/channels/{guild_id}/{channel_id}{end}"

    async def _speak(self, channel_id: ChannelId, outgoing: Outgoing, persona: Persona) -> MessageId:
        """Post under another name. There is neither nonce nor arrow."""
        values = rendering.arguments(outgoing)
        values["username"] = persona.name
        if persona.avatar is not None:
            values["avatar_url"] = persona.avatar
        async with plain_errors(lacking=lambda: self._lacking(channel_id)):
            webhook, thread = await self._voice(channel_id)

        async def request(_: Callable[[], bool]) -> MessageId:
            with transport.on(Terms(patience=PATIENCE)):
                async with plain_errors(passing=UNKNOWN_WEBHOOK):
                    message = await webhook.send(wait=True, **thread, **values)
            return MessageId(message.id)

        self._speaking[channel_id] = self._spoken.get(channel_id, MessageId(0))
        try:
            sent = await self._echoes.first((webhook.id, channel_id, outgoing.digest), request)
        except discord.NotFound as problem:
            self._webhooks.forget(ChannelId(webhook.channel_id or channel_id))
            raise DeliveryError("Somebody deleted the webhook that I speak through.", retry=True) from problem
        finally:
            del self._speaking[channel_id]
        self._spoken[channel_id] = sent
        return sent

    async def _voice(self, channel_id: ChannelId) -> tuple[discord.Webhook, dict[str, Any]]:
        """Our webhook for a channel or thread, and how the thread is told to it."""
        transport.pace_webhooks(self.client)
        parent_id = await self._parent_of(channel_id)
        webhook = await self._webhooks.of(parent_id)
        return webhook, {} if parent_id == channel_id else {"thread": discord.Object(channel_id)}

    async def _parent_of(self, channel_id: ChannelId) -> ChannelId:
        """The channel that a thread hangs under, or the channel itself."""
        channel = self.client.get_channel(channel_id)
        if channel is None:
            async with plain_errors():
                channel = await self.client.fetch_channel(channel_id)
        return ChannelId(channel.parent_id) if isinstance(channel, discord.Thread) else channel_id

    async def _edit(self, channel_id: ChannelId, message_id: MessageId, outgoing: Outgoing) -> None:
        values = rendering.arguments(outgoing)
        for name in _ONLY_WHEN_SENT:
            values.pop(name, None)
        if outgoing.attachment is not None:
            values["attachments"] = [rendering.file(outgoing.attachment)]
        if outgoing.persona is None:
            await self._channel(channel_id).get_partial_message(message_id).edit(**values)
        else:
            webhook, thread = await self._voice(channel_id)
            await webhook.edit_message(message_id, **thread, **values)

    def _forum(self, channel_id: ChannelId) -> discord.ForumChannel:
        forum = self.client.get_channel(channel_id)
        if not isinstance(forum, discord.ForumChannel):
            sentence, next_step = sentence_of(UNKNOWN_CHANNEL)
            raise DeliveryError(sentence, next_step=next_step)
        return forum

    def _lacking(self, channel_id: ChannelId) -> str | None:
        """Rights that the bot lacks in a channel or thread, named as its settings do; None when it is not known."""
        channel = self.client.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel | discord.ForumChannel | discord.Thread):
            return None
        rights = channel.permissions_for(channel.guild.me)
        # Who can't see a channel has no other right there either.
        names = _missing(channel, rights) if rights.view_channel else ("View Channel",)
        settings = channel.parent_id if isinstance(channel, discord.Thread) else channel.id
        return f"{', '.join(names)} in <#{settings}>" if names else None

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


def _heads(threads: Iterable[Mapping[str, Any]], wanted: Container[ChannelId]) -> dict[ChannelId, ThreadHead]:
    return {
        thread_id: ThreadHead(
            newest=MessageId(int(thread["last_message_id"])) if thread.get("last_message_id") else None,
            state=thread_state(thread["thread_metadata"]),
        )
        for thread in threads
        if (thread_id := ChannelId(int(thread["id"]))) in wanted
    }


def _kind(
    channel: discord.abc.GuildChannel | discord.Thread,
) -> Literal["forum", "text", "thread", "other"]:
    """What an article can be posted into: media and announcement channels are something else."""
    match channel.type:
        case discord.ChannelType.forum:
            return "forum"
        case discord.ChannelType.text:
            return "text"
        case discord.ChannelType.public_thread | discord.ChannelType.private_thread:
            return "thread"
        case _:
            return "other"


def _missing(
    channel: discord.abc.GuildChannel | discord.Thread, rights: discord.Permissions
) -> tuple[str, ...]:
    """Names of the essential rights that the bot lacks there, as the channel's settings call them."""
    thread = channel if isinstance(channel, discord.Thread) else None
    parent = channel if thread is None else thread.parent
    kind: Literal["text", "forum"] = "forum" if isinstance(parent, discord.ForumChannel) else "text"
    lacking = missing_rights(
        lambda attribute: bool(getattr(rights, attribute)), kind=kind, in_thread=thread is not None
    )
    names = [right.name_in(kind) or right.name for right in lacking if right.essential]
    if thread is not None and thread.locked and not rights.manage_threads:
        names.append("Manage Posts" if kind == "forum" else "Manage Threads")
    return tuple(names)


async def _threads_of(forum: discord.ForumChannel, *, since: datetime) -> AsyncIterator[discord.Thread]:
    """A forum's threads that were created since, open ones first."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id and _is_from(thread, since):
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return
        if _is_from(thread, since):
            yield thread


def _is_from(thread: discord.Thread, since: datetime) -> bool:
    return thread.created_at is not None and thread.created_at >= since


def thread_name(title: str) -> str:
    """A title as a thread's name: one line, at most 100 characters."""
    return markdown.opening(title, THREAD_NAME) or "Article"
