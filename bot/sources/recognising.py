"""What kind of source the bytes are, judged by the bytes and never by a file's name."""

from enum import StrEnum

import regex

#: How far into the bytes a kind may show itself.
_SNIFFED = 4096


class Form(StrEnum):
    """What bytes look like; the value is what a sentence calls it."""

    EMPTY = "an empty file"
    TEXT = "plain text"
    HTML = "an HTML page"
    XML = "an XML file"
    JSON = "a JSON file"
    ZIP = "a ZIP archive or an office document"
    COMPRESSED = "a compressed file"
    PDF = "a PDF file"
    IMAGE = "an image"
    SOUND_OR_FILM = "a sound or video file"
    BINARY = "a binary file"


_SIGNATURES: tuple[tuple[bytes, Form], ...] = (
    (b"%PDF-", Form.PDF),
    (b"PK\x03\x04", Form.ZIP),
    (b"PK\x05\x06", Form.ZIP),
    (b"\x1f\x8b", Form.COMPRESSED),
    (b"BZh", Form.COMPRESSED),
    (b"\xfd7zXZ\x00", Form.COMPRESSED),
    (b"7z\xbc\xaf\x27\x1c", Form.COMPRESSED),
    (b"\x28\xb5\x2f\xfd", Form.COMPRESSED),
    (b"Rar!", Form.COMPRESSED),
    (b"\x89PNG\r\n\x1a\n", Form.IMAGE),
    (b"\xff\xd8\xff", Form.IMAGE),
    (b"GIF8", Form.IMAGE),
    (b"II*\x00", Form.IMAGE),
    (b"MM\x00*", Form.IMAGE),
    (b"\x7fELF", Form.BINARY),
    (b"SQLite format 3\x00", Form.BINARY),
    (b"OggS", Form.SOUND_OR_FILM),
    (b"ID3", Form.SOUND_OR_FILM),
    (b"fLaC", Form.SOUND_OR_FILM),
)

_HTML = regex.compile(
    r"\A\s*+(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|div|article|section|p|meta|title)\b",
    regex.I | regex.S,
)
#: A declaration, before which a stray character or two does not matter, or a root that is XML and nothing else.
_XML = regex.compile(
    r"\A(?:[^<]{0,8}<\?xml\b|\s*+(?><!--.*?-->\s*)*+<(?:(?:rss|feed|rdf:RDF|disqus)\b|[\w.:-]+\s[^<>]*?\bxmlns\b))",
    regex.I | regex.S,
)
#: What may stand before the root. Taken whole or not at all: there is no end to the ways of dividing it.
_PROLOG = r"\A[^<]{0,8}(?><\?.*?\?>\s*|<!--.*?-->\s*|<!doctype\b[^>]*>\s*)*+"
_XHTML = regex.compile(_PROLOG + r"<(?:\w+:)?html\b", regex.I | regex.S)
_JSON = regex.compile(r'\A\s*(?:\{\s*(?:"|\}\s*\Z)|\[\s*(?:\{|\[|"|\]\s*\Z))')
_CONTROL = regex.compile(r"[\x01-\x08\x0e-\x1a\x7f]")


def recognise(data: bytes, text: str) -> Form:
    """The form of ``data``, whose decoded text is ``text``."""
    for signature, form in _SIGNATURES:
        if data.startswith(signature):
            return form
    if data[:4] == b"RIFF":
        return Form.IMAGE if data[8:12] == b"WEBP" else Form.SOUND_OR_FILM
    if data[4:8] == b"ftyp":
        return Form.SOUND_OR_FILM
    if not text.strip("\ufeff\u200b \t\n\u00a0"):
        return Form.EMPTY
    return _textual(text[:_SNIFFED])


def _textual(beginning: str) -> Form:
    if _XML.match(beginning):
        return Form.HTML if _XHTML.match(beginning) else Form.XML
    if _HTML.match(beginning):
        return Form.HTML
    if _JSON.match(beginning):
        return Form.JSON
    odd = len(_CONTROL.findall(beginning)) + beginning.count("\ufffd")
    return Form.BINARY if odd > len(beginning) / 20 else Form.TEXT
