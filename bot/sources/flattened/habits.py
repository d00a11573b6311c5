"""How a page's comments are built, judged from what is certain about them and from all that its words say together.

A comment on the article ends after a paragraph with the chance ``ends``. Answers may follow it (``answered``); else
the next comment does, and its header may be lost (``lost``). Only a comment without answers and with a headless one
after it goes unseen, so a run between two certain beginnings has 1 / (ends * (1 - follows)) paragraphs on average, where
``follows`` is lost * (1 - answered). Each page has its own habits: all that fit are weighed by how well they do.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import exp, log

from bot.sources.flattened.losses import Losses
from bot.sources.flattened.outline import Outline, Run

_ENDS = tuple(0.07 + 0.06 * step for step in range(16))
_LOST = tuple(0.03 + 0.09 * step for step in range(11))
_ANSWERED = (0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8)
#: What pages do before this one is looked at, and how many comments that weighs.
_USUAL_ENDS, _TRUST_ENDS = 0.5, 5.0
_USUAL_ANSWERED, _TRUST_ANSWERED = 0.25, 2.0
_USUAL_LOST, _TRUST_LOST = 0.5, 6.0
_UNANSWERED = 0.65
#: Comments on the article are longer than answers to comments; answers tell so much of them, and one so much at most.
_LONGER_AT_TOP = 1.3
_MOST_ANSWERS = 6
_LONGEST_ANSWER = 8
#: Extraction drops a whole list of answers of which more than a fifth are links; the lists that are left hold few
#: comments for all their words.
_RARER_BELOW = 1.2
#: Paragraphs of an answer, and how many answers that weighs.
_USUAL_ANSWER, _TRUST_ANSWER = 1.7, 3.0
#: Words are weighed in steps of this, and never more than this.
_STEP = 0.25
_MOST = 12.0


@dataclass(frozen=True, slots=True)
class _Habit:
    """One way in which the comments on the article may be built, and the logarithm of how well it fits."""

    ends: float
    follows: float
    fit: float


class Habits:
    """The habits of one page."""

    def __init__(self, outline: Outline) -> None:
        self._runs = outline.runs
        self._losses = Losses([run.header for run in outline.runs if run.header])
        answers = [len(run.texts) for run in outline.runs if run.depth and run.header and run.texts]
        self._answer_ends = (len(answers) + _TRUST_ANSWER) / (sum(answers) + _TRUST_ANSWER * _USUAL_ANSWER)
        self._lost_below = _beginnings(outline, top=False)
        self._habits = _habits_at_top(outline, answers, self._losses.at_top())

    def log_odds(self, number: int) -> float:
        """Log-odds that a headless paragraph of run ``number`` begins a comment, before a word of the page is read."""
        if self._runs[number].depth:
            return self._below(self._runs[number])
        total = sum(exp(habit.fit) for habit in self._habits)
        return sum(exp(habit.fit) * _log_odds(habit.ends, habit.follows) for habit in self._habits) / total

    def chances(self, weighed: Sequence[Sequence[float]]) -> list[list[float]]:
        """The chance that a comment begins, for every gap of every run.

        ``weighed`` are the log-likelihood ratios of what the words at the gaps say.
        """
        at_top = Counter(
            _rounded(ratio)
            for run, ratios in zip(self._runs, weighed, strict=True)
            for ratio in ratios
            if not run.depth and not run.whole
        )
        known = _chances_at_top(self._habits, at_top)
        return [
            [0.0] * len(ratios)
            if run.whole
            else [_chance(self._below(run) + ratio) for ratio in ratios]
            if run.depth
            else [known[_rounded(ratio)] for ratio in ratios]
            for run, ratios in zip(self._runs, weighed, strict=True)
        ]

    def _below(self, run: Run) -> float:
        beginnings, lost = self._lost_below
        answered = self._answered(run)
        chance = self._losses.below(answered) if answered else _USUAL_LOST
        share = (_TRUST_LOST * chance + lost) / (_TRUST_LOST + beginnings)
        return _log_odds(self._answer_ends, share * _UNANSWERED) - _RARER_BELOW

    def _answered(self, run: Run) -> str | None:
        """The name that headers in the run's place would have called."""
        if run.header and run.header.parent:
            return run.header.parent
        above = self._runs[run.parent].header if run.parent is not None else None
        return above.name if above else None


def _habits_at_top(outline: Outline, answers: Sequence[int], lost: float) -> list[_Habit]:
    """Every habit with how well it fits what is certain: the lengths of the runs, what ends them, the headers left."""
    top = [run for run in outline.runs if not run.depth and run.texts]
    answered = sum(not run.depth and after.depth > 0 for run, after in pairwise(outline.runs))
    unanswered = max(len(top) - answered - 1, 0)
    beginnings, headless = _beginnings(outline, top=True)
    share = min(1.0, _MOST_ANSWERS / len(answers)) if answers else 0.0
    ended, went_on = share * len(answers), share * sum(min(length, _LONGEST_ANSWER) - 1 for length in answers)
    found = []
    for ends in _ENDS:
        below = 1 / (1 + (1 / ends - 1) / _LONGER_AT_TOP)
        length = (
            _beta(ends, _USUAL_ENDS, _TRUST_ENDS)
            + len(top) * log(ends)
            + ended * log(below)
            + went_on * log(1 - below)
        )
        for loss in _LOST:
            left = (
                _beta(loss, lost, _TRUST_LOST)
                + headless * log(loss)
                + (beginnings - headless) * log(1 - loss)
                + unanswered * log(1 - loss)
            )
            found += [
                _Habit(
                    ends,
                    loss * (1 - replies),
                    length
                    + left
                    + _beta(replies, _USUAL_ANSWERED, _TRUST_ANSWERED)
                    + answered * log(replies)
                    + unanswered * log(1 - replies),
                )
                for replies in _ANSWERED
            ]
    best = max(habit.fit for habit in found)
    return [_Habit(habit.ends, habit.follows, habit.fit - best) for habit in found]


def _chances_at_top(habits: Sequence[_Habit], at_top: Counter[float]) -> dict[float, float]:
    """The chance of a beginning for every ratio in ``at_top``, over all habits that fit the page's words as well."""
    ratios = [(ratio, exp(ratio), count) for ratio, count in at_top.items()]

    @cache
    def words(ends: float, follows: float) -> float:
        goes_on, begins = 1 - ends, ends * follows
        return sum(count * log(goes_on + begins * likelier) for _, likelier, count in ratios)

    fits = [habit.fit + words(habit.ends, habit.follows) for habit in habits]
    best = max(fits)
    weights = [exp(fit - best) for fit in fits]
    likely = [(habit, weight) for habit, weight in zip(habits, weights, strict=True) if weight > 1e-4]  # noqa: PLR2004 - the others change nothing
    total = sum(weight for _, weight in likely)
    return {
        ratio: sum(weight * _chance(_log_odds(habit.ends, habit.follows) + ratio) for habit, weight in likely)
        / total
        for ratio, _, _ in ratios
    }


def _beginnings(outline: Outline, *, top: bool) -> tuple[int, int]:
    """How many beginnings show whether they have a header or not, after a change of the indent; and how many have none."""
    changed = [outline.runs[0].header is None] if outline.runs and top else []
    changed += [
        run.header is None
        for before, run in pairwise(outline.runs)
        if (run.depth == 0) == top and before.depth != run.depth
    ]
    return len(changed), sum(changed)


def _rounded(ratio: float) -> float:
    return _STEP * round(max(-_MOST, min(ratio, _MOST)) / _STEP)


def _beta(share: float, mean: float, trust: float) -> float:
    """How well ``share`` fits ``trust`` cases seen before, ``mean`` of which were so; a logarithm."""
    return trust * (mean * log(share) + (1 - mean) * log(1 - share))


def _log_odds(ends: float, follows: float) -> float:
    return log(ends * follows / (1 - ends))


def _chance(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))
