# ruff: noqa: T201 - a script that prints what it found
"""How a reader's time grows with hostile input: twice the input, less than three times the time.

Processor time is counted, the median of three runs, at the largest sizes that stay within seconds; what is too quick
to be measured even at megabytes is no danger. A pair that grows too fast is measured once more, since a busy
machine slows down the processor, too.
"""

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from tests.fuzz.targets import TARGETS, Target

#: Time at twice the size over time at the size: 2 is linear, 4 quadratic.
_MOST_GROWTH = 3.0
#: Seconds that the smallest of the three sizes needs at least, so that noise is small beside it.
_MEASURABLE = 0.1
#: Repetitions and bytes at which the search for a measurable size ends.
_SMALLEST = 16
_LARGEST = 1_500_000
_RUNS = 3
#: Levels of a nest in a page.
_LEVELS = 100

_PAGE = b"<html><head><meta name='generator' content='WordPress 6.1'></head><body><article><h1>A clock</h1><p>%s</p></article>%s</body></html>"
_FEED = b'<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>%s</channel></rss>'
_WXR = (
    _FEED
    % b"<wp:wxr_version>1.2</wp:wxr_version><item><title>T</title><wp:post_type>post</wp:post_type><content:encoded><![CDATA[%s]]></content:encoded>%s</item>"
)
_XML_COMMENT = b"<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_parent>%d</wp:comment_parent><wp:comment_content>x</wp:comment_content></wp:comment>"
_TEXT = b"A clock\n\nIt ticks on the square, and nobody looks up.\n\nComments\n\n%s"
_LI = b'<li id="comment-%d" class="comment"><cite class="fn">Ada</cite><time datetime="2024-03-01T10:00:00">then</time><p>Ticks %d times.</p>'

Make = Callable[[int], bytes]


def _page(part: bytes) -> Make:
    return lambda n: _PAGE % (b"The clock on the square ticks.", part * n)


def _nests(opening: bytes, closing: bytes) -> Make:
    """Closed nests one after the other: the parser itself ends at 2,048 levels, so depth alone can't grow."""
    return _page(opening * _LEVELS + closing * _LEVELS)


def _text(part: bytes) -> Make:
    return lambda n: _TEXT % (part * n)


def _numbered(whole: bytes, part: bytes, *, between: bytes = b"", parent: int = 0) -> Make:
    """Parts that count: each number twice, or with the number before as its parent."""
    return lambda n: whole % between.join(part % (k, k - 1 if parent else k) for k in range(1, n + 1))


#: By what repeats: the target, and what makes n repetitions of it.
_GENERATORS: Mapping[str, tuple[str, Make]] = MappingProxyType(
    {
        "pages: nested boxes": ("pages", _nests(b"<div>", b"</div>")),
        "pages: nested quotes": ("pages", _nests(b"<blockquote>x", b"</blockquote>")),
        "pages: nested lists": ("pages", _nests(b"<ul><li>x", b"</li></ul>")),
        "pages: nested marks": ("pages", _nests(b"<b><i>x", b"</i></b>")),
        "pages: nested comments": ("pages", _numbered(_PAGE.replace(b"%s", b"x", 1), _LI + b"<ul class='children'>")),
        "pages: comments": ("pages", _numbered(_PAGE.replace(b"%s", b"x", 1), _LI + b"</li>")),
        "pages: unclosed tags": ("pages", _page(b"<p><span><a href=x>")),
        "pages: unknown boxes": ("pages", _page(b"<div class=x><b>Ada</b> <i>1 March 2024 at 10:00</i><p>It ticks.</p></div>")),
        "pages: attributes": ("pages", lambda n: _PAGE % (b"x", b"<p " + b" ".join(b"a%d=1" % k for k in range(n)) + b">x")),
        "pages: attributes in quotes": ("pages", lambda n: _PAGE % (b"x", b"<p " + b" ".join(b"a%d='x %d'" % (k, k) for k in range(n)) + b">x")),
        "pages: elements with attributes": ("pages", _page(b"<p " + b" ".join(b"a%d" % k for k in range(900)) + b">x</p>")),
        "pages: classes": ("pages", lambda n: _PAGE % (b"x", b"<div class='" + b"comment x " * n + b"'>x</div>")),
        "pages: style": ("pages", lambda n: _PAGE % (b"x", b"<div style='" + b"display :" * n + b"'>x</div>")),
        "pages: links": ("pages", _page(b"<a href='https://blog.example/post/comment-page-2/#comment-1'>x</a>")),
        "pages: dates": ("pages", _page(b"<time>1 March 2024 at 10:00</time>")),
        "pages: numbers": ("pages", _page(b"1234567890")),
        "pages: in reply to": ("pages", _page(b"<p>In reply to Ada</p>")),
        "pages: brackets": ("pages", _page(b"[(")),
        "pages: bare angles": ("pages", _page(b"< ")),
        "pages: entity-like": ("pages", _page(b"&amp;x;&#38;")),
        "pages: spaces": ("pages", _page(b" \t\n")),
        "pages: JSON-LD": ("pages", _page(b"<script type='application/ld+json'>{\"@type\":\"Comment\",\"text\":\"x\"}</script>")),
        "pages: pulled quotes": ("pages", _page(b"<aside class=pullquote>The clock on the square ticks at night.</aside>")),
        "markup: nested boxes": ("markup", lambda n: b"<div>" * n),
        "markup: nested quotes": ("markup", lambda n: b"<blockquote>x" * n),
        "markup: nested lists": ("markup", lambda n: b"<ol><li>x" * n),
        "markup: nested preformatted": ("markup", lambda n: b"<pre>x" * n),
        "markup: nested frames": ("markup", lambda n: b"<video>x" * n),
        "markup: attributes": ("markup", lambda n: b"<p " + b" ".join(b"a%d=1" % k for k in range(n)) + b">x"),
        "markup: marks": ("markup", lambda n: b"<b>x</b>" * n),
        "markup: open marks": ("markup", lambda n: b"<b><i><s><a href=x>x" * n),
        "markup: ticks": ("markup", lambda n: b"<code>`</code>" * n),
        "markup: stars": ("markup", lambda n: b"*_" * n),
        "markup: brackets": ("markup", lambda n: b"![[](" * n),
        "markup: breaks": ("markup", lambda n: b"<br>" * n),
        "flattened: brackets": ("flattened", _text(b"[[(")),
        "flattened: quotation marks": ("flattened", _text("“x ".encode())),
        "flattened: straight quotes": ("flattened", _text(b'"x ')),
        "flattened: in reply to": ("flattened", _text(b"Ada in reply to Bo. | March 1, 2024 at 10:00 am\n\nIt ticks.\n\n")),
        "flattened: in reply to, on a line": ("flattened", _text(b"in reply to ")),
        "flattened: headers": ("flattened", _text(b"Ada | March 1, 2024 at 10:00 am\n\n")),
        "flattened: dates on a line": ("flattened", _text(b"March 1, 2024 ")),
        "flattened: dates on lines": ("flattened", _text(b"1.3.2024 10:00\n")),
        "flattened: numbers": ("flattened", _text(b"123,456 ")),
        "flattened: digits": ("flattened", _text(b"7")),
        "flattened: numbered": ("flattened", _numbered(_TEXT, b"%d. It ticks %d times.\n\n")),
        "flattened: deeper and deeper": ("flattened", lambda n: _TEXT % b"\n\n".join(b" " * (k % 900) + b"It ticks." for k in range(n))),
        "flattened: spaces": ("flattened", _text(b" ")),
        "flattened: lines": ("flattened", _text(b"x\n")),
        "flattened: paragraphs": ("flattened", _text(b"It ticks, and it tocks.\n\n")),
        "flattened: capitals": ("flattened", _text(b"Ada Bo ")),
        "flattened: says": ("flattened", _text(b"Ada says:\n\nIt ticks.\n\nReply\n\n")),
        "flattened: aged": ("flattened", _text("Ada Bo Cy • 3 years ago\n\nIt ticks.\n\nReply\n\n".encode())),
        "flattened: aged, on a line": ("flattened", _text("• Ada Bo ".encode())),
        "flattened: boards": ("flattened", _text("Ada 3 hours ago | parent | next [–]\n\nIt ticks.\n\nreply\n\n".encode())),
        "flattened: boards, on a line": ("flattened", _text(b"| parent [")),
        "flattened: feet": ("flattened", _text(b"Ada\nIt ticks.\nLike\nReply\n3y\n")),
        "flattened: marked quotes": ("flattened", _numbered(_TEXT, b"A | March 1, 2024 at 10:00 am\n\n> It ticks on the square at %d, and nobody looks.\n\nIt tocks %d.\n\n")),
        "flattened: buttons": ("flattened", _text(b"Like\n3\n")),
        "flattened: stacked": ("flattened", _text(b"Ada\nBo\n3 years ago\nIt ticks.\n\n")),
        "flattened: badges": ("flattened", _text(b"OP\n")),
        "flattened: kept headers": ("flattened", _text(b"A | March 1, 2024 at 10:00 am\n\nIt ticks.\n\nIt tocks.\n\n")),
        "documents: deep arrays": ("documents", lambda n: b"[" * n + b"]" * n),
        "documents: deep replies": ("documents", lambda n: b'{"id":1,"children":[' * n + b"]}" * n),
        "documents: open arrays": ("documents", lambda n: b'[{"a":' * n),
        "documents: wide": ("documents", _numbered(b"[%s]", b'{"id":%d,"post":1,"parent":%d,"content":{"rendered":"<p>x</p>"}}', between=b",", parent=1)),
        "documents: keys": ("documents", _numbered(b"{%s}", b'"a%d":%d', between=b",")),
        "documents: digits": ("documents", lambda n: b'{"id":' + b"9" * n + b"}"),
        "documents: escapes": ("documents", lambda n: b'{"id":"' + b"\\ud83d" * n + b'"}'),
        "exports: comments": ("exports", _numbered(_WXR.replace(b"%s", b"x", 1), _XML_COMMENT)),
        "exports: nested comments": ("exports", _numbered(_WXR.replace(b"%s", b"x", 1), _XML_COMMENT, parent=1)),
        "exports: nested elements": ("exports", lambda n: _WXR % (b"x", b"<x>" * n)),
        "exports: attributes": ("exports", lambda n: _WXR % (b"x", b"<x " + b" ".join(b"a%d='1'" % k for k in range(n)) + b"/>")),
        "exports: an unquoted attribute": ("exports", lambda n: _WXR % (b"x", b"<x " + b":a=" * n + b"/>")),
        "exports: entity-like": ("exports", lambda n: _WXR % (b"x", b"&amp;x;&#55357;&" * n)),
        "exports: references": ("exports", lambda n: _WXR % (b"x", b"&#55357;" * n)),
        "exports: document type": ("exports", lambda n: b"<?xml version='1.0'?><!DOCTYPE rss [" + b"<!ENTITY a 'b'>" * n + b"]><rss/>"),
        "exports: open document type": ("exports", lambda n: b"<?xml version='1.0'?><!DOCTYPE rss [" + b"<!-- " * n),
        "exports: words": ("exports", lambda n: _WXR % (b"x\n\n<pre>" * n, b"")),
        "exports: captions": ("exports", lambda n: _WXR % (b"\n[caption]<img>" * n, b"")),
        "feeds: entries": ("feeds", _numbered(_FEED, b'<item><title>Comment on T by A</title><guid>https://b.example/#comment-%d</guid><description>In reply to &lt;a href="#comment-%d"&gt;A&lt;/a&gt;. x</description></item>', parent=1)),
        "feeds: titles": ("feeds", lambda n: _FEED % (b"<item><title>" + b"Re: by on " * n + b"</title></item>")),
        "trails: links": ("trails", _numbered(_PAGE.replace(b"%s", b"x", 1), b"<a href='https://blog.example/post/comment-page-%d/?%d'>x</a>")),
        "trails: attributes": ("trails", lambda n: _PAGE % (b"x", b"<p " + b" ".join(b"a%d=1" % k for k in range(n)) + b">x")),
        "register: angles": ("register", lambda n: b"<!--" * n),
        "register: processing instructions": ("register", lambda n: b"<?x ?>" * n),
        "register: bad bytes": ("register", lambda n: b"A clock\n\n" + b"\xe9\xff " * n),
    }
)  # fmt: skip


class _Growth(NamedTuple):
    size: int
    seconds: tuple[float, float, float]

    @property
    def worst(self) -> float:
        """Of the two doublings, the one that costs more."""
        first, second, third = self.seconds
        return max(second / first, third / second)


def main(chosen: Sequence[str]) -> int:
    """Measure every generator, or those whose names begin as one of ``chosen``; status 1 where one grows too fast."""
    too_fast = []
    for name, (target, make) in _GENERATORS.items():
        if chosen and not name.startswith(tuple(chosen)):
            continue
        found = _measured(TARGETS[target], make)
        if found.worst >= _MOST_GROWTH:
            found = min(found, _measured(TARGETS[target], make), key=lambda growth: growth.worst)
        if found.worst >= _MOST_GROWTH and found.seconds[-1] >= _MEASURABLE:
            too_fast.append(name)
        times = " ".join(f"{seconds:8.3f}" for seconds in found.seconds)
        print(
            f"{name:40} n = {found.size:9,} {times} s   x {found.worst:.1f}{' TOO FAST' * (name in too_fast)}",
            flush=True,
        )
    print(f"Too fast: {', '.join(too_fast) or 'none'}.")
    return 1 if too_fast else 0


def _measured(target: Target, make: Make) -> _Growth:
    """The times at n, 2n and 4n, for the smallest n that takes long enough."""
    size = _SMALLEST
    while _once(target, make(size)) < _MEASURABLE and len(make(8 * size)) <= _LARGEST:
        size *= 2
    first, second, third = (median(map(partial(_once, target), [make(size * k)] * _RUNS)) for k in (1, 2, 4))
    return _Growth(size, (first, second, third))


def _once(target: Target, data: bytes) -> float:
    gc.collect()
    started = time.process_time()
    target(data)
    return max(time.process_time() - started, 1e-6)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
