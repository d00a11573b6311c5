"""Reactions by Discord's rules: none in an archived thread."""

from tests.wire.errors import thread_archived
from tests.wire.payloads import member_payload
from tests.wire.world import Channel, Json, Message, Thread, User, World


def react(world: World, channel: Channel, message: Message, user: User, emoji: str) -> None:
    """Put a reaction. Raises 50083 in an archived thread."""
    _require_open(channel)
    given = message.reactions.setdefault(emoji, [])
    if user.id in given:
        return
    given.append(user.id)
    event = _event(channel, message, user, emoji) | {"burst": False, "type": 0, "burst_colors": []}
    guild = world.guilds[channel.guild_id]
    event["message_author_id"] = str(message.author.id)
    if member := guild.members.get(user.id):
        event["member"] = member_payload(member)
    world.tell("MESSAGE_REACTION_ADD", event, channel.guild_id)


def unreact(world: World, channel: Channel, message: Message, user: User, emoji: str) -> None:
    """Take it back. Raises 50083 in an archived thread."""
    _require_open(channel)
    given = message.reactions.get(emoji, [])
    if user.id not in given:
        return
    given.remove(user.id)
    event = _event(channel, message, user, emoji) | {"burst": False, "type": 0}
    world.tell("MESSAGE_REACTION_REMOVE", event, channel.guild_id)


def _event(channel: Channel, message: Message, user: User, emoji: str) -> Json:
    return {
        "user_id": str(user.id),
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "guild_id": str(channel.guild_id),
        "emoji": {"id": None, "name": emoji},
    }


def _require_open(channel: Channel) -> None:
    if isinstance(channel, Thread) and channel.archived:
        raise thread_archived()
