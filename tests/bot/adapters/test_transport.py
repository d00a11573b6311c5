"""discord.py over our limiter, against the wire, on a clock that jumps."""

import asyncio
from itertools import pairwise

import aiohttp
import discord
import pytest
from discord.http import Route, handle_message_parameters
from discord.webhook.async_ import async_context

from bot.adapters import transport
from bot.adapters.transport import PacedClient, Terms, on
from tests.bot.adapters.wired import Wired, on_the_wire


async def send(here: Wired, channel=None, *, nonce=None, text="words", file=None):
    parameters = handle_message_parameters(text, nonce=nonce, **({} if file is None else {"file": file}))
    with parameters:
        return await here.client.http.send_message(channel or here.room.lounge.id, params=parameters)


async def post(here: Wired):
    """A forum post: it makes a thread, and takes no nonce."""
    route = Route("POST", "/channels/{channel_id}/threads", channel_id=here.room.articles.id)
    return await here.client.http.request(route, json={"name": "A post", "message": {"content": "first"}})


@on_the_wire
async def test_an_id_is_known_as_soon_as_discord_has_answered(here: Wired):
    times = [here.now()]
    for _ in range(5):
        await send(here)
        times.append(here.now())
    assert [later - earlier for earlier, later in pairwise(times)] == [pytest.approx(0.25)] * 5


@pytest.mark.parametrize("sliding", [False, True])
def test_no_refusal_and_no_moment_lost(sliding):
    @on_the_wire(sliding=sliding)
    async def run(here: Wired):
        for _ in range(51):
            await send(here)
        sent = here.wire.log.of("create_message")
        assert (sent[-1].at - sent[0].at) / 50 < 1.03
        assert here.wire.log.refused(429) == []

    run()


@on_the_wire
async def test_edits_are_counted_apart_from_sends(here: Wired):
    made = await send(here)
    for number in range(4):
        await send(here)
        await here.client.http.edit_message(
            here.room.lounge.id,
            made["id"],
            params=handle_message_parameters(f"edited {number}"),
        )
    assert here.now() < 5
    assert here.wire.log.refused(429) == []


@on_the_wire
async def test_a_server_error_is_repeated_where_a_nonce_makes_it_harmless(here: Wired):
    here.wire.faults.fail("create_message", 1, status=502, moment="after")
    here.wire.faults.lose_answer("create_message", 2)
    made = await send(here, nonce="n-1")
    assert [int(made["id"])] == list(here.room.lounge.messages)
    assert len(here.wire.log.of("create_message")) == 3


@on_the_wire
async def test_a_file_goes_whole_in_a_repetition(here: Wired):
    here.wire.faults.fail("create_message", 1, status=500)
    file = discord.File(__file__, filename="comments.txt")
    made = await send(here, nonce="n-1", file=file)
    (kept,) = here.room.lounge.messages[int(made["id"])].files
    assert kept.data.startswith(b'"""discord.py over our limiter')


@pytest.mark.parametrize("call", [post, send])
def test_nothing_without_a_nonce_is_repeated_blindly(call):
    @on_the_wire
    async def run(here: Wired):
        name = {post: "start_thread_or_post", send: "create_message"}[call]
        here.wire.faults.fail(name, 1, status=502, moment="after")
        with pytest.raises(discord.DiscordServerError):
            await call(here)
        here.wire.faults.lose_answer(name, 1)
        with pytest.raises(aiohttp.ClientError):
            await call(here)
        assert len(here.wire.log.of(name)) == 2

    run()


@on_the_wire
async def test_what_only_reads_or_changes_is_repeated(here: Wired):
    made = await send(here)
    here.wire.faults.fail("edit_message", 1, status=503)
    here.wire.faults.lose_answer("delete_message", 1, moment="before")
    parameters = handle_message_parameters("edited")
    await here.client.http.edit_message(here.room.lounge.id, made["id"], params=parameters)
    here.wire.faults.fail("list_messages", 1, status=500)
    (seen,) = await here.client.http.logs_from(here.room.lounge.id, 5)
    assert seen["content"] == "edited"


@on_the_wire(threads_begun=(2, 300.0))
async def test_a_long_wait_is_told_to_who_asks_for_it(here: Wired):
    await post(here)
    await post(here)
    with on(Terms(patience=10)), pytest.raises(discord.RateLimited) as told:
        await post(here)
    assert 290 < told.value.retry_after < 300
    await post(here)
    assert here.now() > 299
    assert len(here.wire.log.refused(429)) == 1


@on_the_wire
async def test_a_webhook_is_kept_under_the_cap_that_no_header_tells(here: Wired):
    made = await here.client.http.create_webhook(here.room.lounge.id, name="Rejoinder")
    transport.pace_webhooks(here.client)
    webhook = discord.Webhook.from_state(made, here.client._connection)
    for number in range(75):
        await webhook.send(f"message {number}", wait=True)
    assert [m.content for m in here.room.lounge.messages.values()] == [f"message {n}" for n in range(75)]
    assert here.wire.limits.struck == {"user": 0, "shared": 1, "global": 0}
    sent = here.wire.log.of("execute_webhook")
    assert sent[-1].at - sent[0].at < 127


@on_the_wire
async def test_what_the_client_starts_answers_interactions_through_our_adapter(here: Wired):
    http = here.client.http
    assert isinstance(http, PacedClient)
    assert async_context.get() is http.webhooks
    assert here.client._connection.http is http


@on_the_wire
async def test_a_webhook_call_that_failed_is_not_repeated(here: Wired):
    made = await here.client.http.create_webhook(here.room.lounge.id, name="Rejoinder")
    webhook = discord.Webhook.from_state(made, here.client._connection)
    here.wire.faults.fail("execute_webhook", 1, status=502, moment="after")
    with pytest.raises(discord.DiscordServerError):
        await webhook.send("once", wait=True)
    assert len(here.room.lounge.messages) == 1


@on_the_wire
async def test_sixty_threads_at_once_are_never_refused(here: Wired):
    threads = [here.wire.world.add_text_channel(here.room.guild, f"room-{n}") for n in range(60)]

    async def fill(channel: int) -> None:
        for _ in range(10):
            await send(here, channel)

    await asyncio.sleep(2)
    await asyncio.gather(*(fill(thread.id) for thread in threads))
    sent = here.wire.log.of("create_message")
    assert len(sent) == 600
    assert here.wire.limits.struck == {"user": 0, "shared": 0, "global": 0}
    assert (sent[-1].at - sent[0].at) / 11 < 1.05
