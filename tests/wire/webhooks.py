"""Webhooks by Discord's rules (resources/webhook): names, how many, what goes through one."""

import hashlib
import secrets
from dataclasses import replace

from tests.wire.errors import ApiError, invalid
from tests.wire.permissions import Permission
from tests.wire.posting import Draft, compose, open_for, require, store
from tests.wire.threads import start_post
from tests.wire.world import Channel, ChannelType, Json, Message, Thread, User, Webhook, World

MAX_NAME = 80
MAX_PER_CHANNEL = 15
#: Words that no name may hold, in any case. The last two are not documented, but were seen.
_FORBIDDEN = ("clyde", "discord")
_FORBIDDEN_WHOLE = {"here", "everyone"}
_TOKEN_BYTES = 51


def create(world: World, channel: Channel, author: User, body: Json) -> Webhook:
    """Raises 30007 for the sixteenth of a channel."""
    require(world, channel, author, Permission.MANAGE_WEBHOOKS)
    if isinstance(channel, Thread):
        raise ApiError(400, 50024, "Cannot execute action on this channel type")
    if len(of_channel(world, channel)) >= MAX_PER_CHANNEL:
        raise ApiError(400, 30007, f"Maximum number of webhooks reached ({MAX_PER_CHANNEL})")
    webhook = Webhook(
        id=world.new_id(),
        channel_id=channel.id,
        guild_id=channel.guild_id,
        name=check_name("name", body.get("name")),
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        owner=author,
    )
    world.webhooks[webhook.id] = webhook
    _tell(world, webhook)
    return webhook


def delete(world: World, webhook: Webhook) -> None:
    del world.webhooks[webhook.id]
    _tell(world, webhook)


def of_channel(world: World, channel: Channel) -> list[Webhook]:
    return [webhook for webhook in world.webhooks.values() if webhook.channel_id == channel.id]


def execute(world: World, webhook: Webhook, draft: Draft, *, thread_id: int | None) -> Message:
    """Post in the webhook's channel or a thread of it. There is no arrow and no nonce: both are ignored."""
    body = {k: v for k, v in draft.body.items() if k not in {"nonce", "message_reference"}}
    body.setdefault("allowed_mentions", {"parse": ["users"]})
    draft = replace(draft, body=body)
    channel = world.get_channel(webhook.channel_id)
    shown = _shown(webhook, body)
    if channel.type is ChannelType.FORUM and thread_id is None:
        return _post(world, channel, webhook, draft, shown)
    if body.get("thread_name"):
        raise ApiError(400, 220003, "Webhooks can only create threads in forum channels")
    where = channel if thread_id is None else world.get_channel(thread_id)
    if world.guilds[channel.guild_id].parent_of(where) is not channel:
        raise ApiError(404, 10003, "Unknown Channel")
    message = compose(world, where, webhook.owner, draft)
    message.author, message.webhook_id = shown, webhook.id
    open_for(world, where, shown)
    store(world, where, message)
    return message


def check_name(field: str, given: object) -> str:
    """A name that a webhook may have. Raises 50035 with Discord's own words for what is wrong with it."""
    name = str(given or "").strip()
    if not 1 <= len(name) <= MAX_NAME:
        raise invalid(field, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {MAX_NAME} in length.")
    lowered = name.lower()
    if any(word in lowered for word in _FORBIDDEN):
        raise invalid(field, "USERNAME_INVALID_CONTAINS", "Username cannot contain that word.")
    if lowered in _FORBIDDEN_WHOLE:
        raise invalid(field, "USERNAME_INVALID", "Username is invalid.")
    return name


def _shown(webhook: Webhook, body: Json) -> User:
    """Who a message says it is from."""
    name = check_name("username", body["username"]) if body.get("username") is not None else webhook.name
    picture = body.get("avatar_url")
    avatar = hashlib.md5(picture.encode(), usedforsecurity=False).hexdigest() if picture else None
    return User(webhook.id, name, bot=True, is_webhook=True, avatar=avatar)


def _post(world: World, forum: Channel, webhook: Webhook, draft: Draft, shown: User) -> Message:
    if not draft.body.get("thread_name"):
        raise ApiError(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")
    body = {"name": draft.body["thread_name"], "applied_tags": draft.body.get("applied_tags") or []}
    _, message = start_post(world, forum, webhook.owner, body, draft, shown=shown, webhook_id=webhook.id)
    return message


def _tell(world: World, webhook: Webhook) -> None:
    ids = {"guild_id": str(webhook.guild_id), "channel_id": str(webhook.channel_id)}
    world.tell("WEBHOOKS_UPDATE", ids, webhook.guild_id)
