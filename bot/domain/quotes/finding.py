"""A passage's place in a text, whatever quotation marks, dashes, spaces and capitals it was typed with."""

import re
import unicodedata
from difflib import SequenceMatcher

from bot.domain.quotes.sentences import sentences

_DOUBLE, _SINGLE, _DASHES = "“”„‟«»″「」『』", "‘’‚‛‹›′`´", "‐‑‒–—―−"
_FOLDED = str.maketrans(
    dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DASHES, "-")
)
_AROUND = "\"'…[]() "
_WORD = re.compile(r"\w+")
# Sentences that share most words are compared letter by letter; so many of them.
_COMPARED = 12


class Folded:
    """A text without what typing changes, and the way back to the offsets of the original."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        origins: list[int] = []
        for origin, character in enumerate(text):
            for letter in _letters(character):
                last = letters[-1] if letters else ""
                if letter == "." and last in {".", "…"}:
                    letters[-1] = "…"
                elif not (letter in {" ", "-", "…"} and letter == last):
                    letters.append(letter)
                    origins.append(origin)
        self.text = "".join(letters)
        self._origins = [*origins, len(text)]
        self.original = text

    def find(self, passage: "Folded") -> tuple[int, int] | None:
        """Offsets of the passage in the original, whole words before parts of words."""
        words = passage.text.strip(_AROUND)
        partial = None
        start = self.text.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            if self._between_letters(start) and self._between_letters(end):
                place = (self._origins[start], self._end(end))
                if self._between_words(start) and self._between_words(end):
                    return place
                partial = partial or place
            start = self.text.find(words, start + 1)
        return partial or (self._verbatim(passage) if words else None)

    def _verbatim(self, passage: "Folded") -> tuple[int, int] | None:
        # Folding takes a run of dots for one sign, and a passage may end inside it.
        start = self.original.find(passage.original)
        return None if start < 0 else (start, start + len(passage.original))

    def _between_letters(self, place: int) -> bool:
        return place == 0 or self._origins[place] != self._origins[place - 1]

    def _between_words(self, place: int) -> bool:
        around = self.text[max(place - 1, 0) : place + 1]
        return place in {0, len(self.text)} or not around.isalnum()

    def _end(self, place: int) -> int:
        # What follows a folded letter without a letter of its own (the rest of an ellipsis) belongs to it.
        end = self._origins[place - 1] + 1
        if self.text[place - 1] in "…-":
            end = self._origins[place]
        return end


def find(passage: str, text: str) -> tuple[int, int] | None:
    """Start and end of a passage in a text, in code points of the text, end exclusive; None where it is not.

    Spaces, quotation marks, dashes, ellipses and case are folded; quotation marks and ellipses around the
    passage are ignored.
    """
    return Folded(text).find(Folded(passage))


def closest(passage: str, text: str) -> str | None:
    """The sentence of a text that is nearest to a passage; None where none shares a word with it."""
    words = set(_WORD.findall(Folded(passage).text))
    ranked = []
    for start, end in sentences(text):
        folded = Folded(text[start:end]).text
        if shared := words & set(_WORD.findall(folded)):
            ranked.append((-sum(map(len, shared)), start, end, folded))
    wanted = Folded(passage).text
    best = max(
        sorted(ranked)[:_COMPARED],
        key=lambda entry: SequenceMatcher(None, wanted, entry[3], autojunk=False).ratio(),
        default=None,
    )
    return text[best[1] : best[2]] if best else None


def _letters(character: str) -> str:
    if character.isascii():
        return " " if character.isspace() else character.lower()
    folded = unicodedata.normalize("NFKD", character.translate(_FOLDED)).casefold().translate(_FOLDED)
    if unicodedata.category(character) in {"Cf", "Cc"}:
        return ""
    return " " if folded.isspace() else folded.replace("...", "…")
