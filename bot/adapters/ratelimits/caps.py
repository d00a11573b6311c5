"""Limits that no header tells of: learned from the first refusal, kept for an hour.

Discord calls their scope "shared" (docs: topics/rate-limits). Known are 30 webhook messages in 60 s a channel, which
was "working as intended" in 2021 (discord-api-docs issue 1454), and a limit of thread creation that asks for waits
of 219 to 280 s (issue 7816).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: Lengths that such a limit may have, in seconds. The shortest that explains the wait is taken.
_LENGTHS: Final = (60.0, 300.0, 600.0, 3600.0)
#: A shorter wait, in seconds, is only waited out: it may come from anything, and it costs little.
_TELLING: Final = 15.0
#: A limit is believed for so long, in seconds: Discord may change it, and finding out costs one refusal.
_BELIEVED: Final = 3600.0
#: From so few requests nothing is concluded: then somebody else used the limit up.
_FEWEST: Final = 3
#: How inexact an announced wait may be, in seconds.
_INEXACT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``limit`` requests in any ``seconds``."""

    limit: int
    seconds: float
    learned_at: float

    def opens_at(self, starts: Sequence[float]) -> float:
        """When the next request may start, after those that started at these times, oldest first."""
        if len(starts) < self.limit:
            return 0.0
        return starts[-self.limit] + self.seconds


class Caps:
    """What is known of hidden limits, by route and by what Discord counts it for (channel, webhook, guild)."""

    def __init__(self) -> None:
        self._caps: dict[str, dict[str, Cap]] = {}

    def find(self, route: str, major: str, now: float) -> Cap | None:
        """The cap that holds here: learned here, or else the widest that was learned elsewhere."""
        known = self._caps.get(route)
        if not known:
            return None
        for key in [key for key, cap in known.items() if now - cap.learned_at > _BELIEVED]:
            del known[key]
        return known.get(major) or max(known.values(), key=lambda cap: cap.limit / cap.seconds, default=None)

    def learn(
        self, route: str, major: str, *, starts: Sequence[float], now: float, wait: float, since: float
    ) -> Cap | None:
        """A request that started at ``now`` was refused for ``wait`` seconds, after others at ``starts``.

        The window holds as many as started since it opened. Nothing is learned when it opened before ``since``,
        from when on we know what was sent, and from short waits.
        """
        if wait < _TELLING:
            return None
        seconds = next((length for length in _LENGTHS if length + _INEXACT >= wait), wait)
        opened = now + wait - seconds - _INEXACT
        taken = sum(start >= opened for start in starts)
        before = self._caps.get(route, {}).get(major)
        if before is not None and before.seconds == seconds:
            # We kept to what we knew, and it was too much: somebody else takes a part of it.
            taken = min(taken, before.limit * 9 // 10)
        if taken < _FEWEST or opened < since - 2 * _INEXACT:
            return None
        cap = Cap(taken, seconds + _INEXACT, now)
        self._caps.setdefault(route, {})[major] = cap
        return cap
