"""Names and pictures under which a webhook speaks.

A webhook shows any name that it is given, beside members who have real ones. So each name says in its end where
it comes from, and what Discord refuses in such names, or would read in them, is broken by a visible dot.
"""

import hashlib
import re
import unicodedata
from typing import Final

from bot.domain import markdown
from bot.domain.limits import WEBHOOK_NAME
from bot.domain.outgoing import Persona
from bot.domain.wording import UNNAMED

#: Letters that look like those of the words below and that compatibility decomposition does not turn into them.
#: One of l, I, 1 is as good as another.
_LOOK_LIKE: Final = {
    "c": "сСϲϹᴄ",
    "d": "ԁᴅ",
    "e": "еЕєЄЕᴇΕε",
    "h": "һҺհнНʜΗ",
    "i": "lLіІıɩιΙɪӏӀǀ",
    "n": "ոɴΝη",
    "o": "оОοΟօᴏ",
    "r": "гГʀᴦ",
    "s": "ѕЅꜱ",
    "v": "ѵѴᴠν",
    "y": "уУүҮʏγΥ",
}
_LETTER: Final = {ord(other): letter for letter, others in _LOOK_LIKE.items() for other in others}
#: docs: resources/webhook for the first two; the others were seen refused in the middle of a name
#: (MinnDevelopment/discord-webhooks issue 100).
_REFUSED: Final = re.compile(
    "|".join(f"(?={word.translate(_LETTER)})" for word in ("clyde", "discord", "everyone", "here"))
)
_DOT: Final = "·"
#: Characters of a site's name; the rest of the 80 is the speaker's.
_SITE: Final = 36
#: Discord's own pictures for accounts without one.
_PICTURES: Final = tuple(f"https://cdn.discordapp.com/embed/avatars/{number}.png" for number in range(6))


def persona(speaker: str | None, site: str | None) -> Persona:
    """The speaker as a webhook shows them: ``Tove Lind via Harbour Lines``, with a picture that stays theirs."""
    where = _shown(site or "", "the web", _SITE)
    name = _shown(speaker or "", UNNAMED, WEBHOOK_NAME - len(f" via {where}"))
    digest = hashlib.sha256(f"{site or ''}\n{speaker or ''}".encode("utf-8", "replace")).digest()
    return Persona(name=f"{name} via {where}", avatar=_PICTURES[digest[0] % len(_PICTURES)])


def _shown(text: str, otherwise: str, room: int) -> str:
    return markdown.opening(_dotted(markdown.bare_name(text)) or otherwise, room)


def _dotted(name: str) -> str:
    """The name with a dot in each word that Discord refuses, however the word is disguised."""
    folded, places = _folded(name)
    dots = {places[found.start() + 1] for found in _REFUSED.finditer(folded)}
    return "".join(f"{_DOT}{letter}" if place in dots else letter for place, letter in enumerate(name))


def _folded(name: str) -> tuple[str, list[int]]:
    """The name in plain small letters without marks, and for each of them its place in the name."""
    letters: list[tuple[str, int]] = []
    for place, letter in enumerate(name):
        for plain in unicodedata.normalize("NFKD", letter):
            if not unicodedata.category(plain).startswith("M"):
                letters += (
                    (small, place) for small in plain.translate(_LETTER).casefold().translate(_LETTER)
                )
    return "".join(letter for letter, _ in letters), [place for _, place in letters]
