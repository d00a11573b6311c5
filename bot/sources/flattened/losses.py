"""Which headers extraction drops: lines that are mostly links, so those of short names."""

from bisect import bisect_left
from collections.abc import Sequence
from math import exp

from bot.sources.flattened.headers import Header

#: Extraction takes a line for navigation where more of its characters than this are links (Resiliparse: 0.6); a page
#: that kept a denser header was extracted by another rule.
_MOST_LINKED = 0.6
#: Line breaks of the markup count as characters of the line, and are not seen here.
_UNSEEN = 2
#: Characters of a header that are neither name nor link: " | "; in an answer's " in reply to " and ". | ".
_AROUND = len(" | ") + _UNSEEN
_AROUND_ANSWER = len(" in reply to ") + len(". | ") + _UNSEEN
#: Characters of a date where no header shows one.
_USUAL_DATE = 24
#: Names that readers give themselves: three letters at least, and longer ones ever rarer; so many names of the page
#: weigh as much as that.
_SHORTEST = 3
_MEAN_ABOVE_SHORTEST = 7.5
_TRUST = 6.0
#: The rule may have had exceptions.
_LEAST = 0.02


class Losses:
    """The chance that a header is lost, on a page with the headers ``left``."""

    def __init__(self, left: Sequence[Header]) -> None:
        densest = max((header.linked / header.length for header in left), default=0.0)
        self._threshold = max(densest, _MOST_LINKED)
        dates = [header.linked - len(header.parent or "") for header in left]
        self._date = sum(dates) / len(dates) if dates else _USUAL_DATE
        answering = [header for header in left if header.parent]
        parents = {header.parent for header in answering if header.parent}
        names = parents | {header.name for header in answering if header.name}
        self._lengths = sorted(map(len, names))

    def at_top(self) -> float:
        """The chance for a comment on the article."""
        return self._shorter(self._longest(self._date, _AROUND))

    def below(self, answered: str) -> float:
        """The chance for an answer to ``answered``."""
        return self._shorter(self._longest(self._date + len(answered), _AROUND_ANSWER))

    def _longest(self, linked: float, around: int) -> float:
        """Characters that a name must have at least to keep its header."""
        return linked / self._threshold - linked - around

    def _shorter(self, length: float) -> float:
        usual = 1 - exp(-max(length - _SHORTEST, 0) / _MEAN_ABOVE_SHORTEST)
        seen = bisect_left(self._lengths, length)
        return max((seen + _TRUST * usual) / (len(self._lengths) + _TRUST), _LEAST)
