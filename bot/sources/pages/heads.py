"""Who wrote a comment, and when: what its head says."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind, Moment
from bot.sources.flattened import furniture
from bot.sources.markup import is_hidden, words_from_element
from bot.sources.pages.buttons import ReplyButtons
from bot.sources.pages.frames import AUTHOR_ATTRIBUTES, Frame, upwards
from bot.sources.pages.lines import who_and_when
from bot.sources.pages.moments import Moments
from bot.sources.pages.names import is_introduction, is_saying, leads_to_a_name, name_in
from bot.sources.pages.roles import Role, role_of

#: Elements of a comment's beginning, or of a line about it, among which a time is looked for.
_PIECES = 40
#: Names that no class marks are short.
_LONGEST_UNMARKED = 60
_NAME_TAGS = ("a", "b", "strong", "cite", "span", "bdi", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "em")  # fmt: skip
_TIME_TAGS = (
    "time", "abbr", "a", "span", "small", "em", "i", "b", "strong", "cite", "font", "p", "div", "li", "dt", "dd", "td", "header", "footer",
    "h3", "h4", "h5", "h6", "meta",
)  # fmt: skip
_NO_NAMES = frozenset({Role.FURNITURE, Role.TIME, Role.EDITED, Role.HELD})
#: Lines that may say who and when at once.
_LINES = (Role.META, Role.TIME)
_HEADS = (Role.META, Role.AUTHOR)
_WORDS = (Role.WORDS, Role.TEXT, Role.CONTENT)
#: A text that stands in that many heads of a page, and in that share of them, is nobody's name.
_FEWEST_ALIKE = 3
_MOST_ALIKE = 0.8
_LINKBACKS = frozenset({CommentKind.PINGBACK, CommentKind.TRACKBACK})
#: Elements in one that is marked as a time, of which one may state it.
_IN_A_TIME = 6
#: What begins so stands behind something else: a rank behind a name.
_SEPARATORS = "·•|"
#: "about three months and two weeks ago".
_LONGEST_AGE = 40
_TWO_DIGITS = regex.compile(r"\d.*\d", regex.S)


class HeadReader:
    """Reads the heads of one page's frames."""

    def __init__(
        self,
        frames: Sequence[Frame],
        moments: Moments,
        buttons: ReplyButtons,
        framed: Container[HtmlElement],
    ) -> None:
        self._frames = frames
        self._moments = moments
        self._buttons = buttons
        self._framed = framed
        #: What elements that are marked as names hold, by how their text begins and all of it: people write twice.
        self._names: dict[tuple[str, str], str | None] = {}

    def author(self, frame: Frame, when: HtmlElement | None) -> tuple[str | None, HtmlElement | None]:
        """The author's name and the element that holds it; ``when`` is the element of the time."""
        for role in (Role.NAME, Role.AUTHOR):
            for element in (
                _innermost(frame.holding(role), frame) if role is Role.NAME else frame.holding(role)
            ):
                if (name := self._name(element, role)) and not _quoted(element, frame):
                    return name, element
        for element in frame.holding(*_LINES):
            if (found := who_and_when(_spaced(element), self._moments)) and (
                name := self._unless_label(found[0])
            ):
                return name, element
        if frame.kind in _LINKBACKS:
            link = next((link for link in frame.element.iter("a") if _text(link)), None)
            return (_text(link), None) if link is not None else (None, None)
        if name := self._buttons.name(frame):
            return name, None
        if when is not None and (beside := self._beside_time(frame, when))[0]:
            return beside
        name, who = self._introduced(frame)
        return (name, who) if name else (_attributed(frame), None)

    def time(self, frame: Frame) -> tuple[Moment | None, HtmlElement | None]:
        """The time and the element that holds it: as attributes state it, else as words say it."""
        times = frame.holding(Role.TIME)
        for element in times:
            if (moment := self._stated_in(element)) is not None and not _quoted(element, frame):
                return moment, element
        for element in chain(times, frame.holding(*_HEADS)):
            if not _quoted(element, frame) and (found := self._time_in(element, whole=True)):
                return found
        for element in frame.elements:
            if found := self._time_in(element, whole=False):
                return found
        return None, self._age_in(frame, times)

    def _stated_in(self, element: HtmlElement) -> Moment | None:
        """The time in an attribute of an element that is marked as one, or of one in it."""
        if (moment := self._moments.stated(element)) is not None or not len(element):
            return moment
        return next(
            filter(None, map(self._moments.stated, islice(element.iterdescendants(), _IN_A_TIME))), None
        )

    def _age_in(self, frame: Frame, times: Sequence[HtmlElement]) -> HtmlElement | None:
        """The element that tells the time from now, "3 years ago"."""
        for element in times:
            if self._moments.is_relative(_text(element)):
                return element
        for part in islice(frame.element.iter(_TIME_TAGS), _PIECES):
            if part is not frame.element and part in self._framed:
                return None
            text = (part.text or "").strip()
            if text and len(text) <= _LONGEST_AGE and self._moments.is_relative(text):
                return part
        return None

    def edited(self, frame: Frame) -> Moment | None:
        """When it was changed, where the page says so."""
        return next(filter(None, map(self._moments.of, frame.holding(Role.EDITED))), None)

    def _name(self, element: HtmlElement, role: Role) -> str | None:
        if stated := element.get("content"):
            return name_in(stated, alone=True)
        if role is Role.NAME:
            words = (element.text or "", _seen(element))
            if words not in self._names and not is_introduction(words[0] or words[1]):
                self._names[words] = self._unless_time(name_in(words[1], alone=True))
            if words in self._names:
                return self._names[words]
        elif found := who_and_when(_spaced(element), self._moments):
            return found[0]
        if element.text and not is_introduction(element.text):
            return self._unless_time(name_in(element.text, alone=element.tag == "cite" and not len(element)))
        for part in self._parts(element):
            text = _seen(part)
            if is_saying(text) or is_introduction(text):
                continue
            if name := self._unless_time(name_in(text, alone=True)):
                return name
        return self._unless_time(name_in(_seen(element), alone=role is Role.NAME))

    def _parts(self, element: HtmlElement) -> Iterator[HtmlElement]:
        for part in element.iter(_NAME_TAGS):
            if (
                part is not element
                and role_of(str(part.tag), part.get("class", "")) not in _NO_NAMES
                and not is_hidden(part)
            ):
                yield part

    def _unless_time(self, name: str | None) -> str | None:
        if name is None or not any(map(str.isdecimal, name)):
            return name
        return name if self._moments.worded(name) is None and not self._moments.is_relative(name) else None

    def _beside_time(self, frame: Frame, when: HtmlElement) -> tuple[str | None, HtmlElement | None]:
        """A name that no class marks: what stands before the time in its line, else in the nearest line above it, else behind it."""
        own = frame.elements
        around = set(upwards(when, frame))
        texts = {element for element in frame.holding(*_WORDS) if element not in around}
        below = self._time_s_child(when)
        for line in islice((when, *when.iterancestors()), _LEVELS):
            if line in texts or (line in self._framed and line not in own):
                break
            for part in _before(line, below):
                if part not in texts and part not in self._framed and (name := self._unmarked(part, frame)):
                    return name, part
            found = who_and_when(_spaced(line), self._moments) if _is_line(line) else None
            if found is not None and (name := self._unless_label(found[0])):
                return name, line
            if line in own:
                break
            below = line
        for part in when.itersiblings(*_NAME_TAGS):
            if part not in texts and part not in self._framed and (name := self._unmarked(part, frame)):
                return name, part
        return None, None

    def _introduced(self, frame: Frame) -> tuple[str | None, HtmlElement | None]:
        """A name that stands behind "posted by", where the page tells no time that it could stand beside."""
        texts = set(frame.holding(*_WORDS))
        for part in frame.element.iter(*_NAME_TAGS, str(frame.element.tag)):
            if part is not frame.element and part in self._framed:
                break
            before = part.getprevious()
            holder = part.getparent()
            led = before.tail if before is not None else holder.text if holder is not None else None
            if led and leads_to_a_name(led) and holder not in texts and (name := self._unmarked(part, frame)):
                return name, part
        return None, None

    def _time_s_child(self, when: HtmlElement) -> HtmlElement | None:
        """The child that stands before the time in an element whose text is more than the time; None where it is first."""
        for child in when:
            if (
                child.tail
                and _TWO_DIGITS.search(child.tail)
                and self._moments.worded(" ".join(child.tail.split()))
            ):
                return child
        return None

    def _unmarked(self, part: HtmlElement, frame: Frame) -> str | None:
        """The name that an element holds whose class does not say so."""
        text = _seen(part)
        if (
            not any(map(str.isalpha, text))
            or text[0] in _SEPARATORS
            or len(text) > _LONGEST_UNMARKED
            or is_saying(text)
            or is_introduction(text)
            or furniture.in_comments(text)
            or _is_badge(part)
            or ((holder := part.getparent()) is not None and _is_badge(holder))
            or is_hidden(part)
            or _quoted(part, frame)
        ):
            return None
        return self._unless_label(self._unless_time(name_in(text, alone=True)))

    def _unless_label(self, name: str | None) -> str | None:
        return name if name is not None and name not in self._labels else None

    @cached_property
    def _labels(self) -> frozenset[str]:
        """What stands in most heads of the page: "From", "Guest", a button in a language that nobody here knows."""
        heads: Counter[str] = Counter()
        for frame in self._frames:
            names: set[str] = set()
            for part in islice(frame.element.iter(_NAME_TAGS), _PIECES):
                if part is not frame.element and part in self._framed:
                    break
                if (
                    (text := _text(part))
                    and len(text) <= _LONGEST_UNMARKED
                    and (name := name_in(text, alone=True))
                ):
                    names.add(name)
            heads.update(names)
        most = max(_FEWEST_ALIKE, _MOST_ALIKE * len(self._frames))
        return frozenset(name for name, times in heads.items() if times >= most)

    def _in_words(self, piece: str) -> Moment | None:
        text = " ".join(piece.split())
        if (moment := self._moments.worded(text)) is not None:
            return moment
        found = who_and_when(text, self._moments) if len(text) <= _LONGEST_LINE else None
        return found[1] if found else None

    def _time_in(self, element: HtmlElement, *, whole: bool) -> tuple[Moment, HtmlElement] | None:
        """The first piece of text in an element that is a time."""
        if whole and (found := who_and_when(_spaced(element), self._moments)):
            return found[1], element
        for part in islice(element.iter(_TIME_TAGS), _PIECES):
            if part is not element and part in self._framed:
                return None
            if (moment := self._moments.stated(part)) is not None:
                return moment, part
            for piece in (part.text, *(child.tail for child in part)):
                if piece and _TWO_DIGITS.search(piece) and (moment := self._in_words(piece)) is not None:
                    return moment, part
        return None


def _quoted(element: HtmlElement, frame: Frame) -> bool:
    if not frame.quotes:
        return False
    own = frame.elements
    above: HtmlElement | None = element
    while above is not None and above not in own:
        if above.tag in {"blockquote", "q"}:
            return True
        above = above.getparent()
    return False


def _seen(element: HtmlElement) -> str:
    """What a reader sees of a name: no words for screen readers, no badge."""
    if not len(element):
        return (element.text or "").strip()
    unseen = {part for part in element.iterdescendants() if _is_badge(part) or is_hidden(part)}
    return words_from_element(element, without=unseen).text if unseen else _text(element)


def _is_badge(element: HtmlElement) -> bool:
    classes = element.get("class")
    return classes is not None and role_of(str(element.tag), classes) in _NO_NAMES


def _text(element: HtmlElement) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _spaced(element: HtmlElement) -> str:
    """An element's text with a space where one element ends and another begins: "<b>Ada</b>May 5"."""
    return " ".join(" ".join(map(str, element.itertext())).split())


def _attributed(frame: Frame) -> str | None:
    """The name in an attribute of a comment's element, where it is one and no number or address."""
    stated = next(filter(None, map(frame.element.get, AUTHOR_ATTRIBUTES)), "")
    return name_in(stated, alone=False) if "/" not in stated else None


def _innermost(elements: Sequence[HtmlElement], frame: Frame) -> Sequence[HtmlElement]:
    """Elements without those that hold another of them."""
    if len(elements) < 2:  # noqa: PLR2004 - one holds no other
        return elements
    outer = {above for element in elements for above in upwards(element, frame) if above is not element}
    return [element for element in elements if element not in outer]


def _is_line(element: HtmlElement) -> bool:
    """Whether an element's text may be one line of a comment's head."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _LONGEST_LINE:
            return False
    return True


#: Elements around a time in which its comment's author is looked for.
_LEVELS = 12
#: Letters of a line that says who and when.
_LONGEST_LINE = 160


def _before(line: HtmlElement, below: HtmlElement | None) -> Iterator[HtmlElement]:
    """The elements in a line up to one of its children that holds the time, or has it behind it; likely names first."""
    children = []
    for child in line if below is not None else ():
        if child is below and not (child.tail and _TWO_DIGITS.search(child.tail)):
            break
        children.append(child)
        if child is below:
            break
    parts = [part for child in children for part in child.iter(_NAME_TAGS)]
    yield from sorted(parts, key=lambda part: part.tag not in _LIKELY_TAGS)


_LIKELY_TAGS = frozenset({"b", "strong", "cite", "a", "bdi"})
