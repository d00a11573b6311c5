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
    sample = sorted(
        ((_letters(frame, framed), frame) for frame in unmarked[: 4 * _SAMPLE]), key=lambda pair: -pair[0]
    )
    places = Counter(
        place
        for letters, frame in sample[:_SAMPLE]
        if letters >= _FEWEST and (place := _place_of_words(frame, letters, framed)) is not None
    )
    place, votes = next(iter(places.most_common(1)), (None, 0))
    if place is None or len(unmarked) < _FEWEST_ALIKE or 2 * votes <= places.total():
        return {}
    found = {frame: _at(place, frame, framed) for frame in unmarked}
    common = sum(element is not None for element in found.values()) >= _COMMON * len(unmarked)
    return found if common else {}


_MARKED = (Role.WORDS, Role.TEXT, Role.CONTENT)


def _place_of_words(frame: Frame, letters: int, framed: Container[HtmlElement]) -> _Place | None:
    """The innermost element that holds most of the letters, if it says by class or id which one it is."""
    element = frame.element
    for _ in range(_DEEPEST):
        inner = next(
            (
                child
                for child in element
                if _is_passed(child, framed) and _count(child, framed) >= _MOST * letters
            ),
            None,
        )
        if inner is None:
            break
        element = inner
    if element is frame.element or not any(_place(element)[1:]):
        return None
    return _place(element)


def _is_passed(child: HtmlElement, framed: Container[HtmlElement]) -> bool:
    return (
        child.tag in _PASSED
        and child not in framed
        and role_of(str(child.tag), child.get("class", ""))
        not in {Role.FURNITURE, Role.META, Role.AUTHOR, Role.NAME}
    )


def _at(place: _Place, frame: Frame, framed: Container[HtmlElement]) -> HtmlElement | None:
    for element in _own(frame.element, framed):
        if element.tag == place[0] and _place(element) == place:
            return element
    return None


def _place(element: HtmlElement) -> _Place:
    return str(element.tag), _DIGITS.sub("", element.get("class", "")), _DIGITS.sub("", element.get("id", ""))


def _letters(frame: Frame, framed: Container[HtmlElement]) -> int:
    return _count(frame.element, framed)


def _count(element: HtmlElement, framed: Container[HtmlElement]) -> int:
    """Letters of an element without the comments in it."""
    return sum(
        len((part.text or "").strip()) + (len((part.tail or "").strip()) if part is not element else 0)
        for part in _own(element, framed)
        if part.tag not in {"script", "style"}
    )


def _own(element: HtmlElement, framed: Container[HtmlElement]) -> list[HtmlElement]:
    """An element and those in it that are of the same comment."""
    found = []
    waiting = [element]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting += [child for child in reversed(part) if isinstance(child.tag, str) and child not in framed]
    return found
