"""Discord's permission bits, and who may do what in a channel.

Source: Discord's documentation, topics/permissions (hierarchy, threads, timeouts).
"""

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.wire.world import Channel, Guild, Member


class Permission(IntFlag):
    """The rights that the wire knows and checks."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    PIN_MESSAGES = 1 << 51


NOTHING = Permission(0)
#: What everybody may do in a guild of readers.
READERS = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
)
#: What the bot is invited with.
KEEPERS = (
    READERS
    | Permission.MANAGE_THREADS
    | Permission.MANAGE_MESSAGES
    | Permission.PIN_MESSAGES
    | Permission.MANAGE_WEBHOOKS
)
EVERYTHING = Permission(sum(Permission))
_TIMED_OUT = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY


def permissions_of(guild: "Guild", member: "Member", channel: "Channel | None" = None) -> Permission:
    """What a member may do in the guild, or in one of its channels. A thread has its parent's overwrites."""
    if member.id == guild.owner_id:
        return EVERYTHING
    everyone = guild.roles[guild.id]
    granted = everyone.permissions
    for role_id in member.role_ids:
        granted |= guild.roles[role_id].permissions
    if Permission.ADMINISTRATOR in granted:
        return EVERYTHING
    if channel is not None:
        granted = _overwritten(granted, guild, member, guild.parent_of(channel))
    if channel is not None and Permission.VIEW_CHANNEL not in granted:
        return NOTHING
    return granted & _TIMED_OUT if member.timed_out else granted


def _overwritten(granted: Permission, guild: "Guild", member: "Member", channel: "Channel") -> Permission:
    overwrites = channel.overwrites
    if own := overwrites.get(guild.id):
        granted = granted & ~own.deny | own.allow
    roles = [overwrites[role_id] for role_id in member.role_ids if role_id in overwrites]
    for overwrite in roles:
        granted &= ~overwrite.deny
    for overwrite in roles:
        granted |= overwrite.allow
    if personal := overwrites.get(member.id):
        granted = granted & ~personal.deny | personal.allow
    return granted
