"""The frames of a page: for each comment the elements that hold it, and whom it answers."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from lxml.html import HtmlElement

from bot.domain.discussion import CommentKind
from bot.sources.pages.parsing import LONGEST_CLASS
from bot.sources.pages.roles import Role

#: Attributes of a comment's element that name its author.
AUTHOR_ATTRIBUTES = (
    "data-author",
    "data-comment-author",
    "data-author-name",
    "data-username",
    "data-user-name",
    "author",
)


@dataclass(slots=True, eq=False)
class Frame:
    """The part of a page that holds one comment, and perhaps the answers to it."""

    element: HtmlElement
    #: The source's own id of the comment; None where the page gives none.
    key: str | None = None
    #: More elements of the same comment, where it is spread over siblings.
    more: Sequence[HtmlElement] = ()
    #: The innermost frame that this one stands in.
    around: "Frame | None" = None
    parent: "Frame | None" = None
    #: The parent's id where the page gives it; it may name a comment that is not on the page.
    parent_key: str | None = None
    #: Whether the parent was found by an id that the page gives, which nothing else puts in question.
    named_parent: bool = False
    #: Answers above this one, as the page marks it.
    level: int | None = None
    kind: CommentKind = CommentKind.COMMENT
    score: int | None = None
    #: What general rules found in it: by what they hold, elements in the page's order.
    features: defaultdict[Role, list[HtmlElement]] = field(default_factory=partial(defaultdict, list))
    #: Whether something is quoted in it.
    quotes: bool = False

    @property
    def elements(self) -> Sequence[HtmlElement]:
        """Every element that holds a part of it."""
        return (self.element, *self.more) if self.more else (self.element,)

    def holding(self, role: Role, *more: Role) -> Sequence[HtmlElement]:
        """The elements that hold one of these, in the page's order."""
        if not more:
            return self.features.get(role, ())
        found = [self.features[role] for role in (role, *more) if role in self.features]
        if len(found) <= 1:
            return found[0] if found else ()
        wanted = set(chain.from_iterable(found))
        return [part for element in self.elements for part in element.iter() if part in wanted]


def holders_of(frames: Sequence[Frame]) -> set[HtmlElement]:
    """Elements that hold whole frames and are part of none, such as lists of answers."""
    framed = {element for frame in frames for element in frame.elements}
    holders: set[HtmlElement] = set()
    for element in framed:
        above = element.getparent()
        while above is not None and above not in holders and above not in framed:
            holders.add(above)
            above = above.getparent()
    return holders


def tokens_of(element: HtmlElement) -> list[str]:
    """The classes of an element; no theme gives more than a few dozen."""
    return element.get("class", "")[:LONGEST_CLASS].split()


def upwards(element: HtmlElement, frame: Frame) -> Iterator[HtmlElement]:
    """An element of a frame and those around it, up to the frame's own, which are left out."""
    own = frame.elements
    above: HtmlElement | None = element
    while above is not None and above not in own:
        yield above
        above = above.getparent()
