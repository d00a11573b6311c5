"""The article above the comments: title, byline, pull-quotes and body."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from bot.domain.discussion import Article, Block, BlockKind, Dropped, Moment, PullQuote
from bot.sources.flattened import furniture
from bot.sources.flattened.dates import DateReader
from bot.sources.flattened.language import language_of
from bot.sources.flattened.lines import Paragraph
from bot.sources.flattened.quotations import Alphabet, letters_of
from bot.sources.flattened.voices import voices, wholly_quoted

#: The title stands among the first lines, and is one line.
_TITLE_WITHIN = 40
_LONGEST_TITLE = 300
_LONGEST_BYLINE = 120
#: More quoted paragraphs than this are how the article is written, not what it pulls out.
_MOST_PULLED = 32

_SITE = regex.compile(r"\s+[|·•»–—-]\s+")
_BYLINE = regex.compile(
    r"(?:(?:posted|published|written)\s+)?(?:by|von|par|por|di|door)\s+(?P<name>\p{Lu}[\p{L}.’' -]{1,60}?)"
    r"(?:\s*(?:[|,·•–—]|\bon\b|\bam\b|\ble\b|\bel\b|\bop\b)\s*(?P<date>.*\d.*))?",
    regex.I,
)
_DATELINE = regex.compile(
    r"(?:(?:posted|published|updated|veröffentlicht|publié|publicado|pubblicato)\s+(?:on|am|le|el|il|op)?\s*)?(?P<date>.*\d.*)",
    regex.I,
)
_LIST_ITEM = regex.compile(r"(?:[•*–-]|\d{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an article, and what was left out."""

    article: Article
    dropped: tuple[Dropped, ...]


def read_article(found: Sequence[Paragraph], *, dates: DateReader, page: str) -> Reading:
    """The article in ``found``, the paragraphs above the comments; ``page`` is evidence of its language."""
    title, site = _title(found)
    head = _Head(title=title, site=site, dates=dates)
    body: list[Paragraph] = []
    for paragraph in found:
        if rest := head.take(paragraph, above_body=not body):
            body.append(rest)
    quoted, body = _pull_quotes(body)
    blocks = _blocks(body)
    texts = [block.text for block in blocks]
    return Reading(
        Article(
            title=title,
            site=head.site_seen,
            byline=head.byline,
            published=head.published,
            published_source="header" if head.published else None,
            language=language_of("\n".join(texts)) or language_of(page),
            lede=texts[0] if texts else None,
            blocks=blocks,
            pull_quotes=_anchored(quoted, texts),
        ),
        tuple(head.dropped),
    )


def _title(found: Sequence[Paragraph]) -> tuple[str, str | None]:
    """The line that the top of the page repeats, else its first line; and the site's name behind it."""
    top = [line for paragraph in found[:_TITLE_WITHIN] for line in paragraph.lines][:_TITLE_WITHIN]
    lines = [line for line in top if len(line) <= _LONGEST_TITLE and not furniture.in_article(line)]
    if not lines:
        return (found[0].lines[0][:_LONGEST_TITLE] if found else ""), None
    counts = Counter(line.casefold() for line in lines)
    title = next((line for line in lines if counts[line.casefold()] > 1), None)
    for line in lines:
        for match in _SITE.finditer(line):
            start = line[: match.start()]
            if title == start or (title is None and start in lines):
                return start, line[match.end() :]
    return title or lines[0], None


class _Head:
    """Takes from the paragraphs what is title, byline, date or furniture, and remembers what it left out."""

    def __init__(self, *, title: str, site: str | None, dates: DateReader) -> None:
        self._title = letters_of(title)
        self._shown = False
        self._dates = dates
        self._site = site
        self.site_seen = site
        self.byline: str | None = None
        self.published: Moment | None = None
        self.dropped: list[Dropped] = []

    def take(self, paragraph: Paragraph, *, above_body: bool) -> Paragraph | None:
        """What is left of ``paragraph`` for the body."""
        kept = [line for line in paragraph.lines if not self._taken(line, above_body=above_body)]
        if not kept:
            return None
        return Paragraph(line=paragraph.line, indent=paragraph.indent, gap=paragraph.gap, lines=tuple(kept))

    def _taken(self, line: str, *, above_body: bool) -> bool:
        reason = furniture.in_article(line) or self._repeats_title(line)
        if reason == "":
            return True
        if reason is None and above_body and self._is_byline(line):
            return True
        if reason:
            self.dropped.append(Dropped(text=line, reason=reason))
        return bool(reason)

    def _repeats_title(self, line: str) -> str | None:
        """A reason to drop the line, nothing for the title's first showing, None for any other line."""
        letters = letters_of(line) if len(line) <= 2 * _LONGEST_TITLE else ""
        if letters == self._title:
            first, self._shown = not self._shown, True
            return "" if first else "the title again"
        if self._site and letters == self._title + letters_of(self._site):
            return "the title with the site's name"
        return None

    def _is_byline(self, line: str) -> bool:
        """A line of its own that names the author, or gives the date, and nothing else."""
        if len(line) > _LONGEST_BYLINE:
            return False
        match = _BYLINE.fullmatch(line)
        if match and self.byline is None and (not match["date"] or self._dates.read(match["date"])):
            self.byline = match["name"].strip()
            self._publish(match["date"])
            return True
        match = _DATELINE.fullmatch(line)
        return bool(match and self.published is None and self._publish(match["date"]))

    def _publish(self, text: str | None) -> bool:
        stamp = self._dates.read(text) if text else None
        if stamp and stamp.moment:
            self.published = stamp.moment
            return True
        return False


def _blocks(body: Sequence[Paragraph]) -> tuple[Block, ...]:
    texts = [paragraph.text for paragraph in body]
    blocks = []
    for text, voice in zip(texts, voices(texts), strict=True):
        kind = BlockKind.QUOTE if voice.quoted else BlockKind.PARAGRAPH
        if not voice.quoted and all(_LIST_ITEM.match(line) for line in text.split("\n")):
            kind = BlockKind.LIST
        blocks.append(Block(kind=kind, markdown=text, text=text, speaker=voice.speaker))
    return tuple(blocks)


def _pull_quotes(body: Sequence[Paragraph]) -> tuple[list[tuple[str, bool]], list[Paragraph]]:
    """Passages that the page pulled out, each with whether it stood above the lede, and the body without them.

    Above the lede quotation marks are enough; in the body the passage must recur elsewhere.
    """
    pulled: list[tuple[str, bool]] = []
    rest: list[Paragraph] = []
    held = {number for number, paragraph in enumerate(body) if wholly_quoted(paragraph.text)}
    held = set(sorted(held)[:_MOST_PULLED])
    others = [letters_of(p.text) for number, p in enumerate(body) if number not in held] if held else []
    for number, paragraph in enumerate(body):
        letters = letters_of(paragraph.text) if number in held else ""
        above = not rest
        if letters and (above or any(letters in other for other in others)):
            pulled.append((paragraph.text, above))
        else:
            rest.append(paragraph)
    return (pulled, rest) if rest else ([], list(body))


def _anchored(quoted: Sequence[tuple[str, bool]], texts: Sequence[str]) -> tuple[PullQuote, ...]:
    bodies = [Alphabet(text) for text in texts] if quoted else []
    quotes = []
    for text, above in quoted:
        letters = letters_of(text)
        place = next(
            ((block, *span) for block, body in enumerate(bodies) if (span := body.span(letters))), None
        )
        block, start, end = place or (None, None, None)
        quotes.append(
            PullQuote(text=text, source="lede" if above else "inferred", block=block, start=start, end=end)
        )
    return tuple(quotes)
