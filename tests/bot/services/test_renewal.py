"""A thread that was deleted: the import is begun anew from what is stored, without what was taken away."""

import pytest

from bot.domain.outgoing import Layout
from bot.errors import DeliveryError
from bot.ports.records import ImportState
from storage.database import Database
from tests.bot.services.runs import GUILD, StillClock, begun, finish, publisher, renewal, story, undisturbed
from tests.fake_messenger import FakeMessenger
from tests.storage.rows import change

pytestmark = pytest.mark.asyncio


async def deleted(store, messenger, chosen=Layout.REPLIES, kind="forum"):
    """An import that is done, whose thread somebody deletes."""
    done = await finish(store, messenger, await begun(store, kind, chosen))
    await messenger.delete_thread(done.thread_id)
    await store.imports.set_state(done.id, ImportState.PAUSED, at=StillClock().now(), reason="gone")
    return await store.imports.get(GUILD, done.id)


async def resumed(store, messenger, run):
    sending = publisher(store, messenger)
    await sending.resume(run)
    await sending.ended(run.id)
    return await store.imports.get(GUILD, run.id)


@pytest.mark.parametrize("chosen", [Layout.REPLIES, Layout.CARDS, Layout.VOICES])
async def test_it_stands_in_a_new_thread_as_it_stood_in_the_old_one(tmp_path, chosen):
    messenger = FakeMessenger()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await deleted(store, messenger, chosen)
        done = await resumed(store, messenger, run)
        assert (done.state, done.sent) == (ImportState.DONE, done.total)
        assert done.thread_id not in {None, run.thread_id}
    assert story(messenger) == story(await undisturbed(tmp_path, "forum", chosen))


async def test_what_was_taken_away_stays_away(tmp_path):
    messenger = FakeMessenger()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await deleted(store, messenger)
        change(tmp_path / "a.sqlite3", "UPDATE comments SET state = 'hidden' WHERE key = 'd'")
        await resumed(store, messenger, run)
    assert not any("A long one." in (kept.outgoing.content or "") for kept in messenger.messages)


async def test_a_thread_that_stands_is_gone_on_with(tmp_path):
    messenger, closed = FakeMessenger(), []
    async with Database.open(tmp_path / "a.sqlite3") as store:
        done = await finish(store, messenger, await begun(store))
        same = await renewal(store, messenger, StillClock(), closed=closed.append).begin_anew(done)
    assert same == done
    assert closed == []


async def test_where_no_thread_can_be_made_it_says_so(tmp_path):
    messenger = FakeMessenger()
    async with Database.open(tmp_path / "a.sqlite3") as store:
        run = await deleted(store, messenger)
        messenger.kind = "other"
        with pytest.raises(DeliveryError, match="not there any more"):
            await renewal(store, messenger, StillClock()).begin_anew(run)
        assert await store.imports.get(GUILD, run.id) == run
