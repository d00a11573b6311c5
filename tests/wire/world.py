"""What exists in the simulated Discord: users, guilds, channels, threads, messages, files.

Ids are plain integers here; they become strings where payloads are made. Nothing in this room knows HTTP.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from tests.wire.errors import ApiError
from tests.wire.permissions import KEEPERS, NOTHING, READERS, Permission, permissions_of
from tests.wire.unknowns import Unknowns

Json = dict[str, Any]
DISCORD_EPOCH_MS = 1_420_070_400_000


class ChannelType(IntEnum):
    TEXT = 0
    PUBLIC_THREAD = 11
    FORUM = 15


class MessageType(IntEnum):
    DEFAULT = 0
    CHANNEL_NAME_CHANGE = 4
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlag:
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@dataclass
class User:
    id: int
    name: str
    bot: bool = False
    #: The name and picture that one message of a webhook shows.
    is_webhook: bool = False
    avatar: str | None = None


@dataclass
class Role:
    id: int
    name: str
    permissions: Permission
    position: int
    #: The bot whose own role it is.
    bot_id: int | None = None


@dataclass
class Member:
    user: User
    guild_id: int
    joined_at: datetime
    role_ids: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def timed_out(self) -> bool:
        return self.timed_out_until is not None and self.timed_out_until > datetime.now(UTC)


@dataclass
class Overwrite:
    """Rights given or taken in one channel, for a role or a member."""

    id: int
    kind: int
    allow: Permission = NOTHING
    deny: Permission = NOTHING


@dataclass
class Tag:
    id: int
    name: str
    moderated: bool = False


@dataclass
class Webhook:
    """A way into one channel, owned by the application."""

    id: int
    channel_id: int
    guild_id: int
    name: str
    token: str
    owner: User


@dataclass
class StoredFile:
    id: int
    channel_id: int
    filename: str
    data: bytes
    description: str | None = None


@dataclass
class Message:
    id: int
    channel_id: int
    author: User
    created_at: datetime
    content: str = ""
    type: MessageType = MessageType.DEFAULT
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: list[StoredFile] = field(default_factory=list)
    mentions: list[User] = field(default_factory=list)
    mention_everyone: bool = False
    #: (channel id, message id) of what the arrow, or a thread starter, points to.
    reference: tuple[int, int] | None = None
    edited_at: datetime | None = None
    nonce: str | None = None
    webhook_id: int | None = None
    #: Who used which command to make the bot write this; set on answers to interactions.
    interaction: Json | None = None
    pinned: bool = False
    #: Emoji -> ids of who put it, in order.
    reactions: dict[str, list[int]] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)


@dataclass
class Channel:
    id: int
    guild_id: int
    type: ChannelType
    name: str
    position: int = 0
    parent_id: int | None = None
    topic: str | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    tags: list[Tag] = field(default_factory=list)
    tag_required: bool = False
    last_message_id: int | None = None
    #: In order of ids, which is the order of sending.
    messages: dict[int, Message] = field(default_factory=dict)


@dataclass(kw_only=True)
class Thread(Channel):
    owner_id: int
    created_at: datetime
    archived_at: datetime
    archived: bool = False
    locked: bool = False
    auto_archive_minutes: int = 4320
    slow_mode: int = 0
    applied_tags: list[int] = field(default_factory=list)
    member_ids: dict[int, datetime] = field(default_factory=dict)
    #: Messages but for the first one, those deleted since included.
    total_sent: int = 0


@dataclass
class Guild:
    id: int
    name: str
    owner_id: int
    created_at: datetime
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Thread] = field(default_factory=dict)

    def parent_of(self, channel: Channel) -> Channel:
        """The channel itself, or the one that a thread hangs under."""
        return (
            self.channels[channel.parent_id] if isinstance(channel, Thread) and channel.parent_id else channel
        )

    def permissions(self, user_id: int, channel: Channel | None = None) -> Permission:
        """What a member may do here; nothing for somebody who isn't one."""
        member = self.members.get(user_id)
        return permissions_of(self, member, channel) if member else NOTHING


@dataclass(frozen=True)
class Event:
    """Something that the gateway tells: name and payload in full; each session gets what its intents allow."""

    name: str
    data: Json
    guild_id: int


class World:
    """Everything that exists, who is told of changes, and where new ids come from."""

    def __init__(self, *, clock: Callable[[], float] = time.time, unknowns: Unknowns | None = None) -> None:
        self._clock = clock
        self.unknowns = unknowns or Unknowns()
        self._last_id = 0
        self.listeners: list[Callable[[Event], None]] = []
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.files: dict[int, StoredFile] = {}
        self.commands: dict[int, Json] = {}
        self.webhooks: dict[int, Webhook] = {}
        #: (author, nonce) -> (message, when): what `enforce_nonce` looks at.
        self.nonces: dict[tuple[int, str], tuple[Message, float]] = {}
        self.bot = self.add_user("Rejoinder", bot=True)
        self.application_id = self.bot.id
        #: Whether the developer portal grants the privileged message-content intent.
        self.message_content_granted = True
        #: Where uploads can be downloaded; set by the server, which serves them.
        self.files_url = ""

    def now(self) -> datetime:
        """The instant in this world."""
        return datetime.fromtimestamp(self._clock(), UTC)

    def seconds(self) -> float:
        """The same, as seconds since 1970."""
        return self._clock()

    def new_id(self) -> int:
        """A snowflake of this millisecond, always greater than the one before."""
        candidate = (int(self._clock() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last_id = max(candidate, self._last_id + 1)
        return self._last_id

    def tell(self, name: str, data: Json, guild_id: int) -> None:
        """Let every session know."""
        for listener in self.listeners:
            listener(Event(name, data, guild_id))

    def add_user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.new_id(), name, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *, owner: User) -> Guild:
        """A guild with its owner and the bot in it."""
        guild = Guild(self.new_id(), name, owner.id, self.now())
        guild.roles[guild.id] = Role(guild.id, "@everyone", READERS, 0)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        bot_role = Role(self.new_id(), self.bot.name, KEEPERS, 1, bot_id=self.bot.id)
        guild.roles[bot_role.id] = bot_role
        self.add_member(guild, self.bot).role_ids.append(bot_role.id)
        return guild

    def add_member(self, guild: Guild, who: User | str, *, rights: Permission | None = None) -> Member:
        """Somebody joins; ``rights`` come through a role of their own."""
        user = self.add_user(who) if isinstance(who, str) else who
        member = Member(user, guild.id, self.now())
        if rights is not None:
            role = Role(self.new_id(), f"{user.name}'s role", rights, len(guild.roles))
            guild.roles[role.id] = role
            member.role_ids.append(role.id)
        guild.members[user.id] = member
        return member

    def add_text_channel(self, guild: Guild, name: str) -> Channel:
        return self._add_channel(guild, name, ChannelType.TEXT)

    def add_forum(
        self, guild: Guild, name: str, *, tags: tuple[str, ...] = (), tag_required: bool = False
    ) -> Channel:
        forum = self._add_channel(guild, name, ChannelType.FORUM)
        forum.tags = [Tag(self.new_id(), tag) for tag in tags]
        forum.tag_required = tag_required
        return forum

    def _add_channel(self, guild: Guild, name: str, kind: ChannelType) -> Channel:
        channel = Channel(self.new_id(), guild.id, kind, name, position=len(guild.channels))
        guild.channels[channel.id] = channel
        return channel

    def add_file(
        self, channel_id: int, filename: str, data: bytes, description: str | None = None
    ) -> StoredFile:
        """Keep an upload where it can be downloaded."""
        file = StoredFile(self.new_id(), channel_id, filename, data, description)
        self.files[file.id] = file
        return file

    def find_channel(self, channel_id: int) -> Channel | None:
        """A channel or thread of any guild."""
        for guild in self.guilds.values():
            if found := guild.channels.get(channel_id) or guild.threads.get(channel_id):
                return found
        return None

    def get_channel(self, channel_id: int) -> Channel:
        """Raises 10003 when there is none."""
        if found := self.find_channel(channel_id):
            return found
        raise ApiError(404, 10003, "Unknown Channel")

    def get_guild(self, guild_id: int) -> Guild:
        """Raises 10004 when there is none."""
        if guild := self.guilds.get(guild_id):
            return guild
        raise ApiError(404, 10004, "Unknown Guild")

    def get_webhook(self, webhook_id: int) -> Webhook:
        """Raises 10015 when there is none."""
        if webhook := self.webhooks.get(webhook_id):
            return webhook
        raise ApiError(404, 10015, "Unknown Webhook")

    def get_message(self, channel: Channel, message_id: int) -> Message:
        """Raises 10008 when the channel has none of this id."""
        if message := channel.messages.get(message_id):
            return message
        raise ApiError(404, 10008, "Unknown Message")
