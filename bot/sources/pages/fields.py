"""What a frame says: who, when, and in which words."""

from collections.abc import Sequence
from typing import NamedTuple

import regex
from lxml.html import HtmlElement

from bot.domain.discussion import Block, CommentKind, Moment
from bot.sources.markup import Words
from bot.sources.pages.bodies import BodyReader
from bot.sources.pages.buttons import ReplyButtons
from bot.sources.pages.frames import Frame, holders_of
from bot.sources.pages.heads import HeadReader
from bot.sources.pages.moments import Moments
from bot.sources.pages.places import mark_bodies
from bot.sources.pages.roles import Role

#: A note that a comment is gone is a sentence.
_LONGEST_NOTE = 160
_LINKBACK = regex.compile(r"^(?P<kind>pingback|trackback)\b\s*[:|]?", regex.I)
_DELETED = regex.compile(
    r"\W*(?:(?:this )?(?:comment|message|post|reply) (?:has been |was |is )?(?:deleted|removed)\b.{0,80}|(?:comment )?(?:deleted|removed)(?: by (?:\w+ )?\w+)?|"
    r"(?:dieser )?(?:kommentar|beitrag) (?:wurde|ist) .{0,60}(?:gelöscht|entfernt)|gelöscht|entfernt|"
    r"(?:ce )?(?:commentaire|message) (?:a été|est) .{0,20}supprimé.{0,60}|supprimé|"
    r"(?:este )?(?:comentario|comentário|mensaje) (?:ha sido|fue|foi) .{0,20}(?:eliminado|borrado|removido|excluído).{0,60}|eliminado|"
    r"(?:questo )?commento (?:è stato )?(?:eliminato|rimosso|cancellato).{0,60}|deze reactie is verwijderd.{0,60}|комментарий удал[её]н.{0,60}|このコメントは(?:投稿者|ブログの管理者)?.{0,12}削除.{0,12})\W*",
    regex.I,
)


class Fields(NamedTuple):
    """What was read of one comment."""

    author: str | None
    posted_at: Moment | None
    edited_at: Moment | None
    words: Words
    kind: CommentKind
    #: Whether the page marks where the words begin and end; else they are what was left of the frame.
    marked: bool


class Post(NamedTuple):
    """What was read of a comment that is the article."""

    author: str | None
    posted_at: Moment | None
    blocks: tuple[Block, ...]


class FieldReader:
    """Reads the frames of one page."""

    def __init__(self, frames: Sequence[Frame], moments: Moments, *, base: str | None) -> None:
        framed = {element for frame in frames for element in frame.elements}
        mark_bodies(frames, framed)
        self._heads = HeadReader(frames, moments, ReplyButtons(frames), framed)
        self._bodies = BodyReader(frames, moments, framed, holders_of(frames), base=base)

    def read(self, frame: Frame) -> Fields:
        """Who wrote, when, and what."""
        author, posted_at, heads = self._read_head(frame)
        words, marked = self._bodies.words(frame, heads)
        kind = _kind(frame, words) if frame.kind is CommentKind.COMMENT else frame.kind
        edited_at = self._heads.edited(frame)
        return Fields(author, posted_at, edited_at if edited_at != posted_at else None, words, kind, marked)

    def read_post(self, frame: Frame) -> Post:
        """Who wrote, when, and what, of a post that opens a topic."""
        author, posted_at, heads = self._read_head(frame)
        return Post(author, posted_at, self._bodies.blocks(frame, heads))

    def _read_head(self, frame: Frame) -> tuple[str | None, Moment | None, list[HtmlElement]]:
        """Who wrote and when, and the elements that say so."""
        posted_at, when = self._heads.time(frame)
        author, who = self._heads.author(frame, when)
        return author, posted_at, [element for element in (who, when) if element is not None]


def _kind(frame: Frame, words: Words) -> CommentKind:
    text = words.text
    if Role.HELD in frame.features:
        return CommentKind.HELD
    if text[:9].lower() in _LINKBACKS and (found := _LINKBACK.match(text)):
        return CommentKind(found["kind"].lower())
    if Role.DELETED in frame.features or (len(text) <= _LONGEST_NOTE and _DELETED.fullmatch(text)):
        return CommentKind.DELETED
    return CommentKind.COMMENT


#: What the words of a linkback begin with.
_LINKBACKS = frozenset({"pingback", "pingback:", "pingback ", "trackback"})
