"""What members do in our threads becomes part of the tree.

The rules, in order: messages of ours and of other bots are no comments; a native reply answers the comment
that its message carries; a plain message that follows its author's own last one within minutes continues it;
any other plain message answers the article. Forwards, polls, stickers and system lines are no comments.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Final

import structlog

from bot.domain.limits import HISTORY_PAGE
from bot.domain.matching import Candidate, match
from bot.domain.outgoing import MessageKind
from bot.errors import DeliveryError, NotFoundError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger, SeenMessage
from bot.ports.records import (
    ChannelId,
    CommentId,
    CommentRecord,
    GuildId,
    ImportRecord,
    LiveComment,
    MessageId,
    TrackedThread,
)
from bot.ports.store import Store

log = structlog.get_logger()

#: Discord itself shows a member's messages of seven minutes as one block; so does the tree.
CONTINUES_WITHIN: Final = timedelta(minutes=7)
#: Waits before a page of missed messages is asked for again, in seconds; the last one repeats.
_RETRIES: Final = (2.0, 10.0, 60.0, 300.0)

Event = Callable[[], Awaitable[object]]


class Tracker:
    """Attaches live messages to the tree, now and for the time the bot was away."""

    def __init__(self, *, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._threads: dict[ChannelId, TrackedThread] = {}
        #: Events of threads that are being caught up; they wait so that order and cursor stay true.
        self._waiting: defaultdict[ChannelId, list[Event]] = defaultdict(list)
        self._catching_up: set[ChannelId] = set()
        #: One message of a thread at a time: the tree's order is Discord's, and no cursor passes a message by.
        self._turns: defaultdict[ChannelId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._reading: set[ChannelId] = set()

    async def load(self) -> None:
        """Learn which threads are ours. Every one of them is caught up before its live messages count."""
        for thread in await self._store.threads.list_tracked():
            self._threads[thread.thread_id] = thread
            self._catching_up.add(thread.thread_id)

    def follow(self, run: ImportRecord, thread_id: ChannelId) -> None:
        """Track a thread that was just created."""
        self._threads[thread_id] = TrackedThread(thread_id, run.guild_id, run.article_id, cursor=None)

    def forget(self, thread_id: ChannelId) -> None:
        """Stop tracking."""
        self._threads.pop(thread_id, None)
        self._catching_up.discard(thread_id)
        self._waiting.pop(thread_id, None)
        self._turns.pop(thread_id, None)

    async def refresh(self, thread_id: ChannelId) -> None:
        """Learn anew how a thread stands; its article was taken back."""
        stored = {thread.thread_id: thread for thread in await self._store.threads.list_tracked()}
        if thread_id in stored:
            self._threads[thread_id] = stored[thread_id]
        else:
            self.forget(thread_id)

    def find_thread(self, channel_id: ChannelId) -> TrackedThread | None:
        """The thread, if it is ours: one look into a dictionary, for messages are many and threads few."""
        return self._threads.get(channel_id)

    async def observe(self, seen: SeenMessage) -> None:
        """A message was posted."""
        thread = self._threads.get(seen.channel_id)
        if thread is not None and thread.guild_id == seen.guild_id:
            await self._in_turn(thread.thread_id, lambda: self._take(thread, seen))

    async def edited(self, seen: SeenMessage) -> None:
        """A message has new text."""
        if seen.channel_id in self._threads and not seen.ours and not seen.automated:
            await self._in_turn(seen.channel_id, lambda: self._edit(seen))

    async def deleted(
        self, guild_id: GuildId, channel_id: ChannelId, message_ids: Sequence[MessageId]
    ) -> None:
        """Messages were deleted in Discord: members' words go, their place in the tree stays."""
        if channel_id in self._threads:
            await self._in_turn(channel_id, lambda: self._delete(guild_id, message_ids))

    async def catch_up(self, guild_id: GuildId) -> int:
        """Read what was written in a guild's threads since the bot last looked; says how many comments came.

        Called whenever events may have been missed. Live messages of a thread wait until it is read.
        """
        found = 0
        stored = [
            thread for thread in await self._store.threads.list_tracked() if thread.guild_id == guild_id
        ]
        for thread in stored:
            if thread.thread_id in self._reading:
                continue
            self._reading.add(thread.thread_id)
            self._catching_up.add(thread.thread_id)
            try:
                found += await self._read_missed(thread)
            except DeliveryError as problem:
                # There is no reading this thread: what comes from now on is better than nothing.
                log.warning(
                    "missed messages can't be read", thread_id=thread.thread_id, reason=problem.message
                )
            finally:
                await self._go_live(thread.thread_id)
        if found:
            log.info("caught up", guild_id=guild_id, comments=found, threads=len(stored))
        return found

    async def _catch_up_thread(self, thread: TrackedThread) -> int:
        try:
            return await self._read_missed(thread)
        except DeliveryError as problem:
            # There is no reading this thread: what comes from now on is better than nothing.
            log.warning("missed messages can't be read", thread_id=thread.thread_id, reason=problem.message)
            return 0
        finally:
            await self._go_live(thread.thread_id)

    async def _read_missed(self, thread: TrackedThread) -> int:
        found = 0
        cursor = thread.cursor or MessageId(int(thread.thread_id))
        while page := await self._page(thread.thread_id, cursor):
            for seen in page:
                found += await self._take(thread, seen) is not None
            cursor = page[-1].message_id
            if len(page) < HISTORY_PAGE:
                break
        return found

    async def _page(self, thread_id: ChannelId, cursor: MessageId) -> list[SeenMessage]:
        """The next messages; while Discord is in trouble it is asked again, for going on would leave a gap."""
        for wait in chain(_RETRIES, repeat(_RETRIES[-1])):
            try:
                return await self._messenger.history(thread_id, after=cursor, limit=HISTORY_PAGE)
            except DeliveryError as problem:
                if not problem.retry:
                    raise
                log.info("trying again", reason=problem.message, seconds=wait)
                await self._clock.sleep(wait)
        raise AssertionError("repeat() does not end")

    async def _go_live(self, thread_id: ChannelId) -> None:
        while waiting := self._waiting.pop(thread_id, []):
            for event in waiting:
                await event()
        self._reading.discard(thread_id)
        self._catching_up.discard(thread_id)

    async def _in_turn(self, thread_id: ChannelId, event: Event) -> None:
        """One event of a thread at a time, and none before what was missed is read."""
        if thread_id in self._catching_up:
            self._waiting[thread_id].append(event)
            return
        async with self._turns[thread_id]:
            await event()

    async def _edit(self, seen: SeenMessage) -> None:
        at = seen.edited_at or self._clock.now()
        await self._store.comments.edit_live(
            seen.guild_id, seen.message_id, markdown=seen.content, text=seen.clean_content, at=at
        )

    async def _delete(self, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
        await self._store.comments.delete_live(guild_id, message_ids, at=self._clock.now())
        await self._store.messages.mark_gone(guild_id, message_ids)

    async def _take(self, thread: TrackedThread, seen: SeenMessage) -> CommentRecord | None:
        if thread.undone or seen.ours or seen.automated or seen.kind not in {"message", "reply"}:
            await self._store.threads.move_cursor(thread.thread_id, seen.message_id)
            return None
        answer = LiveComment(
            guild_id=thread.guild_id,
            article_id=thread.article_id,
            thread_id=thread.thread_id,
            message_id=seen.message_id,
            member_id=seen.author_id,
            parent_id=await self._parent_of(thread, seen),
            markdown=seen.content,
            text=seen.clean_content,
            posted_at=seen.created_at,
            attachments=seen.attachments,
        )
        try:
            comment = await self._store.comments.add_live(answer)
        except NotFoundError:
            # The article was taken back between the message and now.
            self.forget(thread.thread_id)
            return None
        if comment is not None:
            log.debug(
                "answer tracked", thread_id=thread.thread_id, number=comment.number, depth=comment.depth
            )
        return comment

    async def _parent_of(self, thread: TrackedThread, seen: SeenMessage) -> CommentId | None:
        if seen.reply_to is not None:
            return await self._answered(thread, seen.reply_to, seen.clean_content)
        last = await self._store.comments.last_in_thread(thread.guild_id, thread.thread_id)
        if last is None:
            return None
        comment, _ = last
        if comment.speaker.member_id != seen.author_id or not isinstance(comment.posted_at, datetime):
            return None
        soon = timedelta(0) <= seen.created_at - comment.posted_at <= CONTINUES_WITHIN
        return comment.id if soon else None

    async def _meant(self, thread: TrackedThread, held: Sequence[CommentId], words: str) -> CommentId:
        """Which comment of a page an answer to the page means; where its words don't tell, the page's first root."""
        comments = [await self._store.comments.get(thread.guild_id, comment_id) for comment_id in held]
        found = match(
            words, [Candidate(comment.number, comment.speaker.name, comment.text) for comment in comments]
        )
        if found.clear:
            return comments[found.index].id
        return next((comment for comment in comments if comment.parent_id is None), comments[0]).id

    async def _answered(self, thread: TrackedThread, message_id: MessageId, words: str) -> CommentId | None:
        """The comment that a message carries; the article's own messages carry none."""
        placements = await self._store.messages.placements_in(thread.guild_id, message_id)
        if len(placements) > 1:
            return await self._meant(thread, [placement.comment_id for placement in placements], words)
        if placements:
            return placements[0].comment_id
        message = await self._store.messages.find(thread.guild_id, message_id)
        if message is not None and message.kind is MessageKind.QUOTE:
            quote = await self._store.quotes.find_by_message(thread.guild_id, message_id)
            return quote.comment_id if quote is not None else None
        return None
