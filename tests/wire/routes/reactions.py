"""Reactions: put and taken away by the bot."""

from tests.wire.permissions import Permission
from tests.wire.posting import require
from tests.wire.reactions import react, unreact
from tests.wire.routes.table import Call, route


@route("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
def add_reaction(call: Call) -> None:
    require(
        call.world,
        call.channel,
        call.world.bot,
        Permission.READ_MESSAGE_HISTORY,
        Permission.ADD_REACTIONS,
    )
    react(call.world, call.channel, call.message, call.world.bot, call.args["emoji"])


@route("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me")
def remove_own_reaction(call: Call) -> None:
    require(call.world, call.channel, call.world.bot, Permission.READ_MESSAGE_HISTORY)
    unreact(call.world, call.channel, call.message, call.world.bot, call.args["emoji"])
