"""G1 and G6 with the bot as a process of its own: faults on the way, and SIGKILL."""

import math
import tempfile
from pathlib import Path

from benchmarks.articles import export
from benchmarks.table import Row
from bot.domain.outgoing import Layout
from tests.wire.committing import lay
from tests.wire.faults import IMPORTING
from tests.wire.importing import killing
from tests.wire.kills import SPEED, done, kill_of, put, survive, undisturbed
from tests.wire.people import Wire
from tests.wire.process import rejoinder
from tests.wire.room import reading_room

COMMENTS, FAULTS, KILLS = 300, 0.02, 12
#: Requests that look back: history, threads, webhooks.
_LOOKING = frozenset({"list_messages", "list_active_threads", "list_channel_webhooks"})


async def disturbed() -> list[Row]:
    """Two requests in a hundred fail in some way, and the process is killed in the middle."""
    article = lay(export(COMMENTS), Layout.REPLIES)
    with tempfile.TemporaryDirectory() as folder:
        async with Wire(speed=SPEED) as wire:
            room = reading_room(wire.world)
            await put(Path(folder), room, article, "articles")
            wire.faults.scatter(1, rate=FAULTS)
            bot = rejoinder(wire, Path(folder))
            wire.faults.at("after", "create_message", COMMENTS // 2, killing(bot))
            await bot.start()
            await wire.until(lambda: not bot.alive, seconds=120, what="the bot was not killed")
            async with bot:
                await done(wire, bot)
            calls = [r for r in wire.log if r.route in IMPORTING - {"edit_message"}]
            (thread,) = room.guild.threads.values()
            lost = len(article.plan.messages) - len(thread.messages)
            faults = sum(wire.faults.scattered.values())
    what = f"{COMMENTS} comments, {FAULTS:.0%} faults, one kill -9"
    looking = sum(request.route in _LOOKING for request in calls)
    note = f"{faults} faults; {looking} of the calls look back; progress edits apart"
    return [
        Row(
            "G1",
            f"calls / fewest calls that would do, {what}",
            len(calls) / article.floor_calls,
            1.05,
            note=note,
        ),
        Row("G6", f"messages lost or double, {what}", abs(lost), 0),
    ]


async def kills() -> list[Row]:
    """A few of the points of ``make kills``, over all layouts."""
    wrong, worst = 0, 0.0
    known = {}
    for seed in range(KILLS):
        kill = kill_of(seed)
        where = kill.layout, kill.place
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            if where not in known:
                known[where] = await undisturbed(Path(other), *where)
            story, asked = known[where]
            outcome = await survive(Path(folder), kill, asked)
        wrong += outcome.story != story
        if not kill.stormy:
            worst = max(worst, math.ceil(outcome.history / outcome.starts))
    what = f"{KILLS} imports killed up to three times"
    return [
        Row("G6", f"imports that ended otherwise than undisturbed, {what}", wrong, 0),
        # One looks for the message in doubt, one catches up with what members wrote.
        Row("G6", f"history requests per start, catch-up among them, {what}", worst, 3),
    ]
