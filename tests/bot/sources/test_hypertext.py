"""The parser of pages and fragments: elements of a thousand attributes, and of what only looks like more."""

import time

import pytest

from bot.sources.hypertext import MOST_ATTRIBUTES, tree_of


def attributes(number: int, form: str = "a%d=1") -> bytes:
    return " ".join(form % name for name in range(number)).encode()


@pytest.mark.parametrize("form", ["a%d", "a%d=1", "a%d='one two'", 'a%d = "1"', "a%d=1/"])
def test_an_element_keeps_a_thousand_attributes_and_all_of_its_words(form: str) -> None:
    tree = tree_of(b"<body><p id=first " + attributes(9_000, form) + b">Flour.</p><p>And salt.</p></body>")
    assert tree.root is not None
    first, second = tree.root.iter("p")
    assert (first.get("id"), first.text, second.text) == ("first", "Flour.", "And salt.")
    assert len(first.keys()) == MOST_ATTRIBUTES
    assert tree.crowded


@pytest.mark.parametrize(
    "page",
    [
        b"<p id=first " + attributes(900) + b">Flour.</p>",
        b"<p title='" + b"one < two " * 5_000 + b"' lang=de>Flour.</p>",
        b"<script>" + b"if (a <b && c) d(); " * 5_000 + b"</script><p lang=de>Flour.</p>",
        b"<style>" + b"p { margin: 0 } " * 5_000 + b"</style><p lang=de>Flour.</p>",
        b"<!--" + b" <p a b c " * 5_000 + b"--><p lang=de>Flour.</p>",
        b"<p lang=de>Flour. " + b"It is 1 < 2, and all is well. " * 5_000 + b"</p>",
    ],
    ids=["fewer", "a long value", "a script", "a style", "a comment", "words"],
)
def test_long_stretches_that_are_no_attributes_are_left_alone(page: bytes) -> None:
    tree = tree_of(page)
    assert tree.root is not None
    paragraph = next(tree.root.iter("p"))
    assert str(paragraph.text).startswith("Flour.")
    assert not tree.crowded


def test_many_attributes_take_no_time_to_speak_of() -> None:
    page = b"<p " + attributes(150_000) + b">Flour.</p>"
    started = time.process_time()
    tree_of(page)
    assert time.process_time() - started < 1  # it was 45 seconds
