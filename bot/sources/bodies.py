"""What people wrote, as exports and feeds keep it, made into words."""

from bot.sources.markup import Words, words_from_html
from bot.sources.paragraphs import with_paragraphs


def body(raw: str) -> Words:
    """A comment's body. Most have no markup, and then the same words need not be kept twice."""
    markdown, text = words_from_html(with_paragraphs(raw.strip()))
    return Words(markdown, markdown if markdown == text else text)


def one_line(html: str) -> str:
    """A title or a name as readers see it, on one line."""
    return (
        " ".join(words_from_html(html).text.split()) if "<" in html or "&" in html else " ".join(html.split())
    )
