"""Whatever is done to an export or a feed, it is read or refused with a sentence."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Comment, Discussion
from bot.errors import UnreadableError
from bot.sources.exports import read
from bot.sources.material import Material

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
        found = read(Material(damaged(page, changes), ""))
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
        found = read(Material(page[: len(page) * cut // 100], ""))
    except UnreadableError:
        return
    for discussion in found:
        check(discussion)
