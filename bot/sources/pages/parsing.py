"""Bytes of a page to its elements: one parse, in the encoding that the bytes and not only their author say."""

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from urllib.parse import urljoin, urlsplit

import regex
from lxml.html import HtmlElement

from bot.errors import UnreadableError
from bot.sources.decoding import encoding_of
from bot.sources.hypertext import tree_of
from bot.sources.material import Material

#: Browsers look for a declaration in the first 1,024 bytes; pages with long comments above it exist.
_HEAD = 8 * 1024
_DECLARED = regex.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    regex.I,
)
#: What browsers read under these labels (WHATWG Encoding Standard, section 4.2).
_LABELS = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932",
    "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "tis-620": "cp874",
    "iso-8859-11": "cp874", "windows-874": "cp874", "big5": "big5hkscs",
}  # fmt: skip
#: Its bytes are ASCII and would pass for UTF-8; the escapes give it away.
_JAPANESE_MAIL = "iso2022_jp"
_JAPANESE_ESCAPE = b"\x1b$"
_LANGUAGE_CODE = regex.compile(r"[A-Za-z]{2,3}(?=$|[-_,;\s])")
_MONTH_FIRST = regex.compile(r"en(?:$|[-_]US|[-_,;\s](?![A-Z]{2}))", regex.I)
_SAVED_FROM = regex.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)")


#: What a comment's element is; rows and definition lists are those of old themes.
COMMENT_HOLDERS = ("li", "div", "article", "section", "dt", "dd", "tr", "table")
#: Characters of a class attribute that are looked at.
LONGEST_CLASS = 1_000


#: An element that may hold a comment, with its id and its classes.
Holder = tuple[HtmlElement, str | None, str | None]


@dataclass(eq=False)
class Page:
    """A parsed page and what its head says of it."""

    root: HtmlElement
    #: Its source, in UTF-8.
    data: bytes
    location: str
    #: Whether it was cut off where it is nested too deeply for the parser.
    truncated: bool
    #: Whether an element had more attributes than it keeps.
    crowded: bool

    @cached_property
    def url(self) -> str | None:
        """The page's own address, as it says itself; else where it was fetched or saved from."""
        links = (
            link.get("href", "")
            for link in self._in_head("link")
            if "canonical" in link.get("rel", "").lower()
        )
        for found in (next(links, ""), self.stated("og:url") or "", self.stated("url") or ""):
            if _is_web(found.strip()):
                return found.strip()
            if found.strip() and _is_web(self._origin):
                return urljoin(self._origin, found.strip())
        return self._origin or None

    @cached_property
    def base(self) -> str | None:
        """What relative links are resolved with."""
        base = next((element.get("href", "") for element in self._in_head("base")), "")
        try:
            return urljoin(self.url or "", base.strip()) or None
        except ValueError:
            return self.url

    def stated(self, *names: str) -> str | None:
        """What the head says under the first of these names that it knows (property, name, itemprop)."""
        return next((self._metadata[name] for name in names if name in self._metadata), None)

    @cached_property
    def _metadata(self) -> dict[str, str]:
        metadata: dict[str, str] = {}
        for element in self._in_head("meta"):
            content = " ".join((element.get("content") or "").split())
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if content and (name := element.get(attribute)):
                    metadata.setdefault(name.lower(), content)
        return metadata

    def _in_head(self, tag: str) -> Iterator[HtmlElement]:
        """Elements of the head; of the whole page where a parser found none."""
        head = self.root.find("head")
        return (self.root if head is None else head).iter(tag)

    @cached_property
    def month_first(self) -> bool:
        """Whether the page's readers write the month before the day: English, and not of a country that does not."""
        return _MONTH_FIRST.match(self._declared_language) is not None

    @cached_property
    def language(self) -> str | None:
        """The language that the page declares, as ISO 639."""
        code = _LANGUAGE_CODE.match(self._declared_language)
        return code[0].lower() if code else None

    @cached_property
    def _declared_language(self) -> str:
        stated = (
            self.root.get(name) for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
        )
        return (
            next(filter(None, stated), None) or self.stated("content-language", "og:locale") or ""
        ).strip()

    @cached_property
    def generator(self) -> str:
        """The software that the page says it was made by, in lower case."""
        return (self.stated("generator") or "").lower()

    @cached_property
    def body(self) -> HtmlElement:
        """The visible part."""
        body = self.root.find("body")
        return self.root if body is None else body

    @cached_property
    def holders(self) -> Sequence[Holder]:
        """The elements of the body that may hold a comment, in their order."""
        return [
            (element, element.get("id"), element.get("class")) for element in self.body.iter(*COMMENT_HOLDERS)
        ]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every class of such an element."""
        stated = {classes[:LONGEST_CLASS] for _, _, classes in self.holders if classes}
        return frozenset(chain.from_iterable(map(str.split, stated)))

    def forget_elements(self) -> None:
        """Let go of the elements; they are looked up anew when they are asked for again."""
        self.__dict__.pop("holders", None)

    @cached_property
    def _origin(self) -> str:
        if _is_web(self.location):
            return self.location
        found = _SAVED_FROM.search(self.data, 0, _HEAD)
        return found[1].decode(errors="replace") if found else ""


def _is_web(address: str) -> bool:
    """Whether an address is one of the web, complete with its scheme."""
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def parse(material: Material) -> Page:
    """The page in ``material``.

    Raises UnreadableError where there is no element in it.
    """
    data = _in_utf8(material.data, material.charset)
    root, truncated, crowded = tree_of(data)
    if root is None:
        raise UnreadableError(
            "This looks like an HTML page, but there is no element in it; nothing was read.",
            next_step="Check that it was saved completely, then hand it over again.",
        )
    return Page(root, data, material.location, truncated, crowded)


def _in_utf8(data: bytes, charset: str | None) -> bytes:
    declared = charset or _declared(data[:_HEAD])
    if declared == _JAPANESE_MAIL and _JAPANESE_ESCAPE in data:
        return data.decode(declared, "replace").encode()
    encoding, mark = encoding_of(data, declared)
    if encoding == "utf-8":
        return data[mark:]
    return data[mark:].decode(encoding, "replace").encode("utf-8", "replace")


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head)
    if found is None:
        return None
    label = (found[1] or found[2]).decode("ascii", "replace").lower()
    try:
        return codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
