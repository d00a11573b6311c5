"""The database as the services see it.

Law of this room: every instant is an aware UTC datetime; every method that writes returns after COMMIT, and
what one method writes is one transaction. A method that takes a guild finds nothing of another guild.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.discussion import Article, Rights
from bot.domain.outgoing import Outgoing, Plan, PlannedMessage
from bot.ports.records import (
    Address,
    ArticleId,
    ArticleRecord,
    Attached,
    ChannelId,
    CommentId,
    CommentRecord,
    Deletion,
    DeletionId,
    GuildId,
    GuildSettings,
    ImportId,
    ImportRecord,
    ImportState,
    LiveComment,
    LiveText,
    Lost,
    MessageId,
    MessageRecord,
    NewImport,
    NewQuote,
    NewUnfolding,
    NextMessage,
    Placement,
    Progress,
    QuoteId,
    QuoteRecord,
    RowId,
    ThreadState,
    TrackedThread,
    UndoScope,
    UserId,
    Vote,
)

#: Gives a message its final text: links to messages of its plan (by ordinal) become addresses. It runs inside a
#: transaction and must not wait.
Bind = Callable[[Outgoing, Mapping[int, Address]], Outgoing]


class GuildStore(Protocol):
    """Settings of guilds, and whose words each site's are."""

    async def get_settings(self, guild_id: GuildId) -> GuildSettings:
        """The guild's settings; the defaults where nothing was chosen."""
        ...

    async def save_settings(self, settings: GuildSettings, *, actor: UserId, at: datetime) -> None:
        """Replace the guild's settings and write it to the audit log."""
        ...

    async def find_rights(self, guild_id: GuildId, site: str) -> Rights | None:
        """What was answered for this site before, if anything."""
        ...


class ArticleStore(Protocol):
    """Imported articles. Only `get` and `get_article` find one that was taken back."""

    async def list_articles(
        self, guild_id: GuildId, *, text: str = "", limit: int = 25
    ) -> list[ArticleRecord]:
        """Newest first; with ``text``, those whose title holds it (case folded)."""
        ...

    async def get(self, guild_id: GuildId, article_id: ArticleId) -> ArticleRecord:
        """Raises NotFoundError when it isn't this guild's."""
        ...

    async def get_by_short_id(self, guild_id: GuildId, short_id: str) -> ArticleRecord:
        """Raises NotFoundError when it isn't this guild's."""
        ...

    async def get_article(self, guild_id: GuildId, article_id: ArticleId) -> Article:
        """The whole article with its blocks. Raises NotFoundError."""
        ...

    async def find_same(self, guild_id: GuildId, article: Article) -> ArticleRecord | None:
        """An article of this guild with the same address or, where it has none, the same title and text."""
        ...


class ImportStore(Protocol):
    """Import runs."""

    async def begin(self, new: NewImport) -> ImportRecord:
        """Commit article, comments, plan, rights and audit entry; the run is QUEUED.

        Comments get the numbers 1, 2, 3 … in their order; the plan's messages are PLANNED with nonces
        (base36 of ``nonce_key``, a hyphen, base36 of the ordinal: at most 25 characters).
        """
        ...

    async def get(self, guild_id: GuildId, import_id: ImportId) -> ImportRecord:
        """Raises NotFoundError."""
        ...

    async def list_recent(self, guild_id: GuildId, *, limit: int = 10) -> list[ImportRecord]:
        """Newest first."""
        ...

    async def list_unfinished(self) -> list[ImportRecord]:
        """QUEUED and RUNNING runs of all guilds, oldest first."""
        ...

    async def find_newest(self, guild_id: GuildId, article_id: ArticleId) -> ImportRecord | None:
        """The newest run of an article."""
        ...

    async def set_state(
        self, import_id: ImportId, state: ImportState, *, at: datetime, reason: str | None = None
    ) -> None:
        """Move a run on; DONE notes the time as its end. Raises RefusedError when it is being taken back."""
        ...

    async def begin_undo(
        self, guild_id: GuildId, import_id: ImportId, scope: UndoScope, *, actor: UserId, at: datetime
    ) -> ImportRecord:
        """The run is UNDOING, and the audit log knows who wants that. Raises NotFoundError.

        One that is taken back already stays as it is.
        """
        ...

    async def begin_anew(self, import_id: ImportId, plan: Plan, *, nonce_key: int) -> ImportRecord:
        """The run's thread is gone, and what stood in it: all of ``plan`` is to be sent, into a thread to come."""
        ...

    async def list_undoing(self) -> list[ImportRecord]:
        """UNDOING runs of all guilds, oldest first."""
        ...

    async def stop_undo(self, import_id: ImportId, *, reason: str) -> None:
        """Note why a run could not be taken back as a whole; it stays UNDOING."""
        ...

    async def finish_undo(self, import_id: ImportId, scope: UndoScope, *, at: datetime) -> None:
        """The run is UNDONE, as far as ``scope`` says: its messages, quotes and imported words go.

        Its article is in no list any more. What members wrote stays, and so do the places above it, without their
        words; where nothing of members is left, the thread is followed no more.
        """
        ...

    async def set_notice(self, import_id: ImportId, channel_id: ChannelId, message_id: MessageId) -> None:
        """Where staff reads how far the run is."""
        ...

    async def set_thread(
        self,
        import_id: ImportId,
        thread_id: ChannelId,
        *,
        card: tuple[RowId, MessageId] | None = None,
        after: MessageId | None = None,
    ) -> None:
        """The thread exists: note it on run and article, and track it. The ``card`` that made it stands in it.

        In a thread that was there before, what counts comes ``after`` a message.
        """
        ...

    async def progress(self, import_id: ImportId) -> Progress:
        """How many of its comments and messages are sent."""
        ...


class MessageStore(Protocol):
    """The journal of messages and the map from messages to comments."""

    async def take_next(
        self,
        import_id: ImportId,
        *,
        channel_id: ChannelId,
        bind: Bind,
        sent: tuple[RowId, MessageId] | None = None,
    ) -> NextMessage | None:
        """Confirm what was ``sent`` and mark the next message PENDING, in one commit; None when all are sent.

        From here on the message may exist in ``channel_id``, with the text that ``bind`` made of it.
        """
        ...

    async def find_in_doubt(self, import_id: ImportId) -> NextMessage | None:
        """The message of a run that may have been sent without our knowing, if there is one."""
        ...

    async def mark_sent(self, row: RowId, message_id: MessageId) -> None:
        """Confirmed. The held text is dropped, its digest stays. Idempotent for the same id."""
        ...

    async def mark_gone(self, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
        """Deleted in Discord."""
        ...

    async def find(self, guild_id: GuildId, message_id: MessageId) -> MessageRecord | None:
        """A message that we know, ours or a member's."""
        ...

    async def find_sent(self, import_id: ImportId, ordinal: int) -> MessageRecord | None:
        """The message of this ordinal, if it is sent."""
        ...

    async def list_pages(self, import_id: ImportId) -> list[MessageRecord]:
        """The pages of a run in order, those that are gone among them."""
        ...

    async def placements_in(self, guild_id: GuildId, message_id: MessageId) -> list[Placement]:
        """Which comments stand in a message."""
        ...

    async def placements_of(self, guild_id: GuildId, comment_id: CommentId) -> list[Placement]:
        """In which messages a comment stands, first part first."""
        ...

    async def list_standing(self, guild_id: GuildId, article_id: ArticleId) -> list[MessageRecord]:
        """Our messages of an article that stand in Discord, newest first."""
        ...

    async def first_placements(self, guild_id: GuildId, article_id: ArticleId) -> dict[CommentId, Placement]:
        """For every placed comment of an article the message of its first part."""
        ...


class CommentStore(Protocol):
    """The tree."""

    async def tree(self, guild_id: GuildId, article_id: ArticleId) -> list[CommentRecord]:
        """Every comment in display order: a parent before its children."""
        ...

    async def get(self, guild_id: GuildId, comment_id: CommentId) -> CommentRecord:
        """Raises NotFoundError."""
        ...

    async def add_live(self, comment: LiveComment) -> Attached | None:
        """Attach a member's message, remember it as a message, and move the thread's cursor: one transaction.

        None when the message is known already. The comment becomes its parent's last child.
        """
        ...

    async def edit_live(
        self, guild_id: GuildId, message_id: MessageId, *, markdown: str, text: str, at: datetime
    ) -> CommentRecord | None:
        """New text for a member's comment; the old one goes to its history. None when nothing changed."""
        ...

    async def lose_messages(
        self, guild_id: GuildId, message_ids: Sequence[MessageId], *, at: datetime
    ) -> Lost:
        """Messages were deleted in Discord: members' words in them go, the node stays.

        Imported comments of which no whole is left in any message count as hidden.
        """
        ...

    async def lose_thread(self, guild_id: GuildId, thread_id: ChannelId, *, at: datetime) -> int:
        """A thread was deleted in Discord: its messages are gone, and members' words with them; the tree stays."""
        ...

    async def list_live(self, guild_id: GuildId, thread_id: ChannelId, *, after: MessageId) -> list[LiveText]:
        """Members' messages of a thread that are newer than an id and not deleted, oldest first."""
        ...


class ThreadStore(Protocol):
    """Threads of ours and how far they have been read."""

    async def list_tracked(self) -> list[TrackedThread]:
        """Threads of all guilds."""
        ...

    async def find(self, guild_id: GuildId, thread_id: ChannelId) -> TrackedThread | None:
        """The thread, if it holds an article of this guild."""
        ...

    async def move_cursor(self, thread_id: ChannelId, message_id: MessageId) -> None:
        """Messages up to this one need not be looked at again; never moves back."""
        ...

    async def set_state(self, thread_id: ChannelId, state: ThreadState) -> None:
        """What Discord lets people do there now."""
        ...


class VoteStore(Protocol):
    """Reactions of members on messages that carry one comment: votes on that comment.

    A page carries several comments, so a reaction on it is nobody's vote; neither is one of the comment's own author.
    """

    async def add(self, guild_id: GuildId, vote: Vote) -> None:
        """Idempotent; nothing happens where the message carries no single comment, or the voter wrote it."""
        ...

    async def remove(self, guild_id: GuildId, vote: Vote) -> None:
        """Idempotent."""
        ...

    async def clear(self, guild_id: GuildId, message_id: MessageId, emoji: str | None = None) -> None:
        """All reactions of a message are gone, or all with one emoji."""
        ...

    async def replace(
        self, guild_id: GuildId, message_id: MessageId, emoji: str, members: Sequence[UserId]
    ) -> None:
        """Exactly these members react so."""
        ...

    async def counts(
        self, guild_id: GuildId, thread_id: ChannelId, *, after: MessageId
    ) -> dict[tuple[MessageId, str], int]:
        """Reactions by message and emoji, of messages newer than an id in a thread."""
        ...

    async def count(self, guild_id: GuildId, article_id: ArticleId) -> dict[CommentId, int]:
        """How many members vote for each comment of an article; comments without a vote are left out."""
        ...


class QuoteStore(Protocol):
    """Pull-quotes and the cards that carry them."""

    async def add(self, new: NewQuote) -> tuple[QuoteRecord, MessageRecord]:
        """Commit quote and card (PENDING) before the send."""
        ...

    async def list_quotes(self, guild_id: GuildId, article_id: ArticleId) -> list[QuoteRecord]:
        """Oldest first."""
        ...

    async def find_by_message(self, guild_id: GuildId, message_id: MessageId) -> QuoteRecord | None:
        """The quote that a card carries."""
        ...

    async def list_in_doubt(self, guild_id: GuildId) -> list[tuple[QuoteRecord, MessageRecord]]:
        """Quotes whose cards were on their way when the process ended, with the cards."""
        ...

    async def delete(self, guild_id: GuildId, quote_id: QuoteId) -> None:
        """Forget a quote whose card could not be posted."""
        ...


class UnfoldingStore(Protocol):
    """Comments of pages that stand, or are about to stand, in messages of their own."""

    async def find(self, guild_id: GuildId, comment_id: CommentId) -> list[MessageRecord]:
        """The messages that hold nothing but this comment, a part each, in order; empty when the first is gone."""
        ...

    async def begin(self, new: NewUnfolding) -> list[MessageRecord]:
        """Commit every part as PLANNED, or find what another press has begun. Raises NotFoundError."""
        ...

    async def list_unfinished(self, guild_id: GuildId) -> list[CommentId]:
        """Comments of which a part is not sent yet."""
        ...

    async def mark_pending(self, row: RowId) -> None:
        """Committed before the send: from here on the message may exist."""
        ...

    async def newest_before(self, guild_id: GuildId, row: RowId) -> MessageId | None:
        """The newest message that was known in the channel when this one was begun: it stands after that."""
        ...

    async def forget(self, guild_id: GuildId, comment_id: CommentId) -> None:
        """Forget the parts that are not sent."""
        ...


class DeletionStore(Protocol):
    """Messages of ours that somebody deleted in Discord."""

    async def get(self, guild_id: GuildId, deletion_id: DeletionId) -> Deletion:
        """Raises NotFoundError."""
        ...

    async def list_open(self, guild_id: GuildId, *, limit: int) -> list[Deletion]:
        """Those about which nobody has decided, newest first."""
        ...

    async def list_unapplied(self, guild_id: GuildId) -> list[Deletion]:
        """Those after which something may still show what it should not, oldest first."""
        ...

    async def mark_applied(self, deletion_id: DeletionId, *, at: datetime) -> None:
        """Nothing shows any more what it should not."""
        ...

    async def set_notice(self, deletion_id: DeletionId, channel_id: ChannelId, message_id: MessageId) -> None:
        """Where staff reads of it."""
        ...

    async def leave_hidden(
        self, guild_id: GuildId, deletion_id: DeletionId, *, actor: UserId, at: datetime
    ) -> Deletion:
        """Somebody decided that they stay hidden. Raises NotFoundError."""
        ...

    async def put_back(
        self,
        guild_id: GuildId,
        deletion_id: DeletionId,
        comments: Sequence[CommentId],
        messages: Sequence[PlannedMessage],
        *,
        actor: UserId,
        at: datetime,
    ) -> Deletion:
        """Comments are LIVE again and their import is QUEUED, with these messages at its end: one transaction.

        Raises NotFoundError, and RefusedError when the import is taken back or was added to meanwhile.
        """
        ...


class FactStore(Protocol):
    """Single facts that outlive the process and belong to no guild."""

    async def find(self, name: str) -> str | None:
        """The fact, if it was kept."""
        ...

    async def keep(self, name: str, value: str) -> None:
        """Keep it, instead of what was kept under this name."""
        ...


class Store(Protocol):
    """The whole database, a room a table family."""

    @property
    def guilds(self) -> GuildStore:
        """Settings of guilds."""
        ...

    @property
    def articles(self) -> ArticleStore:
        """Imported articles."""
        ...

    @property
    def imports(self) -> ImportStore:
        """Import runs."""
        ...

    @property
    def messages(self) -> MessageStore:
        """The journal and the map."""
        ...

    @property
    def comments(self) -> CommentStore:
        """The tree."""
        ...

    @property
    def threads(self) -> ThreadStore:
        """Threads and their cursors."""
        ...

    @property
    def votes(self) -> VoteStore:
        """Reactions as votes."""
        ...

    @property
    def quotes(self) -> QuoteStore:
        """Pull-quotes."""
        ...

    @property
    def unfoldings(self) -> UnfoldingStore:
        """Comments of pages in messages of their own."""
        ...

    @property
    def deletions(self) -> DeletionStore:
        """Messages that somebody deleted."""
        ...

    @property
    def facts(self) -> FactStore:
        """Single facts."""
        ...
