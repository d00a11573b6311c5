"""What people wrote, as exports and feeds keep it, made into words."""

from bot.domain.discussion import Block
from bot.sources.markup import Words, blocks_from_html, words_from_html
from bot.sources.paragraphs import with_paragraphs


def body(raw: str) -> Words:
    """A comment's body. Most have no markup, and then the same words need not be kept twice."""
    markdown, text = words_from_html(with_paragraphs(raw.strip()))
    return Words(markdown, markdown if markdown == text else text)


def blocks(html: str) -> tuple[Block, ...]:
    """An article's blocks, likewise: an export of a hundred megabytes is mostly paragraphs without markup."""
    return tuple(
        block.model_copy(update={"text": block.markdown}) if block.text == block.markdown else block
        for block in blocks_from_html(html)
    )


def one_line(html: str) -> str:
    """A title or a name as readers see it, on one line."""
    return (
        " ".join(words_from_html(html).text.split()) if "<" in html or "&" in html else " ".join(html.split())
    )
