"""One field at a time: what is taken, and what counts as missing."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.sources.documents.fields import Oddities, Record, in_utc
from bot.sources.documents.parsing import JSON


def record(value: JSON) -> Record:
    return Record({"field": value}, Oddities())


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (1_500_000_000, datetime(2017, 7, 14, 2, 40, tzinfo=UTC)),
        (1_500_000_000.5, datetime(2017, 7, 14, 2, 40, 0, 500_000, tzinfo=UTC)),
        (1_500_000_000_000, datetime(2017, 7, 14, 2, 40, tzinfo=UTC)),
        ("1500000000", datetime(2017, 7, 14, 2, 40, tzinfo=UTC)),
        ("2024-06-01T08:00:00", datetime(2024, 6, 1, 8, 0)),  # noqa: DTZ001 - the source gives no zone
        ("2024-06-01 08:00:00Z", datetime(2024, 6, 1, 8, 0, tzinfo=UTC)),
        (" 2024-06-01T08:00:00+0200 ", datetime(2024, 6, 1, 8, 0, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-06-01T08:00:00.1234567Z", datetime(2024, 6, 1, 8, 0, 0, 123_456, tzinfo=UTC)),
        ("2024-06-01", date(2024, 6, 1)),
        (0, None),
        ("", None),
        (None, None),
        (True, None),
        (12, None),
        (10**30, None),
        (-1e300, None),
        ("0000-00-00T00:00:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        ([2024], None),
    ],
)
def test_a_time_is_what_the_source_says_and_nothing_more(value: JSON, moment: date | None) -> None:
    found = record(value).moment("field")
    assert found == moment
    assert type(found) is type(moment)


def test_only_what_is_called_utc_becomes_utc() -> None:
    naive = datetime(2024, 6, 1, 8, 0)  # noqa: DTZ001 - the source gives no zone
    assert in_utc(naive) == datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
    aware = datetime(2024, 6, 1, 8, 0, tzinfo=timezone(timedelta(hours=2)))
    assert in_utc(aware) is aware
    assert in_utc(date(2024, 6, 1)) is None
    assert in_utc(None) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        (-2, -2),
        ("17", 17),
        (2.9, 2),
        (True, None),
        ("many", None),
        (10**19, None),
        ("9" * 30, None),
        ("", None),
        ({}, None),
    ],
)
def test_a_number_may_stand_in_quotation_marks(value: JSON, number: int | None) -> None:
    assert record(value).number("field") == number


@pytest.mark.parametrize(
    ("value", "identity"),
    [
        (12, "12"),
        (12.0, "12"),
        ("a b\n", "a b"),
        (0, None),
        (False, None),
        (True, None),
        ("", None),
        (1.5, None),
        ("\x00\ud800", None),
    ],
)
def test_an_id_is_a_whole_number_or_a_word(value: JSON, identity: str | None) -> None:
    assert record(value).identity("field") == identity


@pytest.mark.parametrize(
    ("value", "line"), [(" Ada\n Bell ", "Ada Bell"), ("\ud800", None), ("  ", None), (7, None), (None, None)]
)
def test_a_name_is_one_line(value: JSON, line: str | None) -> None:
    assert record(value).line("field") == line


@pytest.mark.parametrize(
    "value", ["ftp://a.example", "javascript:alert(1)", "/relative", "https://a b.example", 4, None]
)
def test_what_is_no_web_address_is_none(value: JSON) -> None:
    assert record(value).address("field") is None


def test_what_could_not_be_read_is_said_once_a_field() -> None:
    oddities = Oddities()
    for value in (7, [], {"a": 1}, "fine"):
        Record({"author": value, "date": "soon"}, oddities).line("author")
    Record({"date": "soon"}, oddities).moment("date")
    assert oddities.sentences() == [
        "The field “author” held something unreadable 3 times; it was read as missing.",
        "The field “date” held something unreadable once; it was read as missing.",
    ]


def test_what_is_no_object_reads_as_an_empty_one() -> None:
    oddities = Oddities()
    found = Record({"author": [1], "replies": [{"id": 1}, 2, None]}, oddities)
    assert not found.record("author")
    assert [reply.identity("id") for reply in found.records("replies")] == ["1"]
    assert not Record("text", oddities)
