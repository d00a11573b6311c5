"""Nonces: a random key of the run and the message's ordinal, so that a restored database never meets its own past."""

from string import ascii_lowercase, digits
from typing import Final

_DIGITS: Final = digits + ascii_lowercase


def nonce(key: int, ordinal: int) -> str:
    """At most 25 characters, as Discord demands: 13 for 64 bits, a hyphen, 11 for the ordinal."""
    return f"{base36(key)}-{base36(ordinal)}"


def base36(number: int) -> str:
    """A number from 0 in digits and small letters; ``int(text, 36)`` reads it."""
    text = ""
    while number >= len(_DIGITS):
        number, digit = divmod(number, len(_DIGITS))
        text = _DIGITS[digit] + text
    return _DIGITS[number] + text
