"""What headers of every shape are made of: a name, a time, and the page's furniture around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from bot.domain.discussion import Moment
from bot.sources.flattened import furniture
from bot.sources.flattened.dates import LONGEST, DateReader
from bot.sources.flattened.headers import Header, name_and_parent
from bot.sources.flattened.headings import is_heading
from bot.sources.flattened.lines import Mark, Row

_LONGEST_NAME = 60
_MOST_WORDS = 6
#: Longer lines are prose: two names, a time and a few buttons.
_LONGEST_LINE = 2 * _LONGEST_NAME + 2 * LONGEST
#: Words of a written date: "Wednesday, 24 September 2025 at 11 o'clock in the morning" has nine.
_MOST_DATE_WORDS = 9

#: Verbs between a name and its words, and those that follow a name without a space.
_VERBS = (
    r"(?:says|said|wrote|writes|commented|sagt|sagte|schreibt|schrieb|meint|meinte|kommentierte|a dit|dit|a écrit|écrit|a commenté|"
    r"dice|dijo|escribe|escribió|comentó|ha detto|ha scritto|scrive|scrisse|diz|disse|escreveu|zegt|schreef|schrijft|"
    r"säger|sa|skriver|skrev|sier|siger|sagde|sanoo|sanoi|kirjoitti|mówi|pisze|powiedziała?|napisała?|napisał\(a\)|říká|řekla?|píše|napsala?|"
    r"говорит|пишет|сказала?|написала?|каже|пише|сказав|написав|dedi ki|diyor ki|yazdı|spune|a spus|a scris|mondta|írta|λέει|έγραψε|berkata|menulis)"
)
JOINED = r"(?:さんのコメント|さんが書きました|さんより|さんは|说道?|說道?|写道|寫道|님의 말|님이 작성)"
SAYS = rf"(?:\s+{_VERBS}|\s?{JOINED})"
#: A bullet that a browser copies as a line, or what a board says of the writer.
_BADGE = regex.compile(r"[•·|]|OP|MOD|Author|Autor|Moderator|Admin|Staff|Subscriber|Top \d+% \p{L}+", regex.I)
#: "12.", "#12", "Post #12:", "*": the place in a list, before a name.
_ORDINAL = regex.compile(
    r"^(?:(?:(?:post|comment|beitrag|kommentar|message|mensaje|comentario|commentaire)\s+)?#\s?\d{1,6}\b[.:)]?|\d{1,6}[.)](?=\s)(?!\s+\p{L}{3,10}\.?,?\s+\d{4})|[*+•◦▪-](?=\s))\s*(?:[|·•–—-]\s+)?",
    regex.I,
)
_WIDE = regex.compile(r"\s{2,}|\t")
_TAIL = regex.compile(
    r"\s*[|·•–—,-]?\s*(?:\(?(?:edited|bearbeitet|modifié|editado|modificato|bewerkt)\)?|"
    r"(?:permalink|permanent link|link|reply|antworten|répondre|responder|rispondi|share|report|melden|signaler|denunciar)(?:\s?[›»→↓])?|"
    r"#\s?\d{0,6}|¶|⚑|[−–-]\s*⚑|\[[-+–−]\])$",
    regex.I,
)
_MOST_TAILS = 4
_LEAD = regex.compile(r"^(?:[|·•–—@-]\s*)?(?:(?:on|am|le|el|il(?!\s+y\s+a\s)|op|em|at)\s+)?", regex.I)
_DATE_BEGINS = regex.compile(
    r"(?:\p{L}{1,11}[.,]?\s+){0,2}\d{1,4}|(?:vor|il y a|hace|há|fa|för|for|før|před|about|over|almost)\s|an?\s+\p{L}+\s+ago|\p{L}+\s+\p{L}+\s+(?:temu|назад|тому|önce|sitten|siden|sedan|geleden)",
    regex.I,
)
_DIGIT_OR_AGE = regex.compile(
    r"\d|\b(?:ago|vor|il y a|hace|há|fa|geleden|atrás|sedan|siden|temu|назад|тому|önce|sitten|před)\b",
    regex.I,
)
_WORD = regex.compile(r"\p{L}+")
_NO_NAME = regex.compile(r"^[\"“”„«»‘‚>(\[]|://|[!?…:;,]$|\p{L}{4}\.$|^\W*\d*\W*$")
_SAYING = regex.compile(rf"{SAYS}$", regex.I)


@dataclass(frozen=True, slots=True)
class When:
    """A header's time: the moment, or the page's words where they tell none."""

    moment: Moment | None
    undated: str | None


class Page:
    """The rows of one page as the shapes look at them."""

    def __init__(self, rows: Sequence[Row], dates: DateReader) -> None:
        self._dates = dates
        self.contents = [row.content for row in rows]
        self.indents = [row.indent for row in rows]
        self.filled = [number for number, content in enumerate(self.contents) if content]
        self._at = {number: at for at, number in enumerate(self.filled)}

    def line(self, number: int) -> str:
        """A row without its place in a list, wide spaces made two; nothing where it is too long for a header."""
        content = self.contents[number]
        return "" if len(content) > _LONGEST_LINE else _WIDE.sub("  ", _ORDINAL.sub("", content, count=1))

    def after(self, number: int) -> int | None:
        """The next row that is not blank."""
        at = self._at[number] + 1
        return self.filled[at] if at < len(self.filled) else None

    def before(self, number: int) -> int | None:
        """The last row above that is not blank."""
        at = self._at[number] - 1
        return self.filled[at] if at >= 0 else None

    def is_badge(self, number: int) -> bool:
        """Whether a row stands between a name and its time and is neither."""
        return bool(_BADGE.fullmatch(self.contents[number]))

    def filled_between(self, first: int, end: int) -> Sequence[int]:
        """The rows that are not blank behind row ``first`` and before row ``end``."""
        return self.filled[bisect_right(self.filled, first) : bisect_left(self.filled, end)]

    def opens(self, number: int) -> bool:
        """Whether a row stands first in its block: below a blank row, a button or a heading, or in a list."""
        above = self.contents[number - 1] if number else ""
        listed = bool(_ORDINAL.match(self.contents[number]))
        return not above or listed or furniture.in_comments(above) is not None or is_heading(above)

    def when(self, text: str) -> When | None:
        """The time that ``text`` is, without the buttons behind it; None where it is none."""
        text = text.strip()
        if len(text) > 2 * LONGEST or not _DIGIT_OR_AGE.search(text):
            return None
        for _ in range(_MOST_TAILS):
            text = _TAIL.sub("", text)
        text = text[_LEAD.match(text).end() :] if _LEAD.match(text) else text  # type: ignore[union-attr]
        text = text.strip(" .,()")
        if len(text) > LONGEST or len(_WORD.findall(text)) > _MOST_DATE_WORDS or not _DATE_BEGINS.match(text):
            return None
        stamp = self._dates.read(text)
        return When(stamp.moment, None if stamp.moment else text) if stamp else None


def mark(who: str, when: When, last: int, *, parent: str | None = None) -> Mark | None:
    """The header of ``who`` at ``when`` that ends in row ``last``; None where ``who`` is no name."""
    name, answered = name_and_parent(who.strip(" \t:"))
    if not is_name(name) or (answered and not is_name(answered)):
        return None
    header = Header(
        name, parent or answered, when.moment, length=len(who), linked=0, undated=when.undated, kept=True
    )
    return Mark(header, last)


def is_name(text: str) -> bool:
    """Whether ``text`` may be somebody's name: a few words without the marks of a sentence."""
    if not text or len(text) > _LONGEST_NAME or len(text.split()) > _MOST_WORDS or _NO_NAME.search(text):
        return False
    return not (_SAYING.search(text) or furniture.in_comments(text) or is_heading(text))
