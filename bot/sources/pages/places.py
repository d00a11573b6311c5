"""Where the words of comments stand on a page that does not mark them: at the place that holds most of their letters."""

from collections import Counter
from collections.abc import Container, Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame
from bot.sources.pages.parsing import LONGEST_CLASS
from bot.sources.pages.roles import Role, role_of

#: Comments that are looked into, those with the most words first.
_SAMPLE = 12
_LOOKED_AT = 4 * _SAMPLE
#: The share of a comment's letters that its words have at least.
_MOST = 0.6
#: Fewer letters tell nothing.
_FEWEST = 80
#: Elements around each other that are looked into.
_DEEPEST = 24
#: The share of a page's comments that have such a place.
_COMMON = 0.8
_PASSED = frozenset({"div", "section", "article", "td", "tr", "tbody", "table", "dd", "dl", "li", "ul", "main", "span", "font", "center", "blockquote"})  # fmt: skip
#: One comment repeats nothing.
_FEWEST_ALIKE = 2
_DIGITS = regex.compile(r"\d+")
_NUMBER = regex.compile(r"[_-]*\d+")

_Place = tuple[str, str, str]


def mark_bodies(frames: Sequence[Frame], framed: Container[HtmlElement]) -> None:
    """Where few of the frames mark their words, mark the place that holds them in most of the longest."""
    unmarked = [frame for frame in frames if not frame.holding(*_MARKED)]
    if 2 * len(unmarked) < len(frames):
        return
    found = {frame: _called_so(frame, framed) for frame in unmarked}
    if not any(element is not None for element in found.values()):
        found = _most_holding(unmarked, framed)
    for frame, element in found.items():
        if element is not None:
            frame.features[Role.TEXT].append(element)


def _called_so(frame: Frame, framed: Container[HtmlElement]) -> HtmlElement | None:
    """The element whose id says that it holds the words: ``postmessage_12``, ``comment-text-12``."""
    for element in _own(frame.element, framed):
        stated = element.get("id")
        if stated and role_of("div", _NUMBER.sub("", stated[:LONGEST_CLASS])) is Role.TEXT:
            return element
    return None


def _most_holding(
    unmarked: Sequence[Frame], framed: Container[HtmlElement]
) -> dict[Frame, HtmlElement | None]:
    """The elements at the place that holds most letters of the longest frames; none where there is no such place."""
    if len(unmarked) < _FEWEST_ALIKE:
        return {}
    looked_at = unmarked[:_LOOKED_AT]
    said = _Said(looked_at, framed)
    longest = sorted(looked_at, key=lambda frame: -said.letters_of(frame.element))[:_SAMPLE]
    places = Counter(place for frame in longest if (place := said.place_of_words(frame)) is not None)
    place, votes = next(iter(places.most_common(1)), (None, 0))
    if place is None or 2 * votes <= places.total():
        return {}
    found = {frame: _at(place, frame, framed) for frame in unmarked}
    common = sum(element is not None for element in found.values()) >= _COMMON * len(unmarked)
    return found if common else {}


_MARKED = (Role.WORDS, Role.TEXT, Role.CONTENT)


class _Said:
    """How many letters stand where, without the labels that most comments of the page share."""

    def __init__(self, frames: Sequence[Frame], framed: Container[HtmlElement]) -> None:
        self._framed = framed
        self._labels = labels_of(frames, framed)

    def letters_of(self, element: HtmlElement) -> int:
        """Letters of an element that are no label's, without the comments in it."""
        return sum(len(text) for text in _texts(element, self._framed) if label_of(text) not in self._labels)

    def place_of_words(self, frame: Frame) -> _Place | None:
        """The innermost element that holds most of the letters, if it says by class or id which one it is."""
        element = frame.element
        if (letters := self.letters_of(element)) < _FEWEST:
            return None
        for _ in range(_DEEPEST):
            inside = (child for child in element if self._is_passed(child))
            inner = next((child for child in inside if self.letters_of(child) >= _MOST * letters), None)
            if inner is None:
                break
            element = inner
        return _place(element) if element is not frame.element and any(_place(element)[1:]) else None

    def _is_passed(self, child: HtmlElement) -> bool:
        role = role_of(str(child.tag), child.get("class", ""))
        return child.tag in _PASSED and child not in self._framed and role not in _HEADS


def labels_of(frames: Sequence[Frame], framed: Container[HtmlElement]) -> frozenset[str]:
    """Texts that stand in most of the comments, apart from their numbers: "Re: Kettles", "Member", "Posts: 12"."""
    found = Counter(
        label
        for frame in frames[:_LOOKED_AT]
        for label in {label_of(text) for text in _texts(frame.element, framed)}
    )
    least = max(2, _LABELLED * min(len(frames), _LOOKED_AT))
    return frozenset(label for label, times in found.items() if times >= least)


def label_of(text: str) -> str:
    """A text without what numbers change."""
    return _DIGITS.sub("0", text.strip())


_HEADS = frozenset({Role.FURNITURE, Role.META, Role.AUTHOR, Role.NAME})
#: The share of comments that have a label.
_LABELLED = 0.6


def _at(place: _Place, frame: Frame, framed: Container[HtmlElement]) -> HtmlElement | None:
    return next((element for element in _own(frame.element, framed) if _place(element) == place), None)


def _place(element: HtmlElement) -> _Place:
    return str(element.tag), _DIGITS.sub("", element.get("class", "")), _DIGITS.sub("", element.get("id", ""))


def _texts(element: HtmlElement, framed: Container[HtmlElement]) -> list[str]:
    """The pieces of text of an element, without those of the comments in it."""
    pieces = [
        piece.strip()
        for part in _own(element, framed)
        if part.tag not in {"script", "style"}
        for piece in (part.text, part.tail if part is not element else None)
        if piece
    ]
    return [piece for piece in pieces if piece]


def _own(element: HtmlElement, framed: Container[HtmlElement]) -> list[HtmlElement]:
    """An element and those in it that are of the same comment."""
    found = []
    waiting = [element]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting += [child for child in reversed(part) if child not in framed]
    return found
