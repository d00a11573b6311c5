"""The article's title out of the titles of its comments, in languages known and unknown."""

import pytest

from bot.sources.feeds.entries import Entry
from bot.sources.feeds.titles import title_after_colon, titles_of


def entry(title: str, author: str | None, link: str = "https://a.example/?p=1#comment-1") -> Entry:
    return Entry(
        id=link, link=link, title=title, author=author, published=None, updated=None,
        body="", answers=(), related="", declared=None, comments_feed=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "author", "title"),
    [
        ("Comment on The road by Ann", "Ann", "The road"),
        ("Comment on Comment on by Ann by Ann", "Ann", "Comment on by Ann"),
        ("Kommentar zu Von hier nach dort von Ann von dort", "Ann von dort", "Von hier nach dort"),
        ("Commentaires sur Le pain par Léa", "Léa", "Le pain"),
        ("Comentario en Pan por Ana", "Ana", "Pan"),
        ("Comentário sobre Pão por Ana", "Ana", "Pão"),
        ("Commenti su Pane di Ada", "Ada", "Pane"),
        ("Reactie op Brood door Jan", "Jan", "Brood"),
        ("Re: Bread", None, "Bread"),
    ],
)
def test_common_languages_are_known(line: str, author: str | None, title: str) -> None:
    assert titles_of({"a": [entry(line, author)]}) == {"a": title}


@pytest.mark.parametrize(
    ("line", "author", "slug", "title"),
    [
        ("Chleb i sól – komentarz, autor: Ewa", "Ewa", "chleb-i-sol", "Chleb i sól"),
        ("Ewa o „Chleb i sól?”", "Ewa", "chleb-i-sol-2", "„Chleb i sól?”"),
        ("パンの塩 への エワ より", "エワ", "%e3%83%91%e3%83%b3%e3%81%ae%e5%a1%a9", "パンの塩"),
        ("Hozzászólás a(z) Kenyér és só bejegyzéshez Éva szerint", "Éva", "kenyer-es-so", "Kenyér és só"),
        ("Zu Müll & Öl von Bo", "Bo", "muell-oel.html", "Müll & Öl"),
    ],
)
def test_in_other_languages_the_address_shows_the_title(
    line: str, author: str, slug: str, title: str
) -> None:
    assert titles_of({"a": [entry(line, author, f"https://a.example/2020/{slug}/#comment-1")]}) == {
        "a": title
    }


def test_one_address_shows_what_stands_around_all_titles() -> None:
    known = entry("Komentarz: Sól, od Ewy", "Ewy", "https://a.example/sol/#comment-1")
    other = entry("Komentarz: Całkiem co innego, od Jana", "Jana", "https://a.example/?p=7#comment-2")
    assert titles_of({"a": [known], "b": [other]}) == {"a": "Sól", "b": "Całkiem co innego"}


def test_without_any_address_what_all_lines_share_is_cut_off() -> None:
    first = entry("Komentarz do Sól, od Ewy", "Ewy")
    second = entry("Komentarz do Wielki chleb, od Jana", "Jana")
    assert titles_of({"a": [first], "b": [second]}) == {"a": "Sól", "b": "Wielki chleb"}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Comments on: Salt", "Salt"),
        ("Commentaires sur : Le sel : un essai", "Le sel : un essai"),
        ("コメント：塩", "塩"),
        ("Salt", "Salt"),
        (
            "What we all learned about salt this year: nothing",
            "What we all learned about salt this year: nothing",
        ),
        ("Salt:", "Salt:"),
    ],
)
def test_the_feed_of_one_post_names_it_after_a_colon(line: str, title: str) -> None:
    assert title_after_colon(line) == title
