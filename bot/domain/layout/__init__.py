"""A discussion becomes the exact list of messages that an import sends, before the first is sent."""

from bot.domain.layout.limit import calls, floor_calls, seconds_at_limit
from bot.domain.layout.pages import pieces_of, redrawn
from bot.domain.layout.phrases import Terms
from bot.domain.layout.planning import card, chosen, plan, prepare, seconds
from bot.domain.layout.replies import contents
from bot.domain.layout.setting import Setting

__all__ = [
    "Setting",
    "Terms",
    "calls",
    "card",
    "chosen",
    "contents",
    "floor_calls",
    "pieces_of",
    "plan",
    "prepare",
    "redrawn",
    "seconds",
    "seconds_at_limit",
]
