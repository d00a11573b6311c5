"""Which passages an editor would pull: ranked, extractive, each with its speaker."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import limits
from bot.domain.discussion import Article, BlockKind, Comment, CommentKind
from bot.domain.quotes.finding import Folded
from bot.domain.quotes.language import DANGLING, POINTING, STRONG
from bot.domain.quotes.names import in_full
from bot.domain.quotes.passages import Passage, in_block, in_comment, quotable
from bot.domain.quotes.quotations import Quotations
from bot.domain.quotes.sentences import sentences

# What the source pulled out itself comes first, then spoken words, then what the readers took up, then the writer.
_PULLED, _QUOTED, _SPOKEN, _TAKEN_UP, _WRITTEN = 100.0, 60.0, 55.0, 30.0, 15.0
# What a comment gains by each answer, and a sentence of it by each answer that quotes it.
_PER_ANSWER, _PER_ECHO, _MOST_INTEREST = 5, 10, 20
_BEST_LENGTH = 110
#: Points that every passage loses for each better one from the same text.
_SAME_TEXT = 8.0
#: An editor pulls no more from one paragraph or comment.
_MOST_PER_TEXT = 8

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DANGLING_PHRASES = (
    "in other words",
    "that said",
    "for example",
    "as such",
    "in addition",
    "on the other hand",
)
_STATEMENT = re.compile(r"[.!。！।۔][\"'”’“»«」』)]*\Z")
_QUESTION = re.compile(r"[?？؟…]\W*\Z")


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    points: float


def candidates(article: Article, comments: Sequence[Comment]) -> list[Passage]:
    """Passages worth quoting, the best first; none overlaps a better one.

    Sources, in this order: passages that the article itself pulled out and that occur in it, sentences of quoted
    speech, quotations with a named speaker, sentences of comments that others answer or quote, the writer's own.
    Each is one self-contained sentence of 40 to 240 characters (a passage that the source pulled out may be a
    part of one). A comment whose author is only guessed is never among them.
    """
    found = [*_pulled(article), *_from_blocks(article), *_from_comments(article, comments)]
    chosen: dict[tuple[str | None, int | None], list[Passage]] = {}
    seen: set[str] = set()
    ranked: list[tuple[float, Passage]] = []
    for candidate in sorted(found, key=lambda candidate: -candidate.points):
        passage, words = candidate.passage, Folded(candidate.passage.text).text
        neighbours = chosen.setdefault((passage.comment, passage.block), [])
        if (
            len(neighbours) == _MOST_PER_TEXT
            or words in seen
            or any(_overlap(passage, neighbour) for neighbour in neighbours)
        ):
            continue
        ranked.append((candidate.points - _SAME_TEXT * len(neighbours), passage))
        neighbours.append(passage)
        seen.add(words)
    return in_full((passage for _, passage in sorted(ranked, key=lambda entry: -entry[0])), article)


def _pulled(article: Article) -> Iterator[_Candidate]:
    for pulled in article.pull_quotes:
        wanted = Folded(pulled.text)
        blocks = range(len(article.blocks)) if pulled.block is None else (pulled.block,)
        for index in blocks:
            place = Folded(article.blocks[index].text).find(wanted)
            if place and _fits(*place):
                yield _Candidate(in_block(article, index, *place), _PULLED)
                break


def _from_blocks(article: Article) -> Iterator[_Candidate]:
    for index, block in enumerate(article.blocks):
        if block.kind is BlockKind.QUOTE:
            for start, end in sentences(block.text):
                yield from _weighed(in_block(article, index, start, end), _QUOTED)
        elif block.kind is BlockKind.PARAGRAPH:
            quotations = Quotations(block.text)
            for opened, closed in quotations.spans:
                for start, end in _spoken(block.text, opened, closed):
                    passage = in_block(article, index, start, end, quotations)
                    if passage.speaker:
                        yield from _weighed(passage, _SPOKEN, ended=True)
            for start, end in sentences(block.text):
                if not quotations.touching(start, end):
                    yield from _weighed(in_block(article, index, start, end, quotations), _WRITTEN)


def _spoken(text: str, opened: int, closed: int) -> Iterator[tuple[int, int]]:
    """The sentences inside a quotation; the comma before the closing mark belongs to the sentence around it."""
    inside = text[opened + 1 : closed - 1]
    for start, end in sentences(inside):
        trailing = inside[start:end]
        yield opened + 1 + start, opened + 1 + start + len(trailing.rstrip(", "))


def _from_comments(article: Article, comments: Sequence[Comment]) -> Iterator[_Candidate]:
    """Sentences of comments that others answer or quote, as far as they are their author's own."""
    answers: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.parent is not None:
            answers.setdefault(comment.parent, []).append(comment)
    texts = {comment.key: comment.text for comment in comments}
    body = Folded("\n\n".join(block.text for block in article.blocks))
    for comment in comments:
        replies = answers.get(comment.key, ())
        if comment.kind is not CommentKind.COMMENT or not quotable(comment) or not replies:
            continue
        echoes = [Folded(echo) for reply in replies for echo in _echoes(reply)]
        quotations = Quotations(comment.text, comment.markdown)
        above = Folded(texts.get(comment.parent or "", ""))
        for start, end in sentences(comment.text):
            sentence = Folded(comment.text[start:end])
            passage = in_comment(comment, start, end, quotations)
            if passage.speaker and not body.find(sentence) and not above.find(sentence):
                quoted = sum(1 for echo in echoes if echo.find(sentence) or sentence.find(echo))
                interest = min(_PER_ANSWER * len(replies) + _PER_ECHO * quoted, _MOST_INTEREST)
                yield from _weighed(passage, _TAKEN_UP + interest)


def _echoes(comment: Comment) -> Iterator[str]:
    for start, end in Quotations(comment.text).spans:
        if end - start >= limits.PASSAGE_SHORTEST:
            yield comment.text[start:end]


def _weighed(passage: Passage, points: float, *, ended: bool = False) -> Iterator[_Candidate]:
    """The passage with its points, if it can stand alone; ``ended`` where quotation marks say that it ends."""
    text = passage.text
    words = [word.casefold() for word in _WORD.findall(text)]
    if not _fits(passage.start, passage.end) or not _stands_alone(text, words, ended=ended):
        return
    length = -abs(len(text) - _BEST_LENGTH) / 20
    strength = 3.0 * min(sum(word in STRONG for word in words), 2)
    pointing = -4.0 * sum(word in POINTING for word in words)
    opening = 2.0 if passage.start == 0 else 0.0
    yield _Candidate(passage, points + length + strength + pointing + opening)


def _fits(start: int, end: int) -> bool:
    return limits.PASSAGE_SHORTEST <= end - start <= limits.PASSAGE_LONGEST


def _stands_alone(text: str, words: list[str], *, ended: bool) -> bool:
    """A whole statement: it begins as a sentence, ends as one, asks nothing and points at nothing before it."""
    return (
        bool(words)
        and text[0].isalnum()
        and not text[0].islower()
        and (_STATEMENT.search(text) is not None or (ended and _QUESTION.search(text) is None))
        and words[0] not in DANGLING
        and not text.casefold().startswith(_DANGLING_PHRASES)
    )


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end
