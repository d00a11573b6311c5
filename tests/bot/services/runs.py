"""Imports that are sent in tests: a small page with twins, and what people see of it."""

import asyncio
from datetime import timedelta

from bot.domain import layout, quotes, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout
from bot.ports.records import ChannelId, GuildId, ImportState, NewImport, UserId
from bot.services.contents import Contents
from bot.services.publisher import Publisher
from bot.services.renewal import Renewal
from storage.database import Database
from tests.discussions import NOON, comment, discussion
from tests.fake_messenger import FakeMessenger

GUILD, FORUM, ADMIN = GuildId(7), ChannelId(70), UserId(700)


class StillClock:
    """Time that passes only by sleeping, and a little whenever somebody looks."""

    def __init__(self, *, look=timedelta()):
        self.slept = 0.0
        self._now = NOON
        self._look = look

    def now(self):
        self._now += self._look
        return self._now

    async def sleep(self, seconds):
        self.slept += seconds
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


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


async def begun(store, kind="forum", chosen=Layout.REPLIES, *, source=None, nonce_key=2**64 - 1):
    source = source or page()
    setting = Setting(rights=Rights.OWN, in_forum=kind == "forum", now=NOON, layout=chosen)
    passages = quotes.candidates(source.article, source.comments)
    nodes = tree.arrange(source.comments)
    plan = layout.plan(source, nodes, quote=passages[0] if passages else None, setting=setting)
    return await store.imports.begin(
        NewImport(GUILD, FORUM, ADMIN, Rights.OWN, source, plan, nonce_key=nonce_key, tags=(), at=NOON)
    )


def renewal(store, messenger, clock, *, closed=lambda thread: None):
    return Renewal(
        store=store, messenger=messenger, clock=clock, progress_from=30, contact=None, closed=closed
    )


def publisher(store, messenger, clock=None, *, told=lambda run: None):
    return Publisher(
        store=store,
        messenger=messenger,
        contents=Contents(store=store, messenger=messenger, clock=clock or StillClock()),
        clock=clock or StillClock(),
        spawn=lambda work, *, name: asyncio.get_running_loop().create_task(work, name=name),
        opened=lambda run, thread: None,
        told=told,
        renew=renewal(store, messenger, clock or StillClock()).begin_anew,
    )


async def finish(store, messenger, run, clock=None):
    ended = asyncio.get_running_loop().create_future()

    async def then(record):
        ended.set_result(record)

    publisher(store, messenger, clock).start(await store.imports.get(GUILD, run.id), then=then)
    return await ended


def story(messenger):
    """What people see: the texts in order, with ids told by their place, and where each arrow points."""
    order = {kept.id: place for place, kept in enumerate(messenger.messages)}

    def told(kept):
        text = kept.outgoing.model_dump_json()
        for message_id, place in order.items():
            text = text.replace(str(message_id), f"#{place}")
        return text

    return [(told(kept), order.get(kept.reply_to)) for kept in messenger.messages]


async def undisturbed(tmp_path, kind="forum", chosen=Layout.REPLIES):
    messenger = FakeMessenger(kind=kind)
    async with Database.open(tmp_path / "undisturbed.sqlite3") as store:
        done = await finish(store, messenger, await begun(store, kind, chosen))
    assert done.state is ImportState.DONE
    assert (done.sent, done.total) == (len(messenger.messages), len(messenger.messages))
    return messenger
