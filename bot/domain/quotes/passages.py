"""A passage with its place and its speaker: never more is said about it than the text bears out."""

from collections.abc import Iterable, Sequence

import regex

from bot.domain.discussion import Article, AuthorSource, Block, BlockKind, Comment, Model
from bot.domain.quotes.finding import Folded
from bot.domain.quotes.language import NO_NAMES
from bot.domain.quotes.quotations import Quotations
from bot.domain.quotes.sentences import sentences

#: How sure a reader must be of a comment whose author is inferred before it is quoted under that name.
SURE = 0.95

NAMED_BEFORE = "speaker named by the sentence before it"
NAMED_BESIDE = "speaker named beside the quotation"
NAMED_BY_ANSWER = "name known from an answer to it"

_NAME_PART = r"(?:\p{Lu}\.|(?:Dr|Mr|Mrs|Ms|Prof|St|Gen|Sen|Rep|Gov)\.|\p{Lu}(?:[\w’'-]*\w)?)"
_NAME = (
    rf"{_NAME_PART}(?:\s(?:(?:de|del|van|von|der|den|la|le|al|bin|da|di|dos)\s){{0,2}}{_NAME_PART}){{0,3}}"
)
_VERB = (
    r"(?:said|says|told\s\w+|wrote|writes|added|adds|argued|argues|warned|warns|replied|explained|insisted"
    r"|announced|stressed|noted|recalled|claimed|testified|concluded|admitted|promised"
    r"|sagte|sagt|schrieb|schreibt|erklärte|erklärt|meinte|meint|betonte|warnte|antwortete"
    r"|a\sdit|dit|déclare|a\sdéclaré|affirme|a\saffirmé|écrit|explique|a\sexpliqué|assure"
    r"|dijo|dice|afirmó|afirma|explicó|escribió|aseguró|disse|diz|afirmou|ha\sdetto|ha\sdichiarato"
    r"|zei|zegt|schreef|sade|säger|sa|skrev|sagde|siger|powiedział|powiedziała|сказал|сказала|заявил|заявила)"
)
_AFTER = regex.compile(rf"\A[\s,–—-]*{_VERB}\s(?P<name>{_NAME})|\A[\s,–—-]*(?P<first>{_NAME})\s{_VERB}(?!\w)")
_BEFORE = regex.compile(
    rf"(?P<first>{_NAME})\s{_VERB}(?:[^.!?…]{{0,40}}?)[,:]?\s*\Z|{_VERB}\s(?P<name>{_NAME})[,:]\s*\Z"
)
_CONTEXT = 160


class Passage(Model):
    """Words that stand in the original, and where."""

    text: str
    #: The comment in which they stand, or None.
    comment: str | None = None
    #: The article's block in which they stand, counted from 0, or None.
    block: int | None = None
    #: Offsets in the ``text`` of that block or comment, in code points, end exclusive.
    start: int
    end: int
    #: Whose words they are; None where nobody is named for certain.
    speaker: str | None = None
    #: How the speaker is known, in words; None where it needs no word: the writer, a comment's named author.
    attribution: str | None = None


def verify(passage: Passage, article: Article, comments: Sequence[Comment]) -> bool:
    """Whether the passage stands, letter for letter, where it says it does."""
    if passage.comment is not None:
        text = next((comment.text for comment in comments if comment.key == passage.comment), None)
    elif passage.block is not None and 0 <= passage.block < len(article.blocks):
        text = article.blocks[passage.block].text
    else:
        text = None
    return (
        bool(passage.text)
        and text is not None
        and passage.start >= 0
        and text[passage.start : passage.end] == passage.text
    )


def occurrences(words: str, article: Article, comments: Iterable[Comment]) -> list[Passage]:
    """Every block and comment in which these words stand, article first, with the place that they have there."""
    wanted = Folded(words)
    places = [
        in_block(article, index, *place)
        for index, block in enumerate(article.blocks)
        if (place := Folded(block.text).find(wanted))
    ]
    places += [
        in_comment(comment, *place) for comment in comments if (place := Folded(comment.text).find(wanted))
    ]
    return places


def in_block(
    article: Article, index: int, start: int, end: int, quotations: Quotations | None = None
) -> Passage:
    """The passage at these offsets of a block, with the speaker that the article bears out."""
    block = article.blocks[index]
    speaker, attribution = _spoken_by(
        block, start, end, byline=article.byline, quotations=quotations or Quotations(block.text)
    )
    return Passage(
        text=block.text[start:end],
        block=index,
        start=start,
        end=end,
        speaker=speaker,
        attribution=attribution,
    )


def in_comment(comment: Comment, start: int, end: int, quotations: Quotations | None = None) -> Passage:
    """The passage at these offsets of a comment; what its author quotes is not the author's."""
    words = comment.text[start:end]
    quotations = quotations or Quotations(comment.text, comment.markdown)
    named = quotable(comment) and not quotations.touching(start, end) and not quotations.as_block(words)
    inferred = named and comment.author_source is AuthorSource.INFERRED
    return Passage(
        text=words,
        comment=comment.key,
        start=start,
        end=end,
        speaker=comment.author if named else None,
        attribution=NAMED_BY_ANSWER if inferred else None,
    )


def quotable(comment: Comment) -> bool:
    """Whether the comment may be quoted under its author's name: a guess puts no words into anybody's mouth."""
    if comment.author is None:
        return False
    inferred = comment.author_source is AuthorSource.INFERRED and comment.confidence >= SURE
    return comment.author_source is AuthorSource.HEADER or inferred


def _spoken_by(
    block: Block, start: int, end: int, *, byline: str | None, quotations: Quotations
) -> tuple[str | None, str | None]:
    if block.kind is BlockKind.QUOTE:
        return block.speaker, NAMED_BEFORE if block.speaker else None
    for opened, closed in quotations.touching(start, end):
        if opened <= start and end <= closed:
            speaker = _named_beside(block.text, opened, closed)
            return speaker, NAMED_BESIDE if speaker else None
        if opened < start or end < closed:
            return None, None
    return byline, None


def _named_beside(text: str, opened: int, closed: int) -> str | None:
    """Who speaks, where the sentence around the quotation says so with a name and a verb of saying."""
    before, after = text[max(opened - _CONTEXT, 0) : opened], text[closed : closed + _CONTEXT]
    spans = sentences(before)
    if spans:
        before = before[spans[-1][0] :]
    following = _AFTER.match(after)
    if following and following["first"] and text[closed - 2] == "." and after[0].isspace():
        following = None  # “… bench.” Bo Sand said nothing: the name begins a sentence of its own.
    for found in (following, _BEFORE.search(before)):
        name: str | None = found and (found["name"] or found["first"])
        if name and name.split()[0].casefold() not in NO_NAMES:
            return name
    return None
