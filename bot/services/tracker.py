"""What members do in our threads becomes part of the tree, in the order in which Discord tells it.

The rules: messages of ours and of other bots are no comments; a native reply answers the comment that its message
carries; a plain message that follows its author's own last one within minutes continues it; any other plain
message answers the article. Forwards, polls, stickers and system lines are no comments.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Final

import structlog

from bot.errors import NotFoundError
from bot.ports.clock import Clock
from bot.ports.messenger import SeenMessage
from bot.ports.records import (
    Attached,
    ChannelId,
    Deletion,
    GuildId,
    ImportRecord,
    LiveComment,
    MessageId,
    ThreadState,
    TrackedThread,
    Vote,
)
from bot.ports.store import Store

log = structlog.get_logger()

#: Discord itself shows a member's messages of seven minutes as one block; so does the tree.
CONTINUES_WITHIN: Final = timedelta(minutes=7)

Event = Callable[[], Awaitable[object]]


class Tracker:
    """Knows our threads, and writes what happens in them.

    Each event is one write, and the store takes writes in the order in which they are handed to it; so events
    need no lock as long as nothing is awaited before the write.
    """

    def __init__(self, *, store: Store, clock: Clock, hidden: Callable[[Deletion], None]) -> None:
        """``hidden`` hears of comments that count as hidden since somebody deleted their messages."""
        self._store = store
        self._clock = clock
        self._hidden = hidden
        self._threads: dict[ChannelId, TrackedThread] = {}
        #: Events of threads that are being caught up; they wait so that order and cursor stay true.
        self._waiting: defaultdict[ChannelId, list[Event]] = defaultdict(list)
        self._behind: set[ChannelId] = set()

    async def load(self) -> None:
        """Learn which threads are ours. Every one of them is caught up before its live messages count."""
        for thread in await self._store.threads.list_tracked():
            if thread.state is not ThreadState.GONE:
                self._threads[thread.thread_id] = thread
                self._behind.add(thread.thread_id)

    def follow(self, run: ImportRecord, thread_id: ChannelId) -> None:
        """Track a thread that an import has opened, or has come into."""
        shared = thread_id == run.channel_id
        self._threads[thread_id] = TrackedThread(thread_id, run.guild_id, run.article_id, None, shared=shared)

    def forget(self, thread_id: ChannelId) -> None:
        """Stop tracking."""
        self._threads.pop(thread_id, None)
        self._behind.discard(thread_id)
        self._waiting.pop(thread_id, None)

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

    def follows(self, channel_id: ChannelId) -> bool:
        """Whether a channel is a thread of ours."""
        return channel_id in self._threads

    def hold(self, guild_id: GuildId) -> None:
        """From here on the events of a guild's threads wait until each is released."""
        self._behind |= {thread.thread_id for thread in self._threads.values() if thread.guild_id == guild_id}

    async def release_guild(self, guild_id: GuildId) -> None:
        """Nothing of a guild is waited for any more."""
        for thread in list(self._threads.values()):
            if thread.guild_id == guild_id:
                await self.release(thread.thread_id)

    async def release(self, thread_id: ChannelId) -> None:
        """Everything that was missed is written: what waits follows, in its order."""
        while waiting := self._waiting.pop(thread_id, []):
            for event in waiting:
                await event()
        self._behind.discard(thread_id)

    async def observe(self, seen: SeenMessage) -> None:
        """A message was posted."""
        thread = self._threads.get(seen.channel_id)
        if thread is not None and thread.guild_id == seen.guild_id:
            await self._in_turn(thread.thread_id, lambda: self.take(thread, seen))

    async def edited(self, seen: SeenMessage) -> None:
        """A message has new text."""
        if seen.channel_id in self._threads and not seen.ours and not seen.automated:
            await self._in_turn(seen.channel_id, lambda: self.rewrite(seen))

    async def deleted(
        self, guild_id: GuildId, channel_id: ChannelId, message_ids: Sequence[MessageId]
    ) -> None:
        """Messages were deleted in Discord: members' words go, their place in the tree stays."""
        if channel_id in self._threads:
            await self._in_turn(channel_id, lambda: self.delete(guild_id, message_ids))

    async def voted(self, guild_id: GuildId, channel_id: ChannelId, vote: Vote) -> None:
        """A member reacts to a message."""
        if channel_id in self._threads:
            await self._in_turn(channel_id, lambda: self._store.votes.add(guild_id, vote))

    async def unvoted(self, guild_id: GuildId, channel_id: ChannelId, vote: Vote) -> None:
        """A member takes a reaction back."""
        if channel_id in self._threads:
            await self._in_turn(channel_id, lambda: self._store.votes.remove(guild_id, vote))

    async def votes_cleared(
        self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId, emoji: str | None
    ) -> None:
        """A moderator took every reaction of a message away, or every one with this emoji."""
        if channel_id in self._threads:
            await self._in_turn(channel_id, lambda: self._store.votes.clear(guild_id, message_id, emoji))

    async def thread_changed(self, thread_id: ChannelId, state: ThreadState) -> None:
        """A thread was archived, locked or opened again. Its name is Discord's alone."""
        if thread_id in self._threads:
            await self._store.threads.set_state(thread_id, state)

    async def thread_deleted(self, guild_id: GuildId, thread_id: ChannelId) -> None:
        """A thread is gone with everything in it: members' words go, the tree stays."""
        thread = self._threads.get(thread_id)
        if thread is None or thread.guild_id != guild_id:
            return
        self.forget(thread_id)
        lost = await self._store.comments.lose_thread(guild_id, thread_id, at=self._clock.now())
        log.info("thread deleted in Discord", thread_id=thread_id, comments=lost)

    async def channel_deleted(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        """A channel is gone with the threads in it."""
        for thread in list(self._threads.values()):
            if thread.guild_id == guild_id:
                article = await self._store.articles.get(guild_id, thread.article_id)
                if article.channel_id == channel_id:
                    await self.thread_deleted(guild_id, thread.thread_id)

    async def take(self, thread: TrackedThread, seen: SeenMessage) -> Attached | None:
        """Write a message that is new to us; None when it is no comment, or known already."""
        if not _may_be_comment(thread, seen):
            await self._store.threads.move_cursor(thread.thread_id, seen.message_id)
            return None
        answer = LiveComment(
            guild_id=thread.guild_id,
            article_id=thread.article_id,
            thread_id=thread.thread_id,
            message_id=seen.message_id,
            member_id=seen.author_id,
            reply_to=seen.reply_to,
            only_answers=thread.shared,
            continues_within=CONTINUES_WITHIN,
            markdown=seen.content,
            text=seen.clean_content,
            posted_at=seen.created_at,
            attachments=seen.attachments,
        )
        try:
            attached = await self._store.comments.add_live(answer)
        except NotFoundError:
            # The article was taken back between the message and now.
            self.forget(thread.thread_id)
            return None
        if attached is not None:
            log.debug("answer tracked", thread_id=thread.thread_id, comment_id=attached.comment_id)
        return attached

    async def rewrite(self, seen: SeenMessage) -> None:
        """Write a member's new text; one that the bot may not read leaves what is stored."""
        if not seen.content and not seen.attachments:
            return
        await self._store.comments.edit_live(
            seen.guild_id,
            seen.message_id,
            markdown=seen.content,
            text=seen.clean_content,
            at=seen.edited_at or self._clock.now(),
        )

    async def delete(self, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
        """Write that messages are gone."""
        lost = await self._store.comments.lose_messages(guild_id, message_ids, at=self._clock.now())
        if lost.deletion is not None:
            self._hidden(lost.deletion)

    async def _in_turn(self, thread_id: ChannelId, event: Event) -> None:
        """None before what was missed is read."""
        if thread_id in self._behind:
            self._waiting[thread_id].append(event)
        else:
            await event()


def _may_be_comment(thread: TrackedThread, seen: SeenMessage) -> bool:
    """By what can be told without the database. Where people talk about other things, too, only answers can be ours."""
    if thread.undone or seen.ours or seen.automated or seen.kind not in {"message", "reply"}:
        return False
    return not thread.shared or seen.reply_to is not None
