"""Lines that say who and when at once: "Submitted by Ada (not verified) on Thu, 05/05/2011 - 15:14"."""

import regex

from bot.domain.discussion import Moment
from bot.sources.flattened import furniture
from bot.sources.pages.moments import Moments
from bot.sources.pages.names import NETWORK_ADDRESS, name_after, name_in

#: Longer lines are prose.
_LONGEST = 200

#: What leads from a name to a time, in languages whose words for it are no part of a date as well.
_PREPOSITION = regex.compile(
    r"(?:[\s,;:|·•–—«#-]|\(\s*\d*\s*\)|[(]|(?<=\s)(?:on|at|am|um|den|vom|op|om|le|du|el|il|em|no|a|à|dne|dnia|от|в|о|pada|στις|på|den|pe|la|に|於|于|在)(?=\s|$))+$",
    regex.I,
)
#: A line that begins so goes on from one above it, which has the name.
_SEPARATORS = frozenset("·•|")
_NUMBERED = regex.compile(r"^\W*\d{0,6}\W*$")
#: Marks and numbers behind a time: "(#123)", "| #12", "ID:xY3".
_MARKS = regex.compile(r"[\W\d]*(?:ID:\S+)?")


def who_and_when(line: str, moments: Moments) -> tuple[str | None, Moment] | None:
    """The name and the time in a line; None where it holds more than these, or no time."""
    line = " ".join(NETWORK_ADDRESS.sub(" ", line).split())
    if len(line) > _LONGEST or not any(map(str.isdecimal, line)):
        return None
    found = moments.located(line)
    if found is None or found.moment is None:
        return None
    before, after = line[: found.start].strip(), line[found.end :].strip(" .,;:|·•–—-)]»")
    if _MARKS.fullmatch(after) or furniture.in_comments(after.strip(" |·•-–—(")):
        return None if before[:1] in _SEPARATORS else name_in(
            _PREPOSITION.sub("", before), alone=False
        ), found.moment
    if _NUMBERED.match(before) and (name := name_after(after)):
        return name, found.moment
    return None
