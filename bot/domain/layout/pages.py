"""Layout `cards`: pages of comments, each with a button of its own (UI.md, section 4)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from bot.domain import markdown
from bot.domain.cards import ACCENT_ARTICLE, CONTENTS_BUTTON, answer_button
from bot.domain.layout.packing import Entry, Frame, Span, pack
from bot.domain.layout.phrases import (
    LONGEST_PART_WORDS,
    Terms,
    address,
    addressee,
    body,
    head,
    is_gone,
    parent_of,
    part_words,
    who,
)
from bot.domain.layout.phrases import hidden as hidden_words
from bot.domain.limits import MESSAGE_ADDRESS, PANEL_CHARACTERS, SECTION_TEXT
from bot.domain.outgoing import MessageKind, Outgoing, PlannedMessage, link_to
from bot.domain.panels import (
    Button,
    ButtonRow,
    Panel,
    PanelBlock,
    SectionBlock,
    TextBlock,
    characters_of,
    components_of,
)
from bot.domain.tree import Node
from bot.domain.wording import link_words

#: Buttons fail in closed posts for people who can't reopen them, and in locked ones.
_ALWAYS_WORKS: Final = (
    "-# If a button does not answer, write here all the same: a plain message always finds its place."
)
#: Stands for the address of a message of ours, at its full length, while room is measured.
_ADDRESS: Final = "x" * MESSAGE_ADDRESS
#: More pages than any import has.
_MANY: Final = 999_999


@dataclass(frozen=True, slots=True)
class Piece:
    """A comment, or a part of one that is longer than a page, in the words that it will stand in."""

    node: Node
    #: Who, when.
    head: str
    #: Whom it answers, as ``Ana Reis (2)``.
    answers: str | None
    text: str
    #: Counted from 0.
    part: int = 0
    parts: int = 1

    def blocks(self, link: str | None) -> tuple[PanelBlock, ...]:
        """As it stands on a page. ``link`` leads to what it answers, where that stands in another message."""
        header = f"{self.head}\n{self._address(link)}"
        if is_gone(self.node):
            return (TextBlock(text=f"{header}\n{self.text}"),)
        button = answer_button(self.node.number)
        if len(self.text) <= SECTION_TEXT:
            return (SectionBlock(text=f"{header}\n{self.text}", button=button),)
        return (SectionBlock(text=header, button=button), TextBlock(text=self.text))

    def _address(self, link: str | None) -> str:
        words = part_words(self.part, self.parts)
        if self.part > 0:
            return f"-# Comment {self.node.number}, {words}"
        answers = self.answers
        if answers is not None and link is not None:
            answers = f"[{link_words(answers)}]({link})"
        return address(self.node, answers=answers, more=(words,))


def messages(nodes: Sequence[Node], terms: Terms, first: int) -> list[PlannedMessage]:
    """The fewest pages that hold every comment in tree order; the first has the ordinal ``first``."""
    pieces = pieces_of(nodes, terms)
    spans = pack(entries(pieces), partial(frame, pieces, terms))
    starts = {
        piece.node.number: first + span.page - 1
        for span in reversed(spans)
        for piece in pieces[span.start : span.end]
    }
    return [
        PlannedMessage(
            ordinal=first + span.page - 1,
            kind=MessageKind.PAGE,
            outgoing=Outgoing(panel=panel(pieces, terms, span, first, starts)),
            placements=tuple((piece.node.comment.key, piece.part) for piece in pieces[span.start : span.end]),
        )
        for span in spans
    ]


def pieces_of(nodes: Sequence[Node], terms: Terms) -> list[Piece]:
    """Every comment in order; one that no page can hold in parts of which each fits on any page."""
    pieces: list[Piece] = []
    longest = _heading_words(len(nodes), len(nodes) - 1, len(nodes), Span(0, 0, _MANY, _MANY), terms)
    frame_at_most = len(longest) + len(_ALWAYS_WORKS)
    for node in nodes:
        parent = parent_of(node, nodes)
        answers = None if parent is None else f"{addressee(parent)} ({parent.number})"
        whole = Piece(node, head(who(node), node, terms), answers, body(node))
        header = characters_of(whole.blocks(_ADDRESS)) - len(whole.text)
        room = PANEL_CHARACTERS - frame_at_most - header
        if len(whole.text) <= room:
            pieces.append(whole)
            continue
        texts = markdown.split(whole.text, room - len(LONGEST_PART_WORDS))
        pieces += [replace(whole, text=text, part=part, parts=len(texts)) for part, text in enumerate(texts)]
    return pieces


def entries(pieces: Sequence[Piece]) -> list[Entry]:
    """The room that each piece takes, measured on what would be sent."""
    last_of: dict[int, int] = {}
    found = []
    for place, piece in enumerate(pieces):
        last_of[piece.node.number] = place
        blocks = piece.blocks(None)
        characters = characters_of(blocks)
        found.append(
            Entry(
                comment=piece.node.number,
                inside=piece.node.parent is not None,
                components=components_of(blocks),
                characters=characters,
                link=characters_of(piece.blocks(_ADDRESS)) - characters,
                parent=None if piece.node.parent is None else last_of[piece.node.parent],
            )
        )
    return found


def frame(pieces: Sequence[Piece], terms: Terms, span: Span) -> Frame:
    """The room that a page takes beside its pieces."""
    closing = _closing_room(is_first=span.page == 1, is_last=span.end == len(pieces))
    container_and_heading = 2
    return Frame(
        container_and_heading + closing.components, len(_heading(pieces, terms, span)) + closing.characters
    )


def panel(pieces: Sequence[Piece], terms: Terms, span: Span, first: int, starts: Mapping[int, int]) -> Panel:
    """A page, when ``first`` is the ordinal of the first one and ``starts`` knows in which each comment begins."""
    previous = link_to(first + span.page - 2) if span.page > 1 else None
    return _assembled(
        pieces[span.start : span.end],
        _heading(pieces, terms, span),
        lambda number: link_to(starts[number]),
        _closing(previous, is_last=span.end == len(pieces)),
    )


def redrawn(
    pieces: Sequence[Piece],
    terms: Terms,
    held: Collection[tuple[str, int]],
    *,
    page: tuple[int, int],
    hidden: Collection[int],
    address_of: Callable[[int], str | None],
    previous: str | None,
) -> Panel:
    """A page that stands, without what was hidden since.

    ``held`` are the keys and parts on it, ``page`` is which it is of how many, ``hidden`` are numbers of comments, and
    ``address_of`` knows by its number where a comment stands.
    """
    number, pages = page
    here = [piece for piece in pieces if (piece.node.comment.key, piece.part) in held]
    which = here[0].node.number, here[-1].node.number, pieces[-1].node.number
    return _assembled(
        here,
        _heading_words(*which, Span(0, 0, number, pages), terms),
        address_of,
        _closing(previous, is_last=number == pages),
        hidden,
    )


def _assembled(
    held: Sequence[Piece],
    heading: str,
    link_of: Callable[[int], str | None],
    closing: Sequence[PanelBlock],
    hidden: Collection[int] = (),
) -> Panel:
    here = {piece.node.number for piece in held}
    blocks: list[PanelBlock] = [TextBlock(text=heading)]
    for piece in held:
        if piece.node.number in hidden:
            blocks.append(TextBlock(text=hidden_words(piece.node.number)))
            continue
        parent = piece.node.parent
        blocks += piece.blocks(None if parent is None or parent in here else link_of(parent))
    return Panel(blocks=(*blocks, *closing), accent=ACCENT_ARTICLE)


def _heading(pieces: Sequence[Piece], terms: Terms, span: Span) -> str:
    """``Comments 4 to 6 of 240 · page 2 of 31``."""
    first, last = pieces[span.start].node.number, pieces[span.end - 1].node.number
    return _heading_words(first, last, pieces[-1].node.number, span, terms)


def _heading_words(first: int, last: int, total: int, span: Span, terms: Terms) -> str:
    which = f"Comment {first}" if first == last else f"Comments {first} to {last}"
    page = f"page {span.page} of {span.pages}" if span.pages > 1 else None
    return "-# " + " · ".join(filter(None, [f"{which} of {total}", page, terms.credit]))


def _closing(previous: str | None, *, is_last: bool) -> list[PanelBlock]:
    """The last row; no link to the next page, which would cost an edit of every page."""
    back = () if previous is None else (Button(label="Previous page", url=previous),)
    row = ButtonRow(buttons=(*back, CONTENTS_BUTTON))
    return [TextBlock(text=_ALWAYS_WORKS), row] if is_last else [row]


@cache
def _closing_room(*, is_first: bool, is_last: bool) -> Frame:
    blocks = _closing(None if is_first else _ADDRESS, is_last=is_last)
    return Frame(components_of(blocks), characters_of(blocks))
