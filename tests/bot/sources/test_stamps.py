"""Times of exports and feeds; what has no zone is given none."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.sources.stamps import in_utc, iso, rfc822


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-01-14 17:31:03", datetime(2014, 1, 14, 17, 31, 3)),  # noqa: DTZ001 - no zone is the point
        ("2013-10-10T19:20:29Z", datetime(2013, 10, 10, 19, 20, 29, tzinfo=UTC)),
        (
            "2010-11-29T12:35:44.027-08:00",
            datetime(2010, 11, 29, 12, 35, 44, 27000, timezone(timedelta(hours=-8))),
        ),
        ("2010-11-29", date(2010, 11, 29)),
        ("0000-00-00 00:00:00", None),
        ("1970-01-01 00:00:00", None),
        ("2011-x09-30", None),
        ("", None),
    ],
)
def test_iso(written: str, moment: datetime | date | None) -> None:
    assert iso(written) == moment


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Wed, 01 Apr 2020 12:34:08 +0000", datetime(2020, 4, 1, 12, 34, 8, tzinfo=UTC)),
        ("Wed, 01 Apr 2020 12:34:08 GMT", datetime(2020, 4, 1, 12, 34, 8, tzinfo=UTC)),
        ("1 Apr 20 12:34 -0500", datetime(2020, 4, 1, 12, 34, tzinfo=timezone(timedelta(hours=-5)))),
        ("Wed, 01 Apr 2020 12:34:08", datetime(2020, 4, 1, 12, 34, 8)),  # noqa: DTZ001 - no zone is the point
        ("2020-04-01T12:34:08Z", datetime(2020, 4, 1, 12, 34, 8, tzinfo=UTC)),
        ("Mittwoch, der erste April", None),
        ("Wed, 99 Apr 2020 12:34:08 +0000", None),
    ],
)
def test_rfc822(written: str, moment: datetime | None) -> None:
    found = rfc822(written)
    assert found == moment


def test_a_field_in_utc_makes_an_instant_of_a_time_and_leaves_a_day_alone() -> None:
    assert in_utc(iso("2014-01-14 17:31:03")) == datetime(2014, 1, 14, 17, 31, 3, tzinfo=UTC)
    assert in_utc(iso("2014-01-14")) is None
