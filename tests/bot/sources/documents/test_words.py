"""Bodies that are not HTML."""

import pytest

from bot.sources.documents.words import (
    blocks_from_either,
    blocks_from_typed,
    words_from_either,
    words_from_plain,
    words_from_typed,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("See [the map](https://map.example/a_(b)) *now*.", "See the map (https://map.example/a_(b)) now."),
        ("[https://a.example](https://a.example)", "https://a.example (https://a.example)"),
        ('![an oar](https://a.example/oar.png "ash")', 'an oar (https://a.example/oar.png "ash")'),
        ("[the oar [part 2]](https://a.example/2)", "the oar [part 2] (https://a.example/2)"),
        ("> quoted\n\nanswered", "quoted\n\nanswered"),
        ("an [open bracket", "an [open bracket"),
        (">", ">"),
        ("***", "***"),
    ],
)
def test_typed_words_keep_what_was_typed(typed: str, text: str) -> None:
    words = words_from_typed(typed)
    assert words.markdown == typed
    assert words.text == text


def test_plain_text_is_no_markup() -> None:
    words = words_from_plain("1 < 2 & *so* on\nnext line\n\n<b>not bold</b>")
    assert words.text == "1 < 2 & *so* on\nnext line\n\n<b>not bold</b>"
    assert words.markdown != words.text


@pytest.mark.parametrize(
    ("either", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("Salt &amp; pepper", "Salt & pepper"),
        ("a < b and b > c", "a < b and b > c"),
        ("AT&T\n\nand <3", "AT&T\n\nand <3"),
    ],
)
def test_markup_is_told_from_plain_text(either: str, text: str) -> None:
    assert words_from_either(either).text == text


def test_an_article_in_markdown_or_text_has_blocks() -> None:
    kinds = [
        block.kind.value
        for block in blocks_from_typed("# Oars\n\nAsh.\n\n> Spruce!\n\n- a\n- b\n\n<script>x</script>")
    ]
    assert kinds == ["heading", "paragraph", "quote", "list", "paragraph"]
    assert [block.text for block in blocks_from_either("One.\n\nTwo.")] == ["One.", "Two."]
    assert [block.text for block in blocks_from_either("<p>One.</p>")] == ["One."]
