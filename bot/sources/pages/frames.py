"""The frames of a page: for each comment the elements that hold it, and whom it answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.sources.pages.roles import Role


@dataclass(slots=True, eq=False)
class Frame:
    """The part of a page that holds one comment, and perhaps the answers to it."""

    element: HtmlElement
    #: The source's own id of the comment; None where the page gives none.
    key: str | None = None
    #: More elements of the same comment, where it is spread over siblings.
    more: Sequence[HtmlElement] = ()
    parent: "Frame | None" = None
    #: The parent's id where the page gives it; it may name a comment that is not on the page.
    parent_key: str | None = None
    #: Answers above this one, as the page marks it.
    level: int | None = None
    kind: CommentKind = CommentKind.COMMENT
    score: int | None = None
    #: What general rules found in it, in the page's order.
    features: list[tuple[Role, HtmlElement]] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[HtmlElement]:
        """Every element that holds a part of it."""
        yield self.element
        yield from self.more


def upwards(element: HtmlElement, frame: Frame) -> Iterator[HtmlElement]:
    """An element of a frame and those around it, up to the frame's own, which are left out."""
    own = set(frame.elements)
    above: HtmlElement | None = element
    while above is not None and above not in own:
        yield above
        above = above.getparent()


class Owners:
    """Which frame an element of the page belongs to: that of its nearest ancestor which is a frame's."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = {element: frame for frame in frames for element in frame.elements}
        self._known: dict[HtmlElement, Frame | None] = {}

    def frame_at(self, element: HtmlElement) -> Frame | None:
        """The frame that this very element holds."""
        return self._frames.get(element)

    def frame_of(self, element: HtmlElement | None) -> Frame | None:
        """The innermost frame around an element, the element itself included."""
        path = []
        found = None
        while element is not None:
            if (found := self._frames.get(element)) is not None:
                break
            if element in self._known:
                found = self._known[element]
                break
            path.append(element)
            element = element.getparent()
        for passed in path:
            self._known[passed] = found
        return found
