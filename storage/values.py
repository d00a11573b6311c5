"""Points in time and texts as they stand in columns."""

import hashlib
import unicodedata
from datetime import UTC, datetime

from pydantic import TypeAdapter

from bot.domain.discussion import Moment

_MOMENT: TypeAdapter[Moment] = TypeAdapter(Moment)


def from_instant(at: datetime) -> str:
    """An aware instant as UTC text; all such texts have one form, so they sort as the instants do."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no zone; an instant needs one")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def to_instant(text: str) -> datetime:
    """The instant that `from_instant` wrote."""
    return datetime.fromisoformat(text)


def from_moment(moment: Moment | None) -> str | None:
    """A moment exactly as the source told it: a date stays a date, a naive time stays naive."""
    return None if moment is None else moment.isoformat()


def to_moment(text: str | None) -> Moment | None:
    """The moment that `from_moment` wrote."""
    return None if text is None else _MOMENT.validate_python(text)


def known_instant(moment: Moment | None) -> str | None:
    """The instant of a moment that has an offset; a naive time or a date has none, and none is invented."""
    return from_instant(moment) if isinstance(moment, datetime) and moment.tzinfo else None


def folded(text: str) -> str:
    """Text as it is searched: composed, without case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def digest_of(text: str) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
