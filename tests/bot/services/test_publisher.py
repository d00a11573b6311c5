"""Exactly once: the process dies before and after every call, and starts again over the same file."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain import layout, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting
from bot.errors import DeliveryError
from bot.ports.records import ChannelId, GuildId, ImportState, NewImport, UserId
from bot.services.contents import Contents
from bot.services.publisher import Publisher
from storage.database import Database
from tests.discussions import NOON, comment, discussion
from tests.fake_messenger import Crashed, FakeMessenger

GUILD, FORUM, ADMIN = GuildId(7), ChannelId(70), UserId(700)


class StillClock:
    """Time that passes only by sleeping."""

    def __init__(self):
        self.slept = 0.0

    def now(self):
        return NOON

    async def sleep(self, seconds):
        self.slept += seconds


def page():
    """With twins: "+1" after "+1" must come out as two."""
    return tree.importable(
        discussion(
            comment("a"),
            comment("b", "a", text="+1", author=None),
            comment("c", "a", text="+1", author=None),
            comment("d", "b", text="A long one. " * 400),
        )
    )


async def begun(store, kind):
    source = page()
    setting = Setting(rights=Rights.OWN, in_forum=kind == "forum", now=NOON)
    plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
    return await store.imports.begin(
        NewImport(GUILD, FORUM, ADMIN, Rights.OWN, source, plan, nonce_key=2**64 - 1, tags=(), at=NOON)
    )


def publisher(store, messenger, clock=None):
    return Publisher(
        store=store,
        messenger=messenger,
        contents=Contents(store=store, messenger=messenger),
        clock=clock or StillClock(),
        spawn=lambda work, *, name: asyncio.get_running_loop().create_task(work, name=name),
        opened=lambda run, thread: None,
        told=lambda run: None,
    )


async def finish(store, messenger, run, clock=None):
    ended = asyncio.get_running_loop().create_future()

    async def then(record):
        ended.set_result(record)

    publisher(store, messenger, clock).start(await store.imports.get(GUILD, run.id), then=then)
    return await ended


def story(messenger):
    """What people see: the texts in order, and which message each arrow points to."""
    order = {kept.id: place for place, kept in enumerate(messenger.messages)}
    return [(kept.outgoing.digest, order.get(kept.reply_to)) for kept in messenger.messages]


async def undisturbed(tmp_path, kind):
    messenger = FakeMessenger(kind=kind)
    async with Database.open(tmp_path / "undisturbed.sqlite3") as store:
        run = await begun(store, kind)
        done = await finish(store, messenger, run)
    assert done.state is ImportState.DONE
    assert (done.sent, done.total) == (len(messenger.messages), len(messenger.messages))
    return messenger


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", ["forum", "text"])
@pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("forgetful", [False, True], ids=["nonce", "no-nonce"])
async def test_a_crash_at_every_call_leaves_nothing_missing_and_nothing_double(
    tmp_path, kind, heard, forgetful
):
    expected = await undisturbed(tmp_path, kind)
    for crash_at in range(1, expected.calls + 1):
        messenger = FakeMessenger(kind=kind, crash_at=crash_at, after=heard, remembers_nonces=not forgetful)
        path = tmp_path / f"{crash_at}.sqlite3"
        async with Database.open(path) as store:
            run = await begun(store, kind)
            dying = publisher(store, messenger)
            dying.start(run)
            with pytest.raises(Crashed):
                await dying.ended(run.id)
        async with Database.open(path) as store:
            done = await finish(store, messenger, run)
        assert done.state is ImportState.DONE, f"died at call {crash_at}: {done.reason}"
        assert len(messenger.messages) == len(expected.messages), f"died at call {crash_at}"
        assert [text for text, _ in story(messenger)][:-1] == [text for text, _ in story(expected)][:-1]
        assert [arrow for _, arrow in story(messenger)] == [arrow for _, arrow in story(expected)]


@pytest.mark.asyncio
async def test_a_refusal_that_passes_is_waited_out(tmp_path):
    clock, messenger = StillClock(), FakeMessenger(failing=3)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        done = await finish(store, messenger, await begun(store, "forum"), clock)
    assert done.state is ImportState.DONE
    assert clock.slept == 1 + 2 + 5


@pytest.mark.asyncio
async def test_a_refusal_that_stays_pauses_with_its_reason_and_resume_goes_on(tmp_path):
    class Locked(FakeMessenger):
        locked = True

        async def send(self, channel_id, outgoing, *, nonce, reply_to):
            if self.locked and len(self.messages) == 3:
                raise DeliveryError("The thread is locked.")
            return await super().send(channel_id, outgoing, nonce=nonce, reply_to=reply_to)

    messenger = Locked()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store, "forum")
        paused = await finish(store, messenger, run)
        assert (paused.state, paused.reason, paused.sent) == (ImportState.PAUSED, "The thread is locked.", 3)
        messenger.locked = False
        going = publisher(store, messenger)
        await going.resume(paused)
        await going.ended(run.id)
        assert (await store.imports.get(GUILD, run.id)).state is ImportState.DONE
    assert story(messenger)[:-1] == story(await undisturbed(tmp_path, "forum"))[:-1]


@pytest.mark.asyncio
async def test_nonces_fit_and_differ(tmp_path):
    messenger = await undisturbed(tmp_path, "text")
    nonces = [kept.nonce for kept in messenger.messages]
    assert all(nonce and len(nonce) <= 25 for nonce in nonces)
    assert len(set(nonces)) == len(nonces)


@pytest.mark.asyncio
async def test_when_an_import_ends_the_contents_stand_where_the_progress_was(tmp_path):
    messenger = FakeMessenger()
    source = tree.importable(discussion(*(comment(str(n)) for n in range(30)), comment("answer", "3")))
    setting = Setting(rights=Rights.OWN, in_forum=True, now=datetime(2026, 3, 1, tzinfo=UTC))
    plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        new = NewImport(GUILD, FORUM, ADMIN, Rights.OWN, source, plan, nonce_key=5, tags=(), at=NOON)
        await finish(store, messenger, await store.imports.begin(new))
    (text,) = messenger.messages[1].outgoing.panel.texts
    assert text.startswith("**Contents: The ferry that never sailed**")
    assert text.count("\n- ") == 30
    assert "· 1 answer" in text


@pytest.mark.asyncio
async def test_a_paused_import_says_why_and_goes_on_from_there(tmp_path):
    third = asyncio.Event()

    class Watched(FakeMessenger):
        async def send(self, *place, **message):
            if len(self.messages) == 2:
                third.set()
            return await super().send(*place, **message)

    messenger = Watched()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store, "forum")
        sending = publisher(store, messenger)
        sending.start(run)
        await third.wait()
        await sending.pause(run, reason="Mira Holt paused it.")
        paused = await store.imports.get(GUILD, run.id)
        assert (paused.state, paused.reason) == (ImportState.PAUSED, "Mira Holt paused it.")
        assert len(messenger.messages) < paused.total
        await sending.resume(paused)
        await sending.ended(run.id)
        assert (await store.imports.get(GUILD, run.id)).state is ImportState.DONE
    assert story(messenger)[:-1] == story(await undisturbed(tmp_path, "forum"))[:-1]
