"""The register of readers: it recognises what bytes are and hands them to the room that understands them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.domain.discussion import Article, Discussion
from bot.errors import UnreadableError
from bot.sources.material import Material
from bot.sources.recognising import Form

#: The longest books have some ten thousand paragraphs, and the busiest pages some ten thousand comments.
MOST_PARAGRAPHS = 20_000
MOST_COMMENTS = 100_000
#: No site takes a comment that long; most stop at a tenth of it.
LONGEST_COMMENT = 100_000

_MIB = 1024 * 1024

#: A room's reader: those with comments first; UnreadableError where it finds nothing that it understands.
Reader = Callable[[Material], Iterable[Discussion]]


def _flattened(material: Material) -> Iterable[Discussion]:
    from bot.sources.flattened.reading import read  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return read(material.text)


def _documents(material: Material) -> Iterable[Discussion]:
    from bot.sources import documents  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return documents.read(material.text)


def _exports(material: Material) -> Iterable[Discussion]:
    from bot.sources import exports  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return exports.read(material)


def _pages(material: Material) -> Iterable[Discussion]:
    from bot.sources.pages.reading import read  # noqa: PLC0415 - a room's libraries are loaded when it is needed

    return read(material)


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

    Those with comments come first. Raises UnreadableError with a sentence when no reader understands the bytes.
    """
    return list(stream(Material(data, location, charset)))


def stream(material: Material) -> Iterator[Discussion]:
    """The same one by one: of an export no more than one is held in memory."""
    reader = READERS.get(material.form)
    if reader is None:
        next_step = _NEXT_STEPS.get(material.form, _NEXT_STEP)
        raise UnreadableError(f"{_READS} This looks like {material.form}.", next_step=next_step)
    for discussion in _sane(reader(material)):
        yield discussion.at(material.location)


def has_no_limit(material: Material) -> bool:
    """Whether it is read in pieces, so that its size need not be limited."""
    if material.beginning is not Form.XML:
        return False
    from bot.sources import exports  # noqa: PLC0415 - as above

    return exports.is_export(material)


def too_large(size: int, most: int) -> UnreadableError:
    """The refusal of so many bytes where that is the most."""
    return UnreadableError(
        f"This source has {size / _MIB:.1f} MiB; Rejoinder reads up to {most / _MIB:.1f} MiB.",
        next_step="Hand over a part of it, or ask whoever runs the bot to raise import.max_bytes.",
    )


def _sane(found: Iterable[Discussion]) -> Iterator[Discussion]:
    """Without what no page holds: so much is a log file or an attack, and would cost everybody who looks at it.

    An article too large among others comes last, empty but for a warning; alone, it is refused.
    """
    large: list[Discussion] = []
    empty = True
    for discussion in found:
        if _fits(discussion):
            empty = False
            yield discussion
        else:
            large.append(_emptied(discussion))
    if empty and large:
        raise UnreadableError(
            f"{large[0].warnings[0]} Rejoinder reads up to {MOST_PARAGRAPHS:,} paragraphs, {MOST_COMMENTS:,} comments or "
            f"other parts, and {LONGEST_COMMENT:,} characters a comment.",
            next_step="Hand over one article with its comments.",
        )
    yield from large


def _fits(discussion: Discussion) -> bool:
    return (
        len(discussion.article.blocks) <= MOST_PARAGRAPHS
        and max(len(discussion.comments), len(discussion.dropped)) <= MOST_COMMENTS
        and all(len(comment.text) <= LONGEST_COMMENT for comment in discussion.comments)
    )


def _emptied(discussion: Discussion) -> Discussion:
    """What is left of one that does not fit: its article's name, and what it looked like."""
    longest = max((len(comment.text) for comment in discussion.comments), default=0)
    sizes = (
        f"This looks like {len(discussion.article.blocks):,} paragraphs and {len(discussion.comments):,} comments, the "
        f"longest of {longest:,} characters, with {len(discussion.dropped):,} other parts: too much to be read."
    )
    return Discussion(
        source=discussion.source.model_copy(update={"complete": False}),
        article=Article(title=discussion.article.title, url=discussion.article.url),
        warnings=(sizes,),
    )
