"""Where comments begin inside a run whose headers are lost.

Each gap between two paragraphs is weighed: what the page's own habits say before a word is read, plus the signs in
the language. Two facts of the layout stand above the weighing: an answer to somebody else than the run's header
proves a boundary, and a declared number of comments says how many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.discussion import Article
from bot.sources.flattened.evidence import LOOK_BACK, WEIGHTS, Gap, Page, Sign, ratio, signs
from bot.sources.flattened.habits import Habits
from bot.sources.flattened.names import addresses, same
from bot.sources.flattened.outline import Outline, Run

#: From here on a gap is likelier a boundary than none.
_LIKELY = 0.5
#: A comment counts as found if it is likelier right than this; one has at most so many paragraphs.
_WORTH = 0.35
_LONGEST = 60
#: Never surer than this without a mark in the layout; this sure where a quotation proves the beginning.
_SUREST = 0.97
_PROVED = 0.95
#: A declared number of comments may move the decision only where the language leaves it open.
_OPEN = (0.15, 0.85)


@dataclass(frozen=True, slots=True)
class Piece:
    """One comment of a run: its texts, how sure its beginning and its inside are, and why."""

    texts: tuple[str, ...]
    confidence: float
    evidence: str | None


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A gap: how likely a comment begins there, and the signs of it."""

    probability: float
    signs: tuple[Sign, ...]


def divide(outline: Outline, *, article: Article, declared: int | None) -> list[list[Piece]]:
    """The comments of every run, in order; ``declared`` is how many the page says that it has."""
    page = Page(outline, topic=article.title, body="\n".join(block.text for block in article.blocks))
    habits = Habits(outline)
    claims = _claims(outline)
    read = [
        _read(run, page, habits.log_odds(number), owned=_owned(run, claims[number]))
        for number, run in enumerate(outline.runs)
    ]
    chances = habits.chances([[told for told, _ in gaps] for gaps in read])
    weighed = [
        [_Weighed(chance, seen) for chance, (_, seen) in zip(chances[number], gaps, strict=True)]
        for number, gaps in enumerate(read)
    ]
    chosen = _chosen(weighed, len(outline.runs), declared)
    return [
        _cut(run, gaps, chosen[number], claims[number])
        for number, (run, gaps) in enumerate(zip(outline.runs, weighed, strict=True))
    ]


def _claims(outline: Outline) -> list[list[str]]:
    """For every run the names that its answers say they are in reply to."""
    claims: list[list[str]] = [[] for _ in outline.runs]
    for run in outline.runs:
        if run.parent is not None and run.header and run.header.parent:
            claims[run.parent].append(run.header.parent)
    return claims


def _disowned(run: Run, claims: Sequence[str]) -> bool:
    """Whether the answers to a run name somebody else than its header: then its last comment is another's."""
    if not run.header or not run.header.name or not claims:
        return False
    return not any(same(claim, run.header.name) for claim in claims)


def _owned(run: Run, claims: Sequence[str]) -> bool:
    return bool(run.header and run.header.name and claims) and not _disowned(run, claims)


def _read(run: Run, page: Page, prior: float, *, owned: bool) -> list[tuple[float, tuple[Sign, ...]]]:
    """What the words say at every gap of ``run``: how much likelier they make a beginning, and their signs."""
    if run.whole:
        return [(0.0, ())] * max(len(run.texts) - 1, 0)
    found: list[tuple[float, tuple[Sign, ...]]] = []
    start = 0
    for number in range(1, len(run.texts)):
        near = run.texts[max(start, number - LOOK_BACK) : number]
        gap = Gap(
            run.texts[start],
            near,
            run.texts[number],
            run.gaps[number],
            claimed=owned,
            paragraphs=number - start,
            author=run.header.name if run.header and not start else None,
        )
        seen = tuple(signs(gap, page))
        told = ratio(gap, page, seen)
        found.append((told, seen))
        if prior + told >= 0:
            start = number
    return found


def _chosen(weighed: Sequence[Sequence[_Weighed]], certain: int, declared: int | None) -> list[set[int]]:
    """For every run the gaps that are boundaries: the most comments that are right, or as many as a declared count asks for.

    The count decides only what the words leave open: where it would need a boundary that they all but exclude, or
    leave out one that they all but prove, comments are missing from the page and it says nothing about the others.
    """
    likely = [_rightly_cut([gap.probability for gap in gaps]) for gaps in weighed]
    if declared is None:
        return likely
    ranked = sorted(
        (-gap.probability, run, place) for run, gaps in enumerate(weighed) for place, gap in enumerate(gaps)
    )
    count = declared - certain
    unlikely, proved = _OPEN
    usual = sum(-chance >= _LIKELY for chance, _, _ in ranked)
    if not 0 <= count <= len(ranked) or any(
        (count > usual and -ranked[count - 1][0] < unlikely, count < usual and -ranked[count][0] > proved)
    ):
        return likely
    chosen: list[set[int]] = [set() for _ in weighed]
    for _, run, place in ranked[:count]:
        chosen[run].add(place)
    return chosen


def _rightly_cut(chances: Sequence[float]) -> set[int]:
    """The gaps of one run to cut at, so that as many comments as can be expected are right, and few are wrong.

    A comment is right if it begins at its beginning, ends at its end and holds no other beginning: the product of
    these chances. One that is likelier wrong is not worth its place.
    """
    edges = [1.0, *chances, 1.0]
    best = [0.0]
    begun = [0]
    for end in range(1, len(edges)):
        inner, most, start_of_most = 1.0, float("-inf"), end - 1
        for start in range(end - 1, max(-1, end - 1 - _LONGEST), -1):
            worth = best[start] + edges[start] * inner * edges[end] - _WORTH
            if worth > most:
                most, start_of_most = worth, start
            inner *= 1 - edges[start]
        best.append(most)
        begun.append(start_of_most)
    cuts: set[int] = set()
    place = begun[-1]
    while place:
        cuts.add(place - 1)
        place = begun[place]
    return cuts


def _cut(run: Run, gaps: Sequence[_Weighed], chosen: set[int], claims: Sequence[str]) -> list[Piece]:
    cuts = {place + 1 for place in chosen}
    last = max(cuts, default=0)
    if last < len(gaps) and (
        (not cuts and _disowned(run, claims)) or _to_its_author(run.texts[last], claims)
    ):
        place = max(range(last, len(gaps)), key=lambda number: gaps[number].probability)
        gaps = _with_one_in(gaps, range(last, len(gaps)), place)
        cuts.add(1 + place)
    edges = [0, *sorted(cuts), len(run.texts)]
    return [_piece(run, gaps, start, end) for start, end in pairwise(edges)]


def _with_one_in(gaps: Sequence[_Weighed], places: range, chosen: int) -> Sequence[_Weighed]:
    """``gaps``, where one of ``places`` is known to be a boundary, and ``chosen`` the likeliest."""
    match gaps[chosen].probability:
        case 0.0:
            # Nothing spoke for any of them.
            share = 1 / len(places)
        case 1.0:
            share = 1.0
        case likeliest:
            odds = sum(gaps[place].probability / (1 - gaps[place].probability) for place in places)
            share = likeliest / (1 - likeliest) / odds
    return [
        _Weighed(share if place == chosen else gap.probability, gap.signs) for place, gap in enumerate(gaps)
    ]


def _to_its_author(text: str, claims: Sequence[str]) -> bool:
    """Whether ``text`` calls the name that the answers give its author: nobody calls themselves."""
    return any(addresses(text, claim) for claim in claims)


def _piece(run: Run, gaps: Sequence[_Weighed], start: int, end: int) -> Piece:
    """The comment from paragraph ``start`` to ``end``: as sure as its least sure edge or inner gap."""
    sure = [1.0]
    if start:
        sure.append(_surety(gaps[start - 1]))
    if end < len(run.texts):
        sure.append(_surety(gaps[end - 1]))
    sure += [1 - gap.probability for gap in gaps[start : end - 1]]
    reasons = list(dict.fromkeys(gaps[start - 1].signs)) if start else []
    reasons = [sign for sign in reasons if WEIGHTS[sign] > 0]
    evidence = None
    if start:
        told = "; ".join(reasons) if reasons else "the page's other comments are this short"
        evidence = f"No header above it; taken as a comment of its own because {told}."
    return Piece(tuple(run.texts[start:end]), round(max(0.05, min(sure)), 2), evidence)


def _surety(gap: _Weighed) -> float:
    proved = Sign.QUOTED_BELOW in gap.signs or Sign.QUOTES_ABOVE in gap.signs
    return max(gap.probability, _PROVED) if proved else min(gap.probability, _SUREST)
