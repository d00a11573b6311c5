"""Headers like an article's byline: "By NAME on DATE", "Kommentar von NAME — DATE", "Submitted by NAME on DATE"."""

import regex

from bot.sources.flattened.lines import Mark
from bot.sources.flattened.shapes.parts import Page, mark

_BY = regex.compile(
    r"(?:(?:posted|submitted|written|comment(?:ed)?|reply|kommentar|beitrag|geschrieben|verfasst|gepostet|commentaire|réponse|publié|posté|écrit|"
    r"comentario|respuesta|enviado|publicado|escrito|commento|scritto|inviato)\s+)?"
    r"(?:by|von|par|por|door|(?<=\s)(?:di|da))\s?:?\s+(?P<name>\S.*?)\s*(?:[,|·•—–@-]\s+|\s(?:on|am|le|el|il|op|em|at)\s+|\s?\()(?P<date>.*\d.*)",
    regex.I,
)


def byline(page: Page, number: int) -> Mark | None:
    """The header of this family that begins in row ``number``."""
    match = _BY.fullmatch(page.line(number))
    when = page.when(match["date"]) if match else None
    return mark(match["name"], when, number) if match and when else None
