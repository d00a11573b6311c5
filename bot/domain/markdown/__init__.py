"""Text on its way to Discord: cleaning, escaping, converting from CommonMark, splitting."""

from bot.domain.markdown.cleaning import clean
from bot.domain.markdown.converting import plain, to_discord
from bot.domain.markdown.escaping import NAMELESS, bare_name, escape, name
from bot.domain.markdown.splitting import opening, shorten, split

__all__ = [
    "NAMELESS",
    "bare_name",
    "clean",
    "escape",
    "name",
    "opening",
    "plain",
    "shorten",
    "split",
    "to_discord",
]
