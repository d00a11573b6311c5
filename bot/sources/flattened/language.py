"""The language of a text, from the small words that every sentence needs."""

from collections import Counter

import regex

#: Words that are frequent in their language and rare as words of the others.
_SMALL_WORDS = {
    "en": "the and of to is that for with was are this have not you it's they but from his which",
    "de": "der und nicht das ist ein zu mit den auf sich auch dem wird eine sind für ich wie aber",
    "fr": "le les des et est une dans pour que qui pas sur au avec ce il plus mais nous être",
    "es": "el los las y del por con una para es que no su lo como más pero está esto muy",
    "it": "il di che non per una sono della con gli anche più ma nel questo come alla è ho delle",
    "pt": "o os não uma para com em do da que mais por mas você isso são foi muito ao pelo",
    "nl": "het een van en niet dat ik voor zijn met op er maar ook naar wel nog te bij deze",
    "sv": "och att det som inte är på en för med till jag den har av om så ett men kan",
    "pl": "nie się na to jest że do jak za tak co po ale od tylko już dla przez być czy",
}
_VOCABULARIES = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
#: So many small words at least, and so many times the second best language's.
_LEAST = 8
_LEAD = 1.6
#: Words looked at; more don't change the answer.
_SAMPLE = 4000

_WORD = regex.compile(r"[\p{L}’']+")


def language_of(text: str) -> str | None:
    """ISO 639-1 code; None where the text is too short or two languages are close."""
    counts: Counter[str] = Counter()
    for number, match in enumerate(_WORD.finditer(text)):
        if number >= _SAMPLE:
            break
        word = match.group().casefold()
        counts.update(code for code, words in _VOCABULARIES.items() if word in words)
    (best, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _LEAST and most >= _LEAD * second else None
