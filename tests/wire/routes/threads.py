"""Threads and forum posts: begin, list, join."""

from tests.wire.payloads import channel_payload, message_payload, thread_member_payload
from tests.wire.posting import Draft, require
from tests.wire.routes.table import Call, route
from tests.wire.threads import archived_threads, start_post, start_thread
from tests.wire.world import Channel, ChannelType, Json, Thread


@route("POST", "/channels/{channel_id}/threads", success=201)
def start_thread_or_post(call: Call) -> Json:
    """In a forum a post with its first message, elsewhere a thread of its own."""
    world, channel = call.world, call.channel
    if channel.type is not ChannelType.FORUM:
        return channel_payload(
            start_thread(world, channel, world.bot, call.json, None), for_user=world.bot.id
        )
    draft = Draft(call.json.get("message") or {}, call.uploads)
    thread, message = start_post(world, channel, world.bot, call.json, draft)
    return channel_payload(thread, for_user=world.bot.id) | {"message": message_payload(world, message)}


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads", success=201)
def start_thread_under_message(call: Call) -> Json:
    world = call.world
    thread = start_thread(world, call.channel, world.bot, call.json, call.message)
    return channel_payload(thread, for_user=world.bot.id)


@route("GET", "/guilds/{guild_id}/threads/active")
def list_active_threads(call: Call) -> Json:
    return _listed(call, [thread for thread in call.guild.threads.values() if not thread.archived])


@route("GET", "/channels/{channel_id}/threads/archived/public")
def list_archived_threads(call: Call) -> Json:
    require(call.world, call.channel, call.world.bot)
    threads = archived_threads(call.world.guilds[call.channel.guild_id], call.channel)
    if before := call.query.get("before"):
        threads = [thread for thread in threads if thread.archived_at.isoformat() < before]
    limit = int(call.query.get("limit", 50))
    return _listed(call, threads[:limit]) | {"has_more": len(threads) > limit}


@route("PUT", "/channels/{channel_id}/thread-members/@me")
def join_thread(call: Call) -> None:
    channel = call.channel
    require(call.world, channel, call.world.bot)
    if isinstance(channel, Thread):
        channel.member_ids.setdefault(call.world.bot.id, call.world.now())


def _listed(call: Call, threads: list[Thread]) -> Json:
    bot_id = call.world.bot.id
    listed: list[Channel] = [*threads]
    return {
        "has_more": False,
        "threads": [channel_payload(thread, for_user=bot_id) for thread in listed],
        "members": [thread_member_payload(t, bot_id) for t in threads if bot_id in t.member_ids],
    }
