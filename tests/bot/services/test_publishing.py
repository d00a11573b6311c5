"""Publisher and messenger together against the wire: what people do to a thread while an import runs."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.domain import layout, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout
from bot.ports.records import ChannelId, GuildId, ImportRecord, ImportState, NewImport, UserId
from bot.services.contents import Contents
from bot.services.publisher import Publisher
from storage.database import Database
from tests.bot.adapters.wired import Wired, wired
from tests.bot.services.runs import renewal
from tests.discussions import comment, discussion
from tests.wire import virtual
from tests.wire.payloads import channel_payload
from tests.wire.permissions import Permission
from tests.wire.virtual import LoopClock
from tests.wire.world import Overwrite, Thread

COMMENTS = 12


class Desk:
    """The publisher over a real file and a real messenger, on the wire."""

    def __init__(self, here: Wired, store: Database):
        self.here, self.store, self.told = here, store, []
        self.clock = LoopClock(asyncio.get_running_loop())
        self.publisher = Publisher(
            store=store,
            messenger=here.messenger,
            contents=Contents(store=store, messenger=here.messenger, clock=self.clock),
            clock=self.clock,
            spawn=lambda work, *, name: asyncio.get_running_loop().create_task(work, name=name),
            opened=lambda run, thread: None,
            told=lambda run: None,
            renew=renewal(store, here.messenger, self.clock).begin_anew,
        )

    async def begin(self, chosen=Layout.REPLIES, *, title="The ferry", channel=None, comments=COMMENTS):
        source = tree.importable(discussion(*(comment(str(n), text="+1") for n in range(comments))))
        source = source.model_copy(update={"article": source.article.model_copy(update={"title": title})})
        now = self.clock.now()
        setting = Setting(rights=Rights.OWN, in_forum=channel is None, now=now, layout=chosen)
        plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
        room = self.here.room
        return await self.store.imports.begin(
            NewImport(
                GuildId(room.guild.id),
                ChannelId((channel or room.articles).id),
                UserId(room.mira.id),
                Rights.OWN,
                source,
                plan,
                nonce_key=abs(hash(title)) % 2**60,
                tags=(),
                at=now,
            )
        )

    async def run(self, run: ImportRecord) -> ImportRecord:
        self.publisher.start(await self.get(run))
        await self.publisher.ended(run.id)
        return await self.get(run)

    async def resume(self, run: ImportRecord) -> ImportRecord:
        await self.publisher.resume(run)
        await self.publisher.ended(run.id)
        return await self.get(run)

    async def get(self, run: ImportRecord) -> ImportRecord:
        return await self.store.imports.get(run.guild_id, run.id)

    def at(self, nth: int, act, route="create_message") -> None:
        """Do something when Discord has taken the n-th message."""

        async def strike():
            act()

        self.here.wire.faults.at("after", route, nth, strike)

    @property
    def thread(self) -> Thread:
        (thread,) = self.here.room.guild.threads.values()
        return thread

    def texts(self) -> list[str]:
        return [m.content for m in self.thread.messages.values()]


def at_the_desk(**given):
    def decorated(test):
        def run(tmp_path):
            async def main():
                async with desk(tmp_path, **given) as here:
                    await test(here)

            virtual.run(main())

        run.__name__ = test.__name__
        return run

    return decorated


@asynccontextmanager
async def desk(tmp_path, **given):
    async with wired(gateway=True, **given) as here, Database.open(tmp_path / "a.sqlite3") as store:
        made = Desk(here, store)
        yield made
        await made.publisher.close()


def complete(here: Desk) -> bool:
    """Every comment stands there once, in order."""
    numbers = [
        text.rpartition("Comment ")[2].split(",")[0].split(" ")[0]
        for text in here.texts()
        if "-# Comment " in text
    ]
    return numbers == [str(n) for n in range(1, COMMENTS + 1)]


@at_the_desk()
async def test_an_undisturbed_import_is_complete(here: Desk):
    assert (await here.run(await here.begin())).state is ImportState.DONE
    assert complete(here)


@at_the_desk()
async def test_a_thread_that_is_deleted_pauses_it_and_resuming_begins_anew(here: Desk):
    def delete() -> None:
        world, thread = here.here.wire.world, here.thread
        ids = {
            "id": str(thread.id),
            "guild_id": str(thread.guild_id),
            "parent_id": str(thread.parent_id),
            "type": 11,
        }
        here.here.room.guild.threads.clear()
        world.tell("THREAD_DELETE", ids, thread.guild_id)

    here.at(5, delete)
    paused = await here.run(await here.begin())
    assert paused.state is ImportState.PAUSED
    assert paused.reason.startswith("The thread or channel is not there any more.")
    assert here.here.counted("create_message") == {"create_message": 6}
    done = await here.resume(paused)
    assert (done.state, done.sent, done.thread_id) == (ImportState.DONE, done.total, here.thread.id)
    assert complete(here)


@at_the_desk()
async def test_a_right_that_is_lost_pauses_it_until_it_is_back(here: Desk):
    bot, forum = here.here.wire.world.bot.id, here.here.room.articles

    def take() -> None:
        forum.overwrites[bot] = Overwrite(bot, 1, deny=Permission.SEND_MESSAGES_IN_THREADS)
        here.here.wire.world.tell("CHANNEL_UPDATE", channel_payload(forum), here.here.room.guild.id)

    here.at(4, take)
    paused = await here.run(await here.begin())
    assert (paused.state, paused.sent) == (ImportState.PAUSED, 5)
    assert "Send Messages in Posts" in paused.reason
    forum.overwrites.clear()
    assert (await here.resume(paused)).state is ImportState.DONE
    assert complete(here)
    assert here.here.wire.limits.invalid == 1


@at_the_desk()
async def test_a_locked_thread_pauses_it_until_it_is_unlocked(here: Desk):
    def lock() -> None:
        here.thread.locked = here.thread.archived = True

    here.at(6, lock)
    paused = await here.run(await here.begin())
    assert paused.state is ImportState.PAUSED
    assert "locked" in paused.reason
    here.thread.locked = False
    assert (await here.resume(paused)).state is ImportState.DONE
    assert complete(here)


@at_the_desk()
async def test_a_thread_that_is_only_closed_is_opened_by_the_next_message(here: Desk):
    here.at(6, lambda: setattr(here.thread, "archived", True))
    assert (await here.run(await here.begin())).state is ImportState.DONE
    assert complete(here)
    assert not here.thread.archived


@at_the_desk(active_threads=1)
async def test_a_full_server_pauses_it_before_anything_is_posted(here: Desk):
    await here.run(await here.begin())
    paused = await here.run(await here.begin(title="The second"))
    assert (paused.state, paused.sent) == (ImportState.PAUSED, 0)
    assert "as many open threads as Discord allows" in paused.reason
    here.thread.archived = True
    assert (await here.resume(paused)).state is ImportState.DONE


@at_the_desk()
async def test_a_tag_that_is_required_meanwhile_pauses_it(here: Desk):
    here.here.room.articles.tag_required = True
    paused = await here.run(await here.begin())
    assert (paused.state, paused.sent) == (ImportState.PAUSED, 0)
    assert "requires a tag" in paused.reason
    here.here.room.articles.tag_required = False
    assert (await here.resume(paused)).state is ImportState.DONE


@at_the_desk()
async def test_an_outage_of_discord_is_waited_out_and_told(here: Desk):
    faults = here.here.wire.faults
    here.at(5, lambda: setattr(faults, "unavailable", 503))
    run = await here.begin()
    going = asyncio.create_task(here.run(run))
    await asyncio.sleep(300)
    waiting = await here.get(run)
    assert (waiting.state, waiting.reason) == (
        ImportState.RUNNING,
        "Discord has trouble of its own (it answered 503).",
    )
    faults.unavailable = None
    assert (await going).state is ImportState.DONE
    assert complete(here)


@at_the_desk(threads_begun=(1, 240.0))
async def test_a_wait_for_new_threads_is_told_and_waited_out(here: Desk):
    await here.run(await here.begin())
    run = await here.begin(title="The second")
    going = asyncio.create_task(here.run(run))
    await asyncio.sleep(30)
    waiting = await here.get(run)
    assert waiting.state is ImportState.RUNNING
    assert waiting.reason.startswith("Discord asks me to wait 3 minutes")
    done = await going
    assert (done.state, done.reason) == (ImportState.DONE, None)
    assert len(here.here.wire.log.refused(429)) == 1


@at_the_desk()
async def test_voices_are_complete_and_paced(here: Desk):
    done = await here.run(await here.begin(Layout.VOICES, comments=70))
    assert done.state is ImportState.DONE
    said = [m for m in here.thread.messages.values() if m.webhook_id is not None]
    assert len(said) == 70
    assert here.here.wire.limits.struck == {"user": 0, "shared": 1, "global": 0}


@at_the_desk()
async def test_voices_without_their_right_pause_it_until_it_is_back(here: Desk):
    bot, forum = here.here.wire.world.bot.id, here.here.room.articles
    forum.overwrites[bot] = Overwrite(bot, 1, deny=Permission.MANAGE_WEBHOOKS)
    here.here.wire.world.tell("CHANNEL_UPDATE", channel_payload(forum), here.here.room.guild.id)
    paused = await here.run(await here.begin(Layout.VOICES))
    assert paused.state is ImportState.PAUSED
    assert "Manage Webhooks" in paused.reason
    forum.overwrites.clear()
    here.here.wire.world.tell("CHANNEL_UPDATE", channel_payload(forum), here.here.room.guild.id)
    await asyncio.sleep(1)
    assert (await here.resume(paused)).state is ImportState.DONE


@pytest.mark.parametrize("chosen", [Layout.REPLIES, Layout.CARDS, Layout.VOICES])
def test_faults_by_chance_cost_few_calls_and_double_nothing(tmp_path, chosen):
    @at_the_desk(nonce_seconds=0.0)
    async def run(here: Desk):
        here.here.wire.faults.scatter(7, rate=0.1)
        done = await here.run(await here.begin(chosen, comments=60))
        here.here.wire.faults.clear_up()
        assert done.state is ImportState.DONE
        assert len(here.thread.messages) == done.total
        routes = ("create_message", "execute_webhook", "start_thread_or_post", "list_messages")
        # Each fault costs a look and another try, at the most.
        faults = sum(here.here.wire.faults.scattered.values())
        assert faults > 0
        assert sum(here.here.counted(*routes).values()) <= done.total + 2 * faults

    run(tmp_path)


@at_the_desk(nonce_seconds=60.0)
async def test_an_import_that_was_paused_for_long_looks_for_what_it_left(here: Desk):
    """Nonces are forgotten by then."""
    faults = here.here.wire.faults
    here.at(5, lambda: setattr(faults, "unavailable", 503))
    run = await here.begin()
    paused = await here.run(run)
    assert paused.state is ImportState.PAUSED
    await asyncio.sleep(600)
    faults.unavailable = None
    assert (await here.resume(paused)).state is ImportState.DONE
    assert complete(here)
