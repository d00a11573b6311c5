"""Which comment of a page an answer means, as far as its words tell: numbers, names, and words of the comment."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: What a comment's address or its author's name adds.
_ADDRESS, _NAME = 100.0, 6.0
#: What a shared word adds that no other comment of the page holds, by its length: long words say what is meant.
_SHORT, _MIDDLING, _LONG = 0.6, 1.0, 1.6
#: The best comment is meant when it has this many points, and this many times the points of the next.
_ENOUGH, _AHEAD = 1.5, 1.8

_WORD = re.compile(r"[^\W_]+")
#: Scripts that put no spaces between words: two neighbouring letters count as a word there.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: "#5", "@5", "comment 5": a number alone counts ferries as well as comments.
_NUMBERED = re.compile(
    r"(?:[#@]|\b(?:com+ent|kom+ent|comm\.|коммент)\w*\s+(?:no\.?\s*|nr\.?\s*)?)(\d{1,7})\b", re.IGNORECASE
)
_SHORTEST: Final = 3
_SURNAME: Final = 4
_MIDDLING_FROM, _LONG_FROM = 5, 7


@dataclass(frozen=True, slots=True)
class Candidate:
    """A comment that stands on the page."""

    number: int
    author: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The comment that is meant most likely, by its place among the candidates, and whether that is clear."""

    index: int
    clear: bool


def match(answer: str, candidates: Sequence[Candidate]) -> Match:
    """The candidate that an answer means; the first one where nothing tells. Candidates must not be empty."""
    if len(candidates) == 1:
        return Match(0, clear=True)
    points = _points(answer, candidates)
    ranked = sorted(range(len(candidates)), key=lambda index: -points[index])
    best, next_best = ranked[0], ranked[1]
    clear = points[best] >= _ENOUGH and points[best] >= _AHEAD * points[next_best]
    return Match(best if clear else 0, clear=clear)


def _points(answer: str, candidates: Sequence[Candidate]) -> list[float]:
    said, folded = _words(answer), answer.casefold()
    numbers = {int(number) for number in _NUMBERED.findall(answer)}
    texts = [_words(candidate.text) for candidate in candidates]
    holders = Counter(word for text in texts for word in text)
    points = []
    for candidate, text in zip(candidates, texts, strict=True):
        # A word that every comment of the page holds tells nothing; one that only this one holds, most.
        shared = sum(
            _weight(word) * (1 - (holders[word] - 1) / (len(candidates) - 1)) for word in said & text
        )
        named = _NAME if candidate.author and _names(candidate.author, folded) else 0.0
        points.append(shared + named + (_ADDRESS if candidate.number in numbers else 0.0))
    return points


def _weight(word: str) -> float:
    if len(word) >= _LONG_FROM:
        return _LONG
    return _MIDDLING if len(word) >= _MIDDLING_FROM else _SHORT


def _words(text: str) -> set[str]:
    found = set()
    for word in _WORD.findall(text.casefold()):
        if _UNSPACED.search(word):
            found |= {word[start : start + 2] for start in range(max(len(word) - 1, 1))}
        elif len(word) >= _SHORTEST and not word.isdecimal():
            found.add(word)
    return found


def _names(author: str, folded: str) -> bool:
    """Whether the answer holds the author's whole name, or a part of it that is no everyday word."""
    name = author.casefold()
    parts = [name, *(part for part in _WORD.findall(name) if len(part) >= _SURNAME)]
    return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", folded) for part in parts)
