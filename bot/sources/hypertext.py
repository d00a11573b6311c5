"""HTML to elements: the one parser of pages and of fragments of them."""

from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement


class Tree(NamedTuple):
    """What a parser made of HTML: elements and text alone, for nobody reads its comments."""

    #: None where there is no element.
    root: HtmlElement | None
    #: Whether it was cut off where it is nested too deeply for the parser, at 2,048 elements.
    truncated: bool


def tree_of(data: bytes) -> Tree:
    """The elements of HTML in UTF-8."""
    # Only XML has entities that a huge tree would let loose; here it raises the depth from 256 to 2,048.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    # The lookup of lxml.html asks a Python function for every element; forms are nothing special here.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    truncated = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    return Tree(root if isinstance(root, HtmlElement) else None, truncated)
