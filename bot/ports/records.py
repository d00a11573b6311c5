"""Rows as the services see them. Ids are NewTypes, so that a guild is never taken for a thread."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.discussion import (
    Article,
    Comment,
    CommentKind,
    Discussion,
    Moment,
    Origin,
    Rights,
    Source,
    Speaker,
)
from bot.domain.outgoing import Layout, MessageKind, Outgoing, Plan

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)
ArticleId = NewType("ArticleId", int)
CommentId = NewType("CommentId", int)
ImportId = NewType("ImportId", int)
RowId = NewType("RowId", int)
QuoteId = NewType("QuoteId", int)
DeletionId = NewType("DeletionId", int)

#: Where Discord's ids begin to count milliseconds (docs: reference, snowflakes).
_DISCORD_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)

#: comment id = article id << SEQUENCE_BITS | number, so one article is one contiguous range of ids.
SEQUENCE_BITS = 20


class CommentState(StrEnum):
    """Whether a comment's text may be shown."""

    LIVE = "live"
    #: Deleted by the member who wrote it; its text is gone.
    DELETED = "deleted"
    HIDDEN = "hidden"
    REMOVED = "removed"
    ERASED = "erased"


class MessageState(StrEnum):
    """How far a message is. Only PENDING is in doubt after a crash."""

    PLANNED = "planned"
    PENDING = "pending"
    SENT = "sent"
    #: Deleted in Discord.
    GONE = "gone"


class ImportState(StrEnum):
    """How far an import is. QUEUED, RUNNING and UNDOING are taken up again at start."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    #: It is being taken back; a reason says why that stopped.
    UNDOING = "undoing"
    UNDONE = "undone"


class UndoScope(StrEnum):
    """How far an import is taken back."""

    #: Our own messages, and nothing else.
    MESSAGES = "messages"
    #: The thread as well, unless somebody else has written in it.
    THREAD = "thread"
    #: The thread as well, with what members wrote in it.
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a guild's admins chose; every field has a default that works."""

    guild_id: GuildId
    #: Where articles go when `/import article` names no channel.
    articles_channel: ChannelId | None = None
    staff_channel: ChannelId | None = None
    announce_channel: ChannelId | None = None
    #: Whom somebody who is no member may write to; shown on every card.
    contact: str | None = None
    #: How comments become messages, and which of a forum's tags a post gets, unless an import says otherwise.
    layout: Layout = Layout.AUTO
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An imported article and where it stands."""

    id: ArticleId
    guild_id: GuildId
    #: Short, unique in the file; what people type and lists show.
    short_id: str
    #: Without its blocks; `ArticleStore.get_article` reads the whole.
    article: Article
    source: Source
    rights: Rights
    created_at: datetime
    #: Where it was posted: a forum or a text channel.
    channel_id: ChannelId
    #: Null until the thread exists.
    thread_id: ChannelId | None
    imported: int
    live: int
    #: Since when it is taken back: then it is in no list any more.
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """One node of the stored tree, of either origin."""

    id: CommentId
    guild_id: GuildId
    article_id: ArticleId
    parent_id: CommentId | None
    #: What people call it: "Comment 7". Imported ones in tree order from 1, live ones after them.
    number: int
    #: Place in display order, with gaps.
    ord: int
    depth: int
    origin: Origin
    key: str
    kind: CommentKind
    speaker: Speaker
    posted_at: Moment | None
    edited_at: Moment | None
    markdown: str
    text: str
    state: CommentState
    confidence: float
    evidence: str | None = None
    score: int | None = None
    #: Names of files that a member attached; never their bytes.
    attachments: tuple[str, ...] = ()
    #: The parent's key, where the source names a parent that it does not hold.
    missing_parent: str | None = None

    def as_comment(self, parent: str | None) -> Comment:
        """The comment as a source gives it; ``parent`` is the key of the comment that it answers."""
        return Comment(
            key=self.key,
            parent=parent,
            depth=self.depth,
            kind=self.kind,
            author=self.speaker.name,
            author_source=self.speaker.source,
            author_guess=self.speaker.guess,
            evidence=self.evidence,
            posted_at=self.posted_at,
            edited_at=self.edited_at,
            markdown=self.markdown,
            text=self.text,
            score=self.score,
            confidence=self.confidence,
        )


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One run of an import."""

    id: ImportId
    guild_id: GuildId
    article_id: ArticleId
    channel_id: ChannelId
    thread_id: ChannelId | None
    state: ImportState
    #: How its comments became messages; never `AUTO`.
    layout: Layout
    #: Random 64-bit key of the nonces.
    nonce_key: int
    requested_by: UserId
    started_at: datetime
    finished_at: datetime | None
    #: Forum tags chosen by the admin.
    tags: tuple[int, ...]
    #: Why it is paused, or why taking it back stopped, as a sentence for people.
    reason: str | None
    sent: int
    total: int
    undo: UndoScope | None = None
    undone_by: UserId | None = None
    #: Where staff reads how far it is.
    notice_channel: ChannelId | None = None
    notice_message: MessageId | None = None


@dataclass(frozen=True, slots=True)
class NewImport:
    """Everything that is committed before the first message is sent."""

    guild_id: GuildId
    channel_id: ChannelId
    requested_by: UserId
    rights: Rights
    discussion: Discussion
    plan: Plan
    nonce_key: int
    tags: tuple[int, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message of ours, or a member's in our threads."""

    id: RowId
    guild_id: GuildId
    article_id: ArticleId
    import_id: ImportId | None
    channel_id: ChannelId | None
    message_id: MessageId | None
    nonce: str | None
    ordinal: int | None
    kind: MessageKind
    state: MessageState
    digest: str | None
    #: Held only until the message is sent: text stands in as few places as can be.
    outgoing: Outgoing | None
    #: Ordinal of the message that the arrow points to.
    reply_to: int | None


#: Where a message stands.
Address = tuple[ChannelId, MessageId]


@dataclass(frozen=True, slots=True)
class NextMessage:
    """A message of a plan whose turn it is, PENDING, as it will be sent."""

    row: RowId
    ordinal: int
    kind: MessageKind
    nonce: str
    #: Where it was to be sent before, if it was.
    channel_id: ChannelId | None
    outgoing: Outgoing
    #: What the arrow points to, if that stands.
    reply_to: MessageId | None
    #: The message before it in the plan, whether it still stands or not.
    after: MessageId | None
    #: It was PENDING before: it may have been sent already.
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    #: Comments of which at least a part is sent.
    placed: int
    comments: int
    #: Messages.
    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class NewUnfolding:
    """A comment of a page about to be posted as a message of its own, or as several if it is long."""

    guild_id: GuildId
    article_id: ArticleId
    comment_id: CommentId
    channel_id: ChannelId
    #: A message for every part, each with its nonce.
    parts: tuple[tuple[Outgoing, str], ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """A comment, or a part of it, in a message."""

    comment_id: CommentId
    message_id: MessageId
    channel_id: ChannelId
    part: int


class ThreadState(StrEnum):
    """What Discord lets people do in a thread of ours."""

    OPEN = "open"
    #: Quiet; the next message opens it again.
    ARCHIVED = "archived"
    LOCKED = "locked"
    #: Deleted in Discord, with everything in it.
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TrackedThread:
    """A thread of ours and how far it has been read."""

    thread_id: ChannelId
    guild_id: GuildId
    article_id: ArticleId
    #: Newest message whose effect is in the database; null before the first.
    cursor: MessageId | None
    #: It was there before the article: only what answers us is meant for us.
    shared: bool = False
    #: Its article was taken back: edits and deletions count, new messages don't.
    undone: bool = False
    #: The forum or text channel that it hangs under; null for one that was just made.
    parent_id: ChannelId | None = None
    state: ThreadState = ThreadState.OPEN


@dataclass(frozen=True, slots=True)
class LiveComment:
    """A member's message that becomes a comment.

    Its parent is the one that is named here; else the comment that ``reply_to`` carries; else, where
    ``continues_within`` is given, the member's own comment before it, if it is the thread's last and that young;
    else the article.
    """

    guild_id: GuildId
    article_id: ArticleId
    thread_id: ChannelId
    message_id: MessageId
    member_id: UserId
    markdown: str
    text: str
    posted_at: datetime
    parent_id: CommentId | None = None
    #: The message that the member's reply arrow points to.
    reply_to: MessageId | None = None
    #: Only what answers a message of the article, or a comment of it, is one.
    only_answers: bool = False
    continues_within: timedelta | None = None
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """Where a member's message has found its place."""

    comment_id: CommentId
    #: Null: it answers the article.
    parent_id: CommentId | None
    #: The comments of the page that it answers, when its words do not tell which; it stands under the first root.
    choices: tuple[CommentId, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveText:
    """A member's message as it is stored, to be compared with what Discord shows."""

    message_id: MessageId
    markdown: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A member's reaction on a message."""

    message_id: MessageId
    member_id: UserId
    #: The emoji itself, or the id of a guild's own.
    emoji: str


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """A pull-quote with its proof: where in which text it occurs."""

    id: QuoteId
    guild_id: GuildId
    article_id: ArticleId
    #: Null: quoted from the article.
    comment_id: CommentId | None
    #: Index of the article's block; null for a comment.
    block: int | None
    start: int
    end: int
    text: str
    #: Who says it, as the card names them.
    speaker: str | None
    #: How the speaker is known, when it is not the author of the text.
    attribution: str | None
    chosen_by: UserId


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote about to be posted, with the message that will carry it."""

    guild_id: GuildId
    article_id: ArticleId
    comment_id: CommentId | None
    block: int | None
    start: int
    end: int
    text: str
    speaker: str | None
    attribution: str | None
    chosen_by: UserId
    channel_id: ChannelId
    nonce: str
    outgoing: Outgoing
    at: datetime


def id_at(instant: datetime) -> MessageId:
    """The smallest id that Discord gives to a message of this instant."""
    return MessageId(int((instant - _DISCORD_EPOCH) / timedelta(milliseconds=1)) << 22)


@dataclass(frozen=True, slots=True)
class Deletion:
    """Messages of ours that somebody deleted in Discord, and the comments that count as hidden since."""

    id: DeletionId
    guild_id: GuildId
    article_id: ArticleId
    import_id: ImportId
    #: What was deleted: "Page 3", "A message", "2 messages".
    subject: str
    #: In tree order: those that are hidden, and those that were put back.
    hidden: tuple[CommentId, ...]
    put_back: tuple[CommentId, ...]
    #: Nothing shows any more what it should not.
    applied: bool
    decided_by: UserId | None
    notice_channel: ChannelId | None
    notice_message: MessageId | None


@dataclass(frozen=True, slots=True)
class Lost:
    """What the deletion of messages has taken away."""

    #: Comments of members that have no words any more.
    comments: int
    deletion: Deletion | None


def posted_at(message_id: MessageId) -> datetime:
    """When Discord took the message: its id says so, to the millisecond."""
    return _DISCORD_EPOCH + timedelta(milliseconds=message_id >> 22)
