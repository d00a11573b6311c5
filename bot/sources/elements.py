"""XML as a stream of elements, in whatever state it comes.

Nothing that a file declares is obeyed and nothing outside of it is fetched: its document type is taken out before
parsing, entities of its own stay as they are written, inclusions are never followed. What makes parsers stumble (characters
that XML forbids, bare ampersands, an attribute without quotation marks, bytes before the declaration) is mended on
the way, a stretch at a time, so that a hundred megabytes need no more memory than one of its items.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from html.entities import html5
from typing import TypeAlias

import regex
from lxml import etree

from bot.errors import UnreadableError
from bot.sources.content import Content
from bot.sources.decoding import encoding_of

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for the class of its elements

#: Bytes that are decoded at a time.
_STRETCH = 64 * 1024
#: Characters within which a tag has to end; what is longer is text.
_LONGEST_TAG = 256 * 1024
#: Bytes in which a root has to begin, after comments that explain how to import the file.
_PROLOG = 256 * 1024

_DECLARED = regex.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DOCTYPE = regex.compile(
    r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*+\"|'[^']*+')*+"
    r"(?:\[(?:[^\]\"'<]|\"[^\"]*+\"|'[^']*+'|<!--(?s:.*?)-->|<(?!!--))*+\]\s*+)?+>",
    regex.I,
)
_BEFORE_DOCTYPE = regex.compile(r"(?:\s|<\?(?s:.*?)\?>|<!--(?s:.*?)-->)*+", regex.I)
_ALLOWED = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000))
#: Of the characters that XML forbids, those of one byte.
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_AMPERSAND = regex.compile(r"&(?!#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{0,31});)?+")
# The parser forgets every named character after the first flaw that it meets, but no number.
_PREDEFINED = (
    ("&amp;", "&#38;"),
    ("&lt;", "&#60;"),
    ("&gt;", "&#62;"),
    ("&quot;", "&#34;"),
    ("&apos;", "&#39;"),
)
_REFERENCES = regex.compile(r"(?:&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});)++")
_REFERENCE = regex.compile(r"&#(?:([0-9]+)|[xX]([0-9A-Fa-f]+));")
_UNQUOTED = re.compile(rb"(:[\w-]+=)([\w.-]+)(?=\s*/?>)")


class Stream:
    """The elements of a file, one after the other, each gone from memory when the next is asked for."""

    def __init__(self, data: Content) -> None:
        self._data = data
        #: Where reading stumbled, in words; known when the stream has ended.
        self.damage: str | None = None

    def named(self, wanted: Collection[str], parts: Collection[str] = ()) -> Iterator[Element]:
        """The outermost elements with one of these local names, complete, in the file's order.

        Those inside of them that are named in ``parts`` come before them, and leave empty elements there.
        """
        inside = 0
        events = etree.iterparse(
            _Characters(self._data),
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in (*wanted, *parts)],
            recover=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            encoding="utf-8",
        )
        try:
            for event, element in events:
                if parts and local(element) in parts:
                    if event == "end" and inside:
                        yield element
                        element.clear(keep_tail=False)
                    continue
                inside += 1 if event == "start" else -1
                if event == "end" and not inside:
                    yield element
                    _forget(element)
        except etree.XMLSyntaxError:
            self.damage = "The file breaks off before its first element ends."
        else:
            self.damage = _damage(events.error_log)


def root_of(data: Content) -> Element | None:
    """The root without its content; None where there is none."""
    events = etree.iterparse(
        _Characters(data[:_PROLOG]), events=("start",), recover=True, resolve_entities=False, encoding="utf-8"
    )
    try:
        for _, element in events:
            return element
    except etree.XMLSyntaxError:
        pass
    return None


def tree_of(data: Content) -> tuple[Element | None, str | None]:
    """The root with all that it holds, and in words what was damaged. For files that are read in one piece."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        encoding="utf-8",
    )
    try:
        root: Element | None = etree.parse(_Characters(data), parser).getroot()
    except etree.XMLSyntaxError:
        root = None
    return root, _damage(parser.error_log)


def local(element: Element) -> str:
    """The name without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag[max(tag.rfind("}"), tag.rfind(":")) + 1 :] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """The namespace's address, or the prefix that stands for it where the file does not say."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else tag.rpartition(":")[0]


def children(element: Element, name: str) -> Iterator[Element]:
    """The direct children of this local name."""
    return (child for child in element if local(child) == name)


def child(element: Element, name: str) -> Element | None:
    """The first direct child of this local name."""
    return next(children(element, name), None)


def text_of(element: Element | None) -> str:
    """All text of an element; "" where there is no element."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    return "".join(str(part) for part in element.itertext(etree.Element))


def attribute(element: Element, name: str) -> str:
    """The first attribute of this local name, whatever its namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value).strip()
    return ""


class _Characters:
    """The bytes of a file as clean UTF-8, for a parser that reads a stretch at a time."""

    def __init__(self, data: Content) -> None:
        declared = _DECLARED.search(data[:_STRETCH])
        encoding, mark = encoding_of(data, declared[1].decode() if declared else None)
        self._data = data
        self._place = mark
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._rest = self._prolog()

    def read(self, _size: int = -1) -> bytes:
        """The next stretch; empty at the end."""
        while self._place < len(self._data):
            self._rest += self._decoded()
            whole = self._rest.rfind(">") + 1
            if whole or len(self._rest) > _LONGEST_TAG:
                whole = whole or len(self._rest)
                stretch, self._rest = self._rest[:whole], self._rest[whole:]
                return _mended(stretch)
        stretch, self._rest = self._rest, ""
        return _mended(stretch)

    def _prolog(self) -> str:
        """The beginning without stray characters and without a document type."""
        beginning = ""
        while self._place < len(self._data) and len(beginning) < _PROLOG:
            beginning += self._decoded()
        beginning = beginning[max(beginning.find("<"), 0) :]
        before = _BEFORE_DOCTYPE.match(beginning)
        place = before.end() if before else 0
        if beginning[place : place + 9].upper() != "<!DOCTYPE":
            return beginning
        doctype = _DOCTYPE.match(beginning, place)
        if doctype is None:
            raise UnreadableError(
                "This XML file begins with a document type that does not end; nothing was read.",
                next_step="Download or export it once more, completely, and hand that over.",
            )
        return beginning[:place] + "\n" * doctype[0].count("\n") + beginning[doctype.end() :]

    def _decoded(self) -> str:
        stretch = self._data[self._place : self._place + _STRETCH]
        self._place += len(stretch)
        return self._decoder.decode(stretch, final=self._place >= len(self._data))


def _mended(text: str) -> bytes:
    if "&" in text:
        text = _REFERENCES.sub(_allowed, text)
        for name, number in _PREDEFINED:
            text = text.replace(name, number)
        text = _AMPERSAND.sub(_numbered, text)
    text = text.replace("\ufffe", "").replace("\uffff", "")
    return _UNQUOTED.sub(rb'\1"\2"', text.encode("utf-8", errors="ignore").translate(None, _CONTROLS))


def _numbered(ampersand: "regex.Match[str]") -> str:
    """HTML's named characters as numbers; an ampersand that means itself, or a name that nobody knows, as written."""
    name = ampersand[1]
    if name is None:
        return "&#38;"
    characters = html5.get(f"{name};")
    return "".join(f"&#{ord(c)};" for c in characters) if characters else f"&#38;{name};"


def _allowed(references: "regex.Match[str]") -> str:
    """The same references; halves of a pair as the one character that they mean, and none that XML forbids."""
    codes = [int(r[1]) if r[1] else int(r[2], 16) for r in _REFERENCE.finditer(references[0])]
    if all(map(_is_allowed, codes)):
        return references[0]
    units = "".join(chr(code) for code in codes if code < 0x110000)  # noqa: PLR2004 - the end of Unicode
    characters = units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return "".join(f"&#{ord(character)};" for character in characters if _is_allowed(ord(character)))


def _is_allowed(code: int) -> bool:
    """Whether XML 1.0 has this character (section 2.2)."""
    return code in {0x09, 0x0A, 0x0D} or any(code in allowed for allowed in _ALLOWED)


def _forget(element: Element) -> None:
    """Take the element, and what stands before it, out of memory."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _damage(log: "etree._ListErrorLog") -> str | None:
    """In words, what a parser had to step over; None where there was nothing."""
    flaws = [flaw for flaw in log if flaw.level >= etree.ErrorLevels.FATAL]
    if not flaws:
        return None
    if any(flaw.type == etree.ErrorTypes.ERR_TAG_NOT_FINISHED for flaw in flaws):
        return "The file breaks off before its end; what came after is missing."
    return f"The file is damaged in line {flaws[0].line}; words may be missing there and after it."
