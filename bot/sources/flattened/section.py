"""Where the article ends and the comments begin."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from bot.sources.flattened import furniture
from bot.sources.flattened.lines import Paragraph
from bot.sources.flattened.numbering import numbered_from

#: So many blank lines together are a removed part of the page, not a paragraph's end.
WIDE_GAP = 3
#: A heading is a line of its own, and short.
_LONGEST_HEADING = 120

_NOUN = (
    r"(?:(?:reader|user|leser)[- ]?)?(?:comments?|responses?|repl(?:ies|y)|thoughts?|discussion|conversation|kommentare?n?|kommentar|"
    r"leserkommentare|antworten|reaktionen|meinungen|diskussion|gedanken|commentaires?|réponses?|réactions?|comentarios?|comentários?|"
    r"respuestas?|opiniones|respostas?|commenti|commento|risposte|risposta|reacties?|opmerkingen|kommentarer|komentarze|"
    r"komentarz|komentarzy|odpowiedzi|komentářů?e?|комментари(?:й|я|и|ев)|коментар(?:і|ів)|yorum(?:lar)?|komment(?:it|ia|tia))"
)
_HEADING = regex.compile(
    rf"(?:(?P<before>\d[\d.,’' ]*|an?|one|no|ein|une?|un[ao]?|keine)\s+)?{_NOUN}"
    r"(?:\s*[(\[|:·]?\s*(?P<after>\d[\d.,]*)\s*[)\]]?)?"
    r"(?:\s+(?:to|on|zu|auf|sur|à|a|к|sobre|en|su|op|till|til|do|über|für|bij|em)\s.+)?\s*[:↓]?",
    regex.I,
)
#: A single one without a number is a button.
_BUTTON = regex.compile(
    r"(?:comment|response|reply|thought|kommentar|antwort|commentaire|réponse|comentario|comentário|respuesta|resposta|commento|risposta)\W*",
    regex.I,
)
_DIGIT = regex.compile(r"\d+")
_WORDS_FOR_ONE = frozenset({"a", "an", "one", "ein", "un", "une", "una", "uno"})


@dataclass(frozen=True, slots=True)
class Section:
    """The cut between article and comments."""

    #: Index of the first paragraph of the comments; the number of paragraphs where there are none.
    start: int
    #: Index of the heading, which belongs to neither side.
    heading: int | None
    #: How many comments a heading says that there are.
    declared: int | None


def find_section(found: Sequence[Paragraph], *, is_header: Callable[[str], bool]) -> Section:
    """The comments' section, by its heading, else by its first mark, else by the gap above it."""
    mark = _first_mark(found, is_header=is_header)
    limit = len(found) if mark is None else mark + 1
    headings = [index for index in range(1, limit) if index + 1 < len(found) and _heading(found[index])]
    declared = next(
        (count for index in reversed(headings) if (count := _count(found[index])) is not None), None
    )
    if headings:
        return Section(headings[-1] + 1, headings[-1], declared)
    return Section(_without_heading(found, mark, is_header=is_header), None, None)


def _heading(paragraph: Paragraph) -> regex.Match[str] | None:
    if len(paragraph.lines) > 1 or len(paragraph.lines[0]) > _LONGEST_HEADING:
        return None
    if _BUTTON.fullmatch(paragraph.lines[0]):
        return None
    return _HEADING.fullmatch(paragraph.lines[0])


def _count(paragraph: Paragraph) -> int | None:
    match = _heading(paragraph)
    written = match and (match["before"] or match["after"])
    if not written:
        return None
    if digits := "".join(_DIGIT.findall(written)):
        return int(digits[:9])
    return 1 if written.casefold() in _WORDS_FOR_ONE else 0


def _first_mark(found: Sequence[Paragraph], *, is_header: Callable[[str], bool]) -> int | None:
    """The first paragraph that only a comment section can hold: a header, or a list of numbered comments."""
    for index, paragraph in enumerate(found):
        if is_header(paragraph.lines[0]):
            return index
    return numbered_from(found)


def _without_heading(
    found: Sequence[Paragraph], mark: int | None, *, is_header: Callable[[str], bool]
) -> int:
    if mark is None:
        return _after_last_furniture(found)
    first = mark
    if is_header(found[mark].lines[0]):
        first = _headless_before(found, mark)
    wide = (index for index in range(mark, 1, -1) if found[index].gap >= WIDE_GAP)
    furniture_ends = _after_last_furniture(found[: mark + 1])
    return min(first, next(wide, first), furniture_ends)


def _headless_before(found: Sequence[Paragraph], mark: int) -> int:
    """A reply never stands first: the comment that it answers stands above it, without its header."""
    shallower = (index for index in range(mark - 1, 0, -1) if found[index].indent < found[mark].indent)
    return next(shallower, mark) if found[mark].indent else mark


def _after_last_furniture(found: Sequence[Paragraph]) -> int:
    """Behind the donation box or the share buttons at the article's foot, if a wide gap follows them."""
    for index in range(len(found) - 1, 1, -1):
        if found[index].gap >= WIDE_GAP and furniture.in_article(found[index - 1].lines[-1]):
            return index
    return len(found)
