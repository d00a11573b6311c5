"""What an admin checks before anything is posted (UI.md, section 6), as texts for a screen to carry."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import layout, markdown
from bot.domain.cards import duration
from bot.domain.discussion import CommentKind, Discussion, Rights
from bot.domain.layout import Setting
from bot.domain.limits import (
    PREVIEW_BRANCH,
    PREVIEW_BRANCH_COMMENTS,
    PREVIEW_CHARACTERS,
    PREVIEW_LINES,
)
from bot.domain.outgoing import Layout, Outgoing, Plan
from bot.domain.tree import Node, Problem
from bot.domain.wording import name_note, plural, published, speaker_of
from bot.domain.wording import title as title_of

#: Of a line in a list; the report has it whole.
_LINE_CHARACTERS: Final = 120
#: What the screen adds to these texts: the bot's rights, and where the article stands already.
_ELSEWHERE: Final = 400
_FORM: Final = {
    Layout.REPLIES: "one message a comment",
    Layout.CARDS: "on pages of several comments",
    Layout.VOICES: "one message a comment, under its speaker's name",
}
#: Comments that a line names; the report names them all.
_NAMED: Final = 12
#: A branch that has less room says nothing.
_SHORTEST_BRANCH: Final = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """The texts of the preview, a block each, in order."""

    head: str
    summary: str
    branch: str | None
    left_out: str | None
    please_look: str | None


def preview(
    discussion: Discussion,
    nodes: Sequence[Node],
    plan: Plan,
    *,
    where: str,
    setting: Setting,
    notes: Sequence[str] = (),
) -> Preview:
    """Everything that can be said before posting. ``where`` names the place, as Discord markup.

    ``notes`` are lines about the place that matter before something is posted there.
    """
    article = discussion.article
    origin = ", ".join(
        filter(
            None,
            [
                markdown.name(article.site) if article.site else None,
                f"by {markdown.name(article.byline)}" if article.byline else None,
                published(article, now=setting.now),
            ],
        )
    )
    head = "\n".join(filter(None, ["## Check before posting", f"**{title_of(article)}**", origin]))
    lines = [_counts(nodes), f"**Where:** {where}", f"**How:** {_how(nodes, plan, setting)}", *notes]
    summary = "\n".join(lines)
    left_out, please_look = _left_out(discussion), _please_look(discussion, nodes)
    taken = sum(len(text) for text in (head, summary, left_out, please_look) if text)
    room = min(PREVIEW_BRANCH, PREVIEW_CHARACTERS - _ELSEWHERE - taken)
    return Preview(
        head=head,
        summary=summary,
        branch=_beginning(nodes, plan, room) if room >= _SHORTEST_BRANCH else None,
        left_out=left_out,
        please_look=please_look,
    )


def report(discussion: Discussion, nodes: Sequence[Node]) -> str:
    """Everything left out and everything unsure, as a plain-text file: nothing is dropped in silence."""
    doubts = _doubts(discussion, nodes)
    lines = [discussion.article.title, "", f"Left out: {len(discussion.dropped)}"]
    lines += [f"- {dropped.reason}: {dropped.text}" for dropped in discussion.dropped]
    lines += ["", f"Please look: {sum(doubt.count for doubt in doubts)}"]
    lines += [f"- {doubt.whole}" for doubt in doubts]
    unsure = [c for c in discussion.comments if c.evidence]
    lines += ["", f"What was concluded, not read: {len(unsure)}"]
    lines += [
        f"- {markdown.opening(c.text, 60)}: {c.evidence} ({c.confidence:.0%} sure of where it begins)"
        for c in unsure
    ]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Something that a person should look at, and of how many comments it is true."""

    count: int
    line: str
    #: The same with every comment named.
    whole: str


def _doubts(discussion: Discussion, nodes: Sequence[Node]) -> list[_Doubt]:
    """Comments that are not shown as they were written, then whatever the reader warned of."""
    kinds = {
        "name lost in the file, shown as Unnamed reader": [n for n in nodes if _name_is_lost(n)],
        "name known from an answer only": [
            n for n in nodes if name_note(n.comment) is not None and not _name_is_lost(n)
        ],
        "lost its parent, shown at the top": [n for n in nodes if n.problem is Problem.ORPHAN],
        "its parents form a circle, shown at the top": [n for n in nodes if n.problem is Problem.CYCLE],
        "its id occurs twice in the file": [n for n in nodes if n.problem is Problem.DUPLICATE],
    }
    found = [
        _Doubt(len(which), _about(which, what, _NAMED), _about(which, what))
        for what, which in kinds.items()
        if which
    ]
    return found + [_Doubt(1, warning, warning) for warning in discussion.warnings]


def _name_is_lost(node: Node) -> bool:
    return node.comment.kind is CommentKind.COMMENT and speaker_of(node.comment).name is None


def _about(nodes: Sequence[Node], what: str, named: int | None = None) -> str:
    """``comments 2, 5, 9, 17: name lost …``."""
    numbers = ", ".join(str(node.number) for node in nodes[:named])
    if named is not None and len(nodes) > named:
        numbers += f" and {len(nodes) - named:,} more"
    return f"{'comment' if len(nodes) == 1 else 'comments'} {numbers}: {what}"


def _counts(nodes: Sequence[Node]) -> str:
    if not nodes:
        return "**No comments**: only the article would be posted"
    names = {name for node in nodes if (name := speaker_of(node.comment).name)}
    lost = sum(speaker_of(node.comment).name is None for node in nodes)
    who = plural(len(names), "named person", "named people")
    if lost:
        who += f", {lost} without a name"
    deepest = max(node.depth for node in nodes)
    depth = f"; deepest answer: level {deepest}" if deepest else "; no answers among them"
    return f"**{plural(len(nodes), 'comment')}**: {who}{depth}"


def _how(nodes: Sequence[Node], plan: Plan, setting: Setting) -> str:
    pace = f"{plural(len(plan.messages), 'message')}, about {duration(layout.seconds(plan))}"
    words = [pace, "nobody is notified"]
    if nodes:
        words.insert(0, _FORM[plan.layout])
    if nodes and setting.rights is not Rights.QUOTED and plan.messages[0].outgoing.attachment is None:
        words.append("without the file of all comments, which is larger than Discord takes")
    return ", ".join(words)


def _beginning(nodes: Sequence[Node], plan: Plan, room: int) -> str | None:
    """The first comments that somebody answered, or the first page, exactly as they will be posted."""
    if not nodes:
        return None
    messages = {key: message for message in plan.messages for key, part in message.placements if part == 0}
    if plan.layout is Layout.CARDS:
        heading = "**The first page, as it will begin**\n>>> "
        panel = messages[nodes[0].comment.key].outgoing.panel
        texts: Sequence[str] = panel.texts if panel else ()
    else:
        heading = "**The first branch, as it will look**\n>>> "
        answered = {node.parent for node in nodes}
        start = next((place for place, node in enumerate(nodes) if node.number in answered), 0)
        shown = [
            messages[node.comment.key].outgoing for node in nodes[start : start + PREVIEW_BRANCH_COMMENTS]
        ]
        texts = [_as_seen(outgoing) for outgoing in shown]
    return heading + _as_far_as(texts, room - len(heading))


def _as_seen(outgoing: Outgoing) -> str:
    """A message with the name above it under which it is posted."""
    name = f"**{markdown.escape(outgoing.persona.name)}**\n" if outgoing.persona else ""
    return name + (outgoing.content or "")


def _as_far_as(texts: Sequence[str], room: int) -> str:
    """As many whole texts as there is room for; the first is cut rather than left out."""
    shown: list[str] = []
    for text in texts:
        if len(text) > room:
            if not shown:
                shown.append(markdown.shorten(text, room))
            break
        shown.append(text)
        room -= len(text) + len("\n\n")
    return "\n\n".join(shown)


def _left_out(discussion: Discussion) -> str | None:
    reasons = Counter(dropped.reason for dropped in discussion.dropped)
    lines = [f"{reason} ({count:,})" if count > 1 else reason for reason, count in reasons.items()]
    return f"**Left out: {len(discussion.dropped):,}**\n{_list(lines)}" if lines else None


def _please_look(discussion: Discussion, nodes: Sequence[Node]) -> str | None:
    doubts = _doubts(discussion, nodes)
    count = sum(doubt.count for doubt in doubts)
    return f"**Please look: {count:,}**\n{_list([doubt.line for doubt in doubts])}" if doubts else None


def _list(lines: Sequence[str]) -> str:
    shown = [f"- {_one_line(line)}" for line in lines[:PREVIEW_LINES]]
    if len(lines) > PREVIEW_LINES:
        shown.append(f"- and {len(lines) - PREVIEW_LINES:,} more, in the report")
    return "\n".join(shown)


def _one_line(text: str) -> str:
    return markdown.shorten(markdown.escape(" ".join(text.split())), _LINE_CHARACTERS)
