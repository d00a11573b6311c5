"""What is fuzzed: each reader, and the register with all of them, as functions of bytes.

A target returns where the reader found sound discussions or refused with UnreadableError; everything else is a defect.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from bot.domain.discussion import Discussion, Document
from bot.errors import UnreadableError
from bot.sources import documents, exports, feeds, register
from bot.sources.decoding import decode
from bot.sources.exports import blogger, disqus, wxr
from bot.sources.flattened import reading as flattened
from bot.sources.markup import blocks_from_html, words_from_html
from bot.sources.material import Material
from bot.sources.packing import pack, unpack
from bot.sources.pages import reading as pages
from bot.sources.trails import trails

Target = Callable[[bytes], None]

#: NUL as JSON writes it; two backslashes before the "u" are a backslash that somebody wrote.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def _reader(read: Callable[[bytes], Iterable[Discussion]]) -> Target:
    def target(data: bytes) -> None:
        try:
            found = list(read(data))
        except UnreadableError as refusal:
            if not refusal.message:
                raise
            return
        _check(found)

    return target


def _check(discussions: list[Discussion]) -> None:
    """What everybody who takes a discussion relies on."""
    document = Document(discussions=tuple(discussions))
    text = document.model_dump_json()
    text.encode()  # a lone surrogate fails here at the latest
    assert not _NUL.search(text), "a NUL in the text"
    assert Document.model_validate_json(text) == document, "the document does not survive JSON"
    for discussion in discussions:
        assert unpack(pack(discussion)) == discussion, "the discussion does not survive packing"
        _check_tree(discussion)


def _check_tree(discussion: Discussion) -> None:
    keys = {comment.key for comment in discussion.comments}
    assert len(keys) == len(discussion.comments), "a key occurs twice"
    depths: dict[str, int] = {}
    for comment in discussion.comments:
        if comment.parent in keys:
            assert comment.parent in depths, f"{comment.key!r} stands before its parent {comment.parent!r}"
            assert comment.depth == depths[comment.parent] + 1, f"{comment.key!r} is not one below its parent"
        else:
            assert comment.depth == 0, f"{comment.key!r} has a depth and no parent"
        depths[comment.key] = comment.depth


def _markup(data: bytes) -> None:
    """Fragments of HTML: nothing may be refused."""
    fragment = decode(data)
    words = words_from_html(fragment, base="https://blog.example/post/")
    "".join((words.markdown, words.text, *(b.markdown for b in blocks_from_html(fragment)))).encode()


def _trails(data: bytes) -> None:
    """Where a page leads: to its own host or nowhere."""
    found = trails(data, "https://blog.example/post/")
    leads = [*found.comment_pages, *filter(None, (found.rest, found.feed))]
    assert all(address.startswith(("https://blog.example", "http://blog.example")) for address in leads), (
        leads
    )


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "register": _reader(lambda data: register.read(data, location="fuzz")),
        "flattened": _reader(lambda data: flattened.read(decode(data))),
        "documents": _reader(lambda data: documents.read(decode(data))),
        "exports": _reader(lambda data: exports.read(Material(data, "fuzz"))),
        "wxr": _reader(wxr.discussions),
        "disqus": _reader(disqus.discussions),
        "blogger": _reader(blogger.discussions),
        "feeds": _reader(feeds.read),
        "pages": _reader(lambda data: pages.read(Material(data, "https://blog.example/post/"))),
        "markup": _markup,
        "trails": _trails,
    }
)
