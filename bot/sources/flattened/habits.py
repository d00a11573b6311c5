"""How a page's comments are built, read from those whose beginning and end are certain."""

from bisect import bisect_right
from itertools import pairwise
from math import log

from bot.sources.flattened.headers import Header
from bot.sources.flattened.outline import Outline, Run

#: What pages do before this one is looked at, and how many comments that weighs: paragraphs a comment, paragraphs
#: between two certain beginnings at the top, share of lost headers, share of comments that nobody answers.
_TRUST = 3.0
_USUAL_PARAGRAPHS = 1.7
_USUAL_RUN = 2.2
_USUAL_LOST = 0.5
_UNANSWERED = 0.65
#: Comments on the article are longer than answers to comments.
_LONGER_AT_TOP = 1.4
#: A run of more comments than this tells no more about the page than one of so many.
_OUTLIER = 12
#: What the fit of the weights adds to the habits: without any sign, another comment is a little likelier than that.
_LEAN = 0.6
#: Extraction drops a line for being mostly links; it may have had other reasons, so the rule never excludes a loss.
_LEAST_LOSS = 0.15
#: Characters of a reply's header that are neither name nor link: " in reply to ", ". | ".
_BETWEEN = len(" in reply to ") + len(". | ")


class Habits:
    """The habits of one page.

    A comment ends after a paragraph with the chance ``ends``; what follows stays in the run with the chance
    ``follows`` that it is neither an answer nor headed. Runs have then 1 / (ends * (1 - follows)) paragraphs.
    """

    def __init__(self, outline: Outline) -> None:
        replies = [len(run.texts) for run in outline.runs if run.depth and run.header and run.texts]
        paragraphs = _mean(sum(replies), len(replies), _USUAL_PARAGRAPHS)
        at_top = 1 + _LONGER_AT_TOP * (paragraphs - 1)
        top = [min(len(run.texts), _OUTLIER * at_top) for run in outline.runs if not run.depth]
        by_length = 1 - at_top / _mean(sum(top), len(top), _USUAL_RUN)
        follows = (max(by_length, 0) + _lost(outline, top=True) * _UNANSWERED) / 2
        self._top = _log_odds(1 / at_top, follows)
        self._below = _log_odds(1 / paragraphs, _lost(outline, top=False) * _UNANSWERED)
        self._runs = outline.runs
        self._losses = _Losses([run.header for run in outline.runs if run.header])

    def log_odds(self, number: int) -> float:
        """Log-odds that a headless paragraph of run ``number`` begins a comment, before a word of it is read."""
        run = self._runs[number]
        if not run.depth:
            return self._top
        return self._below + log(self._losses.chance(self._answered(run), run.header))

    def _answered(self, run: Run) -> str | None:
        """The name that headers in the run's place would have called."""
        if run.header and run.header.parent:
            return run.header.parent
        above = self._runs[run.parent].header if run.parent is not None else None
        return above.name if above else None


class _Losses:
    """Which headers extraction drops: those whose links fill more of the line than in any that is left."""

    def __init__(self, left: list[Header]) -> None:
        self._densest = max((header.linked / header.length for header in left), default=0.0)
        self._names = sorted(len(header.name) for header in left if header.name)
        self._date = max((header.linked - len(header.parent or "") for header in left), default=0)

    def chance(self, answered: str | None, header: Header | None) -> float:
        """The chance that an answer to ``answered`` would have lost its header; 1 where the page doesn't tell."""
        if answered is None or header is None or not self._densest:
            return 1.0
        links = len(answered) + self._date
        longest = links / self._densest - links - _BETWEEN
        short = bisect_right(self._names, longest)
        return max((short + 1) / (len(self._names) + 2), _LEAST_LOSS)


def _lost(outline: Outline, *, top: bool) -> float:
    """The share of lost headers, where a beginning shows without one: after a change of the indent."""
    changed = [outline.runs[0].header is None] if outline.runs and top else []
    changed += [
        run.header is None
        for before, run in pairwise(outline.runs)
        if (run.depth == 0) == top and before.depth != run.depth
    ]
    return _mean(sum(changed), len(changed), _USUAL_LOST)


def _mean(total: float, count: int, usual: float) -> float:
    return (total + _TRUST * usual) / (count + _TRUST)


def _log_odds(ends: float, follows: float) -> float:
    return _LEAN + log(max(ends * follows, 0.01) / max(1 - ends, 0.05))
