"""A Discord in memory behind our own port: nonces remembered, calls counted, and a crash wherever a test wants one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.domain.outgoing import Outgoing
from bot.errors import DeliveryError, NotFoundError
from bot.ports.messenger import Opened, Place, SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId, UserId, id_at
from tests.discussions import NOON

ME, GUILD = UserId(1), GuildId(7)


class Crashed(BaseException):
    """The process died here. A BaseException: no handler of ours may survive it."""


@dataclass
class Kept:
    """A message that exists."""

    id: MessageId
    channel_id: ChannelId
    outgoing: Outgoing
    nonce: str | None
    reply_to: MessageId | None
    author: UserId = ME


@dataclass
class FakeMessenger:
    """``crash_at`` and ``lose_at`` count calls that change something; ``after`` says whether Discord has heard it."""

    guild_id: GuildId = GUILD
    kind: str = "forum"
    #: What `place` says of every channel besides.
    place_has: dict[str, Any] = field(default_factory=dict)
    crash_at: int | None = None
    lose_at: int | None = None
    after: bool = False
    failing: int = 0
    remembers_nonces: bool = True
    no_voices: str | None = None
    may_delete_many: bool = True
    may_delete_threads: bool = True
    #: Channels that the bot can't see any more.
    closed_channels: set[ChannelId] = field(default_factory=set)
    messages: list[Kept] = field(default_factory=list)
    threads: dict[ChannelId, str] = field(default_factory=dict)
    calls: int = 0
    _ids: int = int(id_at(NOON))

    def place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        if guild_id != self.guild_id:
            raise NotFoundError("no such channel")
        return Place(channel_id, guild_id, "articles", self.kind, **{"missing": ()} | self.place_has)

    async def open_post(
        self, channel_id: ChannelId, *, name: str, outgoing: Outgoing, tags: Sequence[int]
    ) -> Opened:
        with _Call(self):
            thread_id = ChannelId(self._next())
            self.threads[thread_id] = name
            self.messages.append(Kept(MessageId(int(thread_id)), thread_id, outgoing, None, None))
        return Opened(thread_id, MessageId(int(thread_id)))

    async def find_posts(
        self, channel_id: ChannelId, *, name: str, digest: str, since: datetime
    ) -> list[Opened]:
        return [
            Opened(kept.channel_id, kept.id)
            for kept in self.messages
            if self.threads.get(kept.channel_id) == name and kept.outgoing.digest == digest
        ]

    async def open_thread(self, channel_id: ChannelId, message_id: MessageId, *, name: str) -> ChannelId:
        with _Call(self):
            self.threads[ChannelId(int(message_id))] = name
        return ChannelId(int(message_id))

    async def send(
        self, channel_id: ChannelId, outgoing: Outgoing, *, nonce: str, reply_to: MessageId | None
    ) -> MessageId:
        if outgoing.persona is not None:
            # A webhook takes neither.
            nonce, reply_to = None, None
        with _Call(self):
            known = [
                kept for kept in self.messages if nonce and kept.nonce == nonce and self.remembers_nonces
            ]
            if not known:
                known = [Kept(MessageId(self._next()), channel_id, outgoing, nonce, reply_to)]
                self.messages += known
        return known[0].id

    async def refuses_voices(self, channel_id: ChannelId) -> str | None:
        return self.no_voices

    async def edit(
        self, channel_id: ChannelId, message_id: MessageId, outgoing: Outgoing, *, spare: bool = False
    ) -> None:
        next(kept for kept in self.messages if kept.id == message_id).outgoing = outgoing

    async def exists(self, channel_id: ChannelId) -> bool:
        return channel_id in self.threads

    async def delete_thread(self, thread_id: ChannelId) -> None:
        if not self.may_delete_threads:
            raise DeliveryError("I lack a right there.")
        with _Call(self):
            self.threads.pop(thread_id, None)
            self.messages = [kept for kept in self.messages if kept.channel_id != thread_id]

    async def delete_message(self, channel_id: ChannelId, message_id: MessageId) -> None:
        self._see(channel_id)
        with _Call(self):
            self.messages = [kept for kept in self.messages if kept.id != message_id]

    async def delete_messages(self, channel_id: ChannelId, message_ids: Sequence[MessageId]) -> None:
        self._see(channel_id)
        if not self.may_delete_many:
            raise DeliveryError("I lack a right there.")
        assert 2 <= len(message_ids) <= 100
        with _Call(self):
            self.messages = [kept for kept in self.messages if kept.id not in message_ids]

    async def history(
        self, guild_id: GuildId, channel_id: ChannelId, *, after: MessageId | None, limit: int
    ) -> list[SeenMessage]:
        found = [kept for kept in self.messages if kept.channel_id == channel_id and kept.id > (after or 0)]
        return [self._seen(kept) for kept in (found[:limit] if after is not None else found[-limit:])]

    def url(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId | None = None) -> str:
        return f"https://discord.test/{channel_id}/{message_id}"

    def _seen(self, kept: Kept) -> SeenMessage:
        return SeenMessage(
            guild_id=self.guild_id,
            channel_id=kept.channel_id,
            message_id=kept.id,
            author_id=kept.author,
            ours=kept.author == ME,
            automated=kept.author == ME,
            kind="message",
            content=kept.outgoing.content or "",
            clean_content=kept.outgoing.content or "",
            reply_to=kept.reply_to,
            attachments=(),
            created_at=datetime(2026, 3, 1, tzinfo=UTC),
            edited_at=None,
            digest=kept.outgoing.digest,
        )

    def _see(self, channel_id: ChannelId) -> None:
        if channel_id in self.closed_channels:
            raise DeliveryError("I lack View Channel there.")

    def _next(self) -> int:
        self._ids += 1
        return self._ids


class _Call:
    """One call to Discord. The process may die before it is heard or after, it may be lost, or refused for a while."""

    def __init__(self, messenger: FakeMessenger) -> None:
        self._messenger = messenger

    def __enter__(self) -> None:
        self._messenger.calls += 1
        if not self._messenger.after:
            self._strike()
        if self._messenger.failing:
            self._messenger.failing -= 1
            raise DeliveryError("Discord answered 500.", retry=True, in_doubt=True)

    def __exit__(self, *problem: object) -> None:
        if self._messenger.after and problem == (None, None, None):
            self._strike()

    def _strike(self) -> None:
        if self._messenger.calls == self._messenger.crash_at:
            raise Crashed
        if self._messenger.calls == self._messenger.lose_at:
            raise DeliveryError("Discord could not be reached.", retry=True, in_doubt=True)
