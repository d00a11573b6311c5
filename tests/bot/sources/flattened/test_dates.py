from datetime import date, datetime

import pytest

from bot.sources.flattened.dates import DateReader, Stamp, order_of


def at(text: str) -> Stamp:
    return Stamp(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("February 12, 2025 at 12:05 pm", at("2025-02-12T12:05")),
        ("February 12, 2025 at 12:05 am", at("2025-02-12T00:05")),
        ("12. Februar 2025 um 14:05 Uhr", at("2025-02-12T14:05")),
        ("12 février 2025 à 14 h 05", at("2025-02-12T14:05")),
        ("12 de febrero de 2025 a las 14:05", at("2025-02-12T14:05")),
        ("12 lutego 2025 o 14:05", at("2025-02-12T14:05")),
        ("2025-02-12 14:05", at("2025-02-12T14:05")),
        ("12.02.2025, 14:05", at("2025-02-12T14:05")),
        ("2025-02-12T14:05:00+02:00", at("2025-02-12T14:05:00+02:00")),
        ("12 May 2025", Stamp(date(2025, 5, 12))),
        ("3 days ago", Stamp(None)),
        ("vor 3 Tagen", Stamp(None)),
        ("July 4 at 3:14 pm", Stamp(None)),
        ("Chapter 5, page 12", None),
        ("2 out of 3", None),
        ("3 3", None),
        ("nothing at all", None),
        ("", None),
        ("May 5, 2020 " + "at the end of a long walk " * 9, None),
    ],
)
def test_dates_are_read_as_written(text: str, stamp: Stamp | None) -> None:
    assert DateReader("DMY").read(text) == stamp


@pytest.mark.parametrize(
    ("text", "english", "order"),
    [
        ("03/04/2025", True, "MDY"),
        ("03/04/2025", False, "DMY"),
        ("03/04/2025 and 13/04/2025", True, "DMY"),
        ("no date", True, "MDY"),
    ],
)
def test_the_order_of_day_and_month_is_the_page_s(text: str, english: bool, order: str) -> None:  # noqa: FBT001 - a table's column
    assert order_of(text, english=english) == order


class CountingReader(DateReader):
    """Counts how often a date had to be looked up in every language."""

    lookups = 0

    def _look_up(self, text: str) -> datetime | None:
        self.lookups += 1
        return super()._look_up(text)


def test_a_page_s_dates_are_looked_up_once_a_shape() -> None:
    reader = CountingReader("DMY")
    for day in range(1, 29):
        for minute in range(60):
            found = reader.read(f"May {day}, 2020 at 3:{minute:02} pm")
            assert found == at(f"2020-05-{day:02}T15:{minute:02}")
    assert reader.lookups < 20


def test_shapes_that_are_no_dates_soon_cost_nothing() -> None:
    reader = CountingReader("DMY")
    for number in range(300):
        assert reader.read(f"{'xyz' * (number % 15 + 1)} 12:{number % 50 + 10} 7") is None
    assert reader.lookups <= 15


def test_a_number_of_thirty_digits_in_the_shape_of_a_date_is_none() -> None:
    reader = DateReader("DMY")
    assert reader.read("12 March 2024 at 10:15") == at("2024-03-12T10:15")
    assert reader.read(f"12 March 2024 at {'9' * 30}:15") is None
    assert reader.read(f"{'9' * 30} March 2024 at 10:15") is None
