"""discord.py over our limiter, against the wire, on a clock that jumps."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import aiohttp
import discord
import pytest
from discord.http import Route
from discord.webhook.async_ import async_context

from bot.adapters import endpoints, transport
from bot.adapters.transport import PacedClient, Terms, on
from tests.wire import virtual
from tests.wire.people import Wire
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.unknowns import Unknowns
from tests.wire.virtual import VirtualLoop
from tests.wire.world import World


class Ground:
    """A wire with its room, and discord.py logged in to it."""

    def __init__(self, wire: Wire, room: ReadingRoom, client: discord.Client):
        self.wire, self.room, self.client = wire, room, client
        self.now = asyncio.get_running_loop().time

    async def send(self, channel=None, *, nonce=None, text="words", file=None):
        parameters = discord.http.handle_message_parameters(
            text, nonce=nonce, **({} if file is None else {"file": file})
        )
        with parameters:
            return await self.client.http.send_message(channel or self.room.lounge.id, params=parameters)

    async def post(self):
        """A forum post: it makes a thread, and takes no nonce."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=self.room.articles.id)
        return await self.client.http.request(route, json={"name": "A post", "message": {"content": "first"}})


@asynccontextmanager
async def ground(*, rtt: float = 0.25, **unknowns) -> AsyncIterator[Ground]:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    before = Route.BASE, discord.asset.Asset.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    async with Wire(World(clock=loop.wall, unknowns=Unknowns(**unknowns))) as wire:
        wire.faults.latency = rtt
        room = reading_room(wire.world)
        endpoints.use(api_base=wire.api_base, gateway_url=wire.gateway_url)
        client = discord.Client(intents=discord.Intents.none())
        transport.install(client)
        try:
            async with client:
                await client.login(wire.token)
                yield Ground(wire, room, client)
        finally:
            Route.BASE, discord.asset.Asset.BASE, gateway = before
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
    assert wire.broken == []


def on_the_wire(test: Callable[..., Awaitable[None]] | None = None, **unknowns):
    def with_ground(test):
        def run(*args, **kwargs):
            async def main():
                async with ground(**unknowns) as here:
                    await test(here, *args, **kwargs)

            virtual.run(main())

        run.__name__ = test.__name__
        parameters = list(inspect.signature(test).parameters.values())[1:]
        run.__signature__ = inspect.Signature(parameters)
        return run

    return with_ground(test) if test is not None else with_ground


def test_this_file_of_ours_was_written_for_this_discord_py():
    """`bot/adapters/transport.py` repeats what stock discord.py does inside: compare both, then change this."""
    assert discord.__version__ == "2.7.1"


@on_the_wire
async def test_an_id_is_known_as_soon_as_discord_has_answered(here: Ground):
    times = [here.now()]
    for _ in range(5):
        await here.send()
        times.append(here.now())
    assert [later - earlier for earlier, later in pairwise(times)] == [pytest.approx(0.25)] * 5


@pytest.mark.parametrize("sliding", [False, True])
def test_no_refusal_and_no_moment_lost(sliding):
    @on_the_wire(sliding=sliding)
    async def run(here: Ground):
        for _ in range(51):
            await here.send()
        sent = here.wire.log.of("create_message")
        assert (sent[-1].at - sent[0].at) / 50 < 1.03
        assert here.wire.log.refused(429) == []

    run()


@on_the_wire
async def test_edits_are_counted_apart_from_sends(here: Ground):
    made = await here.send()
    for number in range(4):
        await here.send()
        await here.client.http.edit_message(
            here.room.lounge.id,
            made["id"],
            params=discord.http.handle_message_parameters(f"edited {number}"),
        )
    assert here.now() < 5
    assert here.wire.log.refused(429) == []


@on_the_wire
async def test_a_server_error_is_repeated_where_a_nonce_makes_it_harmless(here: Ground):
    here.wire.faults.fail("create_message", 1, status=502, moment="after")
    here.wire.faults.lose_answer("create_message", 2)
    made = await here.send(nonce="n-1")
    assert [int(made["id"])] == list(here.room.lounge.messages)
    assert len(here.wire.log.of("create_message")) == 3


@on_the_wire
async def test_a_file_goes_whole_in_a_repetition(here: Ground):
    here.wire.faults.fail("create_message", 1, status=500)
    file = discord.File(__file__, filename="comments.txt")
    made = await here.send(nonce="n-1", file=file)
    (kept,) = here.room.lounge.messages[int(made["id"])].files
    assert kept.data.startswith(b'"""discord.py over our limiter')


@pytest.mark.parametrize("route", ["post", "send"])
def test_nothing_without_a_nonce_is_repeated_blindly(route):
    @on_the_wire
    async def run(here: Ground):
        name = {"post": "start_thread_or_post", "send": "create_message"}[route]
        here.wire.faults.fail(name, 1, status=502, moment="after")
        with pytest.raises(discord.DiscordServerError):
            await getattr(here, route)()
        here.wire.faults.lose_answer(name, 1)
        with pytest.raises(aiohttp.ClientError):
            await getattr(here, route)()
        assert len(here.wire.log.of(name)) == 2

    run()


@on_the_wire
async def test_what_only_reads_or_changes_is_repeated(here: Ground):
    made = await here.send()
    here.wire.faults.fail("edit_message", 1, status=503)
    here.wire.faults.lose_answer("delete_message", 1, moment="before")
    parameters = discord.http.handle_message_parameters("edited")
    await here.client.http.edit_message(here.room.lounge.id, made["id"], params=parameters)
    here.wire.faults.fail("list_messages", 1, status=500)
    (seen,) = await here.client.http.logs_from(here.room.lounge.id, 5)
    assert seen["content"] == "edited"


@on_the_wire(threads_begun=(2, 300.0))
async def test_a_long_wait_is_told_to_who_asks_for_it(here: Ground):
    await here.post()
    await here.post()
    with on(Terms(patience=10)), pytest.raises(discord.RateLimited) as told:
        await here.post()
    assert 290 < told.value.retry_after < 300
    await here.post()
    assert here.now() > 299
    assert len(here.wire.log.refused(429)) == 1


@on_the_wire
async def test_a_webhook_is_kept_under_the_cap_that_no_header_tells(here: Ground):
    made = await here.client.http.create_webhook(here.room.lounge.id, name="Rejoinder")
    transport.webhooks_of(here.client)
    webhook = discord.Webhook.from_state(made, here.client._connection)
    for number in range(75):
        await webhook.send(f"message {number}", wait=True)
    assert [m.content for m in here.room.lounge.messages.values()] == [f"message {n}" for n in range(75)]
    assert here.wire.limits.struck == {"user": 0, "shared": 1, "global": 0}
    sent = here.wire.log.of("execute_webhook")
    assert sent[-1].at - sent[0].at < 127


@on_the_wire
async def test_what_the_client_starts_answers_interactions_through_our_adapter(here: Ground):
    http = here.client.http
    assert isinstance(http, PacedClient)
    assert async_context.get() is http.webhooks
    assert here.client._connection.http is http


@on_the_wire
async def test_a_webhook_call_that_failed_is_not_repeated(here: Ground):
    made = await here.client.http.create_webhook(here.room.lounge.id, name="Rejoinder")
    webhook = discord.Webhook.from_state(made, here.client._connection)
    here.wire.faults.fail("execute_webhook", 1, status=502, moment="after")
    with pytest.raises(discord.DiscordServerError):
        await webhook.send("once", wait=True)
    assert len(here.room.lounge.messages) == 1


@on_the_wire
async def test_sixty_threads_at_once_are_never_refused(here: Ground):
    threads = [here.wire.world.add_text_channel(here.room.guild, f"room-{n}") for n in range(60)]

    async def fill(channel: int) -> None:
        for _ in range(10):
            await here.send(channel)

    await asyncio.sleep(2)
    await asyncio.gather(*(fill(thread.id) for thread in threads))
    sent = here.wire.log.of("create_message")
    assert len(sent) == 600
    assert here.wire.limits.struck == {"user": 0, "shared": 0, "global": 0}
    assert (sent[-1].at - sent[0].at) / 11 < 1.05
