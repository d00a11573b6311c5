"""The messenger against the wire: echoes, other names, looks back, and what Discord refuses."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.messenger import DiscordMessenger
from bot.domain.outgoing import Outgoing, Persona
from bot.domain.panels import Panel, TextBlock
from bot.errors import DeliveryError
from bot.ports.messenger import Opened
from bot.ports.records import ChannelId, GuildId, MessageId
from tests.bot.adapters.wired import Wired, on_the_wire
from tests.wire.payloads import channel_payload
from tests.wire.permissions import Permission
from tests.wire.posting import Draft
from tests.wire.threads import start_post
from tests.wire.world import Overwrite, Thread

TEXT = Outgoing(content="words")
TOVE = Persona(name="Tove Lind")


def lounge(here: Wired) -> ChannelId:
    return ChannelId(here.room.lounge.id)


def forum(here: Wired) -> ChannelId:
    return ChannelId(here.room.articles.id)


def thread(here: Wired, name: str = "A post") -> Thread:
    """A post of ours in the forum."""
    world = here.wire.world
    made, _ = start_post(
        world, here.room.articles, world.bot, {"name": name}, Draft({"content": "first"}, [])
    )
    return made


def texts(channel) -> list[str]:
    return [message.content for message in channel.messages.values()]


def take(here: Wired, permission: Permission, channel=None) -> None:
    """Take a right from the bot."""
    bot = here.wire.world.bot.id
    channel = channel or here.room.lounge
    channel.overwrites[bot] = Overwrite(bot, 1, deny=permission)
    here.wire.world.tell("CHANNEL_UPDATE", channel_payload(channel), here.room.guild.id)


async def send(
    here: Wired, outgoing: Outgoing = TEXT, *, channel=None, nonce="n-1", reply_to=None
) -> MessageId:
    return await here.messenger.send(channel or lounge(here), outgoing, nonce=nonce, reply_to=reply_to)


@on_the_wire(gateway=True)
async def test_the_gateways_echo_confirms_before_the_answer_is_there(here: Wired):
    before = here.now()
    sent = await send(here)
    assert here.now() - before < 0.25
    assert [sent] == list(here.room.lounge.messages)


@on_the_wire(gateway=True)
async def test_an_answer_that_is_lost_costs_no_further_call(here: Wired):
    here.wire.faults.lose_answer("create_message")
    sent = await send(here)
    assert [sent] == list(here.room.lounge.messages)
    await asyncio.sleep(60)
    assert here.counted("create_message", "list_messages") == {"create_message": 1, "list_messages": 0}


@on_the_wire(gateway=True)
async def test_a_request_that_is_lost_is_made_again(here: Wired):
    here.wire.faults.lose_answer("create_message", moment="before")
    sent = await send(here)
    assert [sent] == list(here.room.lounge.messages)


@on_the_wire(gateway=True, hears=False)
async def test_without_the_gateway_the_answer_confirms(here: Wired):
    before = here.now()
    await send(here)
    assert here.now() - before == pytest.approx(0.25)


@on_the_wire(gateway=True, hears=False)
async def test_after_a_lost_answer_it_is_in_doubt_what_happened(here: Wired):
    here.wire.faults.unavailable = 503
    with pytest.raises(DeliveryError) as problem:
        await send(here)
    assert (problem.value.retry, problem.value.in_doubt) == (True, True)
    here.wire.faults.unavailable = None
    take(here, Permission.SEND_MESSAGES)
    with pytest.raises(DeliveryError) as problem:
        await send(here)
    assert (problem.value.retry, problem.value.in_doubt) == (False, False)


@pytest.mark.parametrize("hears", [False, True])
def test_messages_under_other_names_go_through_one_webhook_of_the_channel(hears):
    @on_the_wire(gateway=True, hears=hears)
    async def run(here: Wired):
        post = thread(here)
        personas = [
            TOVE,
            Persona(name="Bo Sand", avatar="https://cdn.discordapp.com/embed/avatars/2.png"),
            TOVE,
        ]
        for persona in personas:
            await send(here, Outgoing(content="+1", persona=persona), channel=ChannelId(post.id))
        assert [m.author.name for m in post.messages.values()][1:] == ["Tove Lind", "Bo Sand", "Tove Lind"]
        again = DiscordMessenger()
        again.attach(here.client)
        await again.send(
            ChannelId(thread(here).id), Outgoing(content="x", persona=TOVE), nonce="", reply_to=None
        )
        assert here.counted("create_webhook", "list_channel_webhooks") == {
            "create_webhook": 1,
            "list_channel_webhooks": 2,
        }

    run()


@on_the_wire(gateway=True)
async def test_the_echo_of_a_twin_confirms_nobody_elses_message(here: Wired):
    post = thread(here)
    sent = [
        await send(here, Outgoing(content="+1", persona=TOVE), channel=ChannelId(post.id)) for _ in range(3)
    ]
    assert sent == list(post.messages)[1:]


@on_the_wire(gateway=True)
async def test_a_voice_whose_answer_is_lost_is_confirmed_by_its_echo(here: Wired):
    post = thread(here)
    await send(here, Outgoing(content="+1", persona=TOVE), channel=ChannelId(post.id))
    here.wire.faults.lose_answer("execute_webhook")
    sent = await send(here, Outgoing(content="+1", persona=TOVE), channel=ChannelId(post.id))
    assert [sent] == list(post.messages)[2:]
    assert here.counted("execute_webhook") == {"execute_webhook": 2}


@on_the_wire(gateway=True, hears=False)
async def test_a_voice_in_doubt_is_found_by_its_mark(here: Wired):
    post = thread(here)
    first = await send(here, Outgoing(content="+1", persona=TOVE), channel=ChannelId(post.id))
    here.wire.faults.lose_answer("execute_webhook")
    with pytest.raises(DeliveryError) as problem:
        await send(here, Outgoing(content="+1", persona=TOVE), channel=ChannelId(post.id))
    assert problem.value.in_doubt
    (seen,) = await here.messenger.history(
        GuildId(here.room.guild.id), ChannelId(post.id), after=first, limit=100
    )
    assert seen.ours
    assert seen.automated
    assert seen.digest == Outgoing(content="+1", persona=TOVE).digest
    assert seen.digest != Outgoing(content="+1").digest


@on_the_wire(gateway=True, hears=False)
async def test_a_webhook_that_somebody_deleted_is_made_anew(here: Wired):
    voice = Outgoing(content="+1", persona=TOVE)
    await send(here, voice)
    here.wire.world.webhooks.clear()
    with pytest.raises(DeliveryError, match="webhook") as problem:
        await send(here, voice)
    assert problem.value.retry
    await send(here, voice)
    assert texts(here.room.lounge) == ["+1", "+1"]


@on_the_wire(gateway=True)
async def test_why_there_can_be_no_voices_is_said(here: Wired):
    assert await here.messenger.refuses_voices(lounge(here)) is None
    for number in range(15):
        await here.client.http.create_webhook(forum(here), name=f"hook {number}")
    assert "15 webhooks" in (await here.messenger.refuses_voices(forum(here)) or "")
    take(here, Permission.MANAGE_WEBHOOKS, here.room.articles)
    await asyncio.sleep(1)
    assert "Manage Webhooks" in (await here.messenger.refuses_voices(forum(here)) or "")


@on_the_wire(gateway=True, hears=False)
async def test_voices_are_edited_and_deleted_through_their_webhook(here: Wired):
    sent = await send(here, Outgoing(content="+1", persona=TOVE))
    await here.messenger.edit(lounge(here), sent, Outgoing(content="hidden", persona=TOVE))
    assert texts(here.room.lounge) == ["hidden"]
    take(here, Permission.MANAGE_MESSAGES)
    await here.messenger.delete_message(lounge(here), sent)
    assert texts(here.room.lounge) == []


@on_the_wire(gateway=True, hears=False)
async def test_a_closed_thread_is_opened_to_change_a_message_in_it(here: Wired):
    post = thread(here)
    panel = Outgoing(panel=Panel(blocks=(TextBlock(text="one"),)))
    sent = await send(here, panel, channel=ChannelId(post.id))
    post.archived = True
    await here.messenger.edit(
        ChannelId(post.id), sent, Outgoing(panel=Panel(blocks=(TextBlock(text="two"),)))
    )
    assert not post.archived


@on_the_wire(gateway=True)
async def test_a_post_in_doubt_is_found_among_others_open_or_closed(here: Wired):
    for title in ("Another", "The ferry"):
        await here.messenger.open_post(forum(here), name=title, outgoing=TEXT, tags=())
    since = here.wire.world.now() - timedelta(minutes=10)
    here.wire.faults.lose_answer("start_thread_or_post")
    with pytest.raises(DeliveryError) as problem:
        await here.messenger.open_post(forum(here), name="The ferry", outgoing=TEXT, tags=())
    assert problem.value.in_doubt
    posts = [t for t in here.room.guild.threads.values() if t.name == "The ferry"]
    posts[0].archived, posts[0].archived_at = True, here.wire.world.now()
    found = await here.messenger.find_posts(forum(here), name="The ferry", digest=TEXT.digest, since=since)
    assert found == [Opened(ChannelId(t.id), MessageId(t.id)) for t in reversed(posts)]


@on_the_wire(gateway=True, hears=False)
async def test_a_thread_whose_answer_was_lost_is_found_by_asking_again(here: Wired):
    card = await send(here)
    here.wire.faults.lose_answer("start_thread_under_message")
    with pytest.raises(DeliveryError) as problem:
        await here.messenger.open_thread(lounge(here), card, name="The ferry")
    assert problem.value.retry
    assert await here.messenger.open_thread(lounge(here), card, name="The ferry") == ChannelId(int(card))


@on_the_wire(gateway=True, threads_begun=(1, 300.0))
async def test_how_long_discord_asks_to_wait_is_said(here: Wired):
    await here.messenger.open_post(forum(here), name="One", outgoing=TEXT, tags=())
    with pytest.raises(DeliveryError, match=r"wait 4 minutes 5\d|wait 5 minutes") as problem:
        await here.messenger.open_post(forum(here), name="Two", outgoing=TEXT, tags=())
    assert problem.value.wait == pytest.approx(299.75, abs=1)
    assert (problem.value.retry, problem.value.in_doubt) == (True, False)


@on_the_wire(gateway=True, active_threads=1)
async def test_a_full_server_is_told_apart(here: Wired):
    await here.messenger.open_post(forum(here), name="One", outgoing=TEXT, tags=())
    with pytest.raises(DeliveryError, match="as many open threads") as problem:
        await here.messenger.open_post(forum(here), name="Two", outgoing=TEXT, tags=())
    assert not problem.value.retry


@on_the_wire(gateway=True)
async def test_each_refusal_has_its_sentence(here: Wired):
    post = thread(here)
    here.room.articles.tag_required = True
    with pytest.raises(DeliveryError, match="requires a tag"):
        await here.messenger.open_post(forum(here), name="Two", outgoing=TEXT, tags=())
    post.locked = post.archived = True
    with pytest.raises(DeliveryError, match="locked") as problem:
        await send(here, channel=ChannelId(post.id))
    assert problem.value.next_step
    take(here, Permission.SEND_MESSAGES)
    with pytest.raises(DeliveryError, match=r"I lack Send Messages.* in <#"):
        await send(here)
    take(here, Permission.VIEW_CHANNEL)
    with pytest.raises(DeliveryError, match=r"I lack View Channel in <#"):
        await send(here)
    with pytest.raises(DeliveryError, match="not there any more"):
        await send(here, channel=ChannelId(1))


@on_the_wire(gateway=True, hears=False)
async def test_a_message_into_a_closed_thread_opens_it(here: Wired):
    post = thread(here)
    post.archived = True
    await send(here, channel=ChannelId(post.id))
    assert not post.archived
