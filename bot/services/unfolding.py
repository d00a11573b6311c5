"""A comment of a page as a message of its own, because somebody wants to answer it.

Its messages go through the journal like an import's: committed before the send, confirmed after it, and looked for
where that is in doubt. So two presses make one message, and so do a press and a crash.
"""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Final
from weakref import WeakValueDictionary

import structlog

from bot.domain import layout
from bot.domain.discussion import CommentKind
from bot.domain.layout import Terms
from bot.domain.limits import HISTORY_PAGE
from bot.domain.outgoing import Outgoing
from bot.domain.tree import Node, Problem
from bot.errors import DeliveryError, NotFoundError, RefusedError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import (
    SEQUENCE_BITS,
    ChannelId,
    CommentId,
    CommentRecord,
    CommentState,
    GuildId,
    ImportState,
    MessageId,
    MessageRecord,
    MessageState,
    NewUnfolding,
)
from bot.ports.store import Store

log = structlog.get_logger()

_REASONS: Final = {
    CommentState.DELETED: "was deleted by the member who wrote it",
    CommentState.HIDDEN: "was hidden by the moderators",
    CommentState.REMOVED: "was removed by the moderators",
    CommentState.ERASED: "was erased on request",
}
#: What always works, whatever a button does.
_WRITE: Final = "write in the thread: a plain message always finds its place"


class Unfolder:
    """Posts comments of pages one by one, each at most once."""

    def __init__(self, *, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        #: One press of a comment at a time; a lock lives as long as somebody waits for it.
        self._turns: WeakValueDictionary[CommentId, asyncio.Lock] = WeakValueDictionary()

    async def unfold(self, guild_id: GuildId, page_id: MessageId, number: int) -> str:
        """The address of the message that holds a comment of this page alone; posted now if there is none.

        Raises NotFoundError, and RefusedError with what was and was not posted.
        """
        page = await self._store.messages.find(guild_id, page_id)
        if page is None or page.channel_id is None:
            raise NotFoundError("**Nothing was posted.** I do not know this page any more.", next_step=_WRITE)
        await self._refuse_taken_back(page)
        comment_id = CommentId(page.article_id << SEQUENCE_BITS | number)
        if number >= 1 << SEQUENCE_BITS:
            raise NotFoundError("**Nothing was posted.** There is no such comment here.")
        async with self._turn(comment_id):
            comment = await self._store.comments.get(guild_id, comment_id)
            if (gone := _gone(comment)) is not None:
                raise RefusedError(f"**Nothing was posted.** Comment {number} {gone}. Its answers stay.")
            rows = await self._store.unfoldings.find(guild_id, comment_id)
            if not rows:
                rows = await self._store.unfoldings.begin(await self._new(comment, page.channel_id))
            try:
                first, *_ = await self._deliver(comment, rows)
            except DeliveryError as problem:
                raise await self._refusal(comment, problem) from problem
        return self._messenger.url(guild_id, rows[0].channel_id or page.channel_id, first)

    async def finish(self, guild_id: GuildId) -> None:
        """Post what somebody asked for before the process ended."""
        for comment_id in await self._store.unfoldings.list_unfinished(guild_id):
            async with self._turn(comment_id):
                comment = await self._store.comments.get(guild_id, comment_id)
                if _gone(comment) is not None:
                    await self._store.unfoldings.forget(guild_id, comment_id)
                    continue
                try:
                    await self._deliver(comment, await self._store.unfoldings.find(guild_id, comment_id))
                except DeliveryError as problem:
                    log.warning("comment not unfolded", comment_id=comment_id, reason=problem.message)
                    await self._refusal(comment, problem)

    async def _refuse_taken_back(self, page: MessageRecord) -> None:
        if page.import_id is None:
            return
        run = await self._store.imports.get(page.guild_id, page.import_id)
        if run.state in {ImportState.UNDOING, ImportState.UNDONE}:
            raise RefusedError("**Nothing was posted.** This article is being taken back.")

    def _turn(self, comment_id: CommentId) -> asyncio.Lock:
        return self._turns.setdefault(comment_id, asyncio.Lock())

    async def _new(self, comment: CommentRecord, channel_id: ChannelId) -> NewUnfolding:
        guild_id = comment.guild_id
        record = await self._store.articles.get(guild_id, comment.article_id)
        parent = None
        if comment.parent_id is not None:
            parent = _node(await self._store.comments.get(guild_id, comment.parent_id))
        terms = Terms.of(record.article, record.rights, self._clock.now())
        # A long comment is parsed and split: not on the loop (law 12).
        contents = await asyncio.to_thread(layout.contents, _node(comment, parent), parent, terms)
        return NewUnfolding(
            guild_id=guild_id,
            article_id=comment.article_id,
            comment_id=comment.id,
            channel_id=channel_id,
            parts=tuple((Outgoing(content=content), f"u-{secrets.token_hex(10)}") for content in contents),
        )

    async def _deliver(self, comment: CommentRecord, rows: Sequence[MessageRecord]) -> list[MessageId]:
        """Send the parts that are not sent, each with an arrow to the one before; the ids of all."""
        sent: list[MessageId] = []
        for row in rows:
            if row.message_id is None:
                reply_to = sent[-1] if sent else await self._above(comment)
                sent.append(await self._send(row, reply_to))
            else:
                sent.append(row.message_id)
        return sent

    async def _send(self, row: MessageRecord, reply_to: MessageId | None) -> MessageId:
        channel_id, outgoing = row.channel_id or ChannelId(0), row.outgoing or Outgoing()
        message_id = None
        if row.state is MessageState.PENDING:
            message_id = await self._look_back(row, channel_id, after=reply_to)
        else:
            await self._store.unfoldings.mark_pending(row.id)
        if message_id is None:
            message_id = await self._messenger.send(
                channel_id, outgoing, nonce=row.nonce or "", reply_to=reply_to
            )
        await self._store.messages.mark_sent(row.id, message_id)
        return message_id

    async def _look_back(
        self, row: MessageRecord, channel_id: ChannelId, *, after: MessageId | None
    ) -> MessageId | None:
        """Whether a message in doubt has arrived (law 5). Its words name the comment, so none is like it."""
        known = await self._store.unfoldings.newest_before(row.guild_id, row.id)
        after = max(after or MessageId(0), known or MessageId(0))
        while page := await self._messenger.history(
            row.guild_id, channel_id, after=after, limit=HISTORY_PAGE
        ):
            for seen in page:
                if seen.ours and seen.digest == row.digest:
                    return seen.message_id
            after = page[-1].message_id
        return None

    async def _above(self, comment: CommentRecord) -> MessageId | None:
        """What the arrow points to: what the comment answers, if that stands alone, else its page."""
        if comment.parent_id is not None:
            for row in await self._store.unfoldings.find(comment.guild_id, comment.parent_id):
                if row.message_id is not None:
                    return row.message_id
        placements = await self._store.messages.placements_of(comment.guild_id, comment.id)
        return placements[0].message_id if placements else None

    async def _refusal(self, comment: CommentRecord, problem: DeliveryError) -> RefusedError:
        """Discord's refusal as an answer. What may be there after all, and the rest of what is, stays planned."""
        again = "press Answer again; nothing is posted twice"
        if problem.in_doubt:
            return RefusedError(
                f"**It is not certain whether it was posted.** {problem.message}", next_step=again
            )
        rows = await self._store.unfoldings.find(comment.guild_id, comment.id)
        if any(row.message_id is not None for row in rows):
            return RefusedError(f"**Only a part of it was posted.** {problem.message}", next_step=again)
        await self._store.unfoldings.forget(comment.guild_id, comment.id)
        return RefusedError(
            f"**Nothing was posted.** {problem.message}", next_step=problem.next_step or _WRITE
        )


def _gone(comment: CommentRecord) -> str | None:
    """Why there is nothing to post."""
    if comment.state is not CommentState.LIVE:
        return _REASONS[comment.state]
    return "was removed on the site" if comment.kind is CommentKind.DELETED else None


def _node(comment: CommentRecord, parent: Node | None = None) -> Node:
    """The comment in its tree; of one that may not be shown only the place."""
    shown = comment.as_comment(None if parent is None else parent.comment.key)
    if _gone(comment) is not None:
        shown = shown.model_copy(update={"kind": CommentKind.DELETED})
    problem = Problem.ORPHAN if comment.missing_parent is not None else None
    return Node(shown, comment.number, None if parent is None else parent.number, problem)
