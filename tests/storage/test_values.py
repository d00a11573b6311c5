from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Moment
from storage.values import folded, from_instant, from_moment, known_instant, to_instant, to_moment

ZONES = st.timezones() | st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
MOMENTS = st.dates() | st.datetimes() | st.datetimes(timezones=ZONES)
INSTANTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=ZONES)  # noqa: DTZ001


# The zones are read from disk when they are first asked for.
@settings(deadline=None)
@given(MOMENTS)
def test_a_moment_comes_back_as_the_source_told_it(moment: Moment) -> None:
    back = to_moment(from_moment(moment))
    assert back is not None
    assert type(back) is type(moment)
    assert back.isoformat() == moment.isoformat()


def test_no_moment_is_no_text() -> None:
    assert from_moment(None) is None
    assert to_moment(None) is None


@given(INSTANTS, INSTANTS)
def test_instants_come_back_and_their_texts_sort_as_they_do(one: datetime, two: datetime) -> None:
    assert to_instant(from_instant(one)) == one.astimezone(UTC)
    assert (from_instant(one) < from_instant(two)) == (one.astimezone(UTC) < two.astimezone(UTC))


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="no zone"):
        from_instant(datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("moment", "instant"),
    [
        (None, None),
        (date(2025, 2, 12), None),
        (datetime(2025, 2, 12, 12, 57), None),  # noqa: DTZ001
        (
            datetime(2025, 2, 12, 12, 57, tzinfo=timezone(timedelta(hours=2))),
            "2025-02-12T10:57:00.000000+00:00",
        ),
    ],
)
def test_no_instant_is_invented(moment: Moment | None, instant: str | None) -> None:
    assert known_instant(moment) == instant


@pytest.mark.parametrize(("one", "two"), [("Straße", "STRASSE"), ("Éire", "e\u0301ire"), ("ﬁeld", "FIELD")])
def test_case_and_composition_do_not_matter_to_a_search(one: str, two: str) -> None:
    assert folded(one) == folded(two)
