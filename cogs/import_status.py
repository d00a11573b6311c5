"""How far imports are, as `/import status` says it, and what to do next (UI.md, section 7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.discussion import Article
from bot.domain.limits import CONTENT, MESSAGES_PER_WINDOW, MESSAGES_WINDOW
from bot.domain.wording import fitting, plural, title
from bot.ports.records import ImportRecord, ImportState

_NEXT = {
    ImportState.QUEUED: "nothing needs doing; it goes on by itself, after a restart too.",
    ImportState.RUNNING: "nothing needs doing; people can read and answer already.",
    ImportState.PAUSED: "mend what is named, then `/import resume`. Nothing is posted twice.",
    ImportState.DONE: "draw people in: `/articles show` offers to announce it, `/quote pick` posts a passage.",
    ImportState.UNDONE: "`/import article` imports it anew.",
}


def render(runs: Sequence[tuple[ImportRecord, Article]], *, now: datetime) -> str:
    """The runs, newest first, as many as a message takes, and the next step for the one that needs it most."""
    urgent = next((run for run, _ in runs if run.state is ImportState.PAUSED), runs[0][0])
    last = f"**Next:** {_NEXT[urgent.state]}"
    lines = [_line(run, article, now) for run, article in runs]
    shown = fitting(lines, CONTENT - len(last) - 1, lambda left: f"-# and {plural(left, 'older import')}")
    return f"{shown}\n{last}"


def _line(run: ImportRecord, article: Article, now: datetime) -> str:
    name = f"**{title(article, 80)}**"
    where = f"<#{run.thread_id or run.channel_id}>"
    count = f"{run.sent} of {plural(run.total, 'message')} sent"
    started = f"started <t:{int(run.started_at.timestamp())}:R> by <@{run.requested_by}>"
    match run.state:
        case ImportState.PAUSED:
            return f"{name} in {where}: **paused**, {count}, {started}. {run.reason}"
        case ImportState.DONE:
            return f"{name} in {where}: done, {count}, {started}."
        case ImportState.UNDONE:
            return f"{name} in <#{run.channel_id}>: removed again, {started}."
        case _:
            left = timedelta(seconds=(run.total - run.sent) * MESSAGES_WINDOW / MESSAGES_PER_WINDOW)
            done_at = int((now + left).timestamp())
            return f"{name} in {where}: {count}, {started}. Done about <t:{done_at}:t>."
