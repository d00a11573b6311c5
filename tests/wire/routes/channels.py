"""Channels and threads as such: look, change, delete, type."""

from tests.wire.errors import ApiError
from tests.wire.payloads import channel_payload
from tests.wire.permissions import Permission
from tests.wire.posting import require
from tests.wire.routes.table import Call, route
from tests.wire.threads import change_thread, delete_thread
from tests.wire.world import Json, Thread


@route("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Json:
    require(call.world, call.channel, call.world.bot)
    return channel_payload(call.channel, for_user=call.world.bot.id)


@route("PATCH", "/channels/{channel_id}")
def change_channel(call: Call) -> Json:
    channel = call.channel
    if not isinstance(channel, Thread):
        raise ApiError(501, 0, "The wire changes threads only.")
    change_thread(call.world, channel, call.world.bot, call.json)
    return channel_payload(channel, for_user=call.world.bot.id)


@route("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Json:
    channel = call.channel
    if not isinstance(channel, Thread):
        raise ApiError(501, 0, "The wire deletes threads only.")
    require(call.world, channel, call.world.bot, Permission.MANAGE_THREADS)
    payload = channel_payload(channel)
    delete_thread(call.world, channel)
    return payload


@route("POST", "/channels/{channel_id}/typing")
def type_in_channel(call: Call) -> None:
    require(call.world, call.channel, call.world.bot, Permission.SEND_MESSAGES)
