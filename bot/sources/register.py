"""The register of readers: it recognises what bytes are and hands them to the room that understands them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.material import Material
from bot.sources.recognising import Form

#: The longest books have some ten thousand paragraphs, and the busiest pages some ten thousand comments.
MOST_BLOCKS = 20_000
MOST_COMMENTS = 100_000

#: A room's reader: UnreadableError where it finds nothing that it understands.
Reader = Callable[[Material], list[Discussion]]


def _flattened(material: Material) -> list[Discussion]:
    from bot.sources import flattened  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return flattened.read(material.text)


READERS: Mapping[Form, Reader] = MappingProxyType({Form.TEXT: _flattened})

_READS = "Rejoinder reads article pages saved as plain text."
_NEXT_STEPS: Mapping[Form, str] = MappingProxyType(
    {
        Form.EMPTY: "Check that the file was saved completely, then hand it over again.",
        Form.HTML: "Open the page in a browser, save or copy it as plain text with its comments, and hand that over.",
        Form.ZIP: "Unpack it, and hand over the page in it as plain text.",
        Form.COMPRESSED: "Unpack it, and hand over the page in it as plain text.",
        Form.PDF: "Copy its text into a text file, and hand that over.",
    }
)
_NEXT_STEP = "Hand over the page as a plain text file."


def read(data: bytes, *, location: str) -> list[Discussion]:
    """The discussions in ``data``, which came from ``location``.

    Raises UnreadableError with a sentence when no reader understands the bytes.
    """
    material = Material(data, location)
    reader = READERS.get(material.form)
    if reader is None:
        next_step = _NEXT_STEPS.get(material.form, _NEXT_STEP)
        raise UnreadableError(f"{_READS} This looks like {material.form}.", next_step=next_step)
    return [_sane(discussion).at(location) for discussion in reader(material)]


def _sane(discussion: Discussion) -> Discussion:
    """Refuse what no page holds: so many parts are a log file or an attack, and would cost every reader of a tree."""
    blocks, comments = len(discussion.article.blocks), len(discussion.comments)
    if blocks > MOST_BLOCKS or comments > MOST_COMMENTS:
        raise UnreadableError(
            f"This looks like an article of {blocks:,} paragraphs with {comments:,} comments; "
            f"Rejoinder reads up to {MOST_BLOCKS:,} and {MOST_COMMENTS:,}.",
            next_step="Hand over one article with its comments.",
        )
    return discussion
