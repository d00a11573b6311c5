"""The reader for flattened text: a page whose layout survives only as indent and header lines."""

from collections.abc import Sequence
from textwrap import shorten

from bot.domain.discussion import Article, Comment, Discussion, Dropped, Source
from bot.errors import UnreadableError
from bot.sources.flattened import furniture
from bot.sources.flattened.answers import hang
from bot.sources.flattened.article import read_article
from bot.sources.flattened.assembling import comments_of, dated
from bot.sources.flattened.boundaries import divide
from bot.sources.flattened.dates import DateReader, order_of
from bot.sources.flattened.headers import HeaderReader
from bot.sources.flattened.language import language_of
from bot.sources.flattened.lines import Paragraph, paragraphs, rows_of
from bot.sources.flattened.outline import Outline, outline
from bot.sources.flattened.section import find_section
from bot.sources.flattened.shapes import marks_in

KIND = "flattened-text"
#: Characters of a title that stands in for a lost one.
_STAND_IN = 80


def read(text: str) -> list[Discussion]:
    """The one discussion of the page ``text``.

    A page without comments is an article without comments, with a warning. Raises UnreadableError only where
    nothing is left to read.
    """
    dates = DateReader(order_of(text, english=language_of(text) == "en"))
    headers = HeaderReader(dates)
    rows = rows_of(text)
    found = paragraphs(rows, marks_in(rows, headers=headers, dates=dates))
    if not found:
        raise UnreadableError(
            "This text has no lines.", next_step="Check that the file was saved completely."
        )
    section = find_section(found)
    above = found[: section.start if section.heading is None else section.heading]
    reading = read_article(above, dates=dates, page=text)
    tree = hang(outline(found[section.start :]))
    comments, warnings = comments_of(tree, divide(tree, article=reading.article, declared=section.declared))
    heading = [] if section.heading is None else _heading(found[section.heading])
    return [
        Discussion(
            source=Source(
                kind=KIND,
                location="",
                declared_comments=section.declared,
                complete=section.declared is None or len(comments) >= section.declared,
            ),
            article=_titled(dated(reading.article, comments), comments),
            comments=tuple(comments),
            dropped=(*reading.dropped, *heading, *tree.dropped),
            warnings=(
                *_counted(section.declared, len(comments)),
                *_missing(reading.article.title, tree),
                *warnings,
            ),
        )
    ]


def _heading(paragraph: Paragraph) -> list[Dropped]:
    """The heading of the comments, and the furniture right below it."""
    first, *below = paragraph.lines
    furnished = [Dropped(text=line, reason=why) for line in below if (why := furniture.in_comments(line))]
    return [Dropped(text=first, reason="heading of the comments"), *furnished]


def _counted(declared: int | None, found: int) -> list[str]:
    if declared is not None and declared != found:
        return [f"The page says that it has {declared} comments; {found} were found."]
    return [] if found else ["No comments were found on this page."]


def _missing(title: str, tree: Outline) -> list[str]:
    found = [] if title else ["The page has no title; its first words stand in the title's place."]
    return found + (
        ["The page numbers its comments; it names no authors and no dates."] if tree.numbered else []
    )


def _titled(article: Article, comments: Sequence[Comment]) -> Article:
    """``article``, titled with the first words of its comments where the page has nothing above them."""
    if article.title:
        return article
    words = next((comment.text for comment in comments if comment.text), "")
    return article.model_copy(update={"title": shorten(words, _STAND_IN, placeholder="…") or "…"})
