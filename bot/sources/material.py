"""What a reader is given: the bytes of one source, and what can be said of them without reading them."""

from functools import cached_property

from bot.sources.decoding import decode
from bot.sources.recognising import Form, recognise

#: Bytes of the beginning by which the form is told.
_BEGINNING = 64 * 1024


class Material:
    """Bytes with the place that they came from: a file's name or an address.

    ``charset`` is what a server said of them, as a codec's name; it stands above what the bytes declare themselves.
    """

    def __init__(self, data: bytes, location: str, charset: str | None = None) -> None:
        self.data = data
        self.location = location
        self.charset = charset

    @cached_property
    def text(self) -> str:
        """The whole of it decoded. A reader that streams goes without: it may be a hundred megabytes."""
        return decode(self.data, self.charset)

    @cached_property
    def form(self) -> Form:
        """What the bytes look like, told by their beginning: the whole is decoded only where that is blank."""
        form = recognise(self.data, decode(self.data[:_BEGINNING], self.charset))
        blank = form is Form.EMPTY and len(self.data) > _BEGINNING
        return recognise(self.data, self.text) if blank else form
