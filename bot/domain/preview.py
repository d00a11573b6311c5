"""What an admin checks before anything is posted (UI.md, section 6), as texts for a screen to carry."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain import layout, markdown
from bot.domain.cards import duration
from bot.domain.discussion import Discussion
from bot.domain.layout import Setting
from bot.domain.limits import PREVIEW_BRANCH, PREVIEW_BRANCH_COMMENTS, PREVIEW_LINES
from bot.domain.outgoing import Plan
from bot.domain.tree import Node
from bot.domain.wording import plural, published, speaker_of

_LINE_CHARACTERS: Final = 180


@dataclass(frozen=True, slots=True)
class Preview:
    """The texts of the preview, a block each, in order."""

    head: str
    summary: str
    branch: str | None
    notes: str | None


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
    title = f"**{markdown.shorten(markdown.escape(article.title), 250)}**"
    messages = len(plan.messages)
    how = f"one message a comment, {plural(messages, 'message')}, about {duration(layout.seconds(plan))}, nobody is notified"
    return Preview(
        head="\n".join(filter(None, ["## Check before posting", title, origin])),
        summary=f"{_counts(nodes)}\n**Where:** {where}\n**How:** {how}",
        branch=_first_branch(discussion, nodes, setting),
        notes=_notes(discussion),
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


def _first_branch(discussion: Discussion, nodes: Sequence[Node], setting: Setting) -> str | None:
    """The first comments that somebody answered, exactly as they will be posted."""
    by_number = {node.number: node for node in nodes}
    answered = Counter(node.parent for node in nodes)
    start = next((place for place, node in enumerate(nodes) if answered[node.number]), 0)
    shown: list[str] = []
    room = PREVIEW_BRANCH
    for node in nodes[start : start + PREVIEW_BRANCH_COMMENTS]:
        parent = by_number[node.parent] if node.parent is not None else None
        text = layout.comment_contents(node, parent, discussion, setting)[0]
        if len(text) > room:
            text = markdown.split(text, room)[0] + " …" if not shown else ""
        if not text:
            break
        shown.append(text)
        room -= len(text)
    return "**The first branch, as it will look**\n>>> " + "\n\n".join(shown) if shown else None


def _notes(discussion: Discussion) -> str | None:
    left_out = Counter(dropped.reason for dropped in discussion.dropped)
    lines = [f"{reason} ({count})" if count > 1 else reason for reason, count in left_out.items()]
    blocks = []
    if lines:
        blocks.append(f"**Left out: {len(discussion.dropped)}**\n{_list(lines)}")
    if discussion.warnings:
        blocks.append(f"**Please look: {len(discussion.warnings)}**\n{_list(discussion.warnings)}")
    return "\n".join(blocks) or None


def _list(lines: Sequence[str]) -> str:
    shown = [
        f"- {markdown.shorten(markdown.escape(line), _LINE_CHARACTERS)}" for line in lines[:PREVIEW_LINES]
    ]
    if len(lines) > PREVIEW_LINES:
        shown.append(f"- and {len(lines) - PREVIEW_LINES} more, in the report")
    return "\n".join(shown)
