"""When two addresses lead to one article, and what they say of a comment."""

import pytest

from bot.sources.addresses import article_address, comment_in, same_article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/post", "https://www.a.example/post/"),
        ("https://a.example/post/?utm_source=x&fbclid=1", "https://a.example/post"),
        ("https://a.example/post/comment-page-2/#comment-9", "https://a.example/post/#comment-1"),
        ("https://a.example/?p=5&cpage=2#comment-9", "https://a.example/?p=5"),
        ("https://A.example/caf%C3%A9/", "https://a.example/café"),
    ],
)
def test_one_article(one: str, other: str) -> None:
    assert same_article(one) == same_article(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/?p=5", "https://a.example/?p=6"),
        ("https://a.example/post", "https://b.example/post"),
        ("https://a.example/post", "https://a.example/Post"),
        ("http://[broken", "http://[broken2"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    assert same_article(one) != same_article(other)


def test_an_article_s_own_query_stays_as_it_is_written() -> None:
    assert article_address("https://a.example/?q=a+b%20c#x") == "https://a.example/?q=a+b%20c"
    assert article_address("https://a.example/?q=1&utm_medium=feed") == "https://a.example/?q=1"


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://a.example/x#comment-12", "12"),
        ("https://a.example/x#c901", "901"),
        ("https://a.example/x#comments", None),
        ("https://a.example/x#c-1-2", None),
        ("https://a.example/x", None),
    ],
)
def test_a_comment_s_number_stands_in_the_fragment(address: str, number: str | None) -> None:
    assert comment_in(address) == number
