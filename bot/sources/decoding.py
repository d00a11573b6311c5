"""Bytes to text: byte order marks, UTF-8, and a guess where nothing is declared."""

import codecs

import regex

from bot.sources.content import Content

#: Marks from longest to shortest: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONGEST_MARK = max(len(mark) for mark, _ in _MARKS)
#: How much of the beginning decides about an encoding; guessing is slow and gains nothing from more.
_SAMPLE = 64 * 1024
#: Where nothing fits: every byte has a meaning in it, and Western pages of the time before UTF-8 used it.
_LAST_RESORT = "cp1252"
#: Bytes that are checked at a time.
_STRETCH = 128 * 1024
#: What Python takes for encodings of text but no page is written in, and UTF-8, which is checked before.
_NO_CHARSETS = frozenset(
    {
        "utf-8",
        "utf-7",
        "idna",
        "punycode",
        "unicode-escape",
        "raw-unicode-escape",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
    }
)
_ASCII = b"<?xml \"'/=&;-0189AZaz"

_LINE_ENDS = regex.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSTORABLE = regex.compile(r"[\x00\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> str:
    r"""Text with ``\n`` as its only line end, without NULs and lone surrogates.

    Bytes that fit no encoding become U+FFFD; nothing is raised.
    """
    return str(_LINE_ENDS.sub("\n", _UNSTORABLE.sub("", _raw(data, declared))))


def encoding_of(data: Content, declared: str | None = None) -> tuple[str, int]:
    """The encoding of ``data``, and how many bytes its mark takes at the beginning.

    An encoding that the source itself declares counts where the bytes bear no mark and are not UTF-8.
    """
    beginning = data[:_LONGEST_MARK]
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding, len(mark)
    if wide := _unmarked_wide(data):
        return wide, 0
    flaw = _flaw_of_utf8(data)
    if flaw is None:
        return "utf-8", 0
    if declared is not None and _extends_ascii(declared):
        return declared, 0
    return "utf-8" if _mostly_utf8(data, flaw) else _guess(data), 0


def _raw(data: bytes, declared: str | None) -> str:
    encoding, mark = encoding_of(data, declared)
    return data[mark:].decode(encoding, errors="replace")


def _flaw_of_utf8(data: Content) -> int | None:
    """About where the bytes stop being UTF-8; None where they never do. Nothing is kept of what is decoded."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _STRETCH):
        try:
            decoder.decode(data[start : start + _STRETCH], final=start + _STRETCH >= len(data))
        except UnicodeDecodeError as flaw:
            return start + flaw.start
    return None


def _extends_ascii(encoding: str) -> bool:
    """Whether Python knows it as an encoding of text in which ASCII stays ASCII, but for UTF-8 itself."""
    try:
        return codecs.lookup(encoding).name not in _NO_CHARSETS and _ASCII.decode(encoding) == _ASCII.decode()
    except (LookupError, UnicodeError, ValueError):
        return False


def _unmarked_wide(data: Content) -> str | None:
    """UTF-16 without a mark shows by its zeros: Latin text has one in every second byte."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2:  # noqa: PLR2004 - a single character proves nothing
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _mostly_utf8(data: Content, flaw: int) -> bool:
    """Whether the text is UTF-8 with damage: valid multi-byte characters outnumber the broken ones."""
    sample = data[max(0, flaw - _SAMPLE // 2) : flaw + _SAMPLE // 2].decode("utf-8", errors="replace")
    broken = sample.count("\ufffd")
    return sum(character > "\x7f" for character in sample) - broken > 2 * broken


def _guess(data: Content) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few sources leave their encoding to be guessed

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else _LAST_RESORT
