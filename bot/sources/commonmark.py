"""Words inside one block, as CommonMark and as what a reader sees.

A character is escaped only where it would mean something. Emphasis that CommonMark would not read as such, which
depends on the letters around it, is left out; its words stay.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeGuard
from urllib.parse import quote

import regex

from bot.domain.markdown.escaping import address_at

Marker = Literal["*", "**", "~~", "`", "["]


class Words(NamedTuple):
    """The same words twice."""

    #: CommonMark.
    markdown: str
    #: What a reader sees, without markup; paragraphs are split by a blank line.
    text: str


class _Mark(NamedTuple):
    """Where markup opens or closes among the words."""

    marker: Marker
    opens: bool
    #: A link's address.
    target: str = ""


class _Image(NamedTuple):
    alt: str
    target: str


_Piece = str | _Mark | _Image


class Inline:
    """Collects the words of one block and gives them as paragraphs, which two line ends split.

    Spaces are folded and stand outside of marks. Marks that are open at the end of a paragraph are closed there
    and open again in the next.
    """

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._open: list[_Mark] = []
        self._nested: dict[Marker, int] = {}
        self._marked = False
        self._visible = False
        #: What stands between the last word and the next: nothing, a space, or a line end.
        self._gap = ""
        self._paragraphs: list[Words] = []

    def add_text(self, text: str) -> None:
        """Words with single spaces."""
        words = text.strip()
        if not words:
            self._gap = self._gap or " "
            return
        if text[0].isspace():
            self._gap = self._gap or " "
        self._fill_gap()
        self._pieces.append(words)
        self._visible = True
        if text[-1].isspace():
            self._gap = " "

    def add_image(self, alt: str, target: str) -> None:
        """An image by its alternative text."""
        self._fill_gap()
        self._pieces.append(_Image(" ".join(alt.split()), target))
        self._visible = self._marked = True

    def end_line(self) -> None:
        """A line end; a second one ends the paragraph."""
        if self._gap == "\n":
            self._end_paragraph()
        elif self._visible:
            self._gap = "\n"

    def open(self, marker: Marker, target: str = "") -> None:
        """Markup begins; a link has a target. Inside of its own kind it changes nothing."""
        if any(mark.marker == marker for mark in self._open):
            self._nested[marker] = self._nested.get(marker, 0) + 1
            return
        mark = _Mark(marker, opens=True, target=target)
        self._open.append(mark)
        self._pieces.append(mark)
        self._marked = True

    def close(self, marker: Marker) -> None:
        """The innermost open markup of this kind ends."""
        if self._nested.get(marker):
            self._nested[marker] -= 1
            return
        self._open = [mark for mark in self._open if mark.marker != marker]
        self._pieces.append(_Mark(marker, opens=False))

    def finish(self) -> list[Words]:
        """The paragraphs so far."""
        if not self._visible and not self._paragraphs:
            self._gap = ""
            return []
        self._end_paragraph()
        finished, self._paragraphs = self._paragraphs, []
        return finished

    @property
    def is_open(self) -> bool:
        """Whether markup is open."""
        return bool(self._open)

    @property
    def visible(self) -> bool:
        """Whether the paragraph so far has words or images."""
        return self._visible

    @property
    def only_image(self) -> bool:
        """Whether the paragraph so far is an image and nothing else."""
        return self._visible and not any(isinstance(piece, str) for piece in self._pieces)

    def _fill_gap(self) -> None:
        if self._visible and self._gap:
            place = len(self._pieces)
            while isinstance(mark := self._pieces[place - 1], _Mark) and mark.opens:
                place -= 1
            self._pieces.insert(place, self._gap)
        self._gap = ""

    def _end_paragraph(self) -> None:
        if self._visible:
            if self._marked:
                closing = [_Mark(mark.marker, opens=False) for mark in reversed(self._open)]
                self._paragraphs.append(_resolved([*self._pieces, *closing]))
            else:
                text = "".join(filter(_is_text, self._pieces))
                self._paragraphs.append(Words(escape(text), text))
            self._pieces = list(self._open)
            self._marked = bool(self._open)
            self._visible = False
        self._gap = ""


#: What may have to be escaped at the start of a line.
_SPECIAL_STARTS = frozenset("#>=+-*[0123456789")
_SPECIAL_START = re.compile(r"^[#>=+*\[0-9-]", re.MULTILINE)
_LINE_START = regex.compile(
    r"^([0-9]{1,9}(?=[.)](?:\s|$)))|^(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|(?:-+|=+)\s*$|\[[^\]\n]*\]:)", regex.M
)
_INSIDE = regex.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)           # a backslash that would escape
    | <(?=[A-Za-z/!?])                  # a tag or an automatic link
    | &(?=\#?\w{1,32};)                 # an entity
    | (?<=\])[(\[]                      # a link's target
    | (?<=\S)\*|\*(?=\S)                # emphasis
    | (?<!\w)_(?=\S) | (?<=\S)_(?!\w)   # emphasis, not inside a word
    | `
    | (?<=~)~ | ~(?=~)
    """,
    regex.M | regex.X,
)
#: A mark beside the text may give meaning to what stands at its ends.
_BETWEEN_MARKS = regex.compile(rf"(?:{_INSIDE.pattern} | [*_~]\Z | \A[*_~(\[] | !\Z)", regex.M | regex.X)
_IN_LABEL = regex.compile(rf"(?:{_BETWEEN_MARKS.pattern} | [\[\]])", regex.M | regex.X)
#: The space before and the space after an image, which leaves nothing between them.
_AROUND_IMAGE = re.compile(r" *\n[ \n]*|  +")
_SCHEME = regex.compile(r"https?://", regex.I)
_TICKS = regex.compile(r"`+")
_UNSAFE = re.compile(r"[\s()<>\\\x00-\x1f]")
_TARGET = regex.compile(r"(?:https?|mailto|ftp|tel|xmpp):|(?![a-z][a-z0-9+.-]*:)", regex.I)
_AUTOMATIC = regex.compile(r"https?://[^\s<>\\`*_~\[\]]+", regex.I)
_PUNCTUATION = regex.compile(r"[\p{P}\p{S}]")
_PUNCTUATION_OR_SPACE = regex.compile(r"[\p{P}\p{S}\s]")


def _is_text(piece: _Piece) -> TypeGuard[str]:
    return isinstance(piece, str)


def escape(text: str) -> str:
    """``text``, one line or more, as CommonMark that shows exactly it."""
    return _escaped_starts(_escaped_inside(text, _INSIDE) if _holds_special(text) else text)


def fenced(code: str, language: str = "") -> str:
    """``code`` as a fenced block."""
    fence = "`" * max(3, _longest_ticks(code) + 1)
    return f"{fence}{language}\n{code}\n{fence}"


def linkable(target: str) -> bool:
    """Whether an address may be a link's target: the web, mail, or a place on the same site."""
    return bool(target) and _TARGET.match(target) is not None


def _holds_special(text: str) -> bool:
    # Most texts hold none of what may have to be escaped, and a search for one character costs next to nothing.
    return (
        "*" in text or "_" in text or "~" in text or "`" in text or "<" in text
        or "&" in text or "[" in text or "]" in text or "\\" in text
    )  # fmt: skip


def _escaped_starts(text: str) -> str:
    if text[:1] not in _SPECIAL_STARTS and ("\n" not in text or _SPECIAL_START.search(text) is None):
        return text
    return str(_LINE_START.sub(r"\1\\", text))


def _escaped_inside(text: str, special: regex.Pattern[str]) -> str:
    """Escaped but for line starts; in a bare address nothing is markup."""
    if not _holds_special(text) and text[:1] != "(" and text[-1:] != "!":
        return text
    pieces, done = [], 0
    for found in _SCHEME.finditer(text):
        if found.start() >= done and (address := address_at(text, found.start(), len(text))):
            pieces += [special.sub(r"\\\g<0>", text[done : found.start()]), address]
            done = found.start() + len(address)
    return "".join([*pieces, special.sub(r"\\\g<0>", text[done:])])


def _longest_ticks(code: str) -> int:
    return max((len(run) for run in _TICKS.findall(code)), default=0)


def _percent_encoded(target: str) -> str:
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), target)


def _resolved(pieces: list[_Piece]) -> Words:
    """A paragraph with marks in it."""
    merged = _merged(pieces)
    resolver = _Resolver()
    for piece, follows in zip(merged, _following(merged), strict=True):
        if isinstance(piece, str):
            resolver.add_text(piece)
        elif isinstance(piece, _Image):
            resolver.add_image(piece)
        elif piece.opens:
            resolver.open(piece)
        else:
            resolver.close(followed_by=follows)
    visible = "".join(resolver.visible)
    if any(isinstance(piece, _Image) for piece in merged):
        visible = _AROUND_IMAGE.sub(lambda gap: "\n" if "\n" in gap[0] else " ", visible).strip()
    return Words("".join(resolver.written), visible)


def _merged(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces with each run of words as one."""
    merged: list[_Piece] = []
    run: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            run.append(piece)
            continue
        if run:
            merged.append("".join(run))
            run = []
        merged.append(piece)
    if run:
        merged.append("".join(run))
    return merged


def _following(pieces: list[_Piece]) -> list[str]:
    """For each piece what the next words begin with; marks may be left out yet, so they are not looked at."""
    following, character = [], " "
    for piece in reversed(pieces):
        following.append(character)
        if not isinstance(piece, _Mark):
            character = piece[0] if isinstance(piece, str) else "!"
    return following[::-1]


class _Resolver:
    """Writes CommonMark; a mark that would show as a character is taken out again."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.visible: list[str] = []
        self._open: list[_Span] = []
        #: How many links and code spans are open.
        self._labels = self._codes = 0
        self._after_emphasis = False
        #: Where the last code span ended; two that touch would be read as one.
        self._code_end = 0

    def add_text(self, text: str) -> None:
        """Words between marks."""
        escaped = _escaped_inside(text, _IN_LABEL if self._labels else _BETWEEN_MARKS)
        starts_line = not self.visible or self.visible[-1].endswith("\n")
        if starts_line or "\n" in escaped:
            first, newline, rest = escaped.partition("\n")
            escaped = (_escaped_starts(first) if starts_line else first) + newline + _escaped_starts(rest)
        self._add(escaped, text)

    def add_image(self, image: _Image) -> None:
        """An image; its alternative text is markup, since nobody sees it beside the image."""
        alt = _escaped_inside(image.alt, _IN_LABEL)
        self._add(f"![{alt}]({_percent_encoded(image.target)})", "")

    def open(self, mark: _Mark) -> None:
        """Inside of code nothing is marked, and emphasis that touches the end of other emphasis is not written."""
        in_code = self._codes > 0
        touches = self._after_emphasis and mark.marker not in {"[", "`"}
        self._open.append(_Span(mark, len(self.written), len(self.visible), written=not (in_code or touches)))
        self.written.append("" if in_code or touches else mark.marker)
        self._labels += mark.marker == "["
        self._codes += mark.marker == "`"

    def close(self, *, followed_by: str) -> None:
        """The innermost mark ends, before a character."""
        span = self._open.pop()
        self._labels -= span.mark.marker == "["
        self._codes -= span.mark.marker == "`"
        inside = "".join(self.written[span.place + 1 :])
        self._after_emphasis = False
        if not span.written:
            return
        words = "".join(self.visible[span.words :])
        before = self.visible[span.words - 1][-1:] if span.words else ""
        if not inside:
            self.written[span.place] = ""
        elif span.mark.marker == "[":
            automatic = words == span.mark.target and _AUTOMATIC.fullmatch(words)
            target = _percent_encoded(span.mark.target)
            self.written[span.place :] = [f"<{words}>" if automatic else f"[{inside}]({target})"]
        elif span.mark.marker == "`":
            touches = self._code_end and not any(self.written[self._code_end : span.place])
            self.written[span.place :] = [escape(words) if touches else _code_span(words)]
            self._code_end = len(self.written)
        elif _flanked(before, inside.strip("*"), followed_by):
            self.written.append(span.mark.marker)
            self._after_emphasis = True
        else:
            self.written[span.place] = ""

    def _add(self, markdown: str, text: str) -> None:
        self.written.append(markdown)
        self.visible.append(text)
        self._after_emphasis = False


def _flanked(before: str, inside: str, after: str) -> bool:
    """Whether CommonMark reads marks around ``inside`` as emphasis (its rules of flanking)."""
    opens = not _PUNCTUATION.match(inside) or not before or _PUNCTUATION_OR_SPACE.match(before)
    closes = not _PUNCTUATION.match(inside[-1:]) or _PUNCTUATION_OR_SPACE.match(after)
    return bool(opens and closes)


class _Span(NamedTuple):
    mark: _Mark
    #: Where it was opened, in what is written and in what is visible.
    place: int
    words: int
    written: bool


def _code_span(code: str) -> str:
    code = code.replace("\n", " ")
    ticks = "`" * (_longest_ticks(code) + 1)
    padding = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{padding}{code}{padding}{ticks}"
