"""Whether Discord counts a bucket for each channel or for a whole guild, which no header says.

Joining threads is counted for the guild (discord-api-docs issue 8082); nobody knows it of messages. Where a channel is
refused although its own count had room, and soon after another one of the same guild, the guild is what counts.
"""

from collections import deque
from collections.abc import Callable
from typing import Final

#: Surprises that belong together happen within so many seconds.
_TOGETHER: Final = 60.0
#: A guild is counted as a whole for so long, in seconds; then we see again.
_BELIEVED: Final = 3600.0
_REMEMBERED: Final = 8


class Breadth:
    """Remembers surprises, and which buckets are counted for guilds since when."""

    def __init__(self, guild_of: Callable[[str], str | None]) -> None:
        self._guild_of = guild_of
        self._surprises: deque[tuple[str, str, float]] = deque(maxlen=_REMEMBERED)
        self._wide: dict[str, float] = {}

    def major(self, bucket: str, channel: str, now: float) -> str:
        """What requests of this channel are counted together with."""
        if (since := self._wide.get(bucket)) is None:
            return channel
        if now - since > _BELIEVED:
            del self._wide[bucket]
            return channel
        return self._guild_of(channel) or channel

    def surprised(self, bucket: str, channel: str, now: float) -> None:
        """Discord refused a request of this channel, whose own count had room."""
        for other_bucket, other, at in self._surprises:
            if other_bucket == bucket and other != channel and now - at < _TOGETHER:
                guild = self._guild_of(channel)
                if guild is not None and guild == self._guild_of(other):
                    self._wide[bucket] = now
        self._surprises.append((bucket, channel, now))
