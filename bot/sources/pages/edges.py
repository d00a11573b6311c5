"""Lines with which nearly all comments of a page begin or end: labels and buttons in languages that nobody here knows."""

from collections import Counter
from collections.abc import Callable, Sequence

import regex

from bot.sources.markup import Words

#: In fewer comments a line may recur by chance: two who thank.
_FEWEST = 3
_MOST = 0.8
#: No button is longer.
_LONGEST = 48
#: Buttons and counters around the words of a comment stand in so many lines at most.
_DEEPEST = 6
_NUMBER = regex.compile(r"\d+")


def without_shared_edges(comments: Sequence[Words]) -> Sequence[Words]:
    """The comments without the lines that open or close nearly all of them; a comment that is such a line keeps it."""
    for outermost, cut in ((_first, _without_first), (_last, _without_last)):
        for _ in range(_DEEPEST):
            shared = _shared(comments, outermost)
            if shared is None:
                break
            comments = [
                cut(words) if _alike(outermost(words.text)) == shared else words for words in comments
            ]
    return comments


def _shared(comments: Sequence[Words], outermost: Callable[[str], str]) -> str | None:
    """The line that stands at this edge of nearly all comments of more than one line."""
    if len(comments) < _FEWEST:
        return None
    lines = Counter(_alike(outermost(words.text)) for words in comments if "\n" in words.text)
    line, times = next(iter(lines.most_common(1)), ("", 0))
    return line if line and times >= max(_FEWEST, _MOST * len(comments)) else None


def _alike(line: str) -> str:
    """A line without what counters change."""
    return _NUMBER.sub("0", line.strip()) if len(line) <= _LONGEST else ""


def _first(text: str) -> str:
    return text[: max(text.find("\n"), 0)]


def _last(text: str) -> str:
    return text[text.rfind("\n") + 1 :] if "\n" in text else ""


def _without_first(words: Words) -> Words:
    return Words(words.markdown.partition("\n")[2].strip("\n"), words.text.partition("\n")[2].strip("\n"))


def _without_last(words: Words) -> Words:
    markdown = words.markdown.rpartition("\n")[0].rstrip("\n").removesuffix("\\").rstrip()
    return Words(markdown, words.text.rpartition("\n")[0].strip("\n"))
