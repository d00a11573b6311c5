"""Taking back: what goes, what stays, and nothing half done whatever happens in between."""

import asyncio
from contextlib import nullcontext
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.domain import layout, tree
from bot.domain.discussion import Origin, Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout, Outgoing
from bot.errors import DeliveryError, NotFoundError, RefusedError
from bot.ports.records import (
    ChannelId,
    GuildId,
    ImportState,
    LiveComment,
    MessageId,
    NewImport,
    UndoScope,
    UserId,
)
from bot.services.undoer import Undoer
from storage.database import Database
from tests.bot.services.runs import publisher
from tests.discussions import NOON, comment, discussion
from tests.fake_messenger import Crashed, FakeMessenger, Kept

pytestmark = pytest.mark.asyncio

GUILD, FORUM, ADMIN, ALICE = GuildId(7), ChannelId(70), UserId(700), UserId(701)
#: Ids begin where a message of this morning begins.
TODAY = int((NOON - timedelta(hours=1)).timestamp() * 1000 - 1420070400000) << 22


class StillClock:
    """Time that passes only by sleeping."""

    def now(self):
        return NOON

    async def sleep(self, seconds):
        await asyncio.sleep(0)


def spawn(work, *, name):
    return asyncio.get_running_loop().create_task(work, name=name)


class Desk:
    """The services over one file and one Discord, as a process has them."""

    def __init__(self, store, messenger):
        self.store, self.messenger = store, messenger
        self.closed, self.told = [], []
        self.publisher = publisher(store, messenger, StillClock())
        self.undoer = Undoer(
            store=store,
            messenger=messenger,
            publisher=self.publisher,
            clock=StillClock(),
            spawn=spawn,
            closed=self.close_thread,
            told=lambda run: self.told.append(run.id),
        )

    async def close_thread(self, thread_id):
        self.closed.append(thread_id)

    async def imported(self, comments=3, kind="forum"):
        source = tree.importable(discussion(*(comment(str(n)) for n in range(comments))))
        setting = Setting(rights=Rights.OWN, in_forum=kind == "forum", now=NOON, layout=Layout.REPLIES)
        plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
        run = await self.store.imports.begin(
            NewImport(GUILD, FORUM, ADMIN, Rights.OWN, source, plan, nonce_key=1, tags=(), at=NOON)
        )
        self.publisher.start(run)
        await self.publisher.ended(run.id)
        return await self.store.imports.get(GUILD, run.id)

    async def answered(self, run, message_id=None):
        """Alice writes in the thread, and the bot has heard it."""
        message_id = MessageId(message_id or self.messenger._next())
        self.messenger.messages.append(
            Kept(message_id, run.thread_id, Outgoing(content="So true."), None, None, author=ALICE)
        )
        await self.store.comments.add_live(
            LiveComment(GUILD, run.article_id, run.thread_id, message_id, ALICE, "So true.", "So true.", NOON)
        )

    async def undo(self, run, scope=UndoScope.MESSAGES):
        await self.undoer.begin(GUILD, run.id, scope, actor=ADMIN)
        await self.undoer.ended(run.id)
        return await self.store.imports.get(GUILD, run.id)


@pytest.fixture
def messenger():
    return FakeMessenger(_ids=TODAY)


@pytest_asyncio.fixture
async def desk(tmp_path, messenger):
    async with Database.open(tmp_path / "a.sqlite3") as store:
        yield Desk(store, messenger)


async def test_our_messages_go_and_members_stay(desk, messenger):
    run = await desk.imported()
    await desk.answered(run)
    undone = await desk.undo(run)
    assert (undone.state, undone.undo, undone.undone_by) == (ImportState.UNDONE, UndoScope.MESSAGES, ADMIN)
    assert [kept.outgoing.content for kept in messenger.messages] == ["So true."]
    assert run.thread_id in messenger.threads
    (left,) = await desk.store.comments.tree(GUILD, run.article_id)
    assert (left.text, left.origin) == ("So true.", Origin.DISCORD)
    assert desk.closed == [run.thread_id]


async def test_what_would_go_and_what_would_stay_is_said_before(desk):
    run = await desk.imported()
    await desk.answered(run)
    prospect = await desk.undoer.look(GUILD, run.id)
    assert (prospect.messages, prospect.answers, prospect.owns_thread) == (5, 1, True)
    assert prospect.standing == {run.thread_id: 5}


async def test_in_a_text_channel_the_card_above_the_thread_goes_too(desk, messenger):
    messenger.kind = "text"
    run = await desk.imported(kind="text")
    assert (await desk.undoer.look(GUILD, run.id)).standing == {run.thread_id: 4, FORUM: 1}
    await desk.undo(run, UndoScope.THREAD)
    assert (messenger.messages, messenger.threads) == ([], {})


async def test_a_thread_in_which_nobody_wrote_goes_in_one_call(desk, messenger):
    run = await desk.imported()
    calls = messenger.calls
    undone = await desk.undo(run, UndoScope.THREAD)
    assert (undone.state, undone.undo) == (ImportState.UNDONE, UndoScope.THREAD)
    assert (messenger.messages, messenger.threads) == ([], {})
    assert messenger.calls == calls + 1


async def test_a_thread_in_which_somebody_wrote_meanwhile_stays(desk, messenger):
    """A sticker, say: nothing that the bot keeps, but it is theirs."""
    run = await desk.imported()
    words = Kept(MessageId(messenger._next()), run.thread_id, Outgoing(content=""), None, None, author=ALICE)
    messenger.messages.append(words)
    undone = await desk.undo(run, UndoScope.THREAD)
    assert (undone.state, undone.undo) == (ImportState.UNDONE, UndoScope.MESSAGES)
    assert messenger.messages == [words]
    assert run.thread_id in messenger.threads


async def test_a_thread_that_cannot_be_looked_through_stays(tmp_path):
    class Blind(FakeMessenger):
        async def history(self, guild_id, channel_id, *, after, limit):
            raise DeliveryError("I lack a right there.")

    messenger = Blind(_ids=TODAY)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        desk = Desk(store, messenger)
        run = await desk.imported()
        assert (await desk.undo(run, UndoScope.THREAD)).undo is UndoScope.MESSAGES
    assert run.thread_id in messenger.threads


async def test_everything_takes_what_members_wrote(desk, messenger):
    run = await desk.imported()
    await desk.answered(run)
    assert (await desk.undo(run, UndoScope.EVERYTHING)).undo is UndoScope.EVERYTHING
    assert (messenger.messages, messenger.threads) == ([], {})
    assert await desk.store.comments.tree(GUILD, run.article_id) == []


async def test_a_hundred_go_in_a_call(desk, messenger):
    run = await desk.imported(comments=250)
    calls = messenger.calls
    await desk.undo(run)
    assert messenger.messages == []
    assert messenger.calls == calls + 3


async def test_old_messages_and_those_without_the_right_go_one_by_one(tmp_path):
    for messenger in (FakeMessenger(_ids=1000), FakeMessenger(_ids=TODAY, may_delete_many=False)):
        async with Database.open(tmp_path / f"{messenger.may_delete_many}.sqlite3") as store:
            desk = Desk(store, messenger)
            run = await desk.imported()
            calls = messenger.calls
            await desk.undo(run)
        assert messenger.messages == []
        assert messenger.calls == calls + 5


async def test_what_discord_refuses_is_named_and_the_rest_goes(desk, messenger):
    messenger.kind = "text"
    run = await desk.imported(kind="text")
    messenger.closed_channels.add(FORUM)
    stopped = await desk.undo(run)
    assert stopped.state is ImportState.UNDOING
    assert stopped.reason.startswith("1 message in <#70> could not be deleted: I lack View Channel there.")
    assert "(reference " in stopped.reason
    assert [kept.channel_id for kept in messenger.messages] == [FORUM]
    messenger.closed_channels.clear()
    assert (await desk.undo(run)).state is ImportState.UNDONE
    assert messenger.messages == []


async def test_a_thread_that_discord_keeps_is_named(desk, messenger):
    run = await desk.imported()
    messenger.may_delete_threads = False
    stopped = await desk.undo(run, UndoScope.THREAD)
    assert stopped.state is ImportState.UNDOING
    assert f"The thread <#{run.thread_id}> could not be deleted: I lack a right there." in stopped.reason
    # Whoever is content with that says so.
    assert (await desk.undo(run)).state is ImportState.UNDONE


async def test_a_refusal_that_passes_is_waited_out(desk, messenger):
    run = await desk.imported()
    messenger.failing = 3
    assert (await desk.undo(run)).state is ImportState.UNDONE


async def test_an_import_that_runs_is_stopped_first(desk, messenger):
    source = tree.importable(discussion(*(comment(str(n)) for n in range(40))))
    setting = Setting(rights=Rights.OWN, in_forum=True, now=NOON, layout=Layout.REPLIES)
    plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
    run = await desk.store.imports.begin(
        NewImport(GUILD, FORUM, ADMIN, Rights.OWN, source, plan, nonce_key=1, tags=(), at=NOON)
    )
    desk.publisher.start(run)
    for _ in range(1000):
        if len(messenger.messages) > 5:
            break
        await asyncio.sleep(0.001)
    assert 5 < len(messenger.messages) < 40
    assert (await desk.undo(run)).state is ImportState.UNDONE
    assert messenger.messages == []


async def test_it_is_undone_once(desk):
    run = await desk.imported()
    await desk.undo(run)
    for again in (desk.undoer.look(GUILD, run.id), desk.undo(run)):
        with pytest.raises(RefusedError, match="taken back already"):
            await again


async def test_another_guild_takes_nothing_back(desk, messenger):
    run = await desk.imported()
    for wrong in (
        desk.undoer.look(GuildId(8), run.id),
        desk.undoer.begin(GuildId(8), run.id, UndoScope.MESSAGES, actor=ADMIN),
    ):
        with pytest.raises(NotFoundError):
            await wrong
    assert len(messenger.messages) == 5


@pytest.mark.parametrize("kind", ["forum", "text"])
@pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("scope", [UndoScope.MESSAGES, UndoScope.THREAD])
async def test_a_crash_at_every_call_leaves_nothing_behind(tmp_path, kind, heard, scope):
    async def run_until_crash(number, crash_at):
        messenger = FakeMessenger(kind=kind, _ids=1000)
        path = tmp_path / f"{number}.sqlite3"
        async with Database.open(path) as store:
            desk = Desk(store, messenger)
            run = await desk.imported(kind=kind)
            before = messenger.calls
            messenger.crash_at, messenger.after = before + crash_at if crash_at else None, heard
            await desk.undoer.begin(GUILD, run.id, scope, actor=ADMIN)
            with pytest.raises(Crashed) if crash_at else nullcontext():
                await desk.undoer.ended(run.id)
        async with Database.open(path) as store:
            desk = Desk(store, messenger)
            await desk.undoer.resume_guild(GUILD)
            await desk.undoer.ended(run.id)
            assert (await store.imports.get(GUILD, run.id)).state is ImportState.UNDONE
        assert messenger.messages == [], crash_at
        assert messenger.threads == ({} if scope is UndoScope.THREAD else {run.thread_id: run_title})
        return messenger.calls - before

    run_title = "The ferry that never sailed"
    for crash_at in range(1, await run_until_crash(0, None) + 1):
        await run_until_crash(crash_at, crash_at)


@pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])
async def test_a_message_in_doubt_is_taken_back_too(tmp_path, heard):
    """The process died while it posted, and the import is undone after the restart."""
    for crash_at in range(1, 6):
        messenger = FakeMessenger(crash_at=crash_at, after=heard, _ids=TODAY)
        path = tmp_path / f"{crash_at}.sqlite3"
        async with Database.open(path) as store:
            desk = Desk(store, messenger)
            with pytest.raises(Crashed):
                await desk.imported()
        async with Database.open(path) as store:
            desk = Desk(store, messenger)
            (run,) = await store.imports.list_unfinished()
            assert (await desk.undo(run)).state is ImportState.UNDONE
        assert messenger.messages == [], crash_at
