"""Bodies that are not HTML: Markdown as it was typed, plain text, and what may be either."""

from html import escape

import regex
from markdown_it import MarkdownIt

from bot.domain.discussion import Block
from bot.sources.markup import Words, blocks_from_html, words_from_html, words_from_markdown

#: An inline link: its label, in which there may be brackets; its target; its title. An image is one, too.
_LINK = regex.compile(
    r"!?\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+<?([^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+)>?(\s++\"[^\"\n]*+\")?\s*+\)"
)
_MARKUP = regex.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|i|img|li|ol|p|pre|span|strong|ul)\b[^<>]*+>|&(?:\#\d{1,7}|\#x\w{1,6}|amp|gt|lt|quot|nbsp);",
    regex.I,
)


def words_from_typed(text: str) -> Words:
    """Markdown. Its text shows where a link leads, as its writer typed it: for the words of a comment belong to it.

    What consists of marks alone, such as a single ``>``, is shown as it was typed.
    """
    return Words(text, words_from_markdown(_LINK.sub(r"\1 (\2\3)", text)).text or text.strip())


def words_from_plain(text: str) -> Words:
    """Text without markup; an empty line splits paragraphs."""
    return words_from_html(_as_html(text))


def words_from_either(text: str) -> Words:
    """HTML where there is a tag or an entity in it, else plain text."""
    return words_from_html(text) if _MARKUP.search(text) else words_from_plain(text)


def blocks_from_typed(text: str) -> tuple[Block, ...]:
    """Markdown as an article's blocks."""
    return blocks_from_html(MarkdownIt("commonmark", {"html": False}).render(text))


def blocks_from_either(text: str) -> tuple[Block, ...]:
    """HTML or plain text as an article's blocks."""
    return blocks_from_html(text if _MARKUP.search(text) else _as_html(text))


def _as_html(text: str) -> str:
    lines = escape(text.strip("\n"), quote=False).split("\n")
    paragraphs = "\n".join(lines).split("\n\n")
    return "".join("<p>" + paragraph.replace("\n", "<br>") + "</p>" for paragraph in paragraphs)
