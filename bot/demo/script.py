"""What the scripted members say: lines for our own article, and others that fit any page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.discussion import Origin
from bot.ports.records import CommentRecord, CommentState


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the three members says, and to which words."""

    #: Index among the members.
    who: int
    #: Words that occur in the answered comment and in no other.
    to: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A line with the comment that it answers; None answers the article."""

    who: int
    comment: CommentRecord | None
    words: str


#: For the sample. The second answers the first, the fourth is said while the bot is away.
LINES: Final = (
    Line(1, "with a brass band", "Two people and a brass band: is there a photo of that spring?"),
    Line(0, "is there a photo", "My aunt has one. The band is in focus, the ferry is mostly thumb."),
    Line(
        2,
        "I have had the oak",
        "If you need hands for that step, Henrik, I own a saw and have free Saturdays.",
    ),
    Line(1, "Then somebody owes us a river", "I would settle for a canal. One with a bench."),
    Line(0, "she was eighty-one", "I think I sat beside her. Grey wool, and she let me hold the end of it."),
    Line(2, "It says Lisbon", "Third hook from the left is a very good hook. Well chosen."),
    Line(
        0,
        "fixed the clock",
        "Three weeks and only the clock? There was a door on the port side waiting for him.",
    ),
    Line(
        1,
        "a small step beside it",
        "Will somebody please take a picture of the step, too? For the next wager.",
    ),
)

#: For any other page, in turn.
_ANYWHERE: Final = (
    "I had not seen it from this side. Does anybody know more about it?",
    "This is the comment that I would have liked to write.",
    "Not sure that I agree, but I see now what you mean.",
    "Has anything changed since this was written?",
    "Reading this years later, it is the small detail that stays.",
)


def answer(number: int, comments: Sequence[CommentRecord]) -> Answer:
    """The ``number``-th answer to a discussion, counted from 0.

    Where the sample's lines find no hold, answers go to one level after another, so that any page
    is soon answered at each of its depths.
    """
    standing = [comment for comment in comments if comment.state is CommentState.LIVE]
    if number < len(LINES):
        line = LINES[number]
        for comment in standing:
            if line.to in comment.text:
                return Answer(line.who, comment, line.words)
    return Answer(number % 3, _someone(number, standing), _ANYWHERE[number % len(_ANYWHERE)])


def _someone(number: int, standing: Sequence[CommentRecord]) -> CommentRecord | None:
    """A comment of the level whose turn it is; what came from the page goes before what members wrote."""
    levels = sorted({comment.depth for comment in standing})
    if not levels:
        return None
    level = levels[number % len(levels)]
    there = [comment for comment in standing if comment.depth == level]
    imported = [comment for comment in there if comment.origin is Origin.SOURCE] or there
    return imported[number * 7 % len(imported)]
