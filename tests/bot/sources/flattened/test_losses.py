"""Which headers extraction drops, by the length of their names and of what is a link in them."""

import pytest

from bot.sources.flattened.headers import Header
from bot.sources.flattened.losses import Losses

DATE = len("May 5, 2020 at 3:14 pm")


def header(name: str, parent: str | None = None) -> Header:
    length = len(f"{name} | ") + DATE + (len(f" in reply to {parent}.") if parent else 0)
    return Header(name, parent, None, length=length, linked=DATE + len(parent or ""))


def test_more_is_lost_at_the_top_than_among_answers_to_short_names() -> None:
    page = Losses([header("Dorothea Kesselring"), header("Alf Ore", "Una")])
    assert page.at_top() > 0.4
    assert page.below("Una") < 0.1


def test_an_answer_to_a_long_name_is_lost_oftener() -> None:
    page = Losses([header("Dorothea Kesselring")])
    assert page.below("Ebenezer Thistlewood the Younger") > page.below("Una") + 0.3


@pytest.mark.parametrize("name", ["Una", "Bo", "x"])
def test_a_page_that_kept_the_header_of_a_short_name_loses_none(name: str) -> None:
    assert Losses([header(name), header("Dorothea Kesselring")]).at_top() < 0.05


def test_the_names_of_a_page_tell_how_long_its_names_are() -> None:
    short = Losses([header("Dorothea Kesselring"), *(header("Alf Ore", f"U{k}a") for k in range(9))])
    long = Losses(
        [header("Dorothea Kesselring"), *(header("Alf Ore", f"Ebenezer Thistlewood {k}") for k in range(9))]
    )
    assert short.at_top() > long.at_top() + 0.3


def test_a_page_without_any_header_tells_nothing() -> None:
    assert 0.3 < Losses([]).at_top() < 0.9
