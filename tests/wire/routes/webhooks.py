"""Webhooks: made and listed by the bot, and used by whoever knows their token."""

from tests.wire.errors import ApiError
from tests.wire.payloads import message_payload, webhook_payload
from tests.wire.permissions import Permission
from tests.wire.posting import delete as delete_posted
from tests.wire.posting import edit, require
from tests.wire.routes.table import Call, route
from tests.wire.webhooks import check_name, create, delete, execute, of_channel
from tests.wire.world import Channel, Json, Message, Webhook

#: A webhook's token has 68 characters, that of an interaction three times as many.
_BY_TOKEN = r"/webhooks/{webhook_id:\d+}/{webhook_token:[\w-]{68}}"


@route("POST", "/channels/{channel_id}/webhooks")
def create_webhook(call: Call) -> Json:
    return webhook_payload(create(call.world, call.channel, call.world.bot, call.json))


@route("GET", "/channels/{channel_id}/webhooks")
def list_channel_webhooks(call: Call) -> list[Json]:
    require(call.world, call.channel, call.world.bot, Permission.MANAGE_WEBHOOKS)
    return [webhook_payload(webhook) for webhook in of_channel(call.world, call.channel)]


@route("GET", "/guilds/{guild_id}/webhooks")
def list_guild_webhooks(call: Call) -> list[Json]:
    if Permission.MANAGE_WEBHOOKS not in call.guild.permissions(call.world.bot.id):
        raise ApiError(403, 50013, "Missing Permissions")
    return [webhook_payload(w) for w in call.world.webhooks.values() if w.guild_id == call.guild.id]


@route("GET", r"/webhooks/{webhook_id:\d+}")
def get_webhook(call: Call) -> Json:
    return webhook_payload(_managed(call))


@route("PATCH", r"/webhooks/{webhook_id:\d+}")
def change_webhook(call: Call) -> Json:
    webhook = _managed(call)
    if "name" in call.json:
        webhook.name = check_name("name", call.json["name"])
    return webhook_payload(webhook)


@route("DELETE", r"/webhooks/{webhook_id:\d+}")
def delete_webhook(call: Call) -> None:
    delete(call.world, _managed(call))


@route("GET", _BY_TOKEN, public=True)
def get_webhook_by_token(call: Call) -> Json:
    return webhook_payload(_proven(call))


@route("POST", _BY_TOKEN, public=True)
def execute_webhook(call: Call) -> Json | None:
    """Without ``wait`` neither the message nor a refusal of it is told."""
    webhook = _proven(call)
    thread_id = int(call.query["thread_id"]) if "thread_id" in call.query else None
    waits = call.query.get("wait") in {"true", "1"}
    try:
        message = execute(call.world, webhook, call.draft, thread_id=thread_id)
    except ApiError:
        if waits:
            raise
        return None
    return message_payload(call.world, message) if waits else None


@route("GET", _BY_TOKEN + "/messages/{message_id}", public=True)
def get_webhook_message(call: Call) -> Json:
    return message_payload(call.world, _written(call)[1])


@route("PATCH", _BY_TOKEN + "/messages/{message_id}", public=True)
def edit_webhook_message(call: Call) -> Json:
    channel, message = _written(call)
    edit(call.world, channel, message, call.draft)
    return message_payload(call.world, message)


@route("DELETE", _BY_TOKEN + "/messages/{message_id}", public=True)
def delete_webhook_message(call: Call) -> None:
    channel, message = _written(call)
    delete_posted(call.world, channel, [message])


def _managed(call: Call) -> Webhook:
    webhook = call.world.get_webhook(call.number("webhook_id"))
    require(
        call.world,
        call.world.get_channel(webhook.channel_id),
        call.world.bot,
        Permission.MANAGE_WEBHOOKS,
    )
    return webhook


def _proven(call: Call) -> Webhook:
    webhook = call.world.get_webhook(call.number("webhook_id"))
    if webhook.token != call.args["webhook_token"]:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return webhook


def _written(call: Call) -> tuple[Channel, Message]:
    """A message of this webhook, with where it stands; ``thread_id`` says so for a thread."""
    webhook = _proven(call)
    channel = call.world.get_channel(int(call.query.get("thread_id", webhook.channel_id)))
    message = call.world.get_message(channel, call.number("message_id"))
    if message.webhook_id != webhook.id:
        raise ApiError(404, 10008, "Unknown Message")
    return channel, message
