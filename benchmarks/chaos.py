"""G18: how near to the ban the worst hour comes. Everything goes wrong at once, on the clock that jumps."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.articles import export
from benchmarks.table import Row
from bot.domain.outgoing import Layout
from bot.ports.records import ImportRecord, ImportState
from tests.wire.committing import lay
from tests.wire.ground import Ground, ground
from tests.wire.limits import BAN_LINE
from tests.wire.permissions import KEEPERS, Permission
from tests.wire.threads import delete_thread
from tests.wire.world import Channel

IMPORTS, COMMENTS, FAULTS = 12, 60, 0.05
#: Seconds of an outage, and between two misfortunes.
OUTAGE, BETWEEN = 45.0, 15.0
LAYOUTS = (Layout.REPLIES, Layout.CARDS, Layout.VOICES)


async def chaos() -> list[Row]:
    """Imports in every layout while connections drop, Discord is down, and rights, threads and channels go."""
    laid = [lay(export(COMMENTS, seed=number), LAYOUTS[number % 3]) for number in range(IMPORTS)]
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder), forums=IMPORTS) as here:
            here.wire.faults.scatter(7, rate=FAULTS)
            places = [c for c in here.room.guild.channels.values() if c.name.startswith("articles-")]
            runs = [await here.begin(article, place) for article, place in zip(laid, places, strict=True)]
            gone = await _misfortunes(here)
            paused = [run for run in runs if not await _is_done(here, run)]
            for run in paused:
                await here.bot.services.publisher.resume(await _now(here, run))
            unfinished = [run for run in paused if not await _is_done(here, run)]
            wrong = sum(
                _standing(here, place) != len(article.plan.messages)
                for article, place in zip(laid, places, strict=True)
                if place.id != gone
            )
            worst, refused = here.wire.limits.worst_invalid, dict(here.wire.limits.struck)
            faults = sum(here.wire.faults.scattered.values())
    what = f"{IMPORTS} imports while everything goes wrong"
    note = f"{worst} of {BAN_LINE}; 429s {refused}; {faults} faults by chance"
    resumed = f"{len(paused)} paused and were resumed; one thread was deleted"
    return [
        Row("G18", f"invalid requests / ban line, {what}", worst / BAN_LINE, 0.01, note=note),
        Row("G6", f"threads with too many or too few messages, {what}", wrong, 0, note=resumed),
        Row("G6", f"imports that can't go on, {what}", len(unfinished), 1),
    ]


async def _is_done(here: Ground, run: ImportRecord) -> bool:
    await here.bot.services.publisher.ended(run.id)
    return (await _now(here, run)).state is ImportState.DONE


async def _now(here: Ground, run: ImportRecord) -> ImportRecord:
    return await here.bot.services.store.imports.get(run.guild_id, run.id)


def _standing(here: Ground, forum: Channel) -> int:
    """Messages in the post of a forum."""
    threads = [t for t in here.room.guild.threads.values() if t.parent_id == forum.id]
    return sum(len(thread.messages) for thread in threads)


async def _misfortunes(here: Ground) -> int:
    """One after the other, and the last one mended; the forum whose post was deleted."""
    wire, guild = here.wire, here.room.guild
    role = next(role for role in guild.roles.values() if role.bot_id == wire.world.bot.id)
    await asyncio.sleep(BETWEEN)
    wire.gateway.ask_to_reconnect()
    await asyncio.sleep(BETWEEN)
    wire.gateway.drop_connections()
    wire.faults.unavailable = 503
    await asyncio.sleep(OUTAGE)
    wire.faults.unavailable = None
    role.permissions = KEEPERS & ~Permission.SEND_MESSAGES_IN_THREADS
    await asyncio.sleep(BETWEEN)
    role.permissions = KEEPERS
    wire.gateway.forget_sessions()
    await asyncio.sleep(BETWEEN)
    first, second, *_ = guild.threads.values()
    delete_thread(wire.world, first)
    second.locked = second.archived = True
    await asyncio.sleep(BETWEEN)
    second.locked = second.archived = False
    assert first.parent_id is not None
    return first.parent_id
