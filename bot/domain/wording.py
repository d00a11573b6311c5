"""The small phrases that every screen shares: who, when, how many (UI.md, sections 1 and 11)."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain import markdown
from bot.domain.discussion import Article, AuthorSource, Comment, Moment, Speaker
from bot.domain.limits import BUTTON_URL

UNNAMED: Final = "Unnamed reader"
#: From this confidence on, where a comment begins is as good as certain: the source or a quotation proves it.
CERTAIN: Final = 0.95
#: A time this recent is shown with its hour.
RECENT: Final = timedelta(days=7)
#: Room for the longest title that a screen shows whole.
TITLE: Final = 250
#: What would end a link early is no part of an address.
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)
_ROUND: Final = str.maketrans("[]", "()")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """``1 comment``, ``1,204 comments``."""
    return f"{count:,} {singular if count == 1 else plural_form or singular + 's'}"


def fitting(lines: Sequence[str], limit: int, rest: Callable[[int], str]) -> str:
    """As many lines as fit into ``limit`` characters; ``rest`` says in a line how many do not."""
    shown: list[str] = []
    size = 0
    for place, line in enumerate(lines):
        left = rest(len(lines) - place)
        last = place == len(lines) - 1
        if size + len(line) + (0 if last else 1 + len(left)) > limit:
            return "\n".join([*shown, left])
        shown.append(line)
        size += len(line) + 1
    return "\n".join(shown)


def title(article: Article, limit: int = TITLE) -> str:
    """The article's title on one line, escaped for Discord, at most ``limit`` characters."""
    return markdown.shorten(markdown.escape(" ".join(article.title.split())), limit)


def linkable(address: str | None) -> str | None:
    """The address, where Discord can link to it; None where it would break the link or the message's length."""
    if address is None or len(address) > BUTTON_URL or markdown.clean(address) != address:
        return None
    return address if _WEB_ADDRESS.fullmatch(address) else None


def link_words(escaped: str) -> str:
    """Escaped words as the words of a link, which a square bracket among them would break."""
    return escaped.translate(_ROUND)


def day(moment: date) -> str:
    """``3 February 2019``."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def when(moment: Moment | None, *, now: datetime) -> str | None:
    """A moment for Discord: an instant as a timestamp, a time without a zone in words, a date as a date."""
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return day(moment)
    if moment.tzinfo is None:
        return f"{when_in_words(moment)} site time"
    style = "f" if timedelta(0) <= now - moment < RECENT else "D"
    return f"<t:{int(moment.timestamp())}:{style}>"


def published(article: Article, *, now: datetime) -> str | None:
    """When the article appeared; a date that was only concluded says so."""
    shown = when(article.published, now=now)
    return f"about {shown}" if shown and article.published_source == "inferred" else shown


def when_in_words(moment: Moment) -> str:
    """A moment for plain text: ``3 February 2019, 14:30``, with UTC where it is an instant."""
    if not isinstance(moment, datetime):
        return day(moment)
    zone = "" if moment.tzinfo is None else f" {moment.tzname()}"
    return f"{day(moment)}, {moment:%H:%M}{zone}"


def shown(speaker: Speaker, confidence: float) -> Speaker:
    """The speaker as people may see them: a weak inference never stands in the name's place."""
    weak = speaker.source is AuthorSource.INFERRED and confidence < CERTAIN
    if speaker.name is None or not weak:
        return speaker
    return speaker.model_copy(update={"name": None, "guess": speaker.name})


def bold_name(speaker: Speaker) -> str:
    """A member can be tapped, a name from the web never; a lost name is neither lettered nor numbered."""
    if speaker.member_id is not None:
        return f"<@{speaker.member_id}>"
    return f"**{plain_name(speaker)}**"


def plain_name(speaker: Speaker) -> str:
    """The name without emphasis, escaped for Discord."""
    if speaker.member_id is not None:
        return f"<@{speaker.member_id}>"
    return markdown.name(speaker.name) if speaker.name else UNNAMED


def speaker_of(comment: Comment) -> Speaker:
    """Who an imported comment is shown to be by."""
    return shown(comment.speaker, comment.confidence)


def name_note(comment: Comment) -> str | None:
    """What the footer says of a name that no header gives."""
    speaker = speaker_of(comment)
    if speaker.name is not None and speaker.source is AuthorSource.INFERRED:
        return "name known from an answer to it"
    if speaker.name is None and speaker.guess is not None:
        return f"name lost; perhaps “{markdown.name(speaker.guess)}”"
    return None
