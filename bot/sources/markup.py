"""HTML as CommonMark and as what a reader sees: one walk over the elements, without recursion."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from enum import IntEnum, auto
from functools import partial
from typing import Final
from urllib.parse import urljoin

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Block, BlockKind
from bot.domain.markdown import plain
from bot.sources.commonmark import Inline, Marker, Words, escape, fenced, linkable
from bot.sources.hypertext import tree_of
from bot.sources.nests import Holds, Nest, Written, joined

__all__ = [
    "Words",
    "blocks_from_element",
    "blocks_from_html",
    "words_from_element",
    "words_from_html",
    "words_from_markdown",
]

#: Quotes and lists inside each other; no person writes deeper, and every level would repeat its mark on every line.
_DEEPEST = 20


class _Role(IntEnum):
    BLOCK = auto()
    HEADING = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()
    PRE = auto()
    ROW = auto()
    CELL = auto()
    BREAK = auto()
    RULE = auto()
    IMAGE = auto()
    EMBED = auto()
    LINK = auto()
    MARK = auto()
    CITED = auto()
    SKIPPED = auto()


_ROLES: Final[dict[str, _Role]] = {
    tag: role
    for role, tags in {
        _Role.BLOCK: "address article aside body caption center dd details dialog div dl dt fieldset figcaption figure footer"
        " form header html hgroup main nav p search section summary table tbody tfoot thead",
        _Role.HEADING: "h1 h2 h3 h4 h5 h6",
        _Role.QUOTE: "blockquote",
        _Role.LIST: "ul ol menu dir",
        _Role.ITEM: "li",
        _Role.PRE: "pre listing xmp plaintext",
        _Role.ROW: "tr",
        _Role.CELL: "td th",
        _Role.BREAK: "br",
        _Role.RULE: "hr",
        _Role.IMAGE: "img",
        _Role.EMBED: "iframe embed video audio",
        _Role.LINK: "a",
        _Role.MARK: "b strong i em cite dfn var s strike del code kbd samp tt",
        _Role.CITED: "q",
        _Role.SKIPPED: "script style template noscript head title meta link svg math canvas object button input select"
        " option textarea datalist map progress meter",
    }.items()
    for tag in tags.split()
}
_MARKERS: Final[dict[str, Marker]] = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("s", "strike", "del"), "~~"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "`"),
}
#: Every space folds but those that keep words together, and the ideographic one.
_SPACES = regex.compile(r"[\s--[\u00a0\u2007\u202f\u3000]]+", regex.V1)
#: What a fragment is left with when it is nested deeper than the parser goes (2,048 elements).
_NESTING = regex.compile(r"</?(?!(?:p|br|li|a|img)\b)[a-z][^<>]*>", regex.I)
#: With a host of letters; nothing is to be found out about it.
_ABSOLUTE = re.compile(r"https?://[a-z0-9]")
_BLANK_LINES = re.compile(r"\n\n+")
_HIDDEN_STYLE = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.I)
_HIDDEN_CLASS = regex.compile(
    r"(?:^|\s)(?:screen-reader-text|sr-only|visually-?hidden|element-invisible)(?:\s|$)", regex.I
)
_EMOJI_CLASS = regex.compile(r"emoji|smil(?:ey|ie)|emoticon", regex.I)
_LANGUAGE = regex.compile(r"(?:^|\s)(?:lang(?:uage)?|brush)[-:]\s*([\w+#.-]{1,20})")


def words_from_html(fragment: str, *, base: str | None = None) -> Words:
    """A fragment of HTML, such as a comment's body from a feed or an API. Nothing is raised."""
    return _seen(joined(_blocks(_parsed(fragment), base)))


def words_from_element(
    element: HtmlElement, *, base: str | None = None, without: Container[HtmlElement] = ()
) -> Words:
    """An element of a parsed page; ``base`` is the address that relative links are resolved with.

    The elements in ``without`` are passed by, with all that they hold.
    """
    return _seen(joined(_blocks(element, base, without)))


def words_from_markdown(text: str) -> Words:
    """CommonMark, as some sources hand it over."""
    return Words(text, plain(text))


def blocks_from_html(fragment: str, *, base: str | None = None) -> tuple[Block, ...]:
    """A fragment of HTML as an article's blocks."""
    return _as_blocks(_blocks(_parsed(fragment), base))


def blocks_from_element(
    element: HtmlElement, *, base: str | None = None, without: Container[HtmlElement] = ()
) -> tuple[Block, ...]:
    """An element of a parsed page as an article's blocks; see `words_from_element`."""
    return _as_blocks(_blocks(element, base, without))


def is_hidden(element: HtmlElement) -> bool:
    """Whether a page says that nobody sees this element."""
    names = element.keys()
    if not names:
        return False
    return (
        "hidden" in names
        or ("style" in names and _HIDDEN_STYLE.search(element.get("style", "")) is not None)
        or ("class" in names and _HIDDEN_CLASS.search(element.get("class", "")) is not None)
    )


def _blocks(root: HtmlElement, base: str | None, without: Container[HtmlElement] = ()) -> list[Written]:
    if (written := _plain_paragraphs(root)) is not None:
        return written
    walk = _Walk(base)
    if root.text:
        walk.add_text(root.text)
    #: The elements around the place of the walk: what is left of each, what is to be done at its end, and what follows.
    around: list[tuple[Iterator[HtmlElement], Callable[[], None], str | None]] = [
        (iter(root), _nothing, None)
    ]
    while around:
        children, close, tail = around[-1]
        for child in children:
            ending = None if child in without else walk.enter(child)
            if ending is not None:
                if text := child.text:
                    walk.add_text(text)
                if len(child):
                    around.append((iter(child), ending, child.tail))
                    break
                ending()
            if text := child.tail:
                walk.add_text(text)
        else:
            around.pop()
            close()
            if tail:
                walk.add_text(tail)
    return walk.finish()


def _plain_paragraphs(root: HtmlElement) -> list[Written] | None:
    """What most comments are, paragraphs of words alone: they need no walk. None where there is more in them."""
    if root.text and not root.text.isspace():
        return None
    written: list[Written] = []
    for child in root:
        if child.tag != "p" or child.keys() or (child.tail and not child.tail.isspace()):
            return None
        if (lines := _lines(child)) is None:
            return None
        written += _paragraphs(lines)
    return written


def _paragraphs(lines: str) -> list[Written]:
    """The paragraphs that blank lines split."""
    texts = filter(None, _BLANK_LINES.split(lines)) if "\n\n" in lines else (lines,) if lines else ()
    return [Written(BlockKind.PARAGRAPH, escape(text), text) for text in texts]


def _lines(element: HtmlElement) -> str | None:
    """The words of an element that holds nothing but words and line ends; None where there is more in it."""
    if not len(element):
        return _folded(element.text or "")
    lines = [_folded(element.text or "")]
    for child in element:
        if child.tag != "br" or child.keys():
            return None
        lines.append(_folded(child.tail or ""))
    return "\n".join(lines).strip("\n")


def _folded(text: str) -> str:
    """Words with single spaces between them."""
    # All other spaces count as not printable, and most texts hold none of them.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split()) if text.isascii() else _SPACES.sub(" ", text).strip()


class _Walk:
    def __init__(self, base: str | None) -> None:
        self._base = base
        self._inline = Inline()
        self._nests = [Nest(Holds.TEXT)]
        #: What a preformatted block holds so far; None outside of one.
        self._code: list[str] | None = None

    def add_text(self, text: str) -> None:
        if self._code is not None:
            self._code.append(text)
        elif text.isspace():
            self._inline.add_text(" ")
        else:
            self._inline.add_text(text if text.isprintable() and "  " not in text else _SPACES.sub(" ", text))

    def enter(self, element: HtmlElement) -> Callable[[], None] | None:
        """Begin an element: what is to be done at its end, or None where its content is not to be walked."""
        if not isinstance(element.tag, str):
            return None  # a comment
        role = _ROLES.get(element.tag)
        if role is _Role.SKIPPED or is_hidden(element):
            return None
        if role is None or self._code is not None:
            if role is _Role.BREAK:
                self.add_text("\n")
            return _nothing
        if role in _INSIDE_LINES:
            return self._enter_inside_line(role, element)
        self._flush()
        if role is _Role.BLOCK and not self._inline.is_open and (lines := _lines(element)) is not None:
            for block in _paragraphs(lines):
                self._add(block)
            return None
        return self._enter_block(role, element)

    def _enter_block(self, role: _Role, element: HtmlElement) -> Callable[[], None]:
        if role in _HOLDS:
            return self._enter_nest(role, element)
        if role is _Role.HEADING:
            return partial(self._end_heading, int(str(element.tag)[1]))
        if role is _Role.PRE:
            self._code = []
            language = _LANGUAGE.search(
                " ".join(part.get("class", "") for part in element.iter("pre", "code"))
            )
            return partial(self._end_code, language[1] if language else "")
        if role is _Role.EMBED:
            self._add_embed(element)
        return self._flush

    def finish(self) -> list[Written]:
        self._flush()
        return self._nests[0].blocks

    def _enter_inside_line(self, role: _Role, element: HtmlElement) -> Callable[[], None] | None:
        if role is _Role.BREAK:
            self._inline.end_line()
        elif role is _Role.IMAGE:
            self._add_image(element)
        elif role is _Role.CELL:
            if self._inline.visible:
                self._inline.add_text(" | ")
            return _nothing
        elif role is _Role.CITED:
            self._inline.add_text("“")
            return partial(self._inline.add_text, "”")
        elif role is _Role.LINK:
            return self._open_link(element)
        else:
            marker = _MARKERS[str(element.tag)]
            self._inline.open(marker)
            return partial(self._inline.close, marker)
        return None

    def _open_link(self, element: HtmlElement) -> Callable[[], None]:
        target = self._address(element.get("href"))
        if not target:
            return _nothing
        self._inline.open("[", target)
        return partial(self._inline.close, "[")

    def _add_image(self, element: HtmlElement) -> None:
        alt = (element.get("alt") or "").strip()
        targets = (
            self._address(element.get(name)) for name in ("data-src", "data-lazy-src", "data-original", "src")
        )
        target = next(filter(None, targets), "")
        if _is_emoji(element, alt):
            self._inline.add_text(_SPACES.sub(" ", alt))
        elif alt or (target and not {element.get("width"), element.get("height")} & {"0", "1"}):
            self._inline.add_image(alt, target)

    def _end_code(self, language: str) -> None:
        code = "".join(self._code or ()).strip("\n")
        self._code = None
        if code.strip():
            self._add(Written(BlockKind.CODE, fenced(code, language), code))

    def _add_embed(self, element: HtmlElement) -> None:
        source = next(iter(element.iter("source")), element)
        target = self._address(element.get("src") or element.get("data-src") or source.get("src"))
        if target:
            self._inline.open("[", target)
            self._inline.add_text(_SPACES.sub(" ", element.get("title") or target))
            self._inline.close("[")
            self._flush(BlockKind.EMBED)

    def _enter_nest(self, role: _Role, element: HtmlElement) -> Callable[[], None]:
        inside = self._nests[-1]
        if len(self._nests) > _DEEPEST or (role is _Role.ITEM and inside.holds is not Holds.LIST):
            return self._flush
        nest = Nest(_HOLDS[role])
        if role is _Role.LIST and element.tag == "ol":
            start = element.get("start", "")
            nest.number = int(start) if start.isdecimal() and len(start) <= _DIGITS else 1
        elif role is _Role.ITEM:
            nest.marker = "- " if inside.number is None else f"{inside.number}. "
            if inside.number is not None:
                inside.number += 1
        self._nests.append(nest)
        return self._leave_nest

    def _leave_nest(self) -> None:
        self._flush()
        nest = self._nests.pop()
        if nest.blocks:
            self._add(nest.closed())

    def _end_heading(self, level: int) -> None:
        for words in self._inline.finish():
            markdown, text = (part.replace("\n", " ") for part in words)
            self._add(Written(BlockKind.HEADING, f"{'#' * level} {markdown}", text))

    def _flush(self, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        if self._inline.only_image:
            kind = BlockKind.IMAGE
        for words in self._inline.finish():
            self._add(Written(kind, *words))

    def _add(self, block: Written) -> None:
        self._nests[-1].blocks.append(block)

    def _address(self, target: str | None) -> str:
        target = (target or "").strip()
        if _ABSOLUTE.match(target):
            return target
        if not linkable(target):
            return ""
        try:
            return urljoin(self._base, target) if self._base else target
        except ValueError:
            return ""


_HOLDS: Final = {_Role.QUOTE: Holds.QUOTE, _Role.LIST: Holds.LIST, _Role.ITEM: Holds.ITEM}
_INSIDE_LINES: Final = {_Role.BREAK, _Role.IMAGE, _Role.CELL, _Role.CITED, _Role.LINK, _Role.MARK}
#: CommonMark's numbers of list items have nine digits at most.
_DIGITS = 9


def _nothing() -> None:
    """At the end of an element that changes nothing."""


def _is_emoji(element: HtmlElement, alt: str) -> bool:
    """Whether an image stands for a character: its class or address says so, or its text is one symbol."""
    if not alt:
        return False
    if _EMOJI_CLASS.search(f"{element.get('class', '')} {element.get('src', '')}"):
        return True
    return len(alt) <= _SYMBOL and not any(map(str.isalnum, alt))


#: Characters of the longest emoji with its joiners that is common, and of ":-)".
_SYMBOL = 8


def _parsed(fragment: str) -> HtmlElement:
    root, truncated, _ = tree_of(_as_body(fragment))
    if truncated:
        root = tree_of(_as_body(_NESTING.sub(" ", fragment))).root
    assert root is not None  # its body
    return root


def _as_body(fragment: str) -> bytes:
    return f"<body>{fragment}</body>".encode("utf-8", "replace")


def _seen(words: Words) -> Words:
    """The same, with images as their alternative texts where there is nothing else to see."""
    return words if words.text else Words(words.markdown, plain(words.markdown))


def _as_blocks(blocks: Sequence[Written]) -> tuple[Block, ...]:
    seen = ((block.kind, _seen(Words(block.markdown, block.text))) for block in blocks)
    return tuple(Block(kind=kind, markdown=words.markdown, text=words.text) for kind, words in seen)
