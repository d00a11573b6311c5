"""A discussion as a person reads it on a terminal."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from bot.domain.discussion import (
    Article,
    AuthorSource,
    Comment,
    CommentKind,
    Discussion,
    Dropped,
    PullQuote,
    Source,
)
from bot.domain.tree import Node, arrange
from bot.domain.wording import UNNAMED, plural, when_in_words

#: From this confidence on nobody needs to look whether a comment begins where the reader says.
SURE = 0.9
#: Deeper answers are not indented further; they say their level in words.
_DEEPEST_INDENT = 12
_WIDTH_OF_OPENING = 160
_NARROWEST = 20
_MARK = "yellow"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the outline; where it is too long for the terminal, every line of it is indented."""

    text: Text
    indent: int = 0


def show(discussions: Iterable[Discussion], console: Console) -> None:
    """Print the outline, wrapped to the terminal."""
    for line in outline(discussions):
        for row in line.text.wrap(console, max(console.width - line.indent, _NARROWEST)):
            row.rstrip()
            console.print(" " * line.indent, row, sep="", soft_wrap=True)


def outline(discussions: Iterable[Discussion]) -> Iterator[Line]:
    """Paragraph by paragraph, so that a tree of any depth or length is never held as one text."""
    for discussion in discussions:
        yield from _head(discussion.article, discussion.source)
        yield from _quotes(discussion.article.pull_quotes)
        yield from _comments(discussion)
        yield from _dropped(discussion.dropped)
        yield from _warnings(discussion.warnings)
        yield _EMPTY


_EMPTY = Line(Text())


def plain(text: str) -> str:
    """The text on one line, without anything that could steer a terminal or turn its direction."""
    kept = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join("".join(letter for letter in kept if letter not in _STEERING).split())


#: Marks that reorder what follows them, or hide; the joiners that emoji and some scripts need are none of them.
_STEERING = frozenset(
    "\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def _head(article: Article, source: Source) -> Iterator[Line]:
    yield _line(plain(article.title) or "Without a title", style="bold")
    published = article.published and when_in_words(article.published)
    if by := [
        plain(part) for part in (article.site, article.byline and f"by {article.byline}", published) if part
    ]:
        yield _line(", ".join(by))
    yield _line(f"Read as {source.kind} from {plain(article.url or source.location)}", style="dim")
    kinds = Counter(block.kind.value for block in article.blocks)
    parts = ", ".join(plural(count, kind) for kind, count in kinds.most_common())
    yield _line(f"{plural(len(article.blocks), 'block')}{f' ({parts})' if parts else ''}")
    if article.lede:
        yield _opening(article.lede, indent=2, style="italic")


def _quotes(quotes: Sequence[PullQuote]) -> Iterator[Line]:
    if quotes:
        yield _EMPTY
        yield _line(plural(len(quotes), "pull-quote"), style="bold")
    for quote in quotes:
        where = f"stands in block {quote.block + 1}" if quote.block is not None else "stands in no block"
        yield _opening(quote.text, indent=2)
        yield _line(f"[{quote.source}; {where}]", indent=2, style=_MARK)


def _comments(discussion: Discussion) -> Iterator[Line]:
    yield _EMPTY
    declared = discussion.source.declared_comments
    count = plural(len(discussion.comments), "comment")
    yield _line(count if declared is None else f"{count}; the page says {declared:,}", style="bold")
    for node in arrange(discussion.comments):
        indent = 2 * min(node.depth, _DEEPEST_INDENT)
        yield Line(_who(node), indent)
        if marks := list(_marks(node)):
            yield _line(f"[{'; '.join(marks)}]", indent=indent + 4, style=_MARK)
        yield _opening(node.comment.text or node.comment.markdown, indent=indent + 4)


def _who(node: Node) -> Text:
    comment = node.comment
    line = Text(f"{node.number:>3} ", style="dim")
    line.append(
        plain(comment.author) if comment.author else UNNAMED, style="bold" if comment.author else "italic"
    )
    if comment.posted_at:
        line.append(f", {when_in_words(comment.posted_at)}")
    if node.depth > _DEEPEST_INDENT:
        line.append(f", level {node.depth}")
    return line


def _marks(node: Node) -> Iterator[str]:
    """What a person should look at."""
    comment: Comment = node.comment
    if comment.kind is not CommentKind.COMMENT:
        yield comment.kind.value
    if comment.author_source is AuthorSource.INFERRED:
        yield f"name inferred: {plain(comment.evidence)}" if comment.evidence else "name inferred"
    if comment.author is None and comment.author_guess:
        yield f"perhaps {plain(comment.author_guess)}"
    if comment.confidence < SURE:
        yield f"{comment.confidence:.0%} sure that it begins and ends here"
    if node.problem:
        yield node.problem.value


def _dropped(dropped: Sequence[Dropped]) -> Iterator[Line]:
    if dropped:
        yield _EMPTY
        yield _line(f"Left out: {len(dropped)}", style="bold")
    for item in dropped:
        yield _opening(f"{item.reason}: {item.text}", indent=2)


def _warnings(warnings: Sequence[str]) -> Iterator[Line]:
    if warnings:
        yield _EMPTY
        yield _line("Please look", style="bold")
    for warning in warnings:
        yield _line(plain(warning), indent=2, style=_MARK)


def _opening(text: str, *, indent: int, style: str = "") -> Line:
    # Only the opening is cleaned: a comment may be a million characters long.
    return _line(_cut(plain(text[:1000]), _WIDTH_OF_OPENING), indent=indent, style=style)


def _line(text: str, *, indent: int = 0, style: str = "") -> Line:
    return Line(Text(text, style=style), indent)


def _cut(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    words, _, _ = text[:width].rpartition(" ")
    return f"{words or text[:width]} …"
