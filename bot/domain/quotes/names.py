"""A speaker's whole name, where the article gives it once and the surname afterwards."""

from collections.abc import Iterable

import regex

from bot.domain.discussion import Article, BlockKind
from bot.domain.quotes.language import DANGLING, NO_NAMES, TITLES
from bot.domain.quotes.passages import Passage

_CAPITAL = r"\p{Lu}[\w’'-]*\.?"
_PARTICLES = r"(?:(?:de|del|van|von|der|den|la|le|al|bin|da|di|dos)\s)*"
#: Characters before a name that tell where in a sentence it stands.
_BEFORE = 80
_NO_GIVEN_NAMES = TITLES | NO_NAMES | DANGLING
#: The first word of a sentence has its capital from that, and may be no name.
_OPENING = regex.compile(r"(?:\A|[.!?:…\n][\"'”’»)\]]*)\s*[\"'“„«‘(]*\Z")
#: "Secretary of Defense Pete Reyes": what follows "of" belongs to the office.
_OFFICE = regex.compile(rf"{_CAPITAL}\s(?:of|for|de|du|für|di|van)\s(?:the\s)?\Z")


def in_full(passages: Iterable[Passage], article: Article) -> list[Passage]:
    """The passages with surnames made whole where the article names exactly one person of that surname."""
    # Headings may write every word with a capital.
    texts = [block.text for block in article.blocks if block.kind is not BlockKind.HEADING]
    found: dict[str, str] = {}
    whole = []
    for passage in passages:
        speaker = passage.speaker
        if speaker is not None and passage.block is not None and " " not in speaker:
            if speaker not in found:
                found[speaker] = full_name(speaker, texts)
            passage = passage.model_copy(update={"speaker": found[speaker]})  # noqa: PLW2901 - the same, named
        whole.append(passage)
    return whole


def full_name(surname: str, texts: Iterable[str]) -> str:
    """The one person of this surname who is named in full; the surname itself where there is none, or more."""
    pattern = regex.compile(rf"(?<!\w)((?:{_CAPITAL}\s){{1,3}}){_PARTICLES}{regex.escape(surname)}(?!\w)")
    people: dict[str, str] = {}
    for text in texts:
        for found in pattern.finditer(text):
            words = found[1].split()
            given = _given(words, before=text[max(found.start() - _BEFORE, 0) : found.start()])
            if not given and len(words) > 1:
                # "Both Anna Sand and Bo Sand": the second word of a sentence has its capital from nobody else.
                people.setdefault(words[-1], surname)
            elif given:
                tail = text[found.end(1) : found.end()]
                people[given[-1]] = f"{' '.join(given)} {tail}"
    people = {given: whole for given, whole in people.items() if given.casefold() not in _NO_GIVEN_NAMES}
    return next(iter(people.values())) if len(people) == 1 else surname


def _given(words: list[str], *, before: str) -> list[str]:
    """The given names among capitalised words before a surname: offices, titles and openings of sentences go."""
    at_the_opening = _OPENING.search(before) is not None
    kept = words[-1:] if _OFFICE.search(before) else words
    while kept and kept[0].rstrip(".").casefold() in _NO_GIVEN_NAMES:
        kept = kept[1:]
    return [] if at_the_opening and len(kept) == len(words) else kept
