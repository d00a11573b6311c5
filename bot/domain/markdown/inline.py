"""The inside of a paragraph: inline tokens as Discord Markdown or as plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from bot.domain.markdown.cleaning import scrub
from bot.domain.markdown.escaping import bracketed, escape_piece

_MARKERS = {"em": "*", "strong": "**", "s": "~~"}
_WEB = re.compile(r"https?://[^\s<>]+\Z", re.IGNORECASE)
_BACKTICKS = re.compile(r"`+")
_DECORATION = re.compile(r"(?i)\Ahttps?://(?:www\.)?|/\Z")


class _Kind(Enum):
    TEXT = auto()  # escaped when everything around it is known
    CODE = auto()
    LINK = auto()
    OPENING = auto()
    CLOSING = auto()


@dataclass(slots=True)
class _Piece:
    kind: _Kind
    text: str


def discord_inline(tokens: Iterable[Token], *, bold: bool = False) -> str:
    """Inline tokens as Discord Markdown; ``bold`` where the caller puts the whole between ``**``."""
    return _Writer(bold=bold).write(tokens)


def plain_inline(tokens: Iterable[Token]) -> str:
    """Inline tokens as a reader sees them."""
    return "".join(_visible(token) for token in tokens)


class _Writer:
    """Collects pieces first and escapes last: whether a character means something depends on its neighbours."""

    def __init__(self, *, bold: bool) -> None:
        self._pieces: list[_Piece] = []
        self._active = {"**"} if bold else set[str]()
        #: For every open span its marker and where it opened; None where the span shows no marker.
        self._spans: list[tuple[str, int | None]] = []
        #: Where the label of the open link begins, and its target.
        self._link: tuple[int, str] = (0, "")
        self._emphasised = bold

    def write(self, tokens: Iterable[Token]) -> str:
        for token in tokens:
            self._take(token)
        written: list[str] = []
        starts_line = True
        for kind, group in groupby(self._pieces, key=lambda piece: piece.kind):
            text = "".join(piece.text for piece in group)
            if kind is _Kind.TEXT:
                written.append(escape_piece(text, starts_line=starts_line, emphasised=self._emphasised))
                starts_line = text.rstrip(" ").endswith("\n") or (starts_line and text.isspace())
            else:
                written.append(bracketed(text, emphasised=self._emphasised) if kind is _Kind.LINK else text)
                starts_line = starts_line and kind in {_Kind.OPENING, _Kind.CLOSING}
        return "".join(written)

    def _take(self, token: Token) -> None:
        kind, _, end = token.type.rpartition("_")
        if kind in _MARKERS:
            (self._open if end == "open" else self._close)(_MARKERS[kind])
        elif token.type == "link_open":
            self._link = (len(self._pieces), str(token.attrs["href"]))
        elif token.type == "link_close":
            self._close_link(autolink=token.info == "auto")
        elif token.type == "image":
            self._image(plain_inline(token.children or ()), str(token.attrs["src"]))
        elif token.type == "code_inline":
            self._code(scrub(token.content))
        else:
            self._add(_Kind.TEXT, scrub(_visible(token)))

    def _add(self, kind: _Kind, text: str) -> None:
        if text:
            self._pieces.append(_Piece(kind, text))

    def _last(self) -> _Kind | None:
        return self._pieces[-1].kind if self._pieces else None

    def _open(self, marker: str) -> None:
        # Spans that touch, and a span inside one of its kind, can't be told apart in Discord: the later one goes.
        if marker in self._active or self._last() is _Kind.CLOSING:
            self._spans.append((marker, None))
            return
        self._active.add(marker)
        self._emphasised = True
        self._spans.append((marker, len(self._pieces)))
        self._add(_Kind.OPENING, marker)

    def _close(self, marker: str) -> None:
        _, start = self._spans.pop()
        if start is None:
            return
        self._active.discard(marker)
        inside = self._text_from(start + 1)
        if not inside or inside[0].isspace() or inside[-1].isspace():
            del self._pieces[start]
        else:
            self._add(_Kind.CLOSING, marker)

    def _code(self, content: str) -> None:
        longest = max((len(run) for run in _BACKTICKS.findall(content)), default=0)
        # Discord looks for the end of a span before it looks for code, and reads three backticks as a block.
        if longest > 1 or (self._active and ("*" in content or "~" in content)) or not content.strip():
            self._add(_Kind.TEXT, content)
            return
        fence = "`" * (longest + 1)
        padding = " " if content.startswith("`") or content.endswith("`") else ""
        if self._last() is _Kind.CODE:
            self._add(_Kind.TEXT, " ")
        self._add(_Kind.CODE, f"{fence}{padding}{content}{padding}{fence}")

    def _close_link(self, *, autolink: bool) -> None:
        start, target = self._link
        label = self._text_from(start)
        if autolink and not _WEB.match(target):
            self._replace(start, _Kind.TEXT, label if target.startswith("mailto:") else f"<{label}>")
        elif _same(label, target):
            typed = _WEB.match(label) is not None and normalizeLink(label) == target
            self._replace(start, _Kind.LINK, label if typed else target)
        elif target and not target.startswith("#"):
            self._target(target)

    def _image(self, words: str, target: str) -> None:
        self._add(_Kind.TEXT, scrub(f"[image: {words}]" if words.strip() else "[image]"))
        if _WEB.match(target):
            self._target(target)

    def _target(self, target: str) -> None:
        self._add(_Kind.TEXT, " (")
        self._add(_Kind.LINK if _WEB.match(target) else _Kind.TEXT, scrub(target))
        self._add(_Kind.TEXT, ")")

    def _replace(self, start: int, kind: _Kind, text: str) -> None:
        del self._pieces[start:]
        self._add(kind, text)

    def _text_from(self, start: int) -> str:
        return "".join(piece.text for piece in self._pieces[start:])


def _visible(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "image":
        return plain_inline(token.children or ())
    return token.content if token.type in {"text", "address", "code_inline"} else ""


def _same(label: str, target: str) -> bool:
    """Whether a link's words are its address: whole, without scheme, or cut with an ellipsis."""
    words, address = (_DECORATION.sub("", text.strip()) for text in (label, target))
    if not words or not _WEB.match(target):
        return not words
    cut = words.removesuffix("…").removesuffix("...")
    return (
        words == address
        or normalizeLink(label.strip()) == target
        or (cut != words and "." in cut and address.startswith(cut))
    )
