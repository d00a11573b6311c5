"""The register of readers: it recognises what bytes are and hands them to the room that understands them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.material import Material
from bot.sources.recognising import Form

#: The longest books have some ten thousand paragraphs, and the busiest pages some ten thousand comments.
MOST_PARAGRAPHS = 20_000
MOST_COMMENTS = 100_000
#: No site takes a comment that long; most stop at a tenth of it.
LONGEST_COMMENT = 100_000

#: A room's reader: UnreadableError where it finds nothing that it understands.
Reader = Callable[[Material], list[Discussion]]


def _flattened(material: Material) -> list[Discussion]:
    from bot.sources import flattened  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return flattened.read(material.text)


def _documents(material: Material) -> list[Discussion]:
    from bot.sources import documents  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return documents.read(material.text)


def _exports(material: Material) -> list[Discussion]:
    from bot.sources import exports  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return exports.read(material)


def _pages(material: Material) -> list[Discussion]:
    from bot.sources import pages  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return pages.read(material)


READERS: Mapping[Form, Reader] = MappingProxyType(
    {Form.TEXT: _flattened, Form.JSON: _documents, Form.XML: _exports, Form.HTML: _pages}
)

_READS = "Rejoinder reads article pages, as HTML or as text, feeds, and exports of comment systems."
_NEXT_STEPS: Mapping[Form, str] = MappingProxyType(
    {
        Form.EMPTY: "Check that the file was saved completely, then hand it over again.",
        Form.ZIP: "Unpack it, and hand over the page or export in it.",
        Form.COMPRESSED: "Unpack it, and hand over the page or export in it.",
        Form.PDF: "Save the page itself from a browser, or copy its text into a text file, and hand that over.",
    }
)
_NEXT_STEP = "Save the page from a browser, with its comments in sight, and hand that over."


def read(data: bytes, *, location: str, charset: str | None = None) -> list[Discussion]:
    """The discussions in ``data``, which came from ``location``, where a server may have named their charset.

    Raises UnreadableError with a sentence when no reader understands the bytes.
    """
    material = Material(data, location, charset)
    reader = READERS.get(material.form)
    if reader is None:
        next_step = _NEXT_STEPS.get(material.form, _NEXT_STEP)
        raise UnreadableError(f"{_READS} This looks like {material.form}.", next_step=next_step)
    return [discussion.at(location) for discussion in _sane(reader(material))]


def _sane(found: list[Discussion]) -> list[Discussion]:
    """Without what no page holds: so much is a log file or an attack, and would cost everybody who looks at it.

    One article too large among others is left out with a warning; alone, it is refused.
    """
    sane = [discussion for discussion in found if _fits(discussion)]
    if len(sane) == len(found):
        return found
    if not sane:
        raise UnreadableError(
            f"{_sizes(found[0])} Rejoinder reads up to {MOST_PARAGRAPHS:,} paragraphs, {MOST_COMMENTS:,} comments or "
            f"other parts, and {LONGEST_COMMENT:,} characters a comment.",
            next_step="Hand over one article with its comments.",
        )
    left_out = f"{len(found) - len(sane)} of {len(found)} articles are too large to be read and are left out."
    first = sane[0]
    return [first.model_copy(update={"warnings": (*first.warnings, left_out)}), *sane[1:]]


def _fits(discussion: Discussion) -> bool:
    return (
        len(discussion.article.blocks) <= MOST_PARAGRAPHS
        and max(len(discussion.comments), len(discussion.dropped)) <= MOST_COMMENTS
        and all(len(comment.text) <= LONGEST_COMMENT for comment in discussion.comments)
    )


def _sizes(discussion: Discussion) -> str:
    longest = max((len(comment.text) for comment in discussion.comments), default=0)
    return (
        f"This looks like {len(discussion.article.blocks):,} paragraphs and {len(discussion.comments):,} comments, the "
        f"longest of {longest:,} characters, with {len(discussion.dropped):,} other parts."
    )
