"""Ways into a discussion: its branches, its newest comments, those that nobody answered (UI.md, section 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain import markdown
from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.discussion import Moment, Speaker
from bot.domain.limits import PANEL_CHARACTERS, SELECT_OPTION_TEXT, SELECT_OPTIONS
from bot.domain.outgoing import Outgoing
from bot.domain.panels import Button, ButtonRow, Option, Panel, PanelBlock, SelectRow, TextBlock
from bot.domain.wording import UNNAMED, fitting, link_words, plain_name, plural, when

#: Custom ids; the article's id follows, and where a list goes on its place, counted from 0.
JUMP_ID, LATEST_ID, UNANSWERED_ID = "rj:jump:", "rj:latest:", "rj:unanswered:"
#: What a select's option says that leads to further branches; the place follows.
MORE: Final = "from "
_LISTED: Final = 10
_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment, as a list shows it that leads to it."""

    number: int
    #: As people may see them.
    speaker: Speaker
    #: None where the words are gone or hidden.
    text: str | None
    address: str
    #: Comments below it, at any level.
    answers: int
    posted_at: Moment | None = None

    @property
    def line(self) -> str:
        """Who, and how it begins, as a link. A member can be tapped, which a link would swallow."""
        if self.text is None:
            return f"[Comment {self.number}, removed]({self.address})"
        words = markdown.escape(markdown.opening(self.text, _WORDS) or "(no text)")
        if self.speaker.member_id is not None:
            return f"{plain_name(self.speaker)}: [{link_words(words)}]({self.address})"
        return f"[{link_words(f'{plain_name(self.speaker)}: {words}')}]({self.address})"

    @property
    def label(self) -> str:
        """The same for a select, which shows no markup."""
        if self.text is None:
            return f"Comment {self.number}, removed"
        member = self.speaker.member_id is not None
        who = "a member" if member else markdown.bare_name(self.speaker.name or "") or UNNAMED
        label = f"Comment {self.number}, {who}: {markdown.clean(self.text)}"
        return markdown.opening(label, SELECT_OPTION_TEXT)


def contents(title: str, article_id: int, branches: Sequence[Entry]) -> Outgoing:
    """The branches with links, as many as fit, and the ways to all the others."""
    head = f"**Contents: {markdown.shorten(markdown.escape(' '.join(title.split())), 150)}**"
    lines = [_with_answers(entry) for entry in branches]
    listed = fitting(
        lines or ["No comments yet. Write in the thread to begin."],
        PANEL_CHARACTERS - len(head) - len("\n"),
        lambda left: f"-# and {plural(left, 'more branch', 'more branches')}",
    )
    if not branches:
        return _panel(f"{head}\n{listed}")
    ways = ButtonRow(
        buttons=(
            Button(label="Latest", custom_id=f"{LATEST_ID}{article_id}"),
            Button(label="Unanswered", custom_id=f"{UNANSWERED_ID}{article_id}:0"),
        )
    )
    return _panel(f"{head}\n{listed}", _jump(article_id, branches, 0), ways)


def further(article_id: int, branches: Sequence[Entry], start: int) -> Outgoing:
    """A select with the branches from a place on."""
    start = start if 0 <= start < len(branches) else 0
    end = start + len(_offered(branches, start))
    return _panel(
        f"**Branches {start + 1} to {end} of {len(branches):,}**", _jump(article_id, branches, start)
    )


def branch(entry: Entry) -> Outgoing:
    """The way to one branch."""
    button = Button(label=f"Go to comment {entry.number}", url=entry.address)
    return _panel(_with_answers(entry), ButtonRow(buttons=(button,)))


def latest(entries: Sequence[Entry], *, now: datetime) -> Outgoing:
    """The newest comments, which ``entries`` are, the newest first."""
    lines = [f"- {_dated(entry, now)}" for entry in entries[:_LISTED]]
    return _panel("\n".join(["**Latest**", *(lines or ["No comments yet."])]))


def unanswered(
    article_id: int, entries: Sequence[Entry], start: int, *, comments: int, now: datetime
) -> Outgoing:
    """Comments without any answer, ten at a time; ``entries`` are all of them, of so many ``comments``."""
    if not entries:
        return _panel("**Unanswered**\nEvery comment has an answer.")
    start = start if 0 <= start < len(entries) else 0
    lines = [f"- {_dated(entry, now)}" for entry in entries[start : start + _LISTED]]
    head = f"**Unanswered: {len(entries):,} of {plural(comments, 'comment')}**"
    text = "\n".join([head, *lines])
    left = len(entries) - start - len(lines)
    if not left:
        return _panel(text)
    further = Button(
        label=f"Next {min(left, _LISTED)}", custom_id=f"{UNANSWERED_ID}{article_id}:{start + _LISTED}"
    )
    return _panel(text, ButtonRow(buttons=(further,)))


def _with_answers(entry: Entry) -> str:
    return f"- {entry.line}" + (f" · {plural(entry.answers, 'answer')}" if entry.answers else "")


def _dated(entry: Entry, now: datetime) -> str:
    return " · ".join(filter(None, [entry.line, when(entry.posted_at, now=now)]))


def _offered(branches: Sequence[Entry], start: int) -> Sequence[Entry]:
    """What a select holds from a place on: one option is kept for what follows, if anything does."""
    rest = branches[start:]
    return rest if len(rest) <= SELECT_OPTIONS else rest[: SELECT_OPTIONS - 1]


def _jump(article_id: int, branches: Sequence[Entry], start: int) -> SelectRow:
    offered = _offered(branches, start)
    options = [
        Option(
            label=entry.label,
            value=str(entry.number),
            description=plural(entry.answers, "answer") if entry.answers else None,
        )
        for entry in offered
    ]
    if (end := start + len(offered)) < len(branches):
        upto = end + len(_offered(branches, end))
        label = f"More: branches {end + 1} to {upto} of {len(branches):,}"
        options.append(Option(label=label, value=f"{MORE}{end}"))
    return SelectRow(custom_id=f"{JUMP_ID}{article_id}", placeholder="Jump to branch", options=tuple(options))


def _panel(text: str, *rows: PanelBlock) -> Outgoing:
    return Outgoing(panel=Panel(blocks=(TextBlock(text=text), *rows), accent=ACCENT_ARTICLE))
