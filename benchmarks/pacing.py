"""G1, G2 and G5 on the virtual clock: how many calls, how long, and how soon an id is known."""

import tempfile
from pathlib import Path

from benchmarks.articles import export
from benchmarks.ground import RTT, Ground, floor, ground, replay, span
from benchmarks.table import Row
from tests.wire.log import Request


async def pacing(comments: int, target: float) -> list[Row]:
    """One import of so many comments, one by one, beside stock discord.py."""
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder)) as here:
            run = await here.begin(export(comments))
            await here.finished(run)
            sent = here.wire.log.of("create_message")
            edits = len(here.wire.log.of("edit_message"))
            waits = sorted(_durable_after(here, sent))
            rows = [calls_row(comments, here, run.total)]
    anchor = await replay(request.body for request in sent)
    lowest = floor(len(sent))
    return [
        *rows,
        Row(
            "G2",
            f"span / floor, {comments} comments, one by one, RTT {RTT}",
            span(sent) / lowest,
            target,
            span(anchor) / lowest,
            f"{edits} progress edits apart",
        ),
        Row(
            "G5",
            f"creation to durable id, p99 in seconds, {comments} comments",
            waits[int(len(waits) * 0.99)],
            RTT,
        ),
    ]


def calls_row(comments: int, here: Ground, planned: int) -> Row:
    """Calls that create something, beside the number of messages that the plan has."""
    made = [r for r in here.wire.log if r.route in {"create_message", "start_thread_or_post"}]
    return Row("G1", f"calls / messages planned, {comments} comments", len(made) / planned, 1.01)


def _durable_after(here: Ground, sent: list[Request]) -> list[float]:
    """Seconds from the creation of each message at Discord until its id was on the disk."""
    return [
        here.durable[int(request.answer["id"])] - (request.at + here.wire.faults.latency / 2)
        for request in sent
    ]
