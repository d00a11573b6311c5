"""Layout `replies`: one plain message a comment, with Discord's arrow to its parent (UI.md, section 3)."""

from collections.abc import Sequence

from bot.domain import markdown
from bot.domain.layout.phrases import (
    LONGEST_PART_WORDS,
    Terms,
    address,
    addressee,
    body,
    head,
    parent_of,
    part_words,
    who,
)
from bot.domain.limits import COMMENT_TEXT, CONTENT
from bot.domain.outgoing import MessageKind, Outgoing, PlannedMessage
from bot.domain.tree import Node


def messages(nodes: Sequence[Node], terms: Terms, first: int) -> list[PlannedMessage]:
    """A message for every comment or part of one; the first has the ordinal ``first``."""
    made: list[PlannedMessage] = []
    start: dict[int, int] = {}
    for node in nodes:
        reply_to = start[node.parent] if node.parent is not None else None
        start[node.number] = first + len(made)
        for part, content in enumerate(contents(node, parent_of(node, nodes), terms)):
            ordinal = first + len(made)
            made.append(
                PlannedMessage(
                    ordinal=ordinal,
                    kind=MessageKind.COMMENT,
                    outgoing=Outgoing(content=content),
                    placements=((node.comment.key, part),),
                    reply_to=reply_to,
                )
            )
            reply_to = ordinal
    return made


def contents(node: Node, parent: Node | None, terms: Terms) -> list[str]:
    """The messages of one comment: its first line says who and when, its last which comment it is."""
    first = head(who(node) if parent is None else f"{who(node)} to {addressee(parent)}", node, terms)
    text = body(node)
    last = _footer(node, terms, 0, 1)
    room = min(COMMENT_TEXT, CONTENT - len(first) - len(last) - len("\n\n"))
    if len(text) <= room:
        return [f"{first}\n{text}\n{last}"]
    # The footer of a part is never longer than the whole comment's but for its own words.
    texts = markdown.split(text, room - len(LONGEST_PART_WORDS))
    return [f"{first}\n{text}\n{_footer(node, terms, part, len(texts))}" for part, text in enumerate(texts)]


def _footer(node: Node, terms: Terms, part: int, parts: int) -> str:
    """The first part carries the whole address; the others follow it by their arrows."""
    more = (part_words(part, parts), terms.credit)
    if part > 0:
        return "-# " + ", ".join(filter(None, [f"Comment {node.number}", *more]))
    return address(node, answers=None if node.parent is None else f"comment {node.parent}", more=more)
