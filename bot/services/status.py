"""How far imports are, in words and with the buttons that go with it (UI.md, section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.cards import ACCENT_ARTICLE, duration
from bot.domain.discussion import Article
from bot.domain.limits import MESSAGES_PER_WINDOW, MESSAGES_WINDOW, PANEL_CHARACTERS
from bot.domain.outgoing import Outgoing
from bot.domain.panels import Button, ButtonRow, Panel, PanelBlock, TextBlock
from bot.domain.wording import plural, title
from bot.ports.records import ImportRecord, ImportState, UndoScope

#: Runs of a list that have buttons of their own; the others are told in words.
_WITH_BUTTONS: Final = 5
_NEXT: Final = {
    ImportState.QUEUED: "nothing needs doing; it goes on by itself, after a restart too.",
    ImportState.RUNNING: "nothing needs doing; people can read and answer already.",
    ImportState.PAUSED: "mend what is named, then press Resume. Nothing is posted twice.",
    ImportState.DONE: "draw people in: `/articles show` offers to announce it, `/quote pick` posts a passage.",
    ImportState.UNDOING: "nothing needs doing; it goes on by itself, after a restart too.",
    ImportState.UNDONE: "`/import article` imports it anew.",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A run with what is said of it."""

    run: ImportRecord
    article: Article
    #: Messages of ours that are not deleted yet, while it is taken back.
    left: int = 0
    #: Messages a second, where it was measured.
    pace: float | None = None


def notice(standing: Standing, *, now: datetime) -> Outgoing:
    """One run for staff, with its buttons; the message is edited as it goes on."""
    blocks: list[PanelBlock] = [TextBlock(text=_text(standing, now)), *_row(standing.run)]
    return Outgoing(panel=Panel(blocks=tuple(blocks), accent=ACCENT_ARTICLE))


def overview(runs: Sequence[Standing], *, now: datetime, before: Sequence[Outgoing] = ()) -> Outgoing:
    """Runs, newest first, as many as a panel takes, and the next step for the one that needs it most.

    ``before`` are notices that wait for somebody to decide.
    """
    urgent = min(runs, key=lambda standing: _urgency(standing.run))
    waits = "decide what becomes of the comments that were deleted: press one of the buttons above."
    last = f"**Next:** {waits if before and _urgency(urgent.run) else next_step(urgent.run)}"
    blocks: list[PanelBlock] = [
        block for waiting in before if waiting.panel for block in waiting.panel.blocks
    ]
    room, rows = PANEL_CHARACTERS - len(last) - Panel(blocks=tuple(blocks)).characters, _WITH_BUTTONS
    for place, standing in enumerate(runs):
        text = _text(standing, now)
        older = f"-# and {plural(len(runs) - place, 'older import')}"
        if len(text) + len(older) > room:
            blocks.append(TextBlock(text=older))
            break
        blocks.append(TextBlock(text=text))
        room -= len(text)
        if rows and standing.run.state not in {ImportState.DONE, ImportState.UNDONE}:
            blocks += _row(standing.run)
            rows -= 1
    blocks.append(TextBlock(text=last))
    return Outgoing(panel=Panel(blocks=tuple(blocks), accent=ACCENT_ARTICLE))


def next_step(run: ImportRecord) -> str:
    """What to do about it, after the word Next."""
    if run.state is ImportState.UNDOING and run.reason:
        return "mend that, then press Try again; it goes on with what is left."
    return _NEXT[run.state]


def undone(run: ImportRecord) -> str:
    """What is gone and what is left, of a run that was taken back."""
    if run.undo is UndoScope.MESSAGES:
        return "my messages are deleted; what others wrote stays where it is"
    return "deleted with its thread"


def _text(standing: Standing, now: datetime) -> str:
    where = f"<#{standing.run.thread_id or standing.run.channel_id}>"
    return f"**{title(standing.article, 80)}** in {where}\n{_told(standing, now)}"


def _told(standing: Standing, now: datetime) -> str:
    run = standing.run
    started = f"started <t:{int(run.started_at.timestamp())}:R> by <@{run.requested_by}>"
    match run.state:
        case ImportState.PAUSED:
            said = f"**Paused at {run.sent} of {run.total}:** {run.reason} It was {started}."
        case ImportState.DONE:
            took = f" in {duration(_seconds(run))}" if run.finished_at else ""
            said = f"Done: {plural(run.total, 'message')}{took}, {started}."
        case ImportState.UNDOING if run.reason:
            said = f"**Not taken back as a whole.** {run.reason}"
        case ImportState.UNDOING:
            said = f"Being taken back: {plural(standing.left, 'message')} left."
        case ImportState.UNDONE:
            when = f" <t:{int(run.finished_at.timestamp())}:R>" if run.finished_at else ""
            said = f"Taken back{when} by <@{run.undone_by}>: {undone(run)}."
        case _ if run.reason:
            said = f"Paused at {run.sent} of {run.total}: {run.reason} I go on by myself."
        case _:
            pace = f", {standing.pace:.1f} a second" if standing.pace else ""
            left = (run.total - run.sent) / (standing.pace or MESSAGES_PER_WINDOW / MESSAGES_WINDOW)
            end = int((now + timedelta(seconds=left)).timestamp())
            said = f"{run.sent} of {run.total} messages sent{pace}, {started}. Done about <t:{end}:t>."
    return said


def _seconds(run: ImportRecord) -> float:
    return ((run.finished_at or run.started_at) - run.started_at).total_seconds()


def _row(run: ImportRecord) -> list[PanelBlock]:
    match run.state:
        case ImportState.QUEUED | ImportState.RUNNING:
            buttons = [Button(label="Pause", custom_id=f"rj:pause:{run.id}"), _undo_button(run)]
        case ImportState.PAUSED:
            resume = Button(label="Resume", custom_id=f"rj:resume:{run.id}", style="primary")
            buttons = [resume, _undo_button(run)]
        case ImportState.DONE:
            buttons = [Button(label="Undo…", custom_id=f"rj:undo:{run.id}")]
        case ImportState.UNDOING if run.reason:
            buttons = [Button(label="Try again…", custom_id=f"rj:undo:{run.id}", style="primary")]
        case _:
            return []
    return [ButtonRow(buttons=tuple(buttons))]


def _undo_button(run: ImportRecord) -> Button:
    return Button(label="Stop and undo…", custom_id=f"rj:undo:{run.id}", style="danger")


def _urgency(run: ImportRecord) -> int:
    """What waits for a person comes first."""
    return 0 if run.state is ImportState.PAUSED or (run.state is ImportState.UNDOING and run.reason) else 1
