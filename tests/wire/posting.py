"""How messages come, change and go, by Discord's rules; the routes and the people both go through here."""

from dataclasses import dataclass, field

from tests.wire.content import (
    check_shape,
    mentioned_users,
    mentions_everyone,
    numbered,
    read_content,
    read_flags,
    read_nonce,
)
from tests.wire.errors import ApiError, invalid, missing_access, missing_permissions, thread_archived
from tests.wire.payloads import channel_payload, message_event
from tests.wire.permissions import Permission
from tests.wire.world import (
    Channel,
    ChannelType,
    Guild,
    Json,
    Message,
    MessageFlag,
    MessageType,
    StoredFile,
    Thread,
    User,
    World,
)

#: Discord's documentation, reference (uploading files).
MAX_FILE = 10 * 1024 * 1024
_REPLIABLE = {
    MessageType.DEFAULT,
    MessageType.REPLY,
    MessageType.CHAT_INPUT_COMMAND,
    MessageType.CONTEXT_MENU_COMMAND,
}


@dataclass
class Upload:
    """A file on its way in."""

    filename: str
    data: bytes
    description: str | None = None


@dataclass
class Draft:
    """A message as its author hands it in: the JSON body and the files."""

    body: Json
    uploads: list[Upload] = field(default_factory=list)


def require(world: World, channel: Channel, user: User, *permissions: Permission) -> None:
    """Raises 50001 to somebody who can't see the channel, 50013 to who lacks another right."""
    held = world.guilds[channel.guild_id].permissions(user.id, channel)
    if Permission.VIEW_CHANNEL not in held:
        raise missing_access()
    if any(permission not in held for permission in permissions):
        raise missing_permissions()


def post(world: World, channel: Channel, author: User, draft: Draft) -> Message:
    """Send a message into a channel or thread; a remembered nonce gives the message it made before."""
    if channel.type is ChannelType.FORUM:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    in_thread = isinstance(channel, Thread)
    require(
        world,
        channel,
        author,
        Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES,
        *([Permission.ATTACH_FILES] if draft.uploads else []),
    )
    nonce = read_nonce(draft.body)
    if draft.body.get("enforce_nonce") and nonce and (known := _remembered(world, author, nonce)):
        return world.get_message(world.get_channel(known.channel_id), known.id)
    message = compose(world, channel, author, draft)
    message.nonce = nonce
    open_for(world, channel, author)
    if nonce:
        world.nonces[author.id, nonce] = (message, world.seconds())
    store(world, channel, message)
    return message


def compose(
    world: World, channel: Channel, author: User, draft: Draft, *, message_id: int | None = None
) -> Message:
    """A message that nobody has seen yet. Raises what Discord answers to a bad body."""
    body = draft.body
    flags = read_flags(body)
    content = read_content(body, has_files=bool(draft.uploads))
    check_shape(body, flags, files=len(draft.uploads))
    reference, replied = _read_reference(world, channel, author, body)
    return Message(
        id=message_id or world.new_id(),
        channel_id=channel.id,
        author=author,
        created_at=world.now(),
        content=content,
        type=MessageType.REPLY if reference else MessageType.DEFAULT,
        flags=flags,
        embeds=[{"type": "rich"} | embed for embed in body.get("embeds") or ()],
        components=numbered(body.get("components") or []),
        files=_store_files(world, channel.id, draft),
        mentions=mentioned_users(world, content, body, replied=replied.author if replied else None),
        mention_everyone=mentions_everyone(content, body)
        and Permission.MENTION_EVERYONE in world.guilds[channel.guild_id].permissions(author.id, channel),
        reference=reference,
    )


def store(world: World, channel: Channel, message: Message) -> None:
    """Put a message into its channel, and tell."""
    channel.messages[message.id] = message
    channel.last_message_id = message.id
    guild = world.guilds[channel.guild_id]
    if isinstance(channel, Thread) and message.id != channel.id:
        channel.total_sent += message.type is not MessageType.THREAD_STARTER_MESSAGE
    event = message_event(world, message, guild)
    world.tell("MESSAGE_CREATE", event | ({"nonce": message.nonce} if message.nonce else {}), guild.id)


def edit(world: World, channel: Channel, message: Message, draft: Draft) -> None:
    """Change what the body names, by the author of the message."""
    if isinstance(channel, Thread) and channel.archived:
        raise thread_archived()
    rewrite(world, channel, message, draft)
    guild = world.guilds[channel.guild_id]
    world.tell("MESSAGE_UPDATE", message_event(world, message, guild), guild.id)


def rewrite(world: World, channel: Channel, message: Message, draft: Draft) -> None:
    """The change itself, untold: also for what only one person sees."""
    body = draft.body
    flags = message.flags | read_flags(body) & ~MessageFlag.EPHEMERAL & ~MessageFlag.LOADING
    if "flags" in body and not int(body["flags"] or 0) & MessageFlag.SUPPRESS_EMBEDS:
        flags &= ~MessageFlag.SUPPRESS_EMBEDS
    kept = message.files
    if "attachments" in body:
        wanted = {str(attachment["id"]) for attachment in body["attachments"] or ()}
        kept = [file for file in message.files if str(file.id) in wanted]
    whole: Json = {
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
    } | body
    content = read_content(whole, has_files=bool(kept or draft.uploads))
    check_shape(whole, flags, files=len(kept) + len(draft.uploads))
    message.content, message.flags = content, flags
    message.embeds = whole.get("embeds") or []
    message.components = numbered(whole.get("components") or [])
    message.files = kept + _store_files(world, channel.id, draft)
    message.edited_at = world.now()


def delete(world: World, channel: Channel, messages: list[Message]) -> None:
    """Remove messages; several at once are told as one event."""
    if isinstance(channel, Thread) and channel.archived:
        raise thread_archived()
    for message in messages:
        del channel.messages[message.id]
    where = {"channel_id": str(channel.id), "guild_id": str(channel.guild_id)}
    ids = [str(message.id) for message in messages]
    if len(ids) == 1:
        world.tell("MESSAGE_DELETE", {"id": ids[0]} | where, channel.guild_id)
    else:
        world.tell("MESSAGE_DELETE_BULK", {"ids": ids} | where, channel.guild_id)


def _remembered(world: World, author: User, nonce: str) -> Message | None:
    known = world.nonces.get((author.id, nonce))
    if known is None or world.seconds() - known[1] > world.unknowns.nonce_seconds:
        return None
    return known[0]


def open_for(world: World, channel: Channel, author: User) -> None:
    """A thread takes posts while it is open; an archived one opens for a post unless it is locked."""
    if not isinstance(channel, Thread):
        return
    guild = world.guilds[channel.guild_id]
    manages = Permission.MANAGE_THREADS in guild.permissions(author.id, channel)
    if channel.locked and (channel.archived or not manages):
        raise thread_archived(403)
    if channel.archived:
        check_active_threads(world, guild)
        channel.archived = False
        channel.archived_at = world.now()
        world.tell("THREAD_UPDATE", channel_payload(channel, for_user=world.bot.id), guild.id)


def check_active_threads(world: World, guild: Guild) -> None:
    """Raises 160006 where a guild has as many open threads as it may have."""
    if sum(not thread.archived for thread in guild.threads.values()) >= world.unknowns.active_threads:
        raise ApiError(400, 160006, "Maximum number of active threads reached")


def _read_reference(
    world: World, channel: Channel, author: User, body: Json
) -> tuple[tuple[int, int] | None, Message | None]:
    """Where the arrow points, and the message there; neither when it may fail and does."""
    given = body.get("message_reference")
    if not given:
        return None, None
    if given.get("type"):
        raise ApiError(501, 0, "The wire has no forwards.")
    require(world, channel, author)
    held = world.guilds[channel.guild_id].permissions(author.id, channel)
    if Permission.READ_MESSAGE_HISTORY not in held:
        raise ApiError(403, 160002, "Cannot reply without permission to read message history")
    target = channel.messages.get(int(given["message_id"]))
    if target is None:
        if given.get("fail_if_not_exists", True):
            raise invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None, None
    if target.type not in _REPLIABLE:
        raise invalid(
            "message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message"
        )
    return (channel.id, target.id), target


def _store_files(world: World, channel_id: int, draft: Draft) -> list[StoredFile]:
    if any(len(upload.data) > MAX_FILE for upload in draft.uploads):
        raise ApiError(413, 40005, "Request entity too large")
    return [world.add_file(channel_id, u.filename, u.data, u.description) for u in draft.uploads]
