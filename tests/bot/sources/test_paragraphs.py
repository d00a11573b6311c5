"""Blank lines as paragraphs, the way that pages show what databases keep."""

import pytest

from bot.sources.markup import words_from_html
from bot.sources.paragraphs import with_paragraphs, without_shortcodes


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("one\r\n\r\ntwo", "one\n\ntwo"),
        ("one <b>two\n\nthree</b> four", "one two\n\nthree four"),
        ("<p>one</p>\n<p>two\nlines</p>", "one\n\ntwo lines"),
        ("before\n<blockquote>cited</blockquote>\nafter\nit", "before\n\ncited\n\nafter\nit"),
        ("<h2>Head</h2>\nfirst\n\nsecond", "Head\n\nfirst\n\nsecond"),
        ("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nend", "a\nb\n\nend"),
        ("<pre>a\n\nb</pre>\n\nc", "a\n\nb\n\nc"),
        ("   ", ""),
    ],
)
def test_lines_become_what_a_reader_sees(raw: str, text: str) -> None:
    shown = words_from_html(with_paragraphs(raw)).text
    assert shown.replace("• ", "").replace("- ", "") == text


def test_shortcodes_of_pictures_go_and_captions_stay() -> None:
    raw = '[caption id="a"]<img src="x.png"> Our mill[/caption]\n\n[gallery ids="1,2"] and [sic] words'
    shown = words_from_html(with_paragraphs(without_shortcodes(raw))).text
    assert "Our mill" in shown
    assert "[sic] words" in shown
    assert "gallery" not in shown
    assert "caption" not in shown
