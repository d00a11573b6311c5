"""CommonMark, as readers hand it over, as safe Discord Markdown or as plain text."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.domain.markdown.cleaning import clean, scrub
from bot.domain.markdown.escaping import address_at, escape
from bot.domain.markdown.inline import discord_inline, plain_inline

# The parser takes a second for so many brackets that never close; no person marks up a text this long by hand.
_LONGEST = 20_000
# Quotes and lists inside each other; no person writes deeper, and the parser drops what is.
_DEEPEST = 40
_SCHEME = re.compile(r"https?\Z", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z0-9_+.#-]{1,20}")
_CONTAINER_ENDS = {"bullet_list_close", "ordered_list_close", "list_item_close", "blockquote_close"}


class _Writer(Protocol):
    """How the parts of a text are written."""

    def paragraph(self, tokens: list[Token]) -> str: ...
    def heading(self, tokens: list[Token]) -> str: ...
    def code(self, content: str, language: str) -> str: ...
    def quote(self, body: str) -> str: ...
    def rule(self, markup: str) -> str: ...


def to_discord(markdown: str) -> str:
    """Safe Discord Markdown: what the writer marked stays marked, what only Discord would read stays text.

    Emphasis, code, quotes and lists are kept, headings become bold lines, links and images show their target,
    raw HTML shows as text. Mentions, timestamps, spoilers, headings and masked links can't come out of it.
    Text nested more than 40 levels deep, or longer than 20,000 characters, is shown as it was typed.
    """
    source = clean(markdown)
    if len(source) > _LONGEST:
        return escape(source)
    tokens = _parser().parse(source)
    return escape(source) if _too_deep(tokens) else _written(tokens, _Discord())


def plain(markdown: str) -> str:
    """What a reader sees of it, without markup; paragraphs are split by a blank line."""
    source = clean(markdown)
    if len(source) > _LONGEST:
        return source
    tokens = _parser().parse(source)
    return source if _too_deep(tokens) else clean(_written(tokens, _Plain()))


class _Discord:
    """Discord Markdown."""

    def paragraph(self, tokens: list[Token]) -> str:
        return discord_inline(tokens)

    def heading(self, tokens: list[Token]) -> str:
        text = discord_inline(tokens, bold=True).strip()
        return f"**{text}**" if text else ""

    def code(self, content: str, language: str) -> str:
        content = scrub(content).strip("\n")
        if not content.strip() or "``" in content:
            return escape(content)
        return f"```{language}\n{content}\n```"

    def quote(self, body: str) -> str:
        return "\n".join(f"> {line}" for line in body.split("\n"))

    def rule(self, markup: str) -> str:
        return escape(markup)


class _Plain:
    """What a reader sees."""

    def paragraph(self, tokens: list[Token]) -> str:
        return plain_inline(tokens)

    heading = paragraph

    def code(self, content: str, language: str) -> str:  # noqa: ARG002 - a reader sees no language
        return content.strip("\n")

    def quote(self, body: str) -> str:
        return body

    def rule(self, markup: str) -> str:
        return markup


@dataclass(slots=True)
class _Container:
    """An open quote, list or list item with what was written into it."""

    marker: str = ""
    separator: str = "\n\n"
    blocks: list[str] = field(default_factory=list)

    def add(self, block: str) -> None:
        if block.strip():
            self.blocks.append(block)

    @property
    def body(self) -> str:
        return self.separator.join(self.blocks)


def _written(tokens: list[Token], writer: _Writer) -> str:
    containers = [_Container()]
    heading: str | None = None
    for token in tokens:
        if token.type == "heading_open":
            heading = token.markup
        elif token.type == "inline":
            containers[-1].add(_text_block(token, heading, writer))
            heading = None
        elif token.type == "paragraph_open" and token.hidden:
            containers[-1].separator = "\n"
        elif token.type == "fence":
            language = _LANGUAGE.fullmatch(token.info.strip())
            containers[-1].add(writer.code(token.content, language[0] if language else ""))
        elif token.type == "hr":
            containers[-1].add(writer.rule(token.markup[:3]))
        elif container := _opened(token):
            containers.append(container)
        elif token.type in _CONTAINER_ENDS:
            closed = containers.pop()
            containers[-1].add(_closed(closed, token, writer))
    return containers[0].body


def _opened(token: Token) -> _Container | None:
    if token.type in {"bullet_list_open", "ordered_list_open"}:
        return _Container(separator="\n")
    if token.type == "list_item_open":
        return _Container(marker=f"{token.info}{token.markup} " if token.info else "- ")
    return _Container() if token.type == "blockquote_open" else None


def _closed(container: _Container, token: Token, writer: _Writer) -> str:
    if token.type == "blockquote_close":
        return writer.quote(container.body) if container.blocks else ""
    return container.marker + container.body.replace("\n", "\n" + " " * len(container.marker))


def _text_block(token: Token, heading: str | None, writer: _Writer) -> str:
    children = token.children or []
    if heading is None:
        return writer.paragraph(children)
    # "# 1 reason" is somebody counting, not a heading.
    if heading == "#" and token.content[:1].isdigit():
        return writer.paragraph([Token("text", "", 0, content="# "), *children])
    return writer.heading(children)


def _too_deep(tokens: list[Token]) -> bool:
    return any(token.level >= _DEEPEST - 1 for token in tokens)


@cache
def _parser() -> MarkdownIt:
    # Off are the rules that flattened pages would meet by accident, that hide words, or that let HTML through.
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    parser.disable(["code", "lheading", "reference", "html_block", "html_inline"]).enable("strikethrough")
    parser.inline.ruler.before("text", "address", _address)
    return parser


def _address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's signature
    """A bare web address is one token, so that its underscores are no emphasis."""
    scheme = (
        _SCHEME.search(state.pending[-len("https") :]) if not silent and state.src[state.pos] == ":" else None
    )
    if scheme is None:
        return False
    start = state.pos - len(scheme[0])
    address = address_at(state.src, start, state.posMax)
    if address is None:
        return False
    state.pending = state.pending[: -len(scheme[0])]
    state.push("address", "", 0).content = address
    state.pos = start + len(address)
    return True
