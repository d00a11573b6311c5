"""Whatever is done to an export or a feed, it is read or refused with a sentence."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Comment, Discussion
from bot.errors import UnreadableError
from bot.sources.exports import read
from bot.sources.material import Material
from bot.sources.recognising import Form

ROOMS = Path(__file__).parents[1]
PAGES = [path.read_bytes() for path in sorted(ROOMS.glob("*/pages/*.xml"))]
PIECES = [
    *(
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<!DOCTYPE rss [",
        b"<?xml",
        b"\x00",
        b"\xff",
        b"\xc3",
    ),
    *(
        b"&#xD83D;",
        b"&#0;",
        b"&nbsp;",
        b"&unknown;",
        b"</item>",
        b"</entry>",
        b"<item>",
        b"<entry/>",
        b"</post>",
    ),
    *(
        b"<wp:comment>",
        b"<thr:in-reply-to/>",
        b"<link/>",
        b"<author/>",
        b"9999-99-99",
        b"#comment-",
        b"http://[",
        b"",
    ),
]

ENDLESS = {
    "comments before a root": b"<?xml version='1.0'?>" + b"<!---->" * 600 + b"x",
    "comments in plain text": b"<!---->" * 600 + b"x",
    "a document type of comments": b"<?xml version='1.0'?><!DOCTYPE a [" + b"<!--" * 60_000,
    "ampersands": b"<rss><channel><item><title>" + b"&" * 500_000 + b"</title></item></channel></rss>",
    "openings": b"<rss><channel><item><description>"
    + b"&lt;pre&gt;" * 50_000
    + b"\nx</description></item></channel></rss>",
    "answers": b"<feed>"
    + b"".join(b"<entry><id>%d</id><in-reply-to ref='%d'/></entry>" % (n, n - 1) for n in range(10_000))
    + b"</feed>",
}

edits = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 200), st.sampled_from(PIECES)), min_size=1, max_size=8
)


def damaged(page: bytes, changes: Sequence[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in changes:
        start = place % (len(page) + 1)
        page = page[:start] + piece + page[start + length :]
    return page


def check(discussion: Discussion) -> None:
    assert Discussion.model_validate_json(discussion.model_dump_json()) == discussion
    assert discussion.article.title
    above: dict[str, Comment] = {}
    for comment in discussion.comments:
        assert comment.key
        assert comment.key not in above
        assert comment.depth == (above[comment.parent].depth + 1 if comment.parent in above else 0)
        assert (comment.author is None) == (comment.author_source == "unknown")
        above[comment.key] = comment


@given(page=st.sampled_from(PAGES), changes=edits)
@settings(max_examples=150, deadline=None)
def test_damage_is_read_or_refused(page: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    try:
        found = list(read(Material(damaged(page, changes), "")))
    except UnreadableError:
        return
    assert found
    for discussion in found:
        check(discussion)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_bytes_after_a_root_are_read_or_refused(rest: bytes) -> None:
    for root in (b"<rss xmlns:wp='http://wordpress.org/export/1.2/'>", b"<disqus>", b"<feed>", b"<rss>"):
        try:
            for discussion in read(Material(root + rest, "")):
                check(discussion)
        except UnreadableError:
            continue


@pytest.mark.parametrize("cut", range(0, 100, 7))
@pytest.mark.parametrize("page", PAGES, ids=len)
def test_a_part_is_read_or_refused(page: bytes, cut: int) -> None:
    try:
        found = list(read(Material(page[: len(page) * cut // 100], "")))
    except UnreadableError:
        return
    for discussion in found:
        check(discussion)


@pytest.mark.parametrize("data", ENDLESS.values(), ids=ENDLESS)
def test_what_is_made_to_take_for_ever_ends(data: bytes) -> None:
    material = Material(data, "")
    if material.form is Form.XML:
        with suppress(UnreadableError):
            read(material)
