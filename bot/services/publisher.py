"""The journal's hand: sends what a plan holds, each message exactly once, in order.

A message row is PENDING, with its final text, before Discord hears of it, and SENT after. So at any crash at
most one message a channel is in doubt, and that one is looked for before it is sent again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

from bot.domain import cards
from bot.domain.limits import HISTORY_PAGE, PROGRESS_SECONDS
from bot.domain.outgoing import MessageKind, Outgoing
from bot.errors import DeliveryError, RejoinderError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger, Opened
from bot.ports.records import (
    ChannelId,
    GuildId,
    ImportId,
    ImportRecord,
    ImportState,
    MessageId,
    MessageRecord,
    MessageState,
)
from bot.ports.store import Store
from bot.ports.tasks import Spawn
from bot.services.contents import Contents

log = structlog.get_logger()

#: Waits between tries of a call that may succeed later, in seconds; after the last the import pauses.
_RETRIES: Final = (1.0, 2.0, 5.0, 15.0, 60.0)
#: Messages before the first comment: the card and the progress message.
_FURNITURE_BEFORE: Final = 2

Finished = Callable[[ImportRecord], Awaitable[None]]


class Publisher:
    """Runs imports, one sender a channel, and takes up unfinished ones at start."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        contents: Contents,
        clock: Clock,
        spawn: Spawn,
        opened: Callable[[ImportRecord, ChannelId], None],
        told: Callable[[ImportRecord], None],
        pace: float = 0.0,
    ) -> None:
        """``opened`` hears of each new thread, ``told`` of each run that has moved on.

        ``pace`` adds seconds between messages, for a demo to be watched.
        """
        self._store = store
        self._messenger = messenger
        self._contents = contents
        self._clock = clock
        self._spawn = spawn
        self._opened = opened
        self._told = told
        self._pace = pace
        self._lanes: defaultdict[ChannelId, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: dict[ImportId, asyncio.Task[None]] = {}

    def start(self, run: ImportRecord, *, then: Finished | None = None) -> None:
        """Send what is unsent, in the background. ``then`` hears of the end, or of the pause."""
        if run.id not in self._running:
            task = self._spawn(self._run(run, then), name=f"import {run.id}")
            self._running[run.id] = task
            task.add_done_callback(lambda _: self._running.pop(run.id, None))

    async def resume_guild(self, guild_id: GuildId) -> None:
        """Take up what was running in a guild when the process ended."""
        for run in await self._store.imports.list_unfinished():
            if run.guild_id == guild_id:
                self.start(run)

    async def resume(self, run: ImportRecord) -> None:
        """Go on with a paused import."""
        await self._store.imports.set_state(run.id, ImportState.QUEUED, at=self._clock.now())
        self.start(run)

    async def pause(self, run: ImportRecord, *, reason: str) -> None:
        """Stop until somebody resumes it; ``reason`` is the sentence that people read.

        A message that is on its way is not lost: resuming looks for it before it is sent again.
        """
        await self.cancel(run.id)
        await self._store.imports.set_state(run.id, ImportState.PAUSED, at=self._clock.now(), reason=reason)
        self._told(run)

    async def ended(self, import_id: ImportId) -> None:
        """Wait until an import that runs here is done or paused."""
        if (task := self._running.get(import_id)) is not None:
            await task

    async def cancel(self, import_id: ImportId) -> None:
        """Stop one import between two messages."""
        task = self._running.get(import_id)
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def settle(self, run: ImportRecord) -> None:
        """Bring the message in doubt of a stopped run to its end, so that everything sent is known."""
        row = await self._store.messages.next_unsent(run.id)
        if row is not None and row.state is MessageState.PENDING:
            # Discord may refuse it now as it did before: then it was not sent.
            with suppress(DeliveryError):
                await self._deliver_patiently(_Place(run))

    async def close(self) -> None:
        """Stop between two messages; what is unsent is taken up at the next start."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, run: ImportRecord, then: Finished | None) -> None:
        try:
            await self._store.imports.set_state(run.id, ImportState.RUNNING, at=self._clock.now())
            self._told(run)
            await self._send_all(run)
            await self._finish(run)
        except RejoinderError as problem:
            log.warning("import paused", import_id=run.id, reason=problem.message)
            await self._pause(run, str(problem))
        except Exception as problem:
            log.exception("import paused", import_id=run.id)
            await self._pause(run, f"an error of mine ({type(problem).__name__})")
        self._told(run)
        if then is not None:
            await then(await self._store.imports.get(run.guild_id, run.id))

    async def _pause(self, run: ImportRecord, reason: str) -> None:
        await self._store.imports.set_state(run.id, ImportState.PAUSED, at=self._clock.now(), reason=reason)

    async def _send_all(self, run: ImportRecord) -> None:
        place = _Place(run)
        progress_due = self._clock.now().timestamp() + PROGRESS_SECONDS
        while await self._deliver_patiently(place):
            if self._clock.now().timestamp() >= progress_due:
                self._told(run)
                await self._show_progress(place)
                progress_due = self._clock.now().timestamp() + PROGRESS_SECONDS
            if self._pace:
                await self._clock.sleep(self._pace)

    async def _deliver_patiently(self, place: "_Place") -> bool:
        for wait in _RETRIES:
            try:
                return await self._deliver_next(place)
            except DeliveryError as problem:
                if not problem.retry:
                    raise
                log.info("trying again", reason=problem.message, seconds=wait)
                await self._clock.sleep(wait)
        return await self._deliver_next(place)

    async def _deliver_next(self, place: "_Place") -> bool:
        """The next message, from whatever state a crash or a failed try left it in; False when all are sent."""
        row = await self._store.messages.next_unsent(place.run.id)
        if row is None:
            return False
        if row.kind is MessageKind.CARD:
            async with self._lanes[place.run.channel_id]:
                await self._open(place, row)
        else:
            await self._send(place, row)
        return True

    async def _send(self, place: "_Place", row: MessageRecord) -> None:
        if place.thread_id is None:
            raise DeliveryError("The thread of this import is not there any more.")
        outgoing = await self._bound(place, row)
        sent = None
        if row.state is MessageState.PENDING:
            # Twins ("+1" after "+1") are told apart because everything before this message is confirmed.
            after = place.last or await self._sent_id(place.run, (row.ordinal or 1) - 1)
            sent = await self._find(place.thread_id, outgoing, after=after)
        else:
            await self._store.messages.mark_pending(row.id, channel_id=place.thread_id, outgoing=outgoing)
        if sent is None:
            reply_to = await self._sent_id(place.run, row.reply_to)
            sent = await self._messenger.send(
                place.thread_id, outgoing, nonce=row.nonce or "", reply_to=reply_to
            )
        await self._store.messages.mark_sent(row.id, sent)
        place.last = sent

    async def _open(self, place: "_Place", row: MessageRecord) -> None:
        """The card, and with it the thread: a forum post, or a message with a thread under it."""
        run, outgoing = place.run, row.outgoing or Outgoing()
        is_forum = self._messenger.place(run.guild_id, run.channel_id).kind == "forum"
        in_doubt = row.state is MessageState.PENDING
        if not in_doubt:
            await self._store.messages.mark_pending(row.id, channel_id=run.channel_id, outgoing=outgoing)
        title = (await self._store.articles.get(run.guild_id, run.article_id)).article.title
        if is_forum:
            opened = await self._open_post(run, title, outgoing, in_doubt=in_doubt)
        else:
            card = await self._find(run.channel_id, outgoing, after=None) if in_doubt else None
            if card is None:
                card = await self._messenger.send(
                    run.channel_id, outgoing, nonce=row.nonce or "", reply_to=None
                )
            opened = Opened(await self._messenger.open_thread(run.channel_id, card, name=title), card)
        await self._store.imports.set_thread(run.id, opened.thread_id)
        channel_id = opened.thread_id if is_forum else run.channel_id
        await self._store.messages.mark_sent(row.id, opened.message_id, channel_id=channel_id)
        self._opened(run, opened.thread_id)
        place.thread_id, place.last = opened.thread_id, opened.message_id

    async def _open_post(
        self, run: ImportRecord, title: str, outgoing: Outgoing, *, in_doubt: bool
    ) -> Opened:
        if in_doubt:
            found = await self._messenger.find_post(
                run.channel_id, digest=outgoing.digest, since=run.started_at
            )
            if found is not None:
                return found
        return await self._messenger.open_post(run.channel_id, name=title, outgoing=outgoing, tags=run.tags)

    async def _bound(self, place: "_Place", row: MessageRecord) -> Outgoing:
        """The message with its links, which lead to messages that are all sent by now."""
        outgoing = row.outgoing or Outgoing()
        addresses: dict[int, str] = {}
        for ordinal in outgoing.linked:
            sent = await self._store.messages.find_sent(place.run.id, ordinal)
            # Somebody may have deleted the message meanwhile; then the thread itself is the nearest address.
            where = (sent.channel_id if sent else None) or place.thread_id or place.run.channel_id
            addresses[ordinal] = self._messenger.url(
                place.run.guild_id, where, sent.message_id if sent else None
            )
        return outgoing.bound(addresses.__getitem__)

    async def _sent_id(self, run: ImportRecord, ordinal: int | None) -> MessageId | None:
        if ordinal is None:
            return None
        sent = await self._store.messages.find_sent(run.id, ordinal)
        return sent.message_id if sent else None

    async def _find(
        self, channel_id: ChannelId, outgoing: Outgoing, *, after: MessageId | None
    ) -> MessageId | None:
        """The one look back of law 5: whether a message in doubt has arrived, word for word."""
        for seen in await self._messenger.history(channel_id, after=after, limit=HISTORY_PAGE):
            if seen.ours and seen.digest == outgoing.digest:
                return seen.message_id
        return None

    async def _show_progress(self, place: "_Place") -> None:
        message = await self._progress_message(place.run)
        if message is None or place.thread_id is None:
            return
        run = await self._store.imports.get(place.run.guild_id, place.run.id)
        comments = (await self._store.articles.get(run.guild_id, run.article_id)).imported
        done = max(0, run.sent - _FURNITURE_BEFORE)
        panel = cards.progress(
            min(done, comments), comments, seconds_left=float(run.total - run.sent), layout=run.layout
        )
        with suppress(DeliveryError):
            await self._messenger.edit(place.thread_id, message, panel)

    async def _progress_message(self, run: ImportRecord) -> MessageId | None:
        row = await self._store.messages.find_sent(run.id, 1)
        return row.message_id if row is not None and row.kind is MessageKind.PROGRESS else None

    async def _finish(self, run: ImportRecord) -> None:
        """The progress message becomes the contents; then the import is done. Repeating it is harmless."""
        done = await self._store.imports.get(run.guild_id, run.id)
        message = await self._progress_message(run)
        if message is not None and done.thread_id is not None:
            panel = await self._contents.render(run.guild_id, run.article_id)
            try:
                await self._messenger.edit(done.thread_id, message, panel)
            except DeliveryError as problem:
                log.warning("contents not shown", import_id=run.id, reason=problem.message)
        await self._store.imports.set_state(run.id, ImportState.DONE, at=self._clock.now())
        log.info("import done", import_id=run.id, messages=done.total)


class _Place:
    """Where a run stands while it is sent."""

    def __init__(self, run: ImportRecord) -> None:
        self.run = run
        self.thread_id = run.thread_id
        #: The newest message of this run that is known to be sent.
        self.last: MessageId | None = None
