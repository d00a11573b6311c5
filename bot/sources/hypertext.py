"""HTML to elements: the one parser of pages and of fragments of them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

#: Attributes that an element keeps. No page has a tenth of them, and libxml2 needs four times as long for twice as many.
MOST_ATTRIBUTES = 1_000
#: Bytes without the end of a tag, from which on one is looked at: fewer hold no number of attributes that matters.
_STRETCH = 4 * 1024
#: The first of a stretch: a tag, or a comment, in which there are none.
_TAG = re.compile(rb"<(?:[a-zA-Z][^\s/>]*+|(?P<comment>!--))")
_ATTRIBUTE = re.compile(rb"[\s/]*+[^\s/=][^\s/=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"']*+))?+")
#: What holds characters and no tags.
_RAW = (b"<script", b"<style", b"<textarea", b"<title", b"<!--")


class Tree(NamedTuple):
    """What a parser made of HTML: elements and text alone, for nobody reads its comments."""

    #: None where there is no element.
    root: HtmlElement | None
    #: Whether it was cut off where it is nested too deeply for the parser, at 2,048 elements.
    truncated: bool
    #: Whether an element had more attributes than it keeps.
    crowded: bool


def tree_of(data: bytes) -> Tree:
    """The elements of HTML in UTF-8."""
    # Only XML has entities that a huge tree would let loose; here it raises the depth from 256 to 2,048.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    # The lookup of lxml.html asks a Python function for every element; forms are nothing special here.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    surplus = list(_surplus(data))
    try:
        root = etree.fromstring(_without(data, surplus) if surplus else data, parser)
    except etree.XMLSyntaxError:
        root = None
    truncated = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return Tree(root if isinstance(root, HtmlElement) else None, truncated, bool(surplus))


def _surplus(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the attributes stand that an element does not keep."""
    place = 0
    while place + _STRETCH <= len(data):
        if data.find(b">", place, place + _STRETCH) >= 0:
            place += _STRETCH
            continue
        start = data.rfind(b">", 0, place) + 1
        end = data.find(b">", place + _STRETCH)
        end = len(data) if end < 0 else end
        tag = _TAG.search(data, start, end)
        raw = data.startswith(_RAW, data.rfind(b"<", 0, start))
        if tag is not None and tag["comment"] is None and not raw:
            last = next(islice(_ATTRIBUTE.finditer(data, tag.end(), end), MOST_ATTRIBUTES, None), None)
            if last is not None:
                yield last.start(), end
        place = end


def _without(data: bytes, left_out: list[tuple[int, int]]) -> bytes:
    """The bytes but for some stretches of them."""
    starts = [0, *(end for _, end in left_out)]
    ends = [*(start for start, _ in left_out), len(data)]
    return b"".join(data[start:end] for start, end in zip(starts, ends, strict=True))
