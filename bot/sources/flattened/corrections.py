"""Self-corrections: somebody who can't edit posts "harbour, not harvest" under an own comment."""

from collections.abc import Sequence

import regex

#: Whoever corrects does so soon, so many comments later at most.
CORRECTED_WITHIN = 40
#: A correction is a line.
_LONGEST = 60

_INSTEAD = r"[,;]?\s+(?:and\s+)?(?:not|instead of|nicht|statt|anstatt|pas|et non(?: pas)?|no|y no|non|e non|não|e não|niet|in plaats van|inte|nie)\s+"
_CORRECTION = regex.compile(
    rf"^\W*(?:(?:oops|sorry|correction|typo|korrektur|tippfehler|pardon|perdón)\W+)?\p{{L}}[\p{{L}}’' -]*?{_INSTEAD}(?P<wrong>\p{{L}}[\p{{L}}’'-]*)\W*$",
    regex.I,
)


def corrected_by(text: str, earlier: Sequence[str]) -> int | None:
    """Index of the comment in ``earlier`` whose word ``text`` corrects; None where it corrects none or several."""
    match = _CORRECTION.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    wrong = regex.compile(rf"(?<!\p{{L}}){regex.escape(match['wrong'])}(?!\p{{L}})", regex.I)
    found = [index for index, candidate in enumerate(earlier) if wrong.search(candidate)]
    return found[0] if len(found) == 1 else None
