"""The words of a comment: in the element that is marked as theirs, else what is left when head and buttons go."""

from collections.abc import Collection, Container, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Block, BlockKind
from bot.sources.flattened import furniture
from bot.sources.markup import Words, blocks_from_element, words_from_element
from bot.sources.pages.frames import Frame, upwards
from bot.sources.pages.moments import Moments
from bot.sources.pages.names import is_saying
from bot.sources.pages.parsing import LONGEST_CLASS
from bot.sources.pages.places import label_of, labels_of
from bot.sources.pages.roles import Role, role_of

#: Letters beside a name and a date in the line that holds both: "Posted by", "at", "Permalink", "in reply to".
_SLACK = 48
#: The same in an element that is marked as a head: places, ranks, "in reply to …".
_LONGEST_HEAD = 200
#: No button or counter is longer.
_LONGEST_BUTTON = 80
#: Elements among which one is found as fast without a set of them.
_FEW = 8
_HEAD_TAGS = frozenset({"header", "footer", "cite", "small", "h2", "h3", "h4", "h5", "h6", "dt"})
_HEAD_ROLES = frozenset({Role.META, Role.AUTHOR, Role.TIME, Role.NAME})
_PARAGRAPHS = ("p", "br", "blockquote", "ul", "ol", "pre")
_COUNTER = regex.compile(r"[#+(\[]?\d[\d.,]*[)\]]?|[|·•#–—]+|\[[-–+]\]")
#: Elements of one comment that are called its words; themes give the name to three at most.
_CANDIDATES = 8
#: Letters of a title or a button beside the words.
_SURPLUS = 16
_QUOTED = regex.compile(r"quot(?:e|ed|ation)(?![a-rt-z])|zitat|citation|cita(?![a-z])", regex.I)
#: What joins a name and a time in one line.
_PUNCTUATION = " -–—|·•,:()"
_EMPTY = Words("", "")


class BodyReader:
    """Reads the words of one page's frames."""

    def __init__(
        self,
        frames: Sequence[Frame],
        moments: Moments,
        framed: AbstractSet[HtmlElement],
        holding: Container[HtmlElement],
        *,
        base: str | None,
    ) -> None:
        self._frames = frames
        self._moments = moments
        self._framed = framed
        #: Elements that hold whole frames, such as lists of answers.
        self._holding = holding
        self._base = base

    def words(self, frame: Frame, heads: Sequence[HtmlElement]) -> tuple[Words, bool]:
        """The words, and whether the page marks where they begin and end; ``heads`` hold the name and the time."""
        if (marked := self._marked(frame, heads)) is not None:
            return marked[1], True
        return _joined(self._remainder(frame, heads)), False

    def blocks(self, frame: Frame, heads: Sequence[HtmlElement]) -> tuple[Block, ...]:
        """The same as an article's blocks."""
        if (marked := self._marked(frame, heads)) is not None:
            return blocks_from_element(marked[0], base=self._base, without=_beside_words(frame))
        return tuple(self._remainder(frame, heads))

    def _marked(self, frame: Frame, heads: Sequence[HtmlElement]) -> tuple[HtmlElement, Words] | None:
        """The element that the page marks as the words, and they; None where it marks none."""
        for wanted in (Role.WORDS, Role.TEXT, Role.CONTENT):
            candidates = [element for element in frame.holding(wanted) if element not in self._holding]
            if candidates and (marked := self._best(frame, heads, candidates)) is not None:
                return marked
        return None

    def _best(
        self,
        frame: Frame,
        heads: Sequence[HtmlElement],
        candidates: Sequence[HtmlElement],
    ) -> tuple[HtmlElement, Words] | None:
        """The words of the longest candidate that does not hold the head as well."""
        above = _above(heads, frame)
        candidates = [element for element in candidates if element not in above]
        without = _beside_words(frame)
        if len(candidates) == 1:
            only = self._words_of(candidates[0], without)
            return (candidates[0], only) if only.markdown else None
        found = [(self._words_of(element, without), element) for element in _outermost(candidates, frame)]
        best, chosen = max(
            found, key=lambda pair: len(pair[0].text) or len(pair[0].markdown), default=(_EMPTY, None)
        )
        while chosen is not None:
            within = (other for other in candidates[:_CANDIDATES] if _stands_in(other, chosen, frame))
            if (inner := next(within, None)) is None:
                break
            words = self._words_of(inner, without)
            if not words.markdown or not self._is_most_of(best.text, words.text):
                break
            best, chosen = words, inner
        return (chosen, best) if chosen is not None and best.markdown else None

    def _is_most_of(self, outer: str, inner: str) -> bool:
        letters = _letters(inner)
        if _letters(outer) - letters <= max(letters, _SURPLUS):
            return True
        said = (line for line in outer.split("\n") if label_of(line) not in self._labels)
        return sum(map(_letters, said)) - letters <= max(letters, _SURPLUS)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return labels_of(self._frames, self._framed)

    def _words_of(self, element: HtmlElement, without: Container[HtmlElement]) -> Words:
        return words_from_element(element, base=self._base, without=without)

    def _remainder(self, frame: Frame, heads: Sequence[HtmlElement]) -> list[Block]:
        beside = set(_beside_words(frame))
        kept = self._left(frame, heads, beside | self._around(heads, frame))
        if not kept:
            # A name may stand in the paragraph of the words.
            kept = self._left(
                frame, heads, beside | {head for head in heads if _is_head(head, set(heads), 0)}
            )
        if kept and self._is_furniture(kept[0].text.partition("\n")[0].strip(_PUNCTUATION)):
            kept[0] = _without_first_line(kept[0])
        return kept

    def _around(self, heads: Sequence[HtmlElement], frame: Frame) -> set[HtmlElement]:
        """The elements that hold a head and hardly a word more."""
        said = sum(map(_length, heads))
        known = set(heads)
        around: set[HtmlElement] = set()
        for head in heads:
            for above in upwards(head, frame):
                if above in self._framed or above in self._holding or not _is_head(above, known, said):
                    break
                around.add(above)
                known.add(above)
        return around

    def _left(
        self, frame: Frame, heads: Sequence[HtmlElement], without: AbstractSet[HtmlElement]
    ) -> list[Block]:
        """The paragraphs of a frame without some of its elements and without what is furniture."""
        passed = _Either(without, self._framed)
        blocks = [
            block
            for element in frame.elements
            if element.tag != "dt" and not (frame.more and element in heads)
            for block in blocks_from_element(element, base=self._base, without=passed)
        ]
        return [
            block
            for block in blocks
            if not self._is_furniture(block.text) and not _is_initial(block.text, heads)
        ]

    def _is_furniture(self, text: str) -> bool:
        """Whether a paragraph is no part of what somebody wrote: a button, a number, the rest of the head."""
        if "\n" in text or not text or len(text) > _LONGEST_BUTTON:
            return False
        return bool(
            is_saying(text)
            or furniture.in_comments(text)
            or _COUNTER.fullmatch(text)
            or self._moments.worded(text) is not None
        )


def _is_initial(text: str, heads: Sequence[HtmlElement]) -> bool:
    """Whether a paragraph is the letter that stands in the place of somebody's picture."""
    return len(text) == 1 and any(
        "".join(map(str, head.itertext())).strip()[:1].casefold() == text.casefold() for head in heads
    )


def _without_first_line(block: Block) -> Block:
    return Block(markdown=block.markdown.partition("\n")[2], text=block.text.partition("\n")[2])


class _Either:
    """Two sets as one, without copying them."""

    def __init__(self, one: Container[HtmlElement], other: Container[HtmlElement]) -> None:
        self._both = (one, other)

    def __contains__(self, element: object) -> bool:
        return element in self._both[0] or element in self._both[1]


def _beside_words(frame: Frame) -> Collection[HtmlElement]:
    """Furniture of a frame; mostly it is some buttons, among which nothing is found faster by a set."""
    found = [*frame.holding(Role.FURNITURE), *frame.holding(Role.HELD)]
    return found if len(found) <= _FEW else set(found)


def _above(heads: Sequence[HtmlElement], frame: Frame) -> set[HtmlElement]:
    """The heads of a frame and the elements around them, up to that of the frame; its other parts are left out."""
    around = set(frame.elements)
    for head in heads:
        above: HtmlElement | None = head
        while above is not None and above not in around:
            around.add(above)
            above = above.getparent()
    return around.difference(frame.elements) if frame.more else around


def _outermost(elements: Sequence[HtmlElement], frame: Frame) -> list[HtmlElement]:
    if len(elements) == 1:
        return list(elements)
    known = set(elements)
    chosen = []
    for element in elements:
        inside = upwards(element, frame)
        next(inside, None)
        if not any(above in known for above in inside):
            chosen.append(element)
    return chosen


def _stands_in(inner: HtmlElement, outer: HtmlElement, frame: Frame) -> bool:
    """Whether one element stands in another, and not as what it quotes."""
    if inner is outer or _QUOTED.search(inner.get("class", "")[:LONGEST_CLASS]):
        return False
    for above in upwards(inner, frame):
        if above is outer:
            return True
        if above is not inner and (
            above.tag in {"blockquote", "q"} or _QUOTED.search(above.get("class", "")[:LONGEST_CLASS])
        ):
            return False
    return False


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in map(str, element.itertext()))


def _is_head(element: HtmlElement, heads: set[HtmlElement], said: int) -> bool:
    """Whether an element around a name or a time holds no more than a comment's head."""
    if element in heads:
        return not any(part.tail and not part.tail.isspace() for part in element.iter("br"))
    surplus = _length(element) - said
    if element.tag in _HEAD_TAGS or role_of(str(element.tag), element.get("class", "")) in _HEAD_ROLES:
        return surplus <= _LONGEST_HEAD
    paragraphs = (
        part
        for part in element.iter(_PARAGRAPHS)
        if part is not element and not any(head in heads for head in part.iter())
    )
    return surplus <= _SLACK and not any(_length(part) or part.tag == "br" for part in paragraphs)


def _joined(blocks: Sequence[Block]) -> Words:
    """As one; images are seen as their alternative texts only where there is nothing else."""
    seen = [block for block in blocks if block.kind is not BlockKind.IMAGE] or blocks
    return Words("\n\n".join(block.markdown for block in blocks), "\n\n".join(block.text for block in seen))
