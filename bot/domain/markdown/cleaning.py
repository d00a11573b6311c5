"""What a text loses before anybody sees it: characters that hide, reverse or pile up."""

from itertools import islice

import regex

#: Marks that may stand on one letter. Tibetan and Vietnamese need up to five; towers of dozens cover other lines.
_MARKS_PER_LETTER = 8

# Scripts whose spelling needs ZWNJ and ZWJ between letters (Unicode Standard, chapters 9, 12 and 13).
_JOINING = (
    "Arabic Syriac Nko Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala"
    " Tibetan Myanmar Khmer Balinese Javanese"
)
_LETTER = (
    "[["
    + "".join(rf"\p{{{script}}}" for script in _JOINING.split(" "))
    + r"]&&[\p{L}\p{M}]--\p{Default_Ignorable_Code_Point}]"
)

# The first alternative is kept, the second removed. Kept are the invisible characters that change a glyph:
# regional flags, joined emoji, emoji and Han variants, joiners inside words of joining scripts.
_INVISIBLE = regex.compile(
    rf"""
    (
      \U0001F3F4[\U000E0030-\U000E0039\U000E0061-\U000E007A]{{3,6}}\U000E007F
      | (?<=\p{{Extended_Pictographic}}\uFE0F?|[\U0001F3FB-\U0001F3FF])\u200D(?=\p{{Extended_Pictographic}})
      | (?<=\p{{Emoji}})[\uFE0E\uFE0F]
      | (?<=\p{{Han}})[\uFE00-\uFE02\U000E0100-\U000E01EF]
      | (?<={_LETTER})[\u200C\u200D](?={_LETTER})
    )
    | [\p{{Default_Ignorable_Code_Point}}\p{{Bidi_Control}}\p{{Noncharacter_Code_Point}}\uFFF9-\uFFFC]
    | [\p{{Cc}}\p{{Co}}\p{{Cs}}--\n]
    """,
    regex.VERBOSE | regex.VERSION1,
)
_TOWER = regex.compile(rf"(\p{{M}}{{{_MARKS_PER_LETTER}}})\p{{M}}+")
_LINE_END = regex.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_GRAPHEME = regex.compile(r"\X")
_GAP = regex.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text with uniform line ends and without characters that hide, reverse or pile up.

    Removed are control and private-use characters, surrogates, direction marks, zero-width and tag characters
    (outside emoji, flags and scripts that need them), more than eight marks on a letter, spaces at line ends,
    and empty lines beyond one. Cleaning a clean text changes nothing.
    """
    lines = scrub(text).split("\n")
    cleaned: str = _GAP.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
    return cleaned


def scrub(text: str) -> str:
    """Only the characters that must go; spaces and empty lines stay. For pieces of a text."""
    # Of plain ASCII nothing has to go, and to ask that costs a hundredth of looking for it.
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    lines = _LINE_END.sub("\n", text).replace("\t", "    ")
    visible: str = _INVISIBLE.sub(lambda found: found[1] or "", lines)
    scrubbed: str = _TOWER.sub(r"\1", visible)
    return scrubbed


def graphemes(text: str, most: int) -> list[str]:
    """The first ``most`` characters as a reader counts them (extended grapheme clusters)."""
    return [found[0] for found in islice(_GRAPHEME.finditer(text), most)]
