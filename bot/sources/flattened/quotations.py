"""Passages that recur: compared by their letters and digits alone, placed by their offsets."""

import regex

#: A passage shorter than this recurs by chance.
LEAST = 12

_MARKS = "\"“”„‟«»‹›‘’‚'"
_OPENS = regex.compile(r"^(?:[>\s]*[\"“”„‟«»]|>)")
_SPAN = regex.compile(r"[\"“„‟«»]([^\"“”„‟«»\n]{12,600})[\"”“«»]")
_CLOSING = ".!?…"


def letters_of(text: str) -> str:
    """The letters and digits of ``text``, case folded."""
    return "".join(filter(str.isalnum, text.casefold()))


class Alphabet:
    """A text's letters and digits, case folded, each with its place."""

    def __init__(self, text: str) -> None:
        self._text = text
        folded: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(text):
            if character.isalnum():
                for letter in character.casefold():
                    if letter.isalnum():
                        folded.append(letter)
                        self._places.append(place)
        self.letters = "".join(folded)

    def span(self, letters: str) -> tuple[int, int] | None:
        """Where ``letters`` stand in the text: start and end in code points, the sentence's stop included."""
        found = self.letters.find(letters) if letters else -1
        if found < 0:
            return None
        end = self._places[found + len(letters) - 1] + 1
        while end < len(self._text) and self._text[end] in _CLOSING:
            end += 1
        return self._places[found], end


def opens_with_quotation(text: str) -> bool:
    """Whether ``text`` begins with a quotation mark or the mark of a quoted line."""
    return bool(_OPENS.match(text))


def quoted_passages(text: str) -> list[str]:
    """The passages in quotation marks, and the whole first line where a mark only opens it; letters alone."""
    passages = [match.group(1) for match in _SPAN.finditer(text)]
    if opens_with_quotation(text):
        passages.append(text.split("\n", 1)[0].strip(_MARKS + "> …."))
    return [letters for passage in passages if len(letters := letters_of(passage)) >= LEAST]
