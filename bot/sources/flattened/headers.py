"""Header lines: "NAME | DATE" and "NAME in reply to PARENT. | DATE"."""

from dataclasses import dataclass

import regex

from bot.domain.discussion import Moment
from bot.sources.flattened.dates import LONGEST, DateReader

#: Longer lines are prose: two names of 100 characters, the words between them and a date.
_LONGEST_LINE = 2 * 100 + LONGEST + 32

_SEPARATOR = regex.compile(r"\s[|·•—–]\s|^[|·•]\s|\s\|\s?$")
#: Dashes and dots stand in prose too: after them a date counts as a header's only with its year.
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_REPLY_TO = (
    "in reply to",
    "replying to",
    "als Antwort auf",
    "in Antwort auf",
    "antwortet auf",
    "en réponse à",
    "en respuesta a",
    "in risposta a",
    "em resposta a",
    "als antwoord op",
    "in antwoord op",
    "in reactie op",
    "w odpowiedzi na",
    "som svar på",
    "som svar til",
    "vastauksena",
    "v odpovědi na",
    "в ответ на",
    "у відповідь на",
)
_REPLY = regex.compile(rf"^(?P<name>.*?)(?:^|\s+)(?:{'|'.join(_IN_REPLY_TO)})\s+(?P<parent>.+?)\.?$", regex.I)


@dataclass(frozen=True, slots=True)
class Header:
    """Who wrote a comment, to whom and when, as its header line says."""

    name: str | None
    parent: str | None
    posted_at: Moment | None
    #: Characters of the line, and of those that were a link on the page: the date and the parent's name.
    length: int
    linked: int
    #: The time in the page's words where they tell no day: "3 years ago".
    undated: str | None = None
    #: Whether headers of this shape are text, which extraction keeps: then a comment goes on up to the next of them.
    kept: bool = False


class HeaderReader:
    """Reads the header lines of one page; the same line twice costs once."""

    def __init__(self, dates: DateReader) -> None:
        self._dates = dates
        self._known: dict[str, Header | None] = {}

    def read(self, line: str) -> Header | None:
        """The header that ``line`` is; None when it is text."""
        if len(line) > _LONGEST_LINE or not _SEPARATOR.search(line):
            return None
        if line not in self._known:
            self._known[line] = self._parse(line)
        return self._known[line]

    def _parse(self, line: str) -> Header | None:
        last = list(_SEPARATOR.finditer(line))[-1]
        tail = line[last.end() :]
        if "|" not in last.group() and not _YEAR.search(tail):
            return None
        stamp = self._dates.read(tail)
        if stamp is None:
            return None
        name, parent = name_and_parent(line[: last.start()].strip())
        linked = len(tail.strip()) + len(parent or "")
        undated = None if stamp.moment else tail.strip()
        return Header(name or None, parent, stamp.moment, length=len(line), linked=linked, undated=undated)


def name_and_parent(who: str) -> tuple[str, str | None]:
    """The two names in "NAME in reply to PARENT."; only the first where ``who`` answers nobody."""
    answer = _REPLY.match(who)
    return (answer["name"].strip(), answer["parent"].strip()) if answer else (who, None)
