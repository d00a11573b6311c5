"""What a frame says: who, when, and in which words."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Block, CommentKind, Moment
from bot.sources.flattened import furniture
from bot.sources.markup import Words, blocks_from_element, is_hidden, words_from_element
from bot.sources.pages.frames import Frame, Owners
from bot.sources.pages.moments import Moments
from bot.sources.pages.names import is_introduction, is_saying, name_in
from bot.sources.pages.roles import Role, role_of

#: Letters beside a name and a date in the line that holds both: "Posted by", "at", "Permalink", "in reply to".
_SLACK = 48
#: Pieces of a comment's beginning, or of a line about it, among which a time is looked for.
_PIECES = 40
_NAME_TAGS = ("a", "b", "strong", "cite", "span", "bdi", "h1", "h2", "h3", "h4", "h5", "h6", "i", "em")
_TIME_TAGS = (
    "time",
    "a",
    "abbr",
    "span",
    "small",
    "em",
    "i",
    "b",
    "strong",
    "cite",
    "p",
    "div",
    "li",
    "dt",
    "dd",
    "td",
    "header",
    "footer",
    "h3",
    "h4",
    "h5",
    "h6",
)
#: What stands beside the words of a comment even inside of their element.
_BESIDE_WORDS = frozenset({Role.FURNITURE, Role.HELD})
_NO_NAMES = frozenset({Role.FURNITURE, Role.TIME, Role.EDITED, Role.HELD})
_DIGITS = regex.compile(r"\d.*\d")
_NO_WORD = regex.compile(r"[^\p{L}]*")
_LINKBACK = regex.compile(r"^(?P<kind>pingback|trackback)\b\s*[:|]?", regex.I)
_DELETED = regex.compile(
    r"\W*(?:(?:this )?(?:comment|message|post|reply) (?:has been |was |is )?(?:deleted|removed)\b.{0,80}|(?:comment )?(?:deleted|removed)(?: by (?:\w+ )?\w+)?|"
    r"(?:dieser )?(?:kommentar|beitrag) (?:wurde|ist) .{0,60}(?:gelöscht|entfernt)|gelöscht|entfernt|"
    r"(?:ce )?(?:commentaire|message) (?:a été|est) .{0,20}supprimé.{0,60}|supprimé|"
    r"(?:este )?(?:comentario|comentário|mensaje) (?:ha sido|fue|foi) .{0,20}(?:eliminado|borrado|removido|excluído).{0,60}|eliminado|"
    r"(?:questo )?commento (?:è stato )?(?:eliminato|rimosso|cancellato).{0,60}|deze reactie is verwijderd.{0,60}|комментарий удал[её]н.{0,60}|このコメントは(?:投稿者|ブログの管理者)?.{0,12}削除.{0,12})\W*",
    regex.I,
)


_EMPTY = Words("", "")


@dataclass(frozen=True, slots=True)
class Fields:
    """What was read of one comment."""

    author: str | None
    posted_at: Moment | None
    edited_at: Moment | None
    words: Words
    kind: CommentKind
    #: Whether the page marks where the words begin and end; else they are what was left of the frame.
    marked: bool


class FieldReader:
    """Reads the frames of one page."""

    def __init__(
        self, frames: Sequence[Frame], owners: Owners, moments: Moments, *, base: str | None
    ) -> None:
        self._owners = owners
        self._moments = moments
        self._base = base
        self._framed = {element for frame in frames for element in frame.elements}
        #: Elements that hold whole frames, such as lists of answers.
        self._holding: set[HtmlElement] = set()
        for element in self._framed:
            above = element.getparent()
            while above is not None and above not in self._holding and above not in self._framed:
                self._holding.add(above)
                above = above.getparent()

    def read(self, frame: Frame) -> Fields:
        """Who wrote, when, and what."""
        author, who = self._author(frame)
        posted_at, when = self._time(frame)
        words, marked = self._words(frame, [element for element in (who, when) if element is not None])
        kind = _kind(frame, words) if frame.kind is CommentKind.COMMENT else frame.kind
        return Fields(author, posted_at, self._edited(frame, posted_at), words, kind, marked)

    def _author(self, frame: Frame) -> tuple[str | None, HtmlElement | None]:
        for wanted in (Role.NAME, Role.AUTHOR):
            for role, element in frame.features:
                if role is wanted and not _quoted(element, frame) and (name := self._name(element, role)):
                    return name, element
        return None, None

    def _name(self, element: HtmlElement, role: Role) -> str | None:
        alone = role is Role.NAME
        if stated := element.get("content"):
            return name_in(stated, alone=True)
        if element.text and not is_introduction(element.text):
            return self._unless_time(name_in(element.text, alone=alone and not len(element)))
        for part in element.iter(_NAME_TAGS):
            if (
                part is not element
                and role_of(str(part.tag), part.get("class", "")) not in _NO_NAMES
                and not is_hidden(part)
            ):
                text = "".join(map(str, part.itertext()))
                if not is_saying(text) and (name := self._unless_time(name_in(text, alone=True))):
                    return name
        return self._unless_time(name_in(words_from_element(element).text, alone=alone))

    def _unless_time(self, name: str | None) -> str | None:
        return name if name and self._moments.worded(name) is None else None

    def _time(self, frame: Frame) -> tuple[Moment | None, HtmlElement | None]:
        for wanted in (Role.TIME, Role.META, Role.AUTHOR):
            for role, element in frame.features:
                if role is wanted and not _quoted(element, frame):
                    if wanted is Role.TIME and (moment := self._moments.of(element)) is not None:
                        return moment, element
                    if found := self._time_in(element):
                        return found
        for element in frame.elements:
            if found := self._time_in(element):
                return found
        return None, None

    def _time_in(self, element: HtmlElement) -> tuple[Moment, HtmlElement] | None:
        """The first piece of text in an element that is a time."""
        for part in islice(element.iter(_TIME_TAGS), _PIECES):
            if part is not element and part in self._framed:
                return None
            if (moment := self._moments.stated(part)) is not None:
                return moment, part
            for text in (part.text, *(child.tail for child in part)):
                if (
                    text
                    and _DIGITS.search(text)
                    and (moment := self._moments.worded(" ".join(text.split()))) is not None
                ):
                    return moment, part
        return None

    def _edited(self, frame: Frame, posted_at: Moment | None) -> Moment | None:
        times = (self._moments.of(element) for role, element in frame.features if role is Role.EDITED)
        edited = next(filter(None, times), None)
        return edited if edited != posted_at else None

    def _words(self, frame: Frame, heads: list[HtmlElement]) -> tuple[Words, bool]:
        without = {element for role, element in frame.features if role in _BESIDE_WORDS}
        around = {above for head in heads for above in _upwards(head, frame)}
        for wanted in (Role.TEXT, Role.CONTENT):
            chosen: list[HtmlElement] = []
            for role, element in frame.features:
                inside = (above for above in _upwards(element, frame) if above in chosen)
                if (
                    role is wanted
                    and element not in around
                    and element not in self._holding
                    and not any(True for _ in inside)
                ):
                    chosen.append(element)
            found = [words_from_element(element, base=self._base, without=without) for element in chosen]
            best = max(found, key=lambda words: len(words.text) or len(words.markdown), default=_EMPTY)
            if best.markdown:
                return best, True
        return self._remainder(frame, heads, without), False

    def _remainder(self, frame: Frame, heads: list[HtmlElement], without: set[HtmlElement]) -> Words:
        """What is left of a frame when its head, its buttons and the answers are taken away."""
        said = sum(map(_length, heads))
        known = set(heads)
        for head in heads:
            for above in _upwards(head, frame):
                if above in self._framed or above in self._holding or not _is_head(above, known, said):
                    break
                without.add(above)
                known.add(above)
        passed = _Either(without, self._framed)
        blocks = [
            block
            for element in frame.elements
            for block in blocks_from_element(element, base=self._base, without=passed)
        ]
        return _joined([block for block in blocks if not self._is_furniture(block.text)])

    def _is_furniture(self, text: str) -> bool:
        """Whether a paragraph is no part of what somebody wrote: a button, a number, the rest of the head."""
        if "\n" in text or len(text) > _LONGEST_BUTTON:
            return False
        return bool(
            is_saying(text)
            or furniture.in_comments(text)
            or (text and text.isascii() and _NO_WORD.fullmatch(text))
            or self._moments.worded(text) is not None
        )


#: No button or counter is longer.
_LONGEST_BUTTON = 80


class _Either:
    """Two sets as one, without copying them."""

    def __init__(self, one: Container[HtmlElement], other: Container[HtmlElement]) -> None:
        self._both = (one, other)

    def __contains__(self, element: object) -> bool:
        return element in self._both[0] or element in self._both[1]


def _upwards(element: HtmlElement, frame: Frame) -> Iterator[HtmlElement]:
    """An element and those around it, up to the frame's own, which is left out."""
    own = set(frame.elements)
    above: HtmlElement | None = element
    while above is not None and above not in own:
        yield above
        above = above.getparent()


def _quoted(element: HtmlElement, frame: Frame) -> bool:
    return any(above.tag in {"blockquote", "q"} for above in _upwards(element, frame))


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in map(str, element.itertext()))


def _is_head(element: HtmlElement, heads: set[HtmlElement], said: int) -> bool:
    """Whether an element around a name or a time holds no more than a comment's head."""
    if element in heads:
        return True
    surplus = _length(element) - said
    if element.tag in _HEAD_TAGS or role_of(str(element.tag), element.get("class", "")) in _HEAD_ROLES:
        return surplus <= _LONGEST_HEAD
    paragraphs = (
        part
        for part in element.iter(_PARAGRAPHS)
        if part is not element and not any(head in heads for head in part.iter())
    )
    return surplus <= _SLACK and not any(_length(part) or part.tag == "br" for part in paragraphs)


_HEAD_TAGS = frozenset({"header", "footer", "cite", "small", "h2", "h3", "h4", "h5", "h6"})
_HEAD_ROLES = frozenset({Role.META, Role.AUTHOR, Role.TIME, Role.NAME})
_PARAGRAPHS = ("p", "br", "blockquote", "ul", "ol", "pre")
#: Letters of a marked head beside the name and the time: places, ranks, "in reply to …".
_LONGEST_HEAD = 200


def _kind(frame: Frame, words: Words) -> CommentKind:
    roles = {role for role, _ in frame.features}
    if Role.HELD in roles:
        return CommentKind.HELD
    if found := _LINKBACK.match(words.text):
        return CommentKind(found["kind"].lower())
    if Role.DELETED in roles or (len(words.text) <= _LONGEST_NOTE and _DELETED.fullmatch(words.text)):
        return CommentKind.DELETED
    return CommentKind.COMMENT


#: A note that a comment is gone is a sentence.
_LONGEST_NOTE = 160


def _joined(blocks: Sequence[Block]) -> Words:
    return Words("\n\n".join(block.markdown for block in blocks), "\n\n".join(block.text for block in blocks))
