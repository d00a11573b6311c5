"""G2w: the same span on real time, ten times as fast; half of what is measured is this machine."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.anchor import floor, replay, span
from benchmarks.pacing import hardest
from benchmarks.table import Row
from bot.domain.outgoing import Layout
from tests.wire.ground import RTT, ground
from tests.wire.log import Request

COMMENTS, SPEED, ROUNDS = 100, 10.0, 5


async def loopback() -> list[Row]:
    """Ours and stock discord.py by turns."""
    article = hardest(COMMENTS, Layout.REPLIES)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            async with ground(Path(folder), speed=SPEED) as here:
                await here.finished(await here.begin(article))
                sent = here.wire.log.of("create_message")
        ours.append(_ratio(sent))
        theirs.append(_ratio(await replay([request.body for request in sent], speed=SPEED)))
    what = f"{len(article.nodes)} comments one by one, real time x {SPEED:.0f}, RTT {RTT}"
    note = f"median of {ROUNDS}: {min(ours):.3f} to {max(ours):.3f}"
    return [Row("G2w", f"span / floor, {what}", median(ours), 1.10, median(theirs), note)]


def _ratio(sent: Sequence[Request]) -> float:
    return span(sent) / (floor(len(sent)) / SPEED)
