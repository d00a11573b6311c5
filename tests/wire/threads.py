"""How threads begin, change and end, by Discord's rules (topics/threads, resources/channel)."""

from tests.wire.errors import ApiError, invalid, missing_permissions, thread_archived
from tests.wire.payloads import channel_payload
from tests.wire.permissions import Permission
from tests.wire.posting import Draft, check_active_threads, compose, require, store
from tests.wire.world import (
    Channel,
    ChannelType,
    Guild,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Thread,
    User,
    World,
)

MAX_NAME = 100
MAX_APPLIED_TAGS = 5
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


def start_post(
    world: World,
    forum: Channel,
    author: User,
    body: Json,
    draft: Draft,
    *,
    shown: User | None = None,
    webhook_id: int | None = None,
) -> tuple[Thread, Message]:
    """A forum post: thread and first message in one, with one id. A webhook's shows somebody else as its author."""
    require(world, forum, author, Permission.SEND_MESSAGES)
    tags = _read_tags(world, forum, author, body.get("applied_tags") or [])
    message_id = world.new_id()
    thread = _new_thread(world, forum, author, body, thread_id=message_id)
    thread.applied_tags = tags
    message = compose(world, forum, author, draft, message_id=message_id)
    message.channel_id = thread.id
    message.author, message.webhook_id = shown or author, webhook_id
    for file in message.files:
        file.channel_id = thread.id
    _open(world, thread)
    store(world, thread, message)
    return thread, message


def start_thread(world: World, channel: Channel, author: User, body: Json, message: Message | None) -> Thread:
    """A thread under a message, whose id it takes, or on its own (then the channel says so)."""
    require(world, channel, author, Permission.CREATE_PUBLIC_THREADS)
    if channel.type is not ChannelType.TEXT:
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    guild = world.guilds[channel.guild_id]
    if message is not None and message.id in guild.threads:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = _new_thread(world, channel, author, body, thread_id=message.id if message else world.new_id())
    _open(world, thread)
    if message is None:
        _say_started(world, channel, author, thread)
        return thread
    message.flags |= MessageFlag.HAS_THREAD
    starter = _system(world, thread, author, MessageType.THREAD_STARTER_MESSAGE)
    starter.reference = (channel.id, message.id)
    store(world, thread, starter)
    return thread


def change_thread(world: World, thread: Thread, author: User, body: Json) -> None:
    """PATCH of a thread. Archived: only by opening it again; locked: only by who manages threads."""
    held = world.guilds[thread.guild_id].permissions(author.id, thread)
    manages = Permission.MANAGE_THREADS in held
    require(world, thread, author)
    if not manages and ("locked" in body or thread.locked or author.id != thread.owner_id):
        raise missing_permissions()
    if thread.archived and body.get("archived") is not False:
        raise thread_archived()
    old_name = thread.name
    if "name" in body:
        thread.name = _read_name(body)
    if "applied_tags" in body:
        parent = world.guilds[thread.guild_id].parent_of(thread)
        thread.applied_tags = _read_tags(world, parent, author, body["applied_tags"])
    if body.get("archived", thread.archived) != thread.archived:
        if thread.archived:
            check_active_threads(world, world.guilds[thread.guild_id])
        thread.archived = bool(body["archived"])
        thread.archived_at = world.now()
    thread.locked = bool(body.get("locked", thread.locked))
    thread.auto_archive_minutes = int(body.get("auto_archive_duration", thread.auto_archive_minutes))
    thread.slow_mode = int(body.get("rate_limit_per_user", thread.slow_mode))
    world.tell("THREAD_UPDATE", channel_payload(thread, for_user=world.bot.id), thread.guild_id)
    if thread.name != old_name:
        renamed = _system(world, thread, author, MessageType.CHANNEL_NAME_CHANGE)
        renamed.content = thread.name
        store(world, thread, renamed)


def delete_thread(world: World, thread: Thread) -> None:
    """The thread goes with everything in it; the message it hung under stays."""
    guild = world.guilds[thread.guild_id]
    del guild.threads[thread.id]
    gone = {
        "id": str(thread.id),
        "guild_id": str(guild.id),
        "parent_id": str(thread.parent_id),
        "type": int(thread.type),
    }
    world.tell("THREAD_DELETE", gone, guild.id)


def archived_threads(guild: Guild, parent: Channel) -> list[Thread]:
    """Most recently archived first."""
    below = [t for t in guild.threads.values() if t.parent_id == parent.id and t.archived]
    return sorted(below, key=lambda thread: thread.archived_at, reverse=True)


def _new_thread(world: World, parent: Channel, author: User, body: Json, *, thread_id: int) -> Thread:
    now = world.now()
    check_active_threads(world, world.guilds[parent.guild_id])
    minutes = int(body.get("auto_archive_duration") or 4320)
    if minutes not in ARCHIVE_MINUTES:
        raise invalid(
            "auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of 60, 1440, 4320, 10080."
        )
    return Thread(
        id=thread_id,
        guild_id=parent.guild_id,
        type=ChannelType.PUBLIC_THREAD,
        name=_read_name(body),
        parent_id=parent.id,
        owner_id=author.id,
        created_at=now,
        archived_at=now,
        auto_archive_minutes=minutes,
        slow_mode=int(body.get("rate_limit_per_user") or 0),
        member_ids={author.id: now},
    )


def _open(world: World, thread: Thread) -> None:
    guild = world.guilds[thread.guild_id]
    guild.threads[thread.id] = thread
    parent = guild.parent_of(thread)
    if parent.type is ChannelType.FORUM:
        parent.last_message_id = thread.id
    payload = channel_payload(thread, for_user=world.bot.id) | {"newly_created": True}
    world.tell("THREAD_CREATE", payload, guild.id)


def _read_name(body: Json) -> str:
    name = str(body.get("name") or "").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise invalid("name", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MAX_NAME} in length.")
    return name


def _read_tags(world: World, forum: Channel, author: User, given: list[str]) -> list[int]:
    tags = {tag.id: tag for tag in forum.tags}
    chosen = [int(tag_id) for tag_id in given]
    if len(chosen) > MAX_APPLIED_TAGS:
        raise invalid(
            "applied_tags", "BASE_TYPE_MAX_LENGTH", f"Must be {MAX_APPLIED_TAGS} or fewer in length."
        )
    if any(tag_id not in tags for tag_id in chosen):
        raise ApiError(400, 10087, "Unknown tag")
    if forum.tag_required and not chosen:
        raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
    held = world.guilds[forum.guild_id].permissions(author.id, forum)
    if Permission.MANAGE_THREADS not in held and any(tags[tag_id].moderated for tag_id in chosen):
        raise missing_permissions()
    return chosen


def _say_started(world: World, channel: Channel, author: User, thread: Thread) -> None:
    said = _system(world, channel, author, MessageType.THREAD_CREATED)
    said.content = thread.name
    said.reference = (thread.id, thread.id)
    store(world, channel, said)


def _system(world: World, channel: Channel, author: User, kind: MessageType) -> Message:
    return Message(world.new_id(), channel.id, author, world.now(), type=kind)
