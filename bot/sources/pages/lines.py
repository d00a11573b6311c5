"""Lines that say who and when at once: "Submitted by Ada (not verified) on Thu, 05/05/2011 - 15:14"."""

import regex

from bot.domain.discussion import Moment
from bot.sources.pages.moments import Moments
from bot.sources.pages.names import name_in

#: Longer lines are prose.
_LONGEST = 200

_PREPOSITION = regex.compile(
    r"(?:[\s,;|·•–—(-]|(?<=\s)(?:on|at|am|um|den|vom|op|om|le|du|el|il|em|em|no|a|à|den|den|dne|dnia)(?=\s|$)|(?<=[\s,])\p{L}{2,12}\.?,(?=\s|$))+$",
    regex.I,
)
#: "5, 2011" wants the month before it.
_WANTS_MONTH = regex.compile(
    r"\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)?,|\d{1,2}(?:st|nd|rd|th)?\s+(?:at|@|\d{1,2}:)"
)


def who_and_when(line: str, moments: Moments) -> tuple[str | None, Moment] | None:
    """The name and the time in a line; None where it does not end in a time."""
    line = " ".join(line.split())
    first = next((place for place, character in enumerate(line) if character.isdecimal()), None)
    if first is None or len(line) > _LONGEST:
        return None
    for start in _starts(line, first):
        moment = moments.worded(line[start:].rstrip(" :.)"))
        if moment is not None:
            return name_in(_PREPOSITION.sub("", line[:start]), alone=False), moment
    return None


def _starts(line: str, first: int) -> list[int]:
    """Where a time may begin: at the first digit, or at the month before it."""
    month = line.rfind(" ", 0, max(first - 1, 0)) + 1
    return [month, first] if _WANTS_MONTH.match(line, first) else [first, month]
