"""The register of readers: it recognises what bytes are and hands them to the reader that understands them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources import flattened
from bot.sources.decoding import decode
from bot.sources.recognising import Form, recognise

#: A reader of one kind: decoded text in, discussions out; pure, and UnreadableError where it finds nothing.
Reader = Callable[[str], list[Discussion]]

READERS: Mapping[Form, Reader] = MappingProxyType({Form.TEXT: flattened.read})

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
    text = decode(data)
    form = recognise(data, text)
    reader = READERS.get(form)
    if reader is None:
        raise UnreadableError(
            f"{_READS} This looks like {form}.", next_step=_NEXT_STEPS.get(form, _NEXT_STEP)
        )
    return [discussion.at(location) for discussion in reader(text)]
