"""What an admin checks before anything is posted (UI.md, section 6), as texts for a screen to carry."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import layout, markdown
from bot.domain.cards import duration
from bot.domain.discussion import Discussion, Rights
from bot.domain.layout import Setting, Terms
from bot.domain.limits import (
    PREVIEW_BRANCH,
    PREVIEW_BRANCH_COMMENTS,
    PREVIEW_CHARACTERS,
    PREVIEW_LINES,
)
from bot.domain.outgoing import Layout, Plan
from bot.domain.tree import Node
from bot.domain.wording import plural, published, speaker_of
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
    discussion: Discussion, nodes: Sequence[Node], plan: Plan, *, where: str, setting: Setting
) -> Preview:
    """Everything that can be said before posting. ``where`` names the place, as Discord markup."""
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
    summary = "\n".join([_counts(nodes), f"**Where:** {where}", f"**How:** {_how(nodes, plan, setting)}"])
    left_out, please_look = _left_out(discussion), _please_look(discussion)
    taken = sum(len(text) for text in (head, summary, left_out, please_look) if text)
    room = min(PREVIEW_BRANCH, PREVIEW_CHARACTERS - _ELSEWHERE - taken)
    return Preview(
        head=head,
        summary=summary,
        branch=_first_branch(discussion, nodes, setting, room) if room >= _SHORTEST_BRANCH else None,
        left_out=left_out,
        please_look=please_look,
    )


def report(discussion: Discussion) -> str:
    """Everything left out and everything unsure, as a plain-text file: nothing is dropped in silence."""
    lines = [discussion.article.title, "", f"Left out: {len(discussion.dropped)}"]
    lines += [f"- {dropped.reason}: {dropped.text}" for dropped in discussion.dropped]
    lines += ["", f"Please look: {len(discussion.warnings)}"]
    lines += [f"- {warning}" for warning in discussion.warnings]
    unsure = [c for c in discussion.comments if c.evidence]
    lines += ["", f"What was concluded, not read: {len(unsure)}"]
    lines += [
        f"- {markdown.opening(c.text, 60)}: {c.evidence} ({c.confidence:.0%} sure of where it begins)"
        for c in unsure
    ]
    return "\n".join(lines) + "\n"


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


def _first_branch(discussion: Discussion, nodes: Sequence[Node], setting: Setting, room: int) -> str | None:
    """The first comments that somebody answered, exactly as they will be posted."""
    terms = Terms.of(discussion.article, setting.rights, setting.now)
    answered = Counter(node.parent for node in nodes)
    start = next((place for place, node in enumerate(nodes) if answered[node.number]), 0)
    shown: list[str] = []
    heading = "**The first branch, as it will look**\n>>> "
    room -= len(heading)
    for node in nodes[start : start + PREVIEW_BRANCH_COMMENTS]:
        parent = nodes[node.parent - 1] if node.parent is not None else None
        text = layout.contents(node, parent, terms)[0]
        if len(text) > room:
            text = markdown.shorten(text, room) if not shown else ""
        if not text:
            break
        shown.append(text)
        room -= len(text) + len("\n\n")
    return heading + "\n\n".join(shown) if shown else None


def _left_out(discussion: Discussion) -> str | None:
    reasons = Counter(dropped.reason for dropped in discussion.dropped)
    lines = [f"{reason} ({count:,})" if count > 1 else reason for reason, count in reasons.items()]
    return f"**Left out: {len(discussion.dropped):,}**\n{_list(lines)}" if lines else None


def _please_look(discussion: Discussion) -> str | None:
    warnings = discussion.warnings
    return f"**Please look: {len(warnings):,}**\n{_list(warnings)}" if warnings else None


def _list(lines: Sequence[str]) -> str:
    shown = [f"- {_one_line(line)}" for line in lines[:PREVIEW_LINES]]
    if len(lines) > PREVIEW_LINES:
        shown.append(f"- and {len(lines) - PREVIEW_LINES:,} more, in the report")
    return "\n".join(shown)


def _one_line(text: str) -> str:
    return markdown.shorten(markdown.escape(" ".join(text.split())), _LINE_CHARACTERS)
