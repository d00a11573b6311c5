"""Broken, hostile and merely strange pages: read, or refused with a sentence, and always in linear time."""

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Discussion
from bot.domain.tree import arrange
from bot.errors import UnreadableError
from bot.sources.material import Material
from bot.sources.pages.reading import read

INVENTED = Path(__file__).parent / "invented"
PAGES = [path.read_bytes() for path in sorted(INVENTED.glob("*.html"))]
PIECES = [
    *(b"<li id='comment-1'>", b"</li>", b"</div>", b"<div class=comment>", b"<ol class=children>", b"<dt id=comment-2>"),
    *(b"<dd>", b"<table><tr>", b"</table>", b"<!--", b"-->", b"<script>", b"<b class=fn>", b"<time datetime='2024-99-99'>"),
    *(b"<form>", b"<p>", b"&#0;", b"&#x110000;", b"&nbsp;", b"\x00", b"\xff\xfe", b"<meta charset=utf-16>", b"<base href='http://['>"),
    *(b"data-parent-id=comment-1 ", b"<a href='#comment-1'>in reply to</a>", b"<template>", b"<svg>", b"<frameset>", b"style='margin-left:1e9px'"),
]  # fmt: skip


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    page = draw(st.sampled_from(PAGES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(page)))
        end = min(len(page), start + draw(st.integers(0, 400)))
        page = page[:start] + draw(st.sampled_from([b"", page[start:end] * 2, *PIECES])) + page[end:]
    return page


def read_or_refuse(data: bytes) -> Discussion | None:
    try:
        (discussion,) = read(Material(data, "page.html"))
    except UnreadableError:
        return None
    return discussion


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(mutilated())
def test_no_mutilation_breaks_the_reading(data: bytes) -> None:
    discussion = read_or_refuse(data)
    if discussion is not None:
        depths = {comment.key: comment.depth for comment in discussion.comments}
        assert len(depths) == len(discussion.comments)
        assert [node.comment.key for node in arrange(discussion.comments)] == list(depths)


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 20_000 + b"<p>deep",
        b"<blockquote><p>word " * 5_000,
        b"".join(b"<li id=comment-%d class='comment depth-%d'><p>word" % (n, n) for n in range(3_000)),
        b"<ol>" + b"".join(b"<li id=comment-%d><b class=fn>A</b><p>word</li>" % n for n in range(5_000)),
        b"<li id=comment-1><p>" + b"word <b>" * 20_000,
        b"<div id=comment-1 " + b" ".join(b"data-%d=x" % n for n in range(20_000)) + b">word</div>",
        b"<div class='" + b"comment " * 30_000 + b"'>word</div>",
        b"<li id=comment-1><a href='#comment-2'>in reply to</a></li>" * 2_000,
        b"<p>" + b"<a href='#c1'>12:00</a> " * 20_000,
        b"<li>" + b"<span>1 May 2024</span> " * 10_000,
        b"<div data-parent-id=c2 id=c1></div><div data-parent-id=c1 id=c2></div>" * 1_000,
        b"<title>" + b"- a" * 50_000,
        b"<p>" + b"comments 1 " * 30_000,
        b"<h2>" + b"1 " * 50_000 + b"comments</h2>",
    ],
    ids=range(14),
)  # fmt: skip
def test_time_is_linear(page: bytes) -> None:
    started = time.process_time()
    read_or_refuse(b"<html><body>" + page)
    assert time.process_time() - started < 6


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"<", b"<html>", b"<!-- -->", b"<html><body></body></html>", b"\x00\x01\x02", b"<p></p>"],
)
def test_a_page_without_words_is_refused_with_a_next_step(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(Material(data, "page.html"))
    assert "an HTML page" in refusal.value.message
    assert refusal.value.next_step


def test_a_page_whose_element_has_too_many_attributes_says_so() -> None:
    crowd = b" ".join(b"a%d=1" % number for number in range(5_000))
    page = (
        b"<html><body><h1>Salt</h1><article><p>Salt is mined here.</p><p "
        + crowd
        + b">And sold.</p></article></body></html>"
    )
    discussion = read_or_refuse(page)
    assert discussion is not None
    assert (
        "An element of the page has more than 1,000 attributes; the others were not read."
        in discussion.warnings
    )
