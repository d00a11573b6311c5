"""What nobody outside Discord knows: a switch each. A bot that reads headers must be right under all of them.

The defaults are what people measured last; the evidence is in the comments (issues of discord/discord-api-docs
unless named otherwise).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal


@dataclass(frozen=True)
class Unknowns:
    """Figures of a Discord that could be. Seconds are divided by the wire's ``speed``, but for the nonce's."""

    #: Whether messages in threads are counted per thread or for the guild as a whole (#8082 says so of joins).
    thread_messages_per: Literal["channel", "guild"] = "channel"
    #: Messages of a bot in a channel, and within how many seconds.
    messages: tuple[int, float] = (5, 5.0)
    #: Seconds for five messages of a webhook: 2 (#367), or 1 (#6753).
    webhook_seconds: float = 2.0
    #: Webhook messages of a channel within seconds that no header tells of (#367, #1454); None: no such cap.
    webhook_cap: tuple[int, float] | None = (30, 60.0)
    #: Threads begun in a guild within seconds; after a burst 219 to 280 s were seen (#7816).
    threads_begun: tuple[int, float] | None = (50, 300.0)
    #: Threads of a guild that may be open at once: error 160006. 1,000 is widely seen.
    active_threads: int = 1000
    #: Seconds that a nonce is remembered: "the past few minutes" of Discord's documentation.
    nonce_seconds: float = 180.0
    #: Whether a window forgets its requests one by one, or all at its end.
    sliding: bool = False
    #: Whether history headers promise a thousand and then stop at five (#8161).
    sudden_history: bool = False


#: The other answer to each question.
_OTHERWISE = Unknowns(
    thread_messages_per="guild",
    messages=(4, 6.0),
    webhook_seconds=1.0,
    webhook_cap=None,
    threads_begun=None,
    active_threads=50,
    nonce_seconds=0.0,
    sliding=True,
    sudden_history=True,
)


def each_otherwise() -> Iterator[tuple[str, Unknowns]]:
    """Each switch turned alone, by its name."""
    for switch in fields(Unknowns):
        yield switch.name, replace(Unknowns(), **{switch.name: getattr(_OTHERWISE, switch.name)})
