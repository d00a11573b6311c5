"""A large export is read one post at a time, and a post's comments one by one."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.sources.content import Content, OnDisk
from bot.sources.exports import read
from bot.sources.material import Material

WORDS = "Some words that say little. " * 400
HEAD = """<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>"""


def post(title: str, *comments: str, approved: str = "1") -> str:
    told = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_content><![CDATA[{words}]]></wp:comment_content></wp:comment>"
        for number, words in enumerate(comments, 1)
    )
    return f"<item><title>{title}</title><wp:status>publish</wp:status>{told}</item>"


def export(*posts: str) -> bytes:
    return (HEAD + "".join(posts) + "</channel></rss>").encode()


@contextmanager
def peak() -> Iterator[list[int]]:
    found = [0]
    tracemalloc.start()
    try:
        yield found
        found[0] = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peak_of(content: Content) -> int:
    with peak() as found:
        for discussion in read(Material(content, "")):
            assert discussion.comments
    return found[0]


@pytest.mark.parametrize("keep", [bytes, lambda data: OnDisk(io.BytesIO(data))], ids=["in memory", "on disk"])
def test_six_times_the_posts_need_no_more_memory(keep) -> None:
    small, large = (export(*(post(f"Post {n}", WORDS) for n in range(count))) for count in (60, 360))
    assert peak_of(keep(large)) < 1.3 * peak_of(keep(small)) < len(large) / 2


def test_those_with_comments_come_first_and_one_whose_comments_are_all_gone_is_none_of_them() -> None:
    data = export(
        post("a"), post("b", "Spam.", approved="spam"), post("c", "Yes."), post("d"), post("e", "No.")
    )
    found = list(read(Material(data, "")))
    assert [discussion.article.title for discussion in found] == ["c", "e", "a", "b", "d"]
    assert found[3].warnings == ("1 comment left out: marked as spam.",)


def test_a_file_is_read_from_where_it_stands() -> None:
    file = io.BytesIO(b"before" + b"0123456789")
    file.seek(6)
    content = OnDisk(file)
    assert len(content) == 10
    assert (content[:], content[2:4], content[8:20], content[4:2], content[::3]) == (
        b"0123456789",
        b"23",
        b"89",
        b"",
        b"0369",
    )
