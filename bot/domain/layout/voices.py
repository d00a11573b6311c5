"""Layout `voices`: one webhook message a comment, under its speaker's name.

A webhook's message has no reply arrow, so a button leads to what it answers. The name stands above the words;
when they were written stands in the small last line, for a first line is what a phone shows of a message.
"""

from collections.abc import Sequence

from bot.domain import markdown
from bot.domain.layout.personas import persona
from bot.domain.layout.phrases import LONGEST_PART_WORDS, Terms, address, body, is_gone, moments, part_words
from bot.domain.limits import COMMENT_TEXT, CONTENT
from bot.domain.outgoing import MessageKind, Outgoing, PlannedMessage, link_to
from bot.domain.panels import Button
from bot.domain.tree import Node
from bot.domain.wording import speaker_of


def messages(nodes: Sequence[Node], terms: Terms, first: int) -> list[PlannedMessage]:
    """A message for every comment or part of one; the first has the ordinal ``first``."""
    made: list[PlannedMessage] = []
    start: dict[int, int] = {}
    for node in nodes:
        start[node.number] = first + len(made)
        speaker = "Removed comment" if is_gone(node) else speaker_of(node.comment).name
        buttons: tuple[Button, ...] = ()
        if node.parent is not None:
            buttons = (Button(label=f"To comment {node.parent}", url=link_to(start[node.parent])),)
        made += [
            PlannedMessage(
                ordinal=first + len(made) + part,
                kind=MessageKind.COMMENT,
                outgoing=Outgoing(content=content, buttons=buttons, persona=persona(speaker, terms.site)),
                placements=((node.comment.key, part),),
            )
            for part, content in enumerate(_contents(node, terms))
        ]
    return made


def _contents(node: Node, terms: Terms) -> list[str]:
    text = body(node)
    room = min(COMMENT_TEXT, CONTENT - len(_footer(node, terms, 0, 1)) - len("\n"))
    if len(text) <= room:
        return [f"{text}\n{_footer(node, terms, 0, 1)}"]
    texts = markdown.split(text, room - len(LONGEST_PART_WORDS))
    return [f"{text}\n{_footer(node, terms, part, len(texts))}" for part, text in enumerate(texts)]


def _footer(node: Node, terms: Terms, part: int, parts: int) -> str:
    answers = None if node.parent is None else f"comment {node.parent}"
    words = address(node, answers=answers, more=(part_words(part, parts),))
    return " · ".join(filter(None, [words, moments(node.comment, terms), terms.credit]))
