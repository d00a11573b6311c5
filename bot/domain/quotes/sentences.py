"""Where sentences begin and end, in any of the languages that articles are written in."""

import re

from bot.domain.quotes.language import ABBREVIATIONS

# A mark that may end a sentence, what closes around it, and a space; or a mark that needs no space;
# or an empty line.
_END = re.compile(
    r"""[.!?…؟۔։።।॥]+["'”’“»«›‹)\]]*(?=\s|\Z) | [。！？]+[」』”’）"]* | [^\S\n]*\n[^\S\n]*(?=\n)""",
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"""\s*["'“„«»‘‚(\[「『]*(\S)""")
_LAST_WORD = re.compile(r"(\S+)\s*\Z")
_BEFORE = 40

_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")
_ORDINAL = re.compile(r"\d{1,2}\Z")
_OPENING_MARKS = "\"'“”„«»‘’‚(["


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence in code points, end exclusive, without the spaces around it.

    Abbreviations (Dr., U.S., z. B.), initials, ordinals (3. Februar) and a quotation that the sentence goes on
    after ("Why?" she asked) end none; an empty line always does.
    """
    found = []
    start = 0
    for mark in _END.finditer(text):
        if "\n" not in mark[0] and not _ends(text, start, mark):
            continue
        found.append((start, mark.end()))
        start = mark.end()
    found.append((start, len(text)))
    trimmed = (_trimmed(text, *span) for span in found)
    return [(start, end) for start, end in trimmed if start < end]


def _ends(text: str, start: int, mark: re.Match[str]) -> bool:
    following = _NEXT_WORD.match(text, mark.end())
    if following is None:
        return True
    if following[1].islower():
        return False
    if not mark[0].startswith(".") or mark[0].startswith(".."):
        return True
    before = _LAST_WORD.search(text[max(start, mark.start() - _BEFORE) : mark.start()])
    word = before[1].lstrip(_OPENING_MARKS) if before else ""
    return not (word.casefold() in ABBREVIATIONS or _INITIALS.match(word) or _ORDINAL.match(word))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
