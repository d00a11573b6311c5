"""Times as exports and feeds write them. A time without a zone stays without one; what is no time is None."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from bot.domain.discussion import Moment

#: No page with comments is older, and databases write "never" as the year 0 or 1970.
_YEARS = range(1980, 2200)


def iso(text: str) -> Moment | None:
    """ISO 8601 as Atom, Disqus and databases write it, with a T or a space in the middle."""
    text = text.strip()
    try:
        found = date.fromisoformat(text) if len(text) == len("2025-02-12") else datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def rfc822(text: str) -> Moment | None:
    """The time of an RSS item; some feeds write ISO 8601 there instead."""
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, IndexError, OverflowError):
        return iso(text)
    return found if found.year in _YEARS else None


def in_utc(moment: Moment | None) -> datetime | None:
    """A time whose field says that it is UTC although its text does not."""
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
