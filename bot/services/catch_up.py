"""What happened in our threads while the bot was away.

Two passes over each thread: from its cursor to now, for new messages; then over the members' messages of a window,
for edits, deletions and reactions. Live events of the thread wait behind both.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from typing import Final, TypeVar

import structlog

from bot.domain.limits import HISTORY_PAGE
from bot.errors import DeliveryError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger, SeenMessage, ThreadHead
from bot.ports.records import (
    ChannelId,
    GuildId,
    LiveText,
    MessageId,
    ThreadState,
    TrackedThread,
    id_at,
)
from bot.ports.store import Store
from bot.services.tracker import Tracker

log = structlog.get_logger()

T = TypeVar("T")

#: Waits before a call is tried again, in seconds; the last one repeats.
_RETRIES: Final = (2.0, 10.0, 60.0, 300.0)


@dataclass(slots=True)
class CaughtUp:
    """What a catch-up of one guild found."""

    comments: int = 0
    #: Threads in which something was new.
    threads: int = 0
    #: Threads that Discord would not show, with its reason.
    unreadable: list[tuple[ChannelId, str]] = field(default_factory=list)


class CatchUp:
    """Reads what was missed, thread by thread; asks only for threads in which something can be new."""

    def __init__(
        self, *, store: Store, messenger: Messenger, tracker: Tracker, clock: Clock, window: timedelta
    ) -> None:
        """``window`` is how old a message may be whose edit, deletion or reactions are still looked for."""
        self._store = store
        self._messenger = messenger
        self._tracker = tracker
        self._clock = clock
        self._window = window
        #: Guilds that are being caught up -> whether events were missed again meanwhile.
        self._running: dict[GuildId, bool] = {}

    async def run(self, guild_id: GuildId) -> CaughtUp:
        """Catch a guild up; called whenever events may have been missed.

        Called again meanwhile, the run that goes on begins anew, and this call finds nothing.
        """
        found = CaughtUp()
        if guild_id in self._running:
            self._running[guild_id] = True
            return found
        self._running[guild_id] = True
        try:
            while self._running[guild_id]:
                self._running[guild_id] = False
                await self._run(guild_id, found)
        finally:
            del self._running[guild_id]
        await self._tracker.release_guild(guild_id)
        if found.comments or found.unreadable:
            log.info(
                "caught up",
                guild_id=guild_id,
                comments=found.comments,
                threads=found.threads,
                unreadable=len(found.unreadable),
            )
        return found

    async def _run(self, guild_id: GuildId, found: CaughtUp) -> None:
        self._tracker.hold(guild_id)
        threads = [
            thread
            for thread in await self._store.threads.list_tracked()
            if thread.guild_id == guild_id and thread.state is not ThreadState.GONE
        ]
        heads = await self._heads(guild_id, threads)
        for thread in threads:
            await self._catch_up(thread, heads.get(thread.thread_id), found)

    async def _heads(
        self, guild_id: GuildId, threads: Sequence[TrackedThread]
    ) -> dict[ChannelId, ThreadHead]:
        wanted = {thread.thread_id: thread.parent_id or thread.thread_id for thread in threads}
        if not wanted:
            return {}
        try:
            return await self._patiently(lambda: self._messenger.thread_heads(guild_id, wanted))
        except DeliveryError as problem:
            # Then every thread is asked for itself.
            log.warning("threads can't be listed", guild_id=guild_id, reason=problem.message)
            return {}

    async def _catch_up(self, thread: TrackedThread, head: ThreadHead | None, found: CaughtUp) -> None:
        try:
            if head is not None and head.state is not thread.state:
                await self._store.threads.set_state(thread.thread_id, head.state)
            if head is None or head.newest is None or head.newest > (thread.cursor or 0):
                comments = await self._read_missed(thread)
                found.comments += comments
                found.threads += comments > 0
            await self._compare(thread)
        except DeliveryError as problem:
            if problem.absent:
                await self._tracker.thread_deleted(thread.guild_id, thread.thread_id)
                return
            # There is no reading this thread: what comes from now on is better than nothing.
            found.unreadable.append((thread.thread_id, problem.message))
            log.warning("missed messages can't be read", thread_id=thread.thread_id, reason=problem.message)
        if not self._running[thread.guild_id]:
            await self._tracker.release(thread.thread_id)

    async def _read_missed(self, thread: TrackedThread) -> int:
        """The first pass: messages after the cursor, oldest first; each moves the cursor with its effect."""
        found = 0
        async for page in self._pages(thread, thread.cursor or MessageId(int(thread.thread_id))):
            for seen in page:
                found += await self._tracker.take(thread, seen) is not None
        return found

    async def _pages(self, thread: TrackedThread, cursor: MessageId) -> AsyncIterator[list[SeenMessage]]:
        while page := await self._page(thread, cursor):
            yield page
            cursor = page[-1].message_id
            if len(page) < HISTORY_PAGE:
                break

    async def _compare(self, thread: TrackedThread) -> None:
        """The second pass: the members' messages of the window, page by page, as few as hold them all."""
        after = id_at(self._clock.now() - self._window)
        # What was missed has just been read as it is now.
        stored = [
            live
            for live in await self._store.comments.list_live(thread.guild_id, thread.thread_id, after=after)
            if live.message_id <= (thread.cursor or 0)
        ]
        votes = await self._store.votes.counts(thread.guild_id, thread.thread_id, after=after)
        while stored:
            page = await self._page(thread, MessageId(stored[0].message_id - 1))
            # A page that is not full reaches to the thread's end.
            last = page[-1].message_id if len(page) == HISTORY_PAGE else stored[-1].message_id
            covered = [live for live in stored if live.message_id <= last]
            stored = stored[len(covered) :]
            await self._settle(thread, covered, page)
            for seen in page:
                await self._count_votes(seen, votes)

    async def _settle(
        self, thread: TrackedThread, stored: Sequence[LiveText], page: Sequence[SeenMessage]
    ) -> None:
        seen = {message.message_id: message for message in page}
        gone = [live.message_id for live in stored if live.message_id not in seen]
        if gone:
            await self._tracker.delete(thread.guild_id, gone)
        for live in stored:
            message = seen.get(live.message_id)
            if message is not None and message.edited_at is not None and message.content != live.markdown:
                await self._tracker.rewrite(message)

    async def _count_votes(self, seen: SeenMessage, stored: dict[tuple[MessageId, str], int]) -> None:
        """Discord tells how many react, not who: it is asked only where the number is another."""
        told = dict(seen.reactions)
        for message_id, emoji in [key for key in stored if key[0] == seen.message_id]:
            if emoji not in told:
                await self._store.votes.clear(seen.guild_id, message_id, emoji)
        for emoji, count in told.items():
            if stored.get((seen.message_id, emoji), 0) != count:
                members = await self._patiently(
                    partial(self._messenger.reactors, seen.channel_id, seen.message_id, emoji)
                )
                await self._store.votes.replace(seen.guild_id, seen.message_id, emoji, members)

    async def _page(self, thread: TrackedThread, after: MessageId) -> list[SeenMessage]:
        return await self._patiently(
            lambda: self._messenger.history(
                thread.guild_id, thread.thread_id, after=after, limit=HISTORY_PAGE
            )
        )

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        """While Discord is in trouble it is asked again, for going on would leave a gap."""
        for wait in chain(_RETRIES, repeat(_RETRIES[-1])):
            try:
                return await call()
            except DeliveryError as problem:
                if not problem.retry:
                    raise
                log.info("trying again", reason=problem.message, seconds=wait)
                await self._clock.sleep(wait)
        raise AssertionError("repeat() does not end")
