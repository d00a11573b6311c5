"""What a source reader returns and an import stores: an article with its comment tree.

The field names are the contract of ``rejoinder inspect --json`` and are relied on from outside;
they are only ever added to.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _parse_moment(value: object) -> object:
    """Keep a bare date a date: pydantic alone would read it as midnight, a time nobody wrote."""
    if isinstance(value, str):
        return date.fromisoformat(value) if len(value) == len("2025-02-12") else datetime.fromisoformat(value)
    return value


#: A point in time as far as the source told it: a date, a naive local time, or an instant with its offset.
#: A naive time stays naive; nobody may add a zone that the source did not give.
Moment = Annotated[datetime | date, BeforeValidator(_parse_moment)]


class Model(BaseModel):
    """A value of the domain: frozen, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BlockKind(StrEnum):
    """What a block of an article is."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    HEADING = "heading"
    LIST = "list"
    CODE = "code"
    IMAGE = "image"
    EMBED = "embed"


class CommentKind(StrEnum):
    """What a node of the comment tree is; only ``comment`` and ``deleted`` are imported."""

    COMMENT = "comment"
    PINGBACK = "pingback"
    TRACKBACK = "trackback"
    DELETED = "deleted"
    HELD = "held"


class Origin(StrEnum):
    """Where a comment was written."""

    SOURCE = "source"
    DISCORD = "discord"


class AuthorSource(StrEnum):
    """How an author's name is known. Nothing else may stand in the name's place."""

    HEADER = "header"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Rights(StrEnum):
    """Whose words an import reposts, as the admin said."""

    OWN = "own"
    PERMISSION = "permission"
    QUOTED = "quoted"


class Block(Model):
    """One block of the article's body."""

    kind: BlockKind = BlockKind.PARAGRAPH
    #: Source markup as CommonMark.
    markdown: str
    #: What a reader sees, without markup.
    text: str
    #: Who speaks in a quote, where the text names somebody.
    speaker: str | None = None


class PullQuote(Model):
    """A passage that the source itself pulled out, with its place in the body."""

    text: str
    source: Literal["lede", "markup", "inferred"]
    #: Index of the block in which the passage recurs, counted from 0; None where it does not.
    block: int | None = None
    #: Offsets of the passage in that block's ``text``, in code points, end exclusive.
    start: int | None = None
    end: int | None = None


class Article(Model):
    """The article above the comments."""

    title: str
    url: str | None = None
    site: str | None = None
    byline: str | None = None
    published: Moment | None = None
    published_source: Literal["header", "metadata", "inferred"] | None = None
    language: str | None = None
    lede: str | None = None
    blocks: tuple[Block, ...] = ()
    pull_quotes: tuple[PullQuote, ...] = ()


class Speaker(Model):
    """Who wrote a comment: a name from the web, a member of the guild, or somebody whose name is lost."""

    name: str | None = None
    member_id: int | None = None
    source: AuthorSource = AuthorSource.UNKNOWN
    #: A weak inference. It is shown as a guess and never stands in the name's place.
    guess: str | None = None


class Comment(Model):
    """One node of the tree."""

    #: The source's own id; where it has none, a hash that holds no date and no name.
    key: str
    parent: str | None = None
    #: Answers above this one; 0 for a comment on the article itself.
    depth: int = Field(default=0, ge=0)
    kind: CommentKind = CommentKind.COMMENT
    author: str | None = None
    author_source: AuthorSource = AuthorSource.UNKNOWN
    #: A name that the evidence suggests but does not carry.
    author_guess: str | None = None
    #: In words, why the author, the boundary or the parent is what it is; None where the source says it.
    evidence: str | None = None
    posted_at: Moment | None = None
    edited_at: Moment | None = None
    #: Source markup as CommonMark.
    markdown: str
    #: Visible text without markup; paragraphs are split by a blank line.
    text: str
    score: int | None = None
    #: How sure the reader is that this comment begins and ends here: 1.0 where the source says so.
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)

    @property
    def speaker(self) -> Speaker:
        """Who wrote it, as a speaker."""
        return Speaker(name=self.author, source=self.author_source, guess=self.author_guess)


class Dropped(Model):
    """Text that a reader left out, with its reason."""

    text: str
    reason: str


class Source(Model):
    """Where a discussion came from."""

    kind: str
    location: str
    #: How many comments the page says that it has; None where it does not say.
    declared_comments: int | None = None
    #: Whether everything that the source declared was found.
    complete: bool = True


class Discussion(Model):
    """An article with its comments in tree order: a parent stands before its children."""

    source: Source
    article: Article
    comments: tuple[Comment, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()

    def at(self, location: str) -> Self:
        """The same discussion with the place it was read from."""
        return self.model_copy(update={"source": self.source.model_copy(update={"location": location})})


class Document(Model):
    """What ``rejoinder inspect --json`` prints: every discussion of one source, those with comments first."""

    discussions: tuple[Discussion, ...]
