"""What a reader is given: the bytes of one source, and what can be said of them without reading them."""

from functools import cached_property

from bot.sources.content import Content
from bot.sources.decoding import decode
from bot.sources.recognising import Form, recognise

#: Bytes of the beginning by which the form is told.
_BEGINNING = 64 * 1024


class Material:
    """Bytes with the place that they came from: a file's name or an address.

    ``charset`` is what a server said of them, as a codec's name; it stands above what the bytes declare themselves.
    """

    def __init__(self, content: Content, location: str, charset: str | None = None) -> None:
        self.content = content
        self.location = location
        self.charset = charset

    @cached_property
    def data(self) -> bytes:
        """The whole of it. A reader that streams goes without: it may be a hundred megabytes."""
        return self.content[:]

    @cached_property
    def text(self) -> str:
        """The whole of it decoded."""
        return decode(self.data, self.charset)

    @cached_property
    def beginning(self) -> Form:
        """What its first bytes look like; EMPTY also where only they are blank."""
        sample = self.content[:_BEGINNING]
        return recognise(sample, decode(sample, self.charset))

    @cached_property
    def form(self) -> Form:
        """What the bytes look like: the whole is decoded only where the beginning is blank."""
        if self.beginning is Form.EMPTY and len(self.content) > _BEGINNING:
            return recognise(self.data, self.text)
        return self.beginning
