"""How imports run: pauses with their reasons, progress, and the contents at the end."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain import tree
from bot.errors import DeliveryError
from bot.ports.records import ImportState
from storage.database import Database
from tests.bot.services.runs import GUILD, StillClock, begun, finish, publisher, story, undisturbed
from tests.discussions import comment, discussion
from tests.fake_messenger import FakeMessenger


def long_page():
    """Long enough to have a progress message."""
    return tree.importable(discussion(*(comment(str(n)) for n in range(30)), comment("answer", "3")))


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
async def test_when_an_import_ends_the_contents_stand_where_the_progress_was(tmp_path):
    messenger = FakeMessenger()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        await finish(store, messenger, await begun(store, source=long_page()))
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


class Watched(FakeMessenger):
    """Remembers what the progress message has said."""

    def __init__(self):
        super().__init__()
        self.said = []

    async def edit(self, channel_id, message_id, outgoing, *, spare=False):
        self.said.append((spare, outgoing.panel.texts[0].splitlines()[0]))
        await super().edit(channel_id, message_id, outgoing, spare=spare)


@pytest.mark.asyncio
async def test_progress_is_shown_every_ten_seconds_and_never_waited_for(tmp_path):
    messenger, told = Watched(), []
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store, source=long_page())
        sending = publisher(store, messenger, StillClock(look=timedelta(seconds=1)), told=told.append)
        sending.start(run)
        await sending.ended(run.id)
    shown = [text for spare, text in messenger.said if spare]
    assert 2 <= len(shown) <= 4
    assert all(text.startswith("**Placing comments: ") and text.endswith(" of 31**") for text in shown)
    assert messenger.said[-1] == (False, "**Contents: The ferry that never sailed**")
    assert len(told) >= len(shown) + 2


@pytest.mark.asyncio
async def test_a_pause_is_told_in_the_thread_and_gone_when_it_goes_on(tmp_path):
    class Full(Watched):
        full = True

        async def send(self, channel_id, outgoing, *, nonce, reply_to):
            if self.full and len(self.messages) == 20:
                raise DeliveryError("I lack Send Messages in <#70>.", next_step="give it back to me.")
            return await super().send(channel_id, outgoing, nonce=nonce, reply_to=reply_to)

    messenger = Full()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await begun(store, source=long_page())
        paused = await finish(store, messenger, run)
        reason = "I lack Send Messages in <#70>. Give it back to me."
        assert (paused.state, paused.reason) == (ImportState.PAUSED, reason)
        assert messenger.said == [(False, f"**Paused at 18 of 31:** {reason}")]
        messenger.full = False
        await finish(store, messenger, run)
    assert messenger.said[1][0]
    assert messenger.said[1][1].startswith("**Placing comments: ")


@pytest.mark.asyncio
async def test_a_mistake_of_ours_pauses_with_a_reference_that_is_in_the_log(tmp_path):
    class Broken(FakeMessenger):
        async def open_post(self, *place, **message):
            raise RuntimeError("broken")

    async with Database.open(tmp_path / "a.sqlite3") as store:
        paused = await finish(store, Broken(), await begun(store))
    assert paused.state is ImportState.PAUSED
    assert "RuntimeError, reference " in paused.reason
