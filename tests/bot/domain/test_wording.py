from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.domain import wording
from bot.domain.discussion import AuthorSource, Speaker
from tests.discussions import FERRY, NOON, comment

NEW_YORK = timezone(timedelta(hours=-5), "EST")


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 comments"), (1, "1 comment"), (2, "2 comments"), (1204, "1,204 comments")]
)
def test_numbers_are_said_as_people_say_them(count, shown):
    assert wording.plural(count, "comment") == shown


def test_an_irregular_plural_is_given():
    assert wording.plural(2, "named person", "named people") == "2 named people"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (None, None),
        (date(2019, 2, 3), "3 February 2019"),
        (datetime(2019, 2, 3, 14, 30), "3 February 2019, 14:30 site time"),  # noqa: DTZ001 - as pages give it
        (NOON - timedelta(days=8), "<t:1771675200:D>"),
        (NOON - timedelta(days=6), "<t:1771848000:f>"),
        (NOON + timedelta(days=1), "<t:1772452800:D>"),
    ],
)
def test_only_a_known_instant_becomes_a_timestamp_of_discords(moment, shown):
    assert wording.when(moment, now=NOON) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (date(2019, 2, 3), "3 February 2019"),
        (datetime(2019, 2, 3, 4, 5), "3 February 2019, 04:05"),  # noqa: DTZ001 - as pages give it
        (datetime(2019, 2, 3, 4, 5, tzinfo=UTC), "3 February 2019, 04:05 UTC"),
        (datetime(2019, 2, 3, 4, 5, tzinfo=NEW_YORK), "3 February 2019, 04:05 EST"),
    ],
)
def test_a_file_says_times_in_words_and_adds_no_zone(moment, shown):
    assert wording.when_in_words(moment) == shown


def test_a_concluded_day_of_publication_says_so():
    concluded = FERRY.model_copy(update={"published": date(2019, 2, 3), "published_source": "inferred"})
    assert wording.published(concluded, now=NOON) == "about 3 February 2019"
    assert wording.published(FERRY, now=NOON) == "<t:1549195200:D>"
    assert wording.published(FERRY.model_copy(update={"published": None}), now=NOON) is None


@pytest.mark.parametrize(
    ("speaker", "bold", "plain"),
    [
        (Speaker(name="Tove Lind", source=AuthorSource.HEADER), "**Tove Lind**", "Tove Lind"),
        (Speaker(name="quay_rat", source=AuthorSource.HEADER), "**quay\\_rat**", "quay\\_rat"),
        (Speaker(member_id=7), "<@7>", "<@7>"),
        (Speaker(), "**Unnamed reader**", "Unnamed reader"),
        (Speaker(name="\u200b\u202e"), "**Unnamed reader**", "Unnamed reader"),
    ],
)
def test_a_member_can_be_tapped_and_a_name_from_the_web_never(speaker, bold, plain):
    assert wording.bold_name(speaker) == bold
    assert wording.plain_name(speaker) == plain


@pytest.mark.parametrize(
    ("confidence", "name", "note"),
    [
        (0.97, "quay_rat", "name known from an answer to it"),
        (0.8, None, "name lost; perhaps “quay\\_rat”"),
    ],
)
def test_a_weak_inference_never_stands_in_the_names_place(confidence, name, note):
    told = comment("a", author="quay_rat", author_source=AuthorSource.INFERRED, confidence=confidence)
    assert wording.speaker_of(told).name == name
    assert wording.name_note(told) == note


def test_a_name_from_a_header_needs_no_note():
    assert wording.name_note(comment("a")) is None


@pytest.mark.parametrize("limit", range(8, 40))
def test_a_list_says_how_many_lines_do_not_fit(limit):
    lines = ["one", "two", "three", "four", "five"]
    shown = wording.fitting(lines, limit, lambda left: f"and {left}").splitlines()
    assert len("\n".join(shown)) <= limit
    if shown != lines:
        *kept, rest = shown
        assert kept == lines[: len(kept)]
        assert rest == f"and {5 - len(kept)}"
    else:
        assert limit >= len("\n".join(lines))


def test_a_title_is_one_line_escaped_and_short():
    odd = FERRY.model_copy(update={"title": "A *loud*\n# title " + "that goes on " * 60})
    shown = wording.title(odd, 80)
    assert shown.startswith("A \\*loud\\* # title that goes on")
    assert "\n" not in shown
    assert len(shown) <= 80
    assert shown.endswith("…")


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://harbour-lines.example/",
        "https://harbour-lines.example/a b",
        "https://harbour-lines.example/>) @everyone",
        "https://harbour-lines.example/\ue0001\ue001",
        "https://harbour-lines.example/\u202egnp",
        "https://harbour-lines.example/a\\b",
        "https://harbour-lines.example/" + "a" * 500,
    ],
)
def test_what_would_break_a_link_is_not_linked(address):
    assert wording.linkable(address) is None


def test_an_ordinary_address_is_linked():
    assert wording.linkable(FERRY.url) == FERRY.url
    assert wording.linkable("https://harbour-lines.example/fähre_(2019)?a=1#top")
