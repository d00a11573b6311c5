"""What a text quotes from elsewhere: words between quotation marks, and lines set as a quote."""

from bisect import bisect_right

from bot.domain.quotes.finding import Folded

# Opening marks with what closes them: English, German, French, Scandinavian, East Asian, typewriter, single.
_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    '"': '"',
    "”": "”",
    "‘": "’",
    "‚": "‘’",
}


class Quotations:
    """Where somebody else's words stand in a text."""

    def __init__(self, text: str, markdown: str = "") -> None:
        #: Offsets of what stands between quotation marks, the marks included, in order.
        self.spans = _between_marks(text)
        self._ends = [closed for _, closed in self.spans]
        lines = (line.lstrip() for line in markdown.split("\n"))
        quoted = "\n".join(line.lstrip("> ") for line in lines if line.startswith(">"))
        self._block = Folded(quoted) if quoted else None

    def touching(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that share a character with these offsets."""
        first = last = bisect_right(self._ends, start)
        while last < len(self.spans) and self.spans[last][0] < end:
            last += 1
        return self.spans[first:last]

    def as_block(self, words: str) -> bool:
        """Whether these words stand in lines that the markup sets as a quote."""
        return self._block is not None and self._block.find(Folded(words)) is not None


def _between_marks(text: str) -> list[tuple[int, int]]:
    """A quotation that nobody closes ends with its paragraph."""
    spans = []
    start, closing = 0, ""
    for place, mark in enumerate(text):
        apostrophe = mark == "’" and text[place + 1 : place + 2].isalnum()
        if closing and ((mark in closing and not apostrophe) or text.startswith("\n\n", place)):
            spans.append((start, place + 1))
            closing = ""
        elif not closing and mark in _PAIRS:
            start, closing = place, _PAIRS[mark]
    return [*spans, (start, len(text))] if closing else spans
