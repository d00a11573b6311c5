import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.markdown import escape, opening, shorten, split, to_discord
from tests.bot.domain.discord_rendering import rendered
from tests.bot.domain.test_markdown import FORBIDDEN, letters, written

#: Long enough to be cut, with markup that repeats at every distance from the cut.
long = written.map(lambda text: f"{text} " * 9)
limits = st.integers(100, 200)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(2, 60))
def test_no_part_is_longer_than_the_limit(text, limit):
    assert all(len(part) <= limit for part in split(text, limit))


@given(st.lists(st.text("abcé字", min_size=1, max_size=20), max_size=120), limits)
def test_the_words_of_all_parts_are_the_words_of_the_text(words, limit):
    assert " ".join(split(" ".join(words), limit)).split() == words


@given(long, limits)
def test_cut_plain_text_still_shows_exactly_its_words(text, limit):
    parts = split(escape(text), limit)
    seen = [rendered(part) for part in parts]
    assert all(len(part) <= limit for part in parts)
    assert letters("".join(part.text for part in seen)) == letters(rendered(escape(text)).text)
    assert all(part.markup <= {"url"} for part in seen)


@given(long, limits)
def test_cut_markup_brings_nothing_to_life(text, limit):
    shown = to_discord(text)
    parts = split(shown, limit)
    seen = [rendered(part) for part in parts]
    assert all(len(part) <= limit for part in parts)
    assert not any(part.markup & FORBIDDEN for part in seen)
    if "```" not in shown:
        assert letters("".join(part.text for part in seen)) == letters(rendered(shown).text)


def test_a_cut_comes_between_paragraphs_before_lines_before_sentences_before_words():
    words = "word " * 15
    assert split(f"{words}\n\n{words}\n{words}. {words}", 240)[0] == words.strip()
    assert split(f"{words}\n{words}. {words}", 200)[0] == words.strip()
    assert split(f"{words}. Next {words}{words}", 200)[0] == f"{words}."
    assert split("word " * 50, 101)[0] == ("word " * 20).strip()


def test_a_nicer_place_costs_no_further_part():
    text = "\n\n".join(["word " * 30] * 4)
    assert len(split(text, 310)) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"**{'bold ' * 30}end**", [r"\*\*bold.*bold\*\*", r"\*\*bold.*end\*\*"]),
        (f"***both** {'slanted ' * 20}end*", [r"\*\*\*both\*\* .*slanted\*", r"\*slanted.*end\*"]),
        (f"> {'said ' * 30}", [r"> said.*", r"> said.*"]),
        (f"-# {'small ' * 30}", [r"-# small.*", r"-# small.*"]),
        ("```py\n" + "x = 1\n" * 30 + "```", [r"```py\nx = 1\n.*\n```", r"```py\nx = 1\n.*x = 1\n```"]),
        ("> ```\n" + "> x = 1\n" * 18 + "> ```", [r"> ```\n> x.*\n> ```", r"> ```\n> x.*\n> ```"]),
    ],
)
def test_what_a_cut_goes_through_is_closed_and_opened_again(text, parts):
    cut = split(text, 120)
    assert len(cut) == len(parts)
    assert all(re.fullmatch(pattern, part, re.DOTALL) for pattern, part in zip(parts, cut, strict=True))


@pytest.mark.parametrize(
    "whole",
    [
        "<https://a.example/" + "x" * 40 + ">",
        "[a link with words in it](<https://a.example/y>)",
        "`code with words in it, more than a few`",
        "</articles show some thing:123456789>",
        "\ue000123\ue001",
        "👩🏽\u200d🚀👩🏽\u200d🚀👩🏽\u200d🚀",
    ],
)
def test_what_means_something_only_as_a_whole_is_never_cut(whole):
    for before in range(60, 110):
        assert any(whole in part for part in split(f"{'x ' * (before // 2)}{whole} {'y ' * 60}", 110))


def test_a_mark_that_a_cut_moves_to_the_start_of_a_line_means_nothing_there():
    parts = split("word " * 19 + "word - # 1986. > x " + "word " * 20, 100)
    assert all(rendered(part).markup == set() for part in parts)


def test_a_word_longer_than_a_part_is_cut_between_graphemes():
    parts = split("👩🏽\u200d🚀" * 100, 101)
    assert "".join(parts) == "👩🏽\u200d🚀" * 100
    assert all(len(part) % 4 == 0 for part in parts)


def test_code_and_addresses_longer_than_a_part_mean_no_more_in_pieces():
    code = split("`" + "<@1>" * 60 + "`", 100)
    assert {frozenset(rendered(part).markup) for part in code} == {frozenset({"code"})}
    address = split("<https://a.example/" + "@everyone" * 30 + ">", 100)
    assert all(rendered(part).markup <= {"url"} for part in address)


def test_text_without_spaces_is_cut_after_its_sentences():
    assert split("字" * 70 + "。" + "字" * 80, 100) == ["字" * 70 + "。", "字" * 80]


def test_an_empty_text_has_no_parts():
    assert split(" \n ", 100) == []


def test_a_shortened_text_ends_at_a_word_and_closes_its_markup():
    assert shorten("short", 20) == "short"
    assert shorten("**every spring, by two people, with a brass band** " * 3, 101) == (
        "**every spring, by two people, with a brass band** **every spring, by two people, with a brass…**"
    )
    assert shorten("many words here", 9, ellipsis=" …") == "many …"


@given(st.text(), st.integers(2, 120))
def test_a_shortened_text_keeps_its_limit(text, limit):
    assert len(shorten(text, limit)) <= limit
    assert len(opening(text, limit)) <= limit


def test_an_opening_is_one_line_of_plain_text():
    assert opening("The boat\nwas   polished.", 40) == "The boat was polished."
    assert (
        opening("The boat was polished every spring, by two people", 40)
        == "The boat was polished every spring, by…"
    )
    assert opening("5 *3 and 4* 5", 9) == "5 *3 and…"
    assert opening("x" * 50, 10) == "x" * 9 + "…"
