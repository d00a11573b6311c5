"""Threads and forum posts by Discord's rules, asked for bare."""

import pytest

from tests.wire.conftest import Rest
from tests.wire.errors import ApiError
from tests.wire.people import Wire
from tests.wire.permissions import KEEPERS, Permission
from tests.wire.room import ReadingRoom
from tests.wire.unknowns import Unknowns
from tests.wire.world import MessageFlag, MessageType, Thread

pytestmark = pytest.mark.asyncio


@pytest.fixture
def posts(room: ReadingRoom) -> str:
    return f"/channels/{room.articles.id}/threads"


async def make_post(wire: Wire, rest: Rest, posts: str, **more: object) -> Thread:
    made = await rest("POST", posts, {"name": "A post", "message": {"content": "first"}, **more})
    thread = wire.world.get_channel(int(made.body["id"]))
    assert isinstance(thread, Thread)
    return thread


async def test_a_post_and_its_first_message_have_one_id(wire: Wire, rest: Rest, posts: str):
    made = (await rest("POST", posts, {"name": "A post", "message": {"content": "first"}})).body
    assert made["id"] == made["message"]["id"] == made["message"]["channel_id"]
    assert (made["message_count"], made["total_message_sent"]) == (0, 0)


async def test_tags_are_checked(room: ReadingRoom, rest: Rest, posts: str):
    room.articles.tag_required = True
    body = {"name": "A post", "message": {"content": "first"}}
    harbour = str(room.articles.tags[0].id)
    assert (await rest("POST", posts, body)).refusal == (400, 40067)
    assert (await rest("POST", posts, body | {"applied_tags": [harbour] * 6})).refusal == (400, 50035)
    assert (await rest("POST", posts, body | {"applied_tags": ["1"]})).refusal == (400, 10087)
    assert (await rest("POST", posts, body | {"applied_tags": [harbour]})).body["applied_tags"] == [harbour]


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "x" * 101}, {"auto_archive_duration": 61}])
async def test_what_is_no_post_is_refused(rest: Rest, posts: str, change):
    body = {"name": "A post", "message": {"content": "first"}} | change
    assert (await rest("POST", posts, body)).refusal == (400, 50035)


async def test_a_forum_takes_no_plain_message(room: ReadingRoom, rest: Rest):
    answer = await rest("POST", f"/channels/{room.articles.id}/messages", {"content": "x"})
    assert answer.refusal == (400, 50008)


async def test_a_message_has_one_thread_with_its_id(wire: Wire, room: ReadingRoom, rest: Rest):
    said = await wire.say(room.ana, room.lounge, "a teaser")
    path = f"/channels/{room.lounge.id}/messages/{said.id}"
    made = await rest("POST", path + "/threads", {"name": "Below"})
    assert made.body["id"] == str(said.id)
    assert (await rest("POST", path + "/threads", {"name": "Below"})).refusal == (400, 160004)
    seen = (await rest("GET", path)).body
    assert seen["thread"]["name"] == "Below"
    assert seen["flags"] & MessageFlag.HAS_THREAD
    (starter,) = (await rest("GET", f"/channels/{said.id}/messages")).body
    assert starter["type"] == MessageType.THREAD_STARTER_MESSAGE
    assert starter["referenced_message"]["content"] == "a teaser"


async def test_a_thread_of_its_own_is_announced_in_the_channel(room: ReadingRoom, rest: Rest):
    await rest("POST", f"/channels/{room.lounge.id}/threads", {"name": "Alone", "type": 11})
    (said,) = room.lounge.messages.values()
    assert (said.type, said.content) == (MessageType.THREAD_CREATED, "Alone")


async def test_a_post_opens_an_archived_thread(wire: Wire, room: ReadingRoom, rest: Rest, posts: str):
    thread = await make_post(wire, rest, posts)
    await rest("PATCH", f"/channels/{thread.id}", {"archived": True})
    message = f"/channels/{thread.id}/messages/{thread.id}"
    assert (await rest("PATCH", message, {"content": "x"})).refusal == (400, 50083)
    assert (await rest("DELETE", message)).refusal == (400, 50083)
    assert (await rest("PATCH", f"/channels/{thread.id}", {"name": "x"})).refusal == (400, 50083)
    await wire.say(room.ana, thread, "still here")
    assert not thread.archived


async def test_a_locked_thread_takes_posts_of_its_keepers_only(
    wire: Wire, room: ReadingRoom, rest, posts: str
):
    thread = await make_post(wire, rest, posts)
    await rest("PATCH", f"/channels/{thread.id}", {"locked": True})
    assert (await rest("POST", f"/channels/{thread.id}/messages", {"content": "x"})).status == 200
    with pytest.raises(ApiError) as refused:
        await wire.say(room.ana, thread, "may I?")
    assert refused.value.code == 50083
    await rest("PATCH", f"/channels/{thread.id}", {"archived": True})
    assert (await rest("POST", f"/channels/{thread.id}/messages", {"content": "x"})).refusal == (403, 50083)
    assert (await rest("PATCH", f"/channels/{thread.id}", {"archived": False})).status == 200


async def test_threads_are_listed_while_open_and_when_archived(
    wire: Wire, room: ReadingRoom, rest, posts: str
):
    threads = [await make_post(wire, rest, posts) for _ in range(3)]
    active = (await rest("GET", f"/guilds/{room.guild.id}/threads/active")).body
    assert [t["id"] for t in active["threads"]] == [str(t.id) for t in threads]
    assert len(active["members"]) == 3
    for thread in threads[:2]:
        await rest("PATCH", f"/channels/{thread.id}", {"archived": True})
    archived = (await rest("GET", posts + "/archived/public", limit=1)).body
    assert [t["id"] for t in archived["threads"]] == [str(threads[1].id)]
    assert archived["has_more"]


async def test_a_deleted_thread_is_gone(wire: Wire, rest: Rest, posts: str):
    thread = await make_post(wire, rest, posts)
    assert (await rest("DELETE", f"/channels/{thread.id}")).body["id"] == str(thread.id)
    answer = await rest("POST", f"/channels/{thread.id}/messages", {"content": "x"})
    assert answer.refusal == (404, 10003)


async def test_a_thread_needs_the_right_to_manage_threads_to_be_deleted(
    wire: Wire, room, rest: Rest, posts: str
):
    thread = await make_post(wire, rest, posts)
    for role in room.guild.roles.values():
        if role.bot_id:
            role.permissions = KEEPERS & ~Permission.MANAGE_THREADS
    assert (await rest("DELETE", f"/channels/{thread.id}")).refusal == (403, 50013)


async def test_a_rename_is_said_in_the_thread(wire: Wire, rest: Rest, posts: str):
    thread = await make_post(wire, rest, posts)
    await rest("PATCH", f"/channels/{thread.id}", {"name": "Another name"})
    said = list(thread.messages.values())[-1]
    assert (said.type, said.content) == (MessageType.CHANNEL_NAME_CHANGE, "Another name")


async def test_a_guild_has_so_many_open_threads(wire: Wire, room: ReadingRoom, rest: Rest, posts: str):
    wire.world.unknowns = Unknowns(active_threads=2)
    first, second = [await make_post(wire, rest, posts) for _ in range(2)]
    body = {"name": "A post", "message": {"content": "first"}}
    assert (await rest("POST", posts, body)).refusal == (400, 160006)
    await rest("PATCH", f"/channels/{first.id}", {"archived": True})
    third = await make_post(wire, rest, posts)
    assert (await rest("POST", f"/channels/{first.id}/messages", {"content": "x"})).refusal == (400, 160006)
    assert not second.archived
    assert not third.archived


async def test_nobody_reacts_in_an_archived_thread(wire: Wire, room: ReadingRoom, rest: Rest, posts: str):
    thread = await make_post(wire, rest, posts)
    path = f"/channels/{thread.id}/messages/{thread.id}/reactions/%F0%9F%92%A1/@me"
    assert (await rest("PUT", path)).status == 204
    seen = (await rest("GET", f"/channels/{thread.id}/messages/{thread.id}")).body
    assert [(r["emoji"]["name"], r["count"], r["me"]) for r in seen["reactions"]] == [("💡", 1, True)]
    thread.archived = True
    assert (await rest("DELETE", path)).refusal == (400, 50083)
    with pytest.raises(ApiError, match="50083"):
        await wire.react(room.ana, thread.messages[thread.id], "💡")
