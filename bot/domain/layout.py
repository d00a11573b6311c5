"""A discussion becomes the exact list of messages that an import sends, before the first is sent.

Layout `replies`: one plain message a comment, with Discord's arrow to its parent (UI.md, section 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import cards, markdown, transcript
from bot.domain.discussion import Comment, CommentKind, Discussion, Rights
from bot.domain.limits import (
    COMMENT_TEXT,
    CONTENT,
    FILE_BYTES,
    MESSAGES_PER_WINDOW,
    MESSAGES_WINDOW,
    PROGRESS_FROM_COMMENTS,
)
from bot.domain.outgoing import Attachment, MessageKind, Outgoing, Plan, PlannedMessage
from bot.domain.quotes import Passage
from bot.domain.tree import Node, Problem
from bot.domain.wording import bold_name, linkable, name_note, plain_name, speaker_of, when

#: Bytes that a file may gain on its way: the mark that says it is UTF-8.
_FILE_MARGIN = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """What an import's messages depend on besides the discussion."""

    rights: Rights
    #: In a forum the thread's name is the title, so the card does not repeat it.
    in_forum: bool
    now: datetime
    #: Whom somebody who is no member may write to.
    contact: str | None = None
    #: From this many comments on, a message tells how far the import is.
    progress_from: int = PROGRESS_FROM_COMMENTS


def plan(discussion: Discussion, nodes: Sequence[Node], *, quote: Passage | None, setting: Setting) -> Plan:
    """Card, progress where it is worth it, every comment in tree order, and the end card."""
    messages = [_card(discussion, nodes, quote, setting)]
    if len(nodes) >= setting.progress_from:
        panel = cards.progress(0, len(nodes), seconds_left=_seconds(len(nodes)))
        messages.append(PlannedMessage(ordinal=1, kind=MessageKind.PROGRESS, outgoing=panel))
    first_message: dict[int, int] = {}
    by_number = {node.number: node for node in nodes}
    for node in nodes:
        parent = by_number[node.parent] if node.parent is not None else None
        reply_to = first_message[parent.number] if parent else None
        first_message[node.number] = len(messages)
        for part, content in enumerate(comment_contents(node, parent, discussion, setting)):
            messages.append(
                PlannedMessage(
                    ordinal=len(messages),
                    kind=MessageKind.COMMENT,
                    outgoing=Outgoing(content=content),
                    placements=((node.comment.key, part),),
                    reply_to=reply_to,
                )
            )
            reply_to = len(messages) - 1
    end = cards.end(discussion.article, nodes, first_message)
    messages.append(PlannedMessage(ordinal=len(messages), kind=MessageKind.END, outgoing=end))
    return Plan(messages=tuple(messages))


def seconds(plan: Plan) -> float:
    """How long the plan takes at Discord's pace, in seconds."""
    return _seconds(len(plan.messages))


def comment_contents(node: Node, parent: Node | None, discussion: Discussion, setting: Setting) -> list[str]:
    """The messages of one comment: its first line says who and when, its last which comment it is."""
    comment = node.comment
    head = _head(comment, parent, setting.now)
    body = _body(comment)
    credit = _credit(discussion, setting)
    footer = _footer(node, credit)
    room = min(COMMENT_TEXT, CONTENT - len(head) - len(footer) - len("\n\n"))
    if len(body) <= room:
        return [f"{head}\n{body}\n{footer}"]
    # The footer of a part is never longer than the whole comment's but for its own words.
    parts = markdown.split(body, room - len(", part 1000 of 1000"))
    return [
        f"{head}\n{text}\n{_part_footer(node, number, len(parts), credit)}"
        for number, text in enumerate(parts, start=1)
    ]


def _seconds(messages: int) -> float:
    return messages * MESSAGES_WINDOW / MESSAGES_PER_WINDOW


def _card(
    discussion: Discussion, nodes: Sequence[Node], quote: Passage | None, setting: Setting
) -> PlannedMessage:
    card = cards.article(
        discussion.article,
        comments=len(nodes),
        quote=quote,
        in_forum=setting.in_forum,
        contact=setting.contact,
        now=setting.now,
    )
    return PlannedMessage(
        ordinal=0,
        kind=MessageKind.CARD,
        outgoing=card.model_copy(update={"attachment": _file(discussion, nodes, setting)}),
    )


def _file(discussion: Discussion, nodes: Sequence[Node], setting: Setting) -> Attachment | None:
    """All comments as one file; none for words that are only quoted, and none that Discord would refuse."""
    if setting.rights is Rights.QUOTED or not nodes:
        return None
    text = transcript.render(discussion, nodes)
    if len(text.encode("utf-8", "replace")) + _FILE_MARGIN > FILE_BYTES:
        return None
    return Attachment(filename=transcript.filename(discussion.article.title), text=text)


def _head(comment: Comment, parent: Node | None, now: datetime) -> str:
    removed = comment.kind is CommentKind.DELETED
    who = "**Removed comment**" if removed else bold_name(speaker_of(comment))
    if parent is not None:
        gone = parent.comment.kind is CommentKind.DELETED
        who += " to " + ("a removed comment" if gone else plain_name(speaker_of(parent.comment)))
    line = " · ".join(filter(None, [who, when(comment.posted_at, now=now)]))
    if comment.edited_at is not None:
        line += f", edited on the site {when(comment.edited_at, now=now)}"
    return line


def _body(comment: Comment) -> str:
    if comment.kind is CommentKind.DELETED:
        return "-# This comment was removed on the site. Its answers stay."
    return markdown.to_discord(comment.markdown) or "-# (no text)"


def _footer(node: Node, credit: str | None) -> str:
    words = [f"Comment {node.number}"]
    if node.parent is not None:
        words += [f"answers comment {node.parent}", f"level {node.depth}"]
    if node.problem is Problem.ORPHAN:
        words.append("lost its parent")
    words += filter(None, [name_note(node.comment), credit])
    return "-# " + ", ".join(words)


def _part_footer(node: Node, part: int, parts: int, credit: str | None) -> str:
    """The first part carries the whole address; the others follow it by their arrows."""
    if part == 1:
        return f"{_footer(node, credit)}, part 1 of {parts}"
    return ", ".join(filter(None, [f"-# Comment {node.number}, part {part} of {parts}", credit]))


def _credit(discussion: Discussion, setting: Setting) -> str | None:
    """Words that were quoted without being asked for carry credit and link on every message."""
    if setting.rights is not Rights.QUOTED:
        return None
    article = discussion.article
    site = markdown.name(article.site) if article.site else "a public page"
    source = linkable(article.url)
    return f"quoted from [{site}](<{source}>)" if source else f"quoted from {site}"
