"""The parent that WordPress hides in a body, and what only looks like it."""

import pytest

from bot.sources.feeds.entries import Entry
from bot.sources.feeds.hidden import hidden_parents

POST = "https://a.example/post/"
LINK = f'<a href="{POST}#comment-7">Ada &amp; Bo</a>'


def entry(body: str, number: int = 9, post: str = POST) -> Entry:
    link = f"{post}#comment-{number}"
    return Entry(
        id=link, link=link, title="", author=None, published=None, updated=None,
        body=body, answers=(), related="", declared=None, comments_feed=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    "first",
    [
        f"<p>In reply to {LINK}.</p>",
        f"<p>Als Antwort auf {LINK}.</p>\n",
        f"<p>En réponse à {LINK}.</p>",
        f"<p>{LINK} への返信。</p>",
        f"<p>ردّاً على {LINK}.</p>",
        f"<p dir='auto'>Som svar på {LINK}.</p>",
        f"В ответ на {LINK}.\n\n",
        f"Risposta a {LINK}.<br /><br />",
        "<p>In reply to <a href='https://a.example/post/comment-page-3/#comment-7'><b>Ada</b> &amp; Bo</a>.</p>",
        f"In reply to {LINK.replace('<', '&lt;').replace('>', '&gt;')}.\n\n",
    ],
)
def test_it_is_found_in_any_language_and_taken_out(first: str) -> None:
    (parent,) = hidden_parents([entry(f"{first}<p>Words.</p>")]).values()
    assert (parent.number, parent.author, parent.rest) == ("7", "Ada & Bo", "<p>Words.</p>")


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Words first.</p><p>In reply to {LINK}.</p>",
        f"<p>In reply to {LINK}, I would say that there is much more to it.</p><p>So much more than anybody says.</p>".replace(
            "I would", "and to all the others here who wrote the same, I would"
        ),
        '<p>See <a href="https://a.example/post/#comment-7" rel="nofollow ugc">there</a>.</p><p>Words.</p>',
        '<p>In reply to <a href="https://b.example/other/#comment-7">Ada</a>.</p><p>Words.</p>',
        '<p>In reply to <a href="https://a.example/post/">Ada</a>.</p><p>Words.</p>',
        f"<p>In reply to {LINK}.</p>",
        "",
    ],
    ids=[
        "not first",
        "many words",
        "linked by a reader",
        "another article",
        "no comment",
        "nothing else",
        "empty",
    ],
)
def test_other_links_are_words(body: str) -> None:
    assert hidden_parents([entry(body)]) == {}


def test_a_site_in_two_languages_says_it_in_two_ways() -> None:
    words = ["In reply to"] * 3 + ["Als Antwort auf"] * 2
    replies = [entry(f"<p>{said} {LINK}.</p><p>{n}</p>", number=20 + n) for n, said in enumerate(words)]
    assert len(hidden_parents(replies)) == 5


def test_a_site_may_mark_all_its_links() -> None:
    marked = LINK.replace("<a href", '<a class="url" href').replace('">Ada', '" rel="nofollow">Ada')
    once, twice = (
        [entry(f"<p>In reply to {marked}.</p><p>{n}</p>", number=20 + n) for n in range(count)]
        for count in (1, 2)
    )
    assert hidden_parents(once) == {}
    assert len(hidden_parents(twice)) == 2


def test_the_site_s_own_words_come_more_than_once() -> None:
    replies = [entry(f"<p>In reply to {LINK}.</p><p>{n}</p>", number=20 + n) for n in range(3)]
    reader = entry(f"<p>As said by {LINK}!</p><p>And so it is.</p>", number=30)
    assert set(hidden_parents([*replies, reader])) == {reply.id for reply in replies}
