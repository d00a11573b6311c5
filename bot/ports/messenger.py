"""Discord as the services see it: post, edit, look back, ask for rights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.domain.outgoing import Outgoing
from bot.ports.records import ChannelId, GuildId, MessageId, ThreadState, UserId

#: "message" and "reply" can be comments; the others have rules of their own (docs/tracking.md).
MessageForm = Literal["message", "reply", "forward", "poll", "sticker", "system"]


@dataclass(frozen=True, slots=True)
class ForumTag:
    """A tag that a forum offers."""

    id: int
    name: str
    #: Only members who may manage threads can apply it.
    moderated: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as a place for an article: what it is, and what the bot may do there."""

    channel_id: ChannelId
    guild_id: GuildId
    name: str
    #: "thread" is one that is there already: the article is posted into it.
    kind: Literal["forum", "text", "thread", "other"]
    #: Names of the rights that the bot lacks there, as Discord's settings call them.
    missing: tuple[str, ...]
    tags: tuple[ForumTag, ...] = ()
    tag_required: bool = False
    #: Active threads of the guild that the bot can see; Discord allows `limits.ACTIVE_THREADS`.
    active_threads: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A forum post that was created: its thread, and the message that opens it."""

    thread_id: ChannelId
    message_id: MessageId


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message of a member or of ours, as Discord tells it."""

    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId
    author_id: UserId
    #: Written by this bot, or through a webhook of its own.
    ours: bool
    #: Written by another bot or through a webhook.
    automated: bool
    kind: MessageForm
    content: str
    #: Content as people see it: mentions as names.
    clean_content: str
    #: The message that the reply arrow points to.
    reply_to: MessageId | None
    attachments: tuple[str, ...]
    created_at: datetime
    edited_at: datetime | None
    #: How many people react with which emoji.
    reactions: tuple[tuple[str, int], ...] = ()
    #: What `Outgoing.digest` was, for messages of ours and whatever came through a webhook.
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class ThreadHead:
    """How far a thread reaches."""

    #: The newest message that was ever posted in it, deleted or not.
    newest: MessageId | None
    state: ThreadState


class Messenger(Protocol):
    """Every method raises DeliveryError with a sentence when Discord says no.

    Threads and messages are not waited for longer than a few seconds: DeliveryError then says how long it takes.
    """

    def place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        """Raises NotFoundError when the guild has no such channel or open thread."""
        ...

    async def open_post(
        self, channel_id: ChannelId, *, name: str, outgoing: Outgoing, tags: Sequence[int]
    ) -> Opened:
        """Create a forum post. Discord takes no nonce here: look back with `find_posts` after a doubt."""
        ...

    async def find_posts(
        self, channel_id: ChannelId, *, name: str, digest: str, since: datetime
    ) -> list[Opened]:
        """Forum posts of ours of that name, not older than ``since``, whose first message has this digest."""
        ...

    async def open_thread(self, channel_id: ChannelId, message_id: MessageId, *, name: str) -> ChannelId:
        """Create the thread under a message, or find the one that it has: a message has at most one."""
        ...

    async def send(
        self, channel_id: ChannelId, outgoing: Outgoing, *, nonce: str, reply_to: MessageId | None
    ) -> MessageId:
        """Post a message. Discord answers a repeated nonce with the message that it made the first time.

        A message with a persona goes out through a webhook, which knows neither nonce nor arrow: look back with
        `history` after a doubt.
        """
        ...

    async def edit(
        self, channel_id: ChannelId, message_id: MessageId, outgoing: Outgoing, *, spare: bool = False
    ) -> None:
        """Replace a message of ours, and its file if there is one. A ``spare`` change waits until nothing else does."""
        ...

    async def refuses_voices(self, channel_id: ChannelId) -> str | None:
        """Why messages with a persona can't be posted in a channel or thread, as a sentence; None: they can."""
        ...

    async def exists(self, channel_id: ChannelId) -> bool:
        """Whether a channel or thread is still there; one that the bot can't see is."""
        ...

    async def delete_thread(self, thread_id: ChannelId) -> None:
        """Delete a thread with everything in it; one that is gone already is no error."""
        ...

    async def delete_message(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """Delete a message of ours; one that is gone already is no error."""
        ...

    async def delete_messages(self, channel_id: ChannelId, message_ids: Sequence[MessageId]) -> None:
        """Delete 2 to 100 messages in one call, none older than 14 days; needs Manage Messages.

        Those that are gone already are no error.
        """
        ...

    async def history(
        self, guild_id: GuildId, channel_id: ChannelId, *, after: MessageId | None, limit: int
    ) -> list[SeenMessage]:
        """Messages after an id, at most ``limit`` (100 are one call), oldest first; without an id the newest ones."""
        ...

    async def thread_heads(
        self, guild_id: GuildId, wanted: Mapping[ChannelId, ChannelId]
    ) -> dict[ChannelId, ThreadHead]:
        """Threads and how far they reach, of those in ``wanted`` (thread -> the channel that it hangs under).

        One call for the guild's active threads, and one for each channel of which a thread is not active: it lists
        the hundred that were archived last. A thread that is not told was archived before those, or is gone.
        """
        ...

    async def reactors(self, channel_id: ChannelId, message_id: MessageId, emoji: str) -> list[UserId]:
        """Members who react to a message with an emoji, bots left out."""
        ...

    def url(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId | None = None) -> str:
        """The address of a channel or message."""
        ...
