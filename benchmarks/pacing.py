"""G1, G2, G5 and G7 on the virtual clock: how many calls, how long, how soon an id is known and all can be read."""

import tempfile
from pathlib import Path

from benchmarks.anchor import floor, replay, span
from benchmarks.articles import export
from benchmarks.table import Row
from bot.domain.limits import MESSAGES_PER_WINDOW
from bot.domain.outgoing import Layout
from tests.wire.committing import Laid, lay
from tests.wire.ground import RTT, Ground, ground
from tests.wire.log import Request

#: What makes something that people see.
MAKING = frozenset(
    {"create_message", "start_thread_or_post", "start_thread_under_message", "execute_webhook"}
)
WORDS = {Layout.REPLIES: "one by one", Layout.CARDS: "on pages", Layout.VOICES: "under their names"}


async def pacing(comments: int, form: Layout, target: float) -> list[Row]:
    """One import of so many comments, beside stock discord.py."""
    article = hardest(comments, form)
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder)) as here:
            begun = here.wire.world.seconds()
            await here.finished(await here.begin(article))
            sent = here.wire.log.of("create_message")
            edits = len(here.wire.log.of("edit_message"))
            waits = sorted(durable_after(here, sent))
            readable = _readable_after(here, begun)
            calls = sum(request.route in MAKING for request in here.wire.log)
    anchor = await replay(request.body for request in sent)
    lowest = floor(len(sent))
    what = f"{len(article.nodes)} comments {WORDS[form]}"
    return [
        Row("G1", f"calls / fewest calls that would do, {what}", calls / article.floor_calls, 1.01),
        Row(
            "G2",
            f"span / floor, {what}, RTT {RTT}",
            span(sent) / lowest,
            target,
            span(anchor) / lowest,
            f"{len(sent)} messages; {edits} progress edits apart",
        ),
        Row("G5", f"creation to durable id, p99 in seconds, {what}", waits[int(len(waits) * 0.99)], RTT),
        Row("G7", f"seconds until all can be read in the file, {what}", readable, 2 * RTT),
    ]


def hardest(comments: int, form: Layout) -> Laid:
    """An article of about so many comments whose last window is full: there the last messages wait for each other."""
    laid = (lay(export(size), form) for size in range(comments, 0, -1))
    # The card opens the thread; the others are messages in it.
    return next(article for article in laid if (len(article.plan.messages) - 1) % MESSAGES_PER_WINDOW == 0)


def pages(sizes: tuple[int, ...]) -> Row:
    """The worst plan on pages, beside the fewest pages that keep the order."""
    laid = [lay(export(size, seed=seed), Layout.CARDS) for size in sizes for seed in (1, 2)]
    worst = max(len(article.plan.messages) / article.floor_calls for article in laid)
    counts = ", ".join(f"{len(article.nodes)}: {len(article.plan.messages)}" for article in laid[::2])
    return Row("G7", "messages on pages / fewest that hold them in order", worst, 1.0, note=counts)


def durable_after(here: Ground, sent: list[Request]) -> list[float]:
    """Seconds from the creation of each message at Discord until its id was on the disk."""
    return [
        here.durable[int(request.answer["id"])] - (request.at + here.wire.faults.latency / 2)
        for request in sent
    ]


def _readable_after(here: Ground, begun: float) -> float:
    """Seconds from the button to the post that carries every comment as a file."""
    (thread,) = here.room.guild.threads.values()
    starter = thread.messages[thread.id]
    assert starter.files, "the post carries no file"
    return starter.created_at.timestamp() - begun
