"""Discord Markdown as the units between which it may be cut: words, and lines of code."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.markdown.cleaning import graphemes
from bot.domain.markdown.escaping import escape_line_starts, escape_unlinked

#: Below this limit there is no room to close and open anything again.
_ROOM_FOR_MARKUP = 100
#: Characters that every kind of emphasis together needs to close and open again, and a backslash.
_MARKUP = 21

# What a line begins with and what its continuation must begin with too: quote and subtext.
_LEAD = re.compile(r"(?:[^\S\n]*>{1,3}[^\S\n])*+(?:-# )?")
# The mark of a list item or heading belongs to the word behind it.
_MARK = re.compile(r"[^\S\n]*+(?:(?:[-*+]|\d{1,9}\.|#{1,3})[^\S\n]++)?")
_BLANK = re.compile(r"[^\S\n]*(?:>[^\S\n]*){0,3}\Z")
_FENCE = re.compile(r"((?:[^\S\n]*> )*[^\S\n]*)```([A-Za-z0-9_+.#-]{0,20})\Z")
_TOKEN = re.compile(
    r"""
    (?P<gap>(?:(?![\n\u00a0\u2007\u202f])\s)+)                        # no-break spaces are none
    | \\\S                                                           # an escaped character
    | (?<!`)(?P<ticks>`+)(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)    # inline code
    | <https?://[^\s<>]*>? | <[@\#:/a-z][^<>\n]{0,100}>              # an address, a mention
    | \[(?:\\.|[^\[\]\\\n]){1,300}\]\(<?[^\s()<>]{1,2000}>?\)        # a masked link
    | https?://[^\s<>]+
    | \*\*|\*|__|_|~~|\|\|                                           # a marker
    | (?P<stop>[。！？]+[」』”）]*+)(?=[^\s*_~|])                       # a sentence's end without a space
    | (?:[^\s\\`<\[*_~|h。！？]|h(?!ttps?://))+
    | .
    """,
    re.VERBOSE,
)
_MARKERS = {"**", "*", "__", "_", "~~", "||"}
_ESCAPED = re.compile(r"\\.|[^\\]+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]»”’*_~|]*\Z")


class Rank(IntEnum):
    """How good a place it is to cut in front of a unit."""

    INSIDE = 0
    WORD = 1
    SENTENCE = 2
    LINE = 3
    PARAGRAPH = 4


@dataclass(slots=True)
class Unit:
    """A word or a line of code with what is needed to begin or end a part beside it."""

    text: str
    #: What stands between it and the unit before.
    gap: str
    rank: Rank
    #: What its line begins with, repeated when a part begins inside the line.
    lead: str = ""
    starts_line: bool = False
    #: What is open in front of it, outermost first: how to open it again, how to close it.
    spans: tuple[tuple[str, str], ...] = ()

    @property
    def inside(self) -> str:
        """As it stands inside a part, with the gap before it."""
        return f"{self.gap}{self.lead}{self.text}" if self.starts_line else f"{self.gap}{self.text}"

    @property
    def first(self) -> str:
        """As it stands at the beginning of a part."""
        is_code = bool(self.spans) and self.spans[0][0].startswith("`")
        text = self.text
        if not (self.starts_line or is_code):
            bare = text.lstrip("*_~|")
            text = text[: len(text) - len(bare)] + escape_line_starts(bare)
        return self.lead + "".join(opened for opened, _ in self.spans) + text

    @property
    def closing(self) -> str:
        """What ends a part that is cut in front of it."""
        return "".join(closed for _, closed in reversed(self.spans))


def units(text: str, limit: int) -> Iterator[Unit]:
    """The units of a text for parts of at most ``limit`` characters, in order; none is longer than a part."""
    lines = text.split("\n")
    fences = _fences(lines) if limit >= _ROOM_FOR_MARKUP else {}
    paragraph: list[tuple[str, str]] = []
    gap = ""
    number = 0
    while number < len(lines):
        line, following = lines[number], number + 1
        if number in fences:
            following = fences[number] + 1
            yield from _prose(paragraph, limit)
            yield from _code(lines[number:following], gap, limit)
            paragraph, gap = [], "\n"
        elif _BLANK.match(line):
            yield from _prose(paragraph, limit)
            paragraph, gap = [], f"{gap}{line}\n"
        else:
            paragraph.append((gap, line))
            gap = "\n"
        number = following
    yield from _prose(paragraph, limit)


def _fences(lines: list[str]) -> dict[int, int]:
    """The line on which every block of code begins, with the line on which it ends."""
    found: dict[int, int] = {}
    start = None
    for number, line in enumerate(lines):
        if start is None and _FENCE.match(line):
            start = number
        elif start is not None and line.strip("> ") == "```":
            found[start] = number
            start = None
    return found


def _rank(gap: str) -> Rank:
    return Rank.PARAGRAPH if gap.count("\n") > 1 else Rank.LINE


def _code(lines: list[str], gap: str, limit: int) -> Iterator[Unit]:
    fence = _FENCE.match(lines[0])
    assert fence is not None
    lead, opened, closed = fence[1], f"```{fence[2]}\n{fence[1]}", f"\n{fence[1]}```"
    room = max(limit - 2 * len(lead) - len(opened) - len(closed), 1)
    pieces = [
        (piece, number == 0)
        for line in lines[1:-1]
        for number, piece in enumerate(_pieces(line.removeprefix(lead), room))
    ] or [("", True)]
    last = len(pieces) - 1
    for number, (piece, starts_line) in enumerate(pieces):
        yield Unit(
            text=(opened if number == 0 else "") + piece + (closed if number == last else ""),
            gap=gap if number == 0 else "\n" if starts_line else "",
            rank=_rank(gap) if number == 0 else Rank.LINE if starts_line else Rank.INSIDE,
            lead=lead,
            starts_line=starts_line,
            spans=((opened, closed),) if number else (),
        )


def _prose(paragraph: Iterable[tuple[str, str]], limit: int) -> Iterator[Unit]:
    """The words of a paragraph, given as its lines with the gap before each."""
    stream = [item for gap, line in paragraph for item in _stream(gap, line, limit)]
    paired = _paired(stream) if limit >= _ROOM_FOR_MARKUP else set[int]()
    spans: list[tuple[str, str]] = []
    unit: Unit | None = None
    pieces: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for number, item in enumerate(stream):
        if isinstance(item, Unit):
            if unit is not None:
                if item.rank is Rank.WORD and pieces and _SENTENCE_END.search(pieces[-1][0]):
                    item.rank = Rank.SENTENCE
                yield from _fitting(unit, pieces, limit)
            unit, pieces = item, []
            unit.spans = tuple(spans)
            continue
        pieces.append((item, tuple(spans)))
        if number in paired:
            if spans and spans[-1][0] == item:
                spans.pop()
            else:
                spans.append((item, item))
    if unit is not None:
        yield from _fitting(unit, pieces, limit)


def _stream(gap: str, line: str, limit: int) -> Iterator[Unit | str]:
    """A line as empty units, each followed by the tokens that it is made of."""
    line = line.rstrip()
    found = _LEAD.match(line)
    lead = found[0] if found and len(found[0]) <= limit // 4 else ""
    mark = _MARK.match(line, len(lead))
    start = mark.end() if mark else len(lead)
    yield Unit("", gap, _rank(gap), lead, starts_line=True)
    if start > len(lead):
        yield line[len(lead) : start]
    for token in _TOKEN.finditer(line, start):
        if token["gap"]:
            yield Unit("", token[0], Rank.WORD, lead)
        else:
            yield token[0]
            if token["stop"]:
                yield Unit("", "", Rank.SENTENCE, lead)


def _paired(stream: list[Unit | str]) -> set[int]:
    """Places of the markers that open and close a span, rather than stand for themselves."""
    paired: set[int] = set()
    opened: list[tuple[str, int]] = []
    for number in range(len(stream)):
        before = stream[number - 1] if number else None
        after = stream[number + 1] if number + 1 < len(stream) else None
        if stream[number] == "**" and isinstance(before, str) and opened and opened[-1][0] == "*":
            _untangle(stream, opened, number)
        marker = stream[number]
        if not isinstance(marker, str) or marker not in _MARKERS:
            continue
        if isinstance(before, str) and any(marker == other for other, _ in opened):
            while opened[-1][0] != marker:
                opened.pop()
            paired |= {opened.pop()[1], number}
        elif isinstance(after, str) and all(marker != other for other, _ in opened):
            opened.append((marker, number))
    return paired


def _untangle(stream: list[Unit | str], opened: list[tuple[str, int]], number: int) -> None:
    """Read "***" in the order that nests: a "**" is closing here, but the "*" was opened last."""
    if stream[number + 1 : number + 2] == ["*"]:
        stream[number], stream[number + 1] = "*", "**"
    elif (place := opened[-1][1]) and opened[-2:] == [("**", place - 1), ("*", place)]:
        stream[place - 1], stream[place] = "*", "**"
        opened[-2:] = [("*", place - 1), ("**", place)]


def _fitting(unit: Unit, pieces: list[tuple[str, tuple[tuple[str, str], ...]]], limit: int) -> Iterator[Unit]:
    """The unit; where it is longer than a part, its tokens as units of their own."""
    unit.text = "".join(piece for piece, _ in pieces)
    room = limit - len(unit.lead) - (_MARKUP if limit >= _ROOM_FOR_MARKUP else 1)
    if len(unit.text) <= room:
        yield unit
        return
    whole = unit
    for token, spans in pieces:
        for piece in _cut(token, room) if limit >= _ROOM_FOR_MARKUP else _pieces(token, max(room, 1)):
            unit.text, unit.spans = piece, spans
            yield unit
            unit = Unit("", "", Rank.INSIDE, whole.lead)


def _cut(token: str, room: int) -> Iterator[str]:
    """A token in pieces that mean no more than it did: code stays code, an address becomes text."""
    if len(token) <= room:
        yield token
    elif token.startswith("`"):
        ticks = token[: len(token) - len(token.lstrip("`"))]
        for piece in _pieces(token.strip("`").strip(), room - 2 * len(ticks) - 2):
            padding = " " if piece.startswith("`") or piece.endswith("`") else ""
            yield f"{ticks}{padding}{piece}{padding}{ticks}"
    elif token.startswith(("<", "[", "http")):
        for escaped in _ESCAPED.findall(escape_unlinked(token.strip("<>"))):
            yield from _pieces(escaped, room)
    else:
        yield from _pieces(token, room)


def _pieces(text: str, room: int) -> Iterator[str]:
    """A text in pieces of at most ``room`` characters, cut between graphemes where those are not longer."""
    if len(text) <= room:
        yield text
        return
    piece = ""
    for grapheme in graphemes(text, len(text)):
        for part in (grapheme[start : start + room] for start in range(0, len(grapheme), room)):
            if len(piece) + len(part) > room:
                yield piece
                piece = ""
            piece += part
    yield piece
