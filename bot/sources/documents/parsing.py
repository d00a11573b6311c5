"""JSON text to values, however deep they are nested."""

import json
from json.decoder import JSONDecodeError
from typing import NoReturn, TypeAlias

import regex

from bot.errors import UnreadableError

JSON: TypeAlias = "dict[str, JSON] | list[JSON] | str | int | float | bool | None"

#: Digits of a number; Python refuses to read more than 4,300 of them, and no id has more than these.
_MOST_DIGITS = 400

_TOKEN = regex.compile(
    r"""[ \t\n\r]*+(?:
      (?P<mark>[{}\[\]:,])
    | "(?P<plain>[^"\\]*+)"
    | "(?P<escaped>(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+)"
    | (?P<number>-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?)
    | (?P<word>true|false|null|NaN|-?Infinity)
    )""",
    regex.VERBOSE | regex.DOTALL,
)
_SPACE = regex.compile(r"[ \t\n\r]*+")
_WORDS: dict[str, JSON] = {"true": True, "false": False, "null": None}


def parse(text: str) -> JSON:
    """The value that ``text`` holds; what is no number (NaN, Infinity) counts as missing.

    Several values one after the other, as where each line is one, are a list. Line ends inside strings are taken as
    they stand, since decoding makes them of other separators. Raises UnreadableError with the place where the text
    stops being JSON.
    """
    values: list[JSON] = []
    place = _after_space(text, 0)
    try:
        while not values or place < len(text):
            value, place = _DECODER.raw_decode(text, place)
            values.append(value)
            place = _after_space(text, place)
    except RecursionError:
        return _parse_deep(text)
    except JSONDecodeError as flaw:
        _refuse(text, flaw.pos)
    return values[0] if len(values) == 1 else values


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _: None, parse_int=_whole)


class _Open:
    """An array or object whose end has not come yet."""

    __slots__ = ("expected", "first", "key", "value")

    def __init__(self, value: dict[str, JSON] | list[JSON]) -> None:
        self.value = value
        self.key: str | None = None
        self.first = "key" if isinstance(value, dict) else "value"
        #: What may come next: a "value", a "key", a ":" or a "," (which stands for the end, too).
        self.expected = self.first

    def put(self, item: JSON) -> None:
        if isinstance(self.value, list):
            self.value.append(item)
        elif self.key is not None:
            self.value[self.key] = item
        self.expected = ","


def _parse_deep(text: str) -> JSON:
    """The same without recursion, at a tenth of the speed: only for what is nested too deep for ``json``."""
    root: list[JSON] = []
    stack = [_Open(root)]
    place = 0
    while not root or len(stack) > 1:
        found = _TOKEN.match(text, place)
        if found is None or not _take(found, stack):
            _refuse(text, place)
        place = found.end()
    if _after_space(text, place) < len(text):
        _refuse(text, place)
    return root[0]


def _take(found: "regex.Match[str]", stack: list[_Open]) -> bool:
    """Put one token where it belongs; False where it must not stand."""
    top = stack[-1]
    mark = found["mark"]
    if mark in {"{", "["}:
        if top.expected != "value":
            return False
        value: dict[str, JSON] | list[JSON] = {} if mark == "{" else []
        top.put(value)
        stack.append(_Open(value))
    elif mark in {"}", "]"}:
        may_end = top.expected == "," or (not top.value and top.expected == top.first)
        if len(stack) == 1 or not may_end or isinstance(top.value, dict) is (mark == "]"):
            return False
        stack.pop()
    elif mark is not None:
        if top.expected != mark:
            return False
        top.expected = "value" if mark == ":" else top.first
    elif top.expected == "key":
        string = _string(found)
        top.key, top.expected = string, ":"
        return string is not None
    else:
        if top.expected != "value":
            return False
        top.put(_scalar(found))
    return True


def _scalar(found: "regex.Match[str]") -> JSON:
    if (string := _string(found)) is not None:
        return string
    if (number := found["number"]) is not None:
        return _whole(number) if number.lstrip("-").isdigit() else float(number)
    return _WORDS.get(found["word"])


def _string(found: "regex.Match[str]") -> str | None:
    if (plain := found["plain"]) is not None:
        return str(plain)
    escaped = found["escaped"]
    return str(json.loads(f'"{escaped}"', strict=False)) if escaped is not None else None


def _refuse(text: str, place: int) -> NoReturn:
    line = text.count("\n", 0, place) + 1
    cut_off = not text[place:].strip()
    where = "breaks off in the middle" if cut_off else f"is damaged in line {line}"
    raise UnreadableError(
        f"This looks like a JSON file, but it {where}; nothing was read.",
        next_step="Save or download it once more, completely, and hand that over.",
    )
