"""Messages: send, read, page, change, delete."""

from tests.wire.errors import ApiError, invalid, missing_permissions
from tests.wire.gateway import without_content
from tests.wire.payloads import message_payload
from tests.wire.permissions import Permission
from tests.wire.posting import delete, edit, post, require
from tests.wire.routes.table import Call, route
from tests.wire.world import Json, Message

MAX_PAGE = 100


@route("POST", "/channels/{channel_id}/messages")
def create_message(call: Call) -> Json:
    message = post(call.world, call.channel, call.world.bot, call.draft)
    payload = message_payload(call.world, message)
    return payload | {"nonce": message.nonce} if message.nonce else payload


@route("GET", "/channels/{channel_id}/messages")
def list_messages(call: Call) -> list[Json]:
    """Newest first, whichever way it pages; ``after`` gives the oldest ones after that id."""
    channel, limit = call.channel, int(call.query.get("limit", 50))
    if not 1 <= limit <= MAX_PAGE:
        raise invalid("limit", "NUMBER_TYPE_MAX", f"int value should be less than or equal to {MAX_PAGE}.")
    require(call.world, channel, call.world.bot)
    held = call.world.guilds[channel.guild_id].permissions(call.world.bot.id, channel)
    if Permission.READ_MESSAGE_HISTORY not in held:
        return []
    messages = list(channel.messages.values())
    if "after" in call.query:
        page = [m for m in messages if m.id > int(call.query["after"])][:limit]
    elif "around" in call.query:
        middle = int(call.query["around"])
        before = [m for m in messages if m.id < middle][-(limit // 2) :]
        page = before + [m for m in messages if m.id >= middle][: limit - limit // 2]
    else:
        before = int(call.query.get("before", 1 << 63))
        page = [m for m in messages if m.id < before][-limit:]
    return [_readable(call, message) for message in reversed(page)]


@route("GET", "/channels/{channel_id}/messages/{message_id}")
def get_message(call: Call) -> Json:
    require(call.world, call.channel, call.world.bot, Permission.READ_MESSAGE_HISTORY)
    return _readable(call, call.message)


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit_message(call: Call) -> Json:
    message = call.message
    require(call.world, call.channel, call.world.bot)
    if message.author is not call.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    edit(call.world, call.channel, message, call.draft)
    return message_payload(call.world, message)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(call: Call) -> None:
    message = call.message
    own = message.author is call.world.bot
    require(call.world, call.channel, call.world.bot, *([] if own else [Permission.MANAGE_MESSAGES]))
    delete(call.world, call.channel, [message])


@route("POST", "/channels/{channel_id}/messages/bulk-delete")
def bulk_delete_messages(call: Call) -> None:
    require(call.world, call.channel, call.world.bot, Permission.MANAGE_MESSAGES)
    wanted = call.json["messages"]
    if not 2 <= len(wanted) <= MAX_PAGE:
        raise ApiError(400, 50016, "You can only bulk delete between 2 and 100 messages.")
    known = call.channel.messages
    delete(call.world, call.channel, [known[int(i)] for i in wanted if int(i) in known])


@route("PUT", "/channels/{channel_id}/messages/pins/{message_id}")
def pin_message(call: Call) -> None:
    held = call.world.guilds[call.channel.guild_id].permissions(call.world.bot.id, call.channel)
    if not {Permission.PIN_MESSAGES, Permission.MANAGE_MESSAGES} & set(held):
        raise missing_permissions()
    call.message.pinned = True


def _readable(call: Call, message: Message) -> Json:
    """The REST API hides content by what the developer portal grants, not by what a session asked for."""
    payload = message_payload(call.world, message)
    granted = call.world.message_content_granted
    return payload if granted else without_content(payload, bot_id=call.world.bot.id)
