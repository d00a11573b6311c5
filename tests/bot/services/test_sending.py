"""Exactly once, in every layout: the process dies at every call, answers are lost, and people stop it anywhere."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.domain.outgoing import Layout
from bot.errors import DeliveryError
from bot.ports.records import ImportState, MessageId
from storage.database import Database
from tests.bot.services.runs import (
    FORUM,
    GUILD,
    StillClock,
    begun,
    finish,
    publisher,
    story,
    undisturbed,
)
from tests.discussions import FERRY as ARTICLE
from tests.discussions import discussion
from tests.fake_messenger import Crashed, FakeMessenger, Kept

pytestmark = pytest.mark.asyncio
LAYOUTS = [Layout.REPLIES, Layout.CARDS, Layout.VOICES]
KINDS = ["forum", "text"]
IN_EACH_LAYOUT = pytest.mark.parametrize("chosen", LAYOUTS)
HEARD = pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])


@IN_EACH_LAYOUT
@pytest.mark.parametrize("kind", KINDS)
@HEARD
async def test_a_crash_at_every_call_leaves_nothing_missing_and_nothing_double(tmp_path, kind, chosen, heard):
    """Not even when Discord has forgotten the nonces meanwhile."""
    expected = await undisturbed(tmp_path, kind, chosen)
    for crash_at in range(1, expected.calls + 1):
        messenger = FakeMessenger(kind=kind, crash_at=crash_at, after=heard, remembers_nonces=False)
        path = tmp_path / f"{crash_at}.sqlite3"
        async with Database.open(path) as store:
            run = await begun(store, kind, chosen)
            dying = publisher(store, messenger)
            dying.start(run)
            with pytest.raises(Crashed):
                await dying.ended(run.id)
        async with Database.open(path) as store:
            done = await finish(store, messenger, run)
        assert done.state is ImportState.DONE, f"died at call {crash_at}: {done.reason}"
        assert story(messenger) == story(expected), f"died at call {crash_at}"


@IN_EACH_LAYOUT
@pytest.mark.parametrize("kind", KINDS)
@HEARD
async def test_a_lost_call_anywhere_is_made_up_for(tmp_path, kind, chosen, heard):
    expected = await undisturbed(tmp_path, kind, chosen)
    for lose_at in range(1, expected.calls + 1):
        messenger = FakeMessenger(kind=kind, lose_at=lose_at, after=heard, remembers_nonces=False)
        async with Database.open(tmp_path / f"{lose_at}.sqlite3") as store:
            done = await finish(store, messenger, await begun(store, kind, chosen))
        assert done.state is ImportState.DONE, f"lost call {lose_at}: {done.reason}"
        assert story(messenger) == story(expected), f"lost call {lose_at}"


@IN_EACH_LAYOUT
async def test_somebody_who_stops_it_anywhere_leaves_nothing_in_doubt(tmp_path, chosen):
    expected = await undisturbed(tmp_path, "forum", chosen)

    class Watched(FakeMessenger):
        stop_at = 0

        async def send(self, *place, **message):
            if self.calls == self.stop_at:
                stopping.append(asyncio.ensure_future(sending.pause(run, reason="Mira Holt paused it.")))
                await asyncio.sleep(0)
            return await super().send(*place, **message)

    for stop_at in range(1, expected.calls - 1):
        messenger, stopping = Watched(), []
        messenger.stop_at = stop_at
        async with Database.open(tmp_path / f"{stop_at}.sqlite3") as store:
            run = await begun(store, "forum", chosen)
            sending = publisher(store, messenger)
            sending.start(run)
            await sending.ended(run.id)
            await stopping[0]
            paused = await store.imports.get(GUILD, run.id)
            assert (paused.state, paused.reason) == (ImportState.PAUSED, "Mira Holt paused it.")
            assert paused.sent == len(messenger.messages) < paused.total
            assert await store.messages.find_in_doubt(run.id) is None
            await sending.resume(paused)
            await sending.ended(run.id)
            assert (await store.imports.get(GUILD, run.id)).state is ImportState.DONE
        assert story(messenger) == story(expected)


async def test_a_message_in_doubt_is_looked_for_behind_a_hundred_others(tmp_path):
    expected = await undisturbed(tmp_path)
    messenger = FakeMessenger(crash_at=4, after=True, remembers_nonces=False)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store)
        dying = publisher(store, messenger)
        dying.start(run)
        with pytest.raises(Crashed):
            await dying.ended(run.id)
        thread = messenger.messages[-1].channel_id
        messenger.messages += [
            Kept(
                MessageId(messenger.messages[-1].id + 1000 + n),
                thread,
                messenger.messages[0].outgoing,
                None,
                None,
            )
            for n in range(250)
        ]
        messenger.messages.append(messenger.messages.pop(3))
        messenger.messages[-1] = replace(messenger.messages[-1], id=MessageId(messenger.messages[-2].id + 1))
        messenger._ids = int(messenger.messages[-1].id)
        assert (await finish(store, messenger, run)).state is ImportState.DONE
    assert len(messenger.messages) == len(expected.messages) + 250


async def test_a_message_of_ours_that_is_known_is_not_taken_for_the_one_in_doubt(tmp_path):
    """Imported twice, the same article's card stands there twice."""
    messenger = FakeMessenger(kind="text")
    async with Database.open(tmp_path / "a.sqlite3") as store:
        await finish(store, messenger, await begun(store, "text"))
        messenger.crash_at = messenger.calls + 1
        run = await begun(store, "text", nonce_key=5)
        dying = publisher(store, messenger)
        dying.start(run)
        with pytest.raises(Crashed):
            await dying.ended(run.id)
        assert (await finish(store, messenger, run)).state is ImportState.DONE
    cards = [kept for kept in messenger.messages if kept.channel_id == FORUM]
    assert len(cards) == 2
    assert len(messenger.threads) == 2


async def test_a_card_deleted_before_its_thread_is_there_stops_it(tmp_path):
    messenger = FakeMessenger(kind="text", crash_at=2)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store, "text")
        dying = publisher(store, messenger)
        dying.start(run)
        with pytest.raises(Crashed):
            await dying.ended(run.id)
        await store.messages.mark_gone(GUILD, [messenger.messages.pop().id])
        paused = await finish(store, messenger, run)
    assert paused.state is ImportState.PAUSED
    assert "card was deleted" in paused.reason
    assert messenger.messages == []


@pytest.mark.parametrize("kind", KINDS)
async def test_cards_that_look_alike_are_sent_one_after_the_other(tmp_path, kind):
    messenger = Slow(kind=kind)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        runs = [await begun(store, kind, nonce_key=n) for n in range(5)]
        await run_all(store, messenger, runs)
    assert messenger.most == 1


async def test_other_posts_are_opened_side_by_side(tmp_path):
    messenger = Slow()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        runs = [
            await begun(
                store,
                source=discussion(article=ARTICLE.model_copy(update={"byline": f"Ines {n}"})),
                nonce_key=n,
            )
            for n in range(5)
        ]
        await run_all(store, messenger, runs)
    assert messenger.most > 1


class Slow(FakeMessenger):
    """Counts how many cards are on their way at once."""

    opening = most = 0

    async def open_post(self, *place, **message):
        async with self._counted():
            return await super().open_post(*place, **message)

    async def send(self, channel_id, *message, **more):
        if channel_id != FORUM:
            return await super().send(channel_id, *message, **more)
        async with self._counted():
            return await super().send(channel_id, *message, **more)

    @asynccontextmanager
    async def _counted(self):
        self.opening += 1
        self.most = max(self.most, self.opening)
        await asyncio.sleep(0.01)
        yield
        self.opening -= 1


async def run_all(store, messenger, runs):
    sending = publisher(store, messenger)
    for run in runs:
        sending.start(run)
    await asyncio.gather(*(sending.ended(run.id) for run in runs))
    states = [(await store.imports.get(GUILD, run.id)).state for run in runs]
    assert states == [ImportState.DONE] * len(runs)


async def test_what_became_of_the_message_in_doubt_is_learned_without_sending(tmp_path):
    for heard, sent in ((True, 4), (False, 3)):
        messenger = FakeMessenger(crash_at=4, after=heard)
        async with Database.open(tmp_path / f"{heard}.sqlite3") as store:
            run = await begun(store)
            dying = publisher(store, messenger)
            dying.start(run)
            with pytest.raises(Crashed):
                await dying.ended(run.id)
            run = await store.imports.get(GUILD, run.id)
            calls = messenger.calls
            await publisher(store, messenger).settle(run)
            assert messenger.calls == calls
            assert (await store.imports.get(GUILD, run.id)).sent == sent


async def test_nonces_fit_and_differ(tmp_path):
    messenger = await undisturbed(tmp_path, "text")
    nonces = [kept.nonce for kept in messenger.messages]
    assert all(nonce and len(nonce) <= 25 for nonce in nonces)
    assert len(set(nonces)) == len(nonces)


async def test_a_failure_that_passes_is_waited_out(tmp_path):
    clock, messenger = StillClock(), FakeMessenger(failing=3)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        done = await finish(store, messenger, await begun(store), clock)
    assert done.state is ImportState.DONE
    assert clock.slept == 1 + 2 + 5


async def test_a_failure_that_lasts_is_told_and_pauses_in_the_end(tmp_path):
    clock, messenger = StillClock(), FakeMessenger(failing=1000)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        paused = await finish(store, messenger, await begun(store), clock)
    assert paused.state is ImportState.PAUSED
    assert paused.reason == "Discord answered 500."
    assert 1800 <= clock.slept < 2000


class Busy(FakeMessenger):
    """Asks to wait before the third message."""

    wait = 240.0

    async def send(self, channel_id, outgoing, *, nonce, reply_to):
        if len(self.messages) == 2 and self.wait:
            seconds, self.wait = self.wait, 0.0
            raise DeliveryError(f"Discord asks me to wait {seconds:.0f} seconds.", wait=seconds)
        return await super().send(channel_id, outgoing, nonce=nonce, reply_to=reply_to)


async def test_a_long_wait_is_told_and_gone_on_from(tmp_path):
    clock, messenger, reasons = StillClock(), Busy(), []
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store)

        def told(run):
            reasons.append(run.id)

        class Telling(StillClock):
            async def sleep(self, seconds):
                state = await store.imports.get(GUILD, run.id)
                reasons.append((seconds, state.state, state.reason))
                await super().sleep(seconds)

        clock = Telling()
        sending = publisher(store, messenger, clock, told=told)
        sending.start(run)
        await sending.ended(run.id)
        done = await store.imports.get(GUILD, run.id)
    assert (240.0, ImportState.RUNNING, "Discord asks me to wait 240 seconds.") in reasons
    assert (done.state, done.reason) == (ImportState.DONE, None)
    assert messenger.calls == done.total


async def test_a_long_wait_ends_when_somebody_pauses(tmp_path):
    class Endless(StillClock):
        async def sleep(self, seconds):
            waiting.set()
            await asyncio.Event().wait()

    waiting, messenger = asyncio.Event(), Busy()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store)
        sending = publisher(store, messenger, Endless())
        sending.start(run)
        await waiting.wait()
        await asyncio.wait_for(sending.pause(run, reason="Mira Holt paused it."), 5)
        assert (await store.imports.get(GUILD, run.id)).state is ImportState.PAUSED
