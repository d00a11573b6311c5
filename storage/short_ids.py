"""Short ids of articles: what people read in a list and type."""

import secrets
from collections.abc import Callable
from itertools import count

#: Digits and small letters that nobody takes for one another, without vowels: no id spells a word.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
#: 28 ** 4 is about 600,000 articles in a file.
SHORTEST = 4
#: Tries at one length: when all of them are taken, the length is nearly used up.
_TRIES = 8


def new_short_id(is_taken: Callable[[str], bool], *, choose: Callable[[str], str] = secrets.choice) -> str:
    """A short id that is free; longer than usual only when the short ones are used up."""
    for length in count(SHORTEST):
        for _ in range(_TRIES):
            candidate = "".join(choose(ALPHABET) for _ in range(length))
            if not is_taken(candidate):
                return candidate
    raise AssertionError("counting does not end")


def as_typed(text: str) -> str:
    """The short id that somebody means: without blanks, in small letters."""
    return text.strip().lower()
