"""The world in Discord's JSON: full objects, as its documentation lists them, ids as strings."""

import mimetypes
from datetime import datetime
from urllib.parse import quote

from tests.wire.permissions import Permission
from tests.wire.world import (
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Message,
    MessageType,
    Role,
    StoredFile,
    Thread,
    User,
    Webhook,
    World,
)


def instant(moment: datetime | None) -> str | None:
    """ISO 8601 with microseconds and offset, as Discord writes it."""
    return moment.isoformat(timespec="microseconds") if moment else None


def user_payload(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name if user.is_webhook else user.name.lower().replace(" ", "_"),
        "discriminator": "0000" if user.bot else "0",
        "global_name": None if user.bot else user.name,
        "avatar": user.avatar,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "bot": user.bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
    }


def own_user_payload(world: World) -> Json:
    """What ``/users/@me`` and READY tell the bot about itself."""
    return user_payload(world.bot) | {
        "username": world.bot.name,
        "verified": True,
        "mfa_enabled": False,
        "locale": "en-US",
        "email": None,
    }


def application_payload(world: World) -> Json:
    owner = next((user for user in world.users.values() if not user.bot), world.bot)
    limited_message_content = 1 << 19
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_payload(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user_payload(owner),
        "team": None,
        "summary": "",
        "verify_key": "0" * 64,
        "flags": limited_message_content if world.message_content_granted else 0,
        "flags_new": str(limited_message_content if world.message_content_granted else 0),
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "tags": [],
        "install_params": {"scopes": ["bot", "applications.commands"], "permissions": "0"},
        "integration_types_config": {"0": {}},
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "hook": True,
    }


def role_payload(role: Role) -> Json:
    payload: Json = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
    }
    return payload | {"tags": {"bot_id": str(role.bot_id)}} if role.bot_id else payload


def member_payload(member: Member, *, with_user: bool = True) -> Json:
    payload: Json = {
        "roles": [str(role_id) for role_id in member.role_ids],
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "joined_at": instant(member.joined_at),
        "premium_since": None,
        "communication_disabled_until": instant(member.timed_out_until),
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return payload | {"user": user_payload(member.user)} if with_user else payload


def webhook_payload(webhook: Webhook, *, with_token: bool = True) -> Json:
    payload: Json = {
        "id": str(webhook.id),
        "type": 1,
        "guild_id": str(webhook.guild_id),
        "channel_id": str(webhook.channel_id),
        "name": webhook.name,
        "avatar": None,
        "application_id": str(webhook.owner.id),
    }
    return payload | {"token": webhook.token, "user": user_payload(webhook.owner)} if with_token else payload


def channel_payload(channel: Channel, *, for_user: int | None = None) -> Json:
    """A channel or a thread; ``for_user`` adds that user's membership to a thread."""
    if isinstance(channel, Thread):
        return _thread_payload(channel, for_user)
    payload: Json = {
        "id": str(channel.id),
        "guild_id": str(channel.guild_id),
        "type": int(channel.type),
        "name": channel.name,
        "position": channel.position,
        "parent_id": None,
        "topic": channel.topic,
        "nsfw": False,
        "flags": 0,
        "permission_overwrites": [
            {"id": str(o.id), "type": o.kind, "allow": str(int(o.allow)), "deny": str(int(o.deny))}
            for o in channel.overwrites.values()
        ],
        "rate_limit_per_user": 0,
        "last_message_id": str(channel.last_message_id) if channel.last_message_id else None,
        "last_pin_timestamp": None,
        "default_auto_archive_duration": 4320,
    }
    if channel.type is ChannelType.FORUM:
        payload |= {
            "flags": 1 << 4 if channel.tag_required else 0,
            "available_tags": [
                {
                    "id": str(t.id),
                    "name": t.name,
                    "moderated": t.moderated,
                    "emoji_id": None,
                    "emoji_name": None,
                }
                for t in channel.tags
            ],
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 1,
            "default_thread_rate_limit_per_user": 0,
        }
    return payload


#: What stands of a channel beside its id in an interaction: docs, interactions/receiving-and-responding.
_PARTIAL = (
    *("id", "name", "type", "last_message_id", "last_pin_timestamp", "nsfw", "parent_id", "guild_id"),
    *("flags", "rate_limit_per_user", "topic", "position", "thread_metadata"),
)


def partial_channel_payload(channel: Channel) -> Json:
    """A channel or thread that a person chose."""
    payload = channel_payload(channel)
    return {name: payload[name] for name in _PARTIAL if name in payload}


def _thread_payload(thread: Thread, for_user: int | None) -> Json:
    payload: Json = {
        "id": str(thread.id),
        "guild_id": str(thread.guild_id),
        "type": int(thread.type),
        "name": thread.name,
        "parent_id": str(thread.parent_id),
        "owner_id": str(thread.owner_id),
        "last_message_id": str(thread.last_message_id) if thread.last_message_id else None,
        "last_pin_timestamp": None,
        "rate_limit_per_user": thread.slow_mode,
        "message_count": sum(message_id != thread.id for message_id in thread.messages),
        "member_count": len(thread.member_ids),
        "total_message_sent": thread.total_sent,
        "applied_tags": [str(tag_id) for tag_id in thread.applied_tags],
        "flags": 0,
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": instant(thread.archived_at),
            "auto_archive_duration": thread.auto_archive_minutes,
            "create_timestamp": instant(thread.created_at),
            "locked": thread.locked,
        },
    }
    if for_user in thread.member_ids:
        payload["member"] = thread_member_payload(thread, for_user)
    return payload


def thread_member_payload(thread: Thread, user_id: int) -> Json:
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": instant(thread.member_ids[user_id]),
        "flags": 0,
    }


def attachment_payload(world: World, file: StoredFile, *, ephemeral: bool = False) -> Json:
    url = f"{world.files_url}/{file.channel_id}/{file.id}/{quote(file.filename)}"
    payload: Json = {
        "id": str(file.id),
        "filename": file.filename,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
        "content_type": mimetypes.guess_type(file.filename)[0] or "application/octet-stream",
    }
    if file.description:
        payload["description"] = file.description
    return payload | {"ephemeral": True} if ephemeral else payload


def message_payload(world: World, message: Message, *, nested: bool = False) -> Json:
    """A message as the REST API answers it. One that it points to stands in it, one level deep."""
    payload: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "type": int(message.type),
        "author": user_payload(message.author),
        "content": message.content,
        "timestamp": instant(message.created_at),
        "edited_timestamp": instant(message.edited_at),
        "tts": False,
        "mention_everyone": message.mention_everyone,
        "mentions": [user_payload(user) for user in message.mentions],
        "mention_roles": [],
        "attachments": [attachment_payload(world, f, ephemeral=message.ephemeral) for f in message.files],
        "embeds": message.embeds,
        "components": message.components,
        "pinned": message.pinned,
        "flags": message.flags,
    }
    if message.reactions:
        payload["reactions"] = [
            _reaction_payload(world, emoji, given) for emoji, given in message.reactions.items() if given
        ]
    if message.webhook_id is not None:
        payload |= {"webhook_id": str(message.webhook_id), "application_id": str(world.application_id)}
    if message.interaction is not None:
        payload["interaction_metadata"] = message.interaction
    if message.reference is not None:
        payload |= _reference_payload(world, message, nested=nested)
    thread = _thread_under(world, message)
    return payload | {"thread": channel_payload(thread)} if thread else payload


def _reaction_payload(world: World, emoji: str, given: list[int]) -> Json:
    return {
        "emoji": {"id": None, "name": emoji},
        "count": len(given),
        "count_details": {"burst": 0, "normal": len(given)},
        "me": world.bot.id in given,
        "me_burst": False,
        "burst_colors": [],
    }


def message_event(world: World, message: Message, guild: Guild) -> Json:
    """The same as the gateway tells it: with guild and member."""
    payload = message_payload(world, message)
    payload["guild_id"] = str(guild.id)
    payload["channel_type"] = int(world.get_channel(message.channel_id).type)
    if (member := guild.members.get(message.author.id)) and message.webhook_id is None:
        payload["member"] = member_payload(member, with_user=False)
    for mention in payload["mentions"]:
        if mentioned := guild.members.get(int(mention["id"])):
            mention["member"] = member_payload(mentioned, with_user=False)
    return payload


def guild_payload(guild: Guild) -> Json:
    """A guild with its roles, without what is in it."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": "en-US",
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "vanity_url_code": None,
        "hub_type": None,
        "incidents_data": None,
        "max_members": 500_000,
        "max_presences": None,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [role_payload(role) for role in guild.roles.values()],
    }


def guild_create_payload(guild: Guild, *, bot_id: int, all_members: bool) -> Json:
    """A guild in full. Without the members intent Discord lists only the bot itself."""
    members = guild.members.values() if all_members else [guild.members[bot_id]]
    seen = [c for c in guild.channels.values() if Permission.VIEW_CHANNEL in guild.permissions(bot_id, c)]
    threads = [t for t in guild.threads.values() if not t.archived and guild.parent_of(t) in seen]
    return guild_payload(guild) | {
        "joined_at": instant(guild.members[bot_id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_payload(member) for member in members],
        "channels": [channel_payload(channel) for channel in seen],
        "threads": [channel_payload(thread, for_user=bot_id) for thread in threads],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def _reference_payload(world: World, message: Message, *, nested: bool) -> Json:
    assert message.reference is not None
    channel_id, message_id = message.reference
    payload: Json = {
        "message_reference": {
            "type": 0,
            "channel_id": str(channel_id),
            "message_id": str(message_id),
            "guild_id": str(world.get_channel(message.channel_id).guild_id),
        }
    }
    if not nested and message.type in {MessageType.REPLY, MessageType.THREAD_STARTER_MESSAGE}:
        channel = world.find_channel(channel_id)
        target = channel and channel.messages.get(message_id)
        payload["referenced_message"] = target and message_payload(world, target, nested=True)
    return payload


def _thread_under(world: World, message: Message) -> Thread | None:
    """The thread that hangs under a message of a text channel; it has the message's id."""
    if message.ephemeral:
        return None
    channel = world.get_channel(message.channel_id)
    return None if isinstance(channel, Thread) else world.guilds[channel.guild_id].threads.get(message.id)
