"""Guilds as the REST API tells them: which they are, what is in them, who is in them."""

from tests.wire.errors import ApiError
from tests.wire.payloads import channel_payload, guild_payload, member_payload
from tests.wire.routes.table import Call, route
from tests.wire.world import Json


@route("GET", "/users/@me/guilds")
def list_own_guilds(call: Call) -> list[Json]:
    """By id, after the one that ``after`` names."""
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 200))
    bot_id = call.world.bot.id
    guilds = [guild for guild in call.world.guilds.values() if guild.id > after and bot_id in guild.members]
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(int(guild.permissions(bot_id))),
            "features": [],
        }
        for guild in sorted(guilds, key=lambda guild: guild.id)[:limit]
    ]


@route("GET", "/guilds/{guild_id}")
def get_guild(call: Call) -> Json:
    return guild_payload(call.guild)


@route("GET", "/guilds/{guild_id}/channels")
def list_channels(call: Call) -> list[Json]:
    """Without threads; those that the bot can't see are told as well."""
    return [channel_payload(channel) for channel in call.guild.channels.values()]


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def get_member(call: Call) -> Json:
    member = call.guild.members.get(call.number("user_id"))
    if member is None:
        raise ApiError(404, 10007, "Unknown Member")
    return member_payload(member)
