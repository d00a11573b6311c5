"""Taking an import back: our messages go, what members wrote stays.

How far it is stands in the database: the run is UNDOING from the confirmation to the end, and every message that
is gone is marked. Deleting what is gone already is no error, so a crash anywhere costs at most one call.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar

import structlog

from bot.domain.limits import BULK_DELETE, BULK_DELETE_AGE, HISTORY_PAGE, PROGRESS_SECONDS
from bot.domain.wording import plural
from bot.errors import DeliveryError, RefusedError
from bot.logs import reference
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import (
    ArticleRecord,
    ChannelId,
    GuildId,
    ImportId,
    ImportRecord,
    ImportState,
    MessageId,
    UndoScope,
    UserId,
    posted_at,
)
from bot.ports.store import Store
from bot.ports.tasks import Spawn
from bot.services.publisher import Finished, Publisher

log = structlog.get_logger()

T = TypeVar("T")

#: Waits between tries of a call that may succeed later, in seconds; after the last it stops with a reason.
_RETRIES: Final = (1.0, 2.0, 5.0, 15.0, 60.0)
#: One by one thousands of messages take an hour.
_TELL_EVERY: Final = timedelta(seconds=PROGRESS_SECONDS)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What taking an import back would delete, and what would stay."""

    run: ImportRecord
    article: ArticleRecord
    #: Our messages that stand in Discord, by channel; the thread first.
    standing: Mapping[ChannelId, int]
    #: The thread is ours to delete: we opened it for this article.
    owns_thread: bool

    @property
    def messages(self) -> int:
        """How many of our messages would go."""
        return sum(self.standing.values())

    @property
    def answers(self) -> int:
        """How many answers members have written."""
        return self.article.live


class Undoer:
    """Takes imports back, and goes on with it after a restart."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        publisher: Publisher,
        clock: Clock,
        spawn: Spawn,
        closed: Callable[[ChannelId], Awaitable[None]],
        told: Callable[[ImportRecord], None],
    ) -> None:
        """``closed`` hears of each thread whose article was taken back, ``told`` of each run that has moved on."""
        self._store = store
        self._messenger = messenger
        self._publisher = publisher
        self._clock = clock
        self._spawn = spawn
        self._closed = closed
        self._told = told
        self._running: dict[ImportId, asyncio.Task[None]] = {}

    async def look(self, guild_id: GuildId, import_id: ImportId) -> Prospect:
        """What would go and what would stay. Raises NotFoundError, RefusedError when it is taken back already."""
        run = await self._store.imports.get(guild_id, import_id)
        _refuse_undone(run)
        standing = await self._standing(run)
        return Prospect(
            run=run,
            article=await self._store.articles.get(guild_id, run.article_id),
            standing={channel: len(messages) for channel, messages in standing.items()},
            owns_thread=_owns_thread(run),
        )

    async def begin(
        self,
        guild_id: GuildId,
        import_id: ImportId,
        scope: UndoScope,
        *,
        actor: UserId,
        then: Finished | None = None,
    ) -> ImportRecord:
        """Stop an import and take it back, in the background; ``then`` hears of the end.

        A second call for the same import goes on with what the first left. Raises NotFoundError, RefusedError.
        """
        run = await self._store.imports.get(guild_id, import_id)
        _refuse_undone(run)
        if not _owns_thread(run):
            scope = UndoScope.MESSAGES
        await self._publisher.cancel(import_id)
        run = await self._store.imports.begin_undo(
            guild_id, import_id, scope, actor=actor, at=self._clock.now()
        )
        # Somebody may have resumed it between the two.
        await self._publisher.cancel(import_id)
        self.start(run, then=then)
        return run

    def start(self, run: ImportRecord, *, then: Finished | None = None) -> None:
        """Go on with a run that is UNDOING."""
        if run.id not in self._running:
            task = self._spawn(self._run(run, then), name=f"undo {run.id}")
            self._running[run.id] = task
            task.add_done_callback(lambda _: self._running.pop(run.id, None))

    async def resume_guild(self, guild_id: GuildId) -> None:
        """Take up what was being taken back in a guild when the process ended."""
        for run in await self._store.imports.list_undoing():
            if run.guild_id == guild_id:
                self.start(run)

    async def ended(self, import_id: ImportId) -> None:
        """Wait until a run that is taken back here is undone, or cannot be."""
        if (task := self._running.get(import_id)) is not None:
            await task

    async def close(self) -> None:
        """Stop between two calls; what is left is taken up at the next start."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, run: ImportRecord, then: Finished | None) -> None:
        self._told(run)
        try:
            await self._publisher.settle(run)
            await self._take_back(await self._store.imports.get(run.guild_id, run.id))
        except _LeftoverError as problem:
            await self._store.imports.stop_undo(run.id, reason=str(problem))
        except Exception:
            mark = reference()
            log.exception("undo stopped", import_id=run.id, reference=mark)
            reason = f"A mistake of mine stopped it (reference {mark})."
            await self._store.imports.stop_undo(run.id, reason=reason)
        self._told(run)
        if then is not None:
            await then(await self._store.imports.get(run.guild_id, run.id))

    async def _take_back(self, run: ImportRecord) -> None:
        """Raises _LeftoverError with what stands still, after everything else is gone."""
        scope, reasons = UndoScope.MESSAGES, []
        if run.thread_id is not None and await self._may_delete_thread(run, run.thread_id):
            try:
                await self._delete_thread(run, run.thread_id)
                scope = run.undo or scope
            except DeliveryError as problem:
                what = f"The thread <#{run.thread_id}> could not be deleted"
                reasons.append(_reason(run, run.thread_id, what, problem))
        for channel_id, messages in (await self._standing(run)).items():
            try:
                await self._clear(run, channel_id, messages)
            except DeliveryError as problem:
                left = len((await self._standing(run))[channel_id])
                what = f"{plural(left, 'message')} in <#{channel_id}> could not be deleted"
                reasons.append(_reason(run, channel_id, what, problem))
        if reasons:
            raise _LeftoverError(" ".join(reasons))
        await self._store.imports.finish_undo(run.id, scope, at=self._clock.now())
        if run.thread_id is not None:
            await self._closed(run.thread_id)
        log.info("undone", import_id=run.id, scope=scope)

    async def _may_delete_thread(self, run: ImportRecord, thread_id: ChannelId) -> bool:
        """Where that was asked for, and takes nobody's words away who wrote after it was."""
        if run.undo is UndoScope.THREAD:
            return not await self._somebody_wrote(run, thread_id)
        return run.undo is UndoScope.EVERYTHING

    async def _delete_thread(self, run: ImportRecord, thread_id: ChannelId) -> None:
        await self._patiently(partial(self._messenger.delete_thread, thread_id))
        gone = (await self._standing(run)).get(thread_id, [])
        await self._store.messages.mark_gone(run.guild_id, gone)
        await self._store.comments.lose_thread(run.guild_id, thread_id, at=self._clock.now())

    async def _somebody_wrote(self, run: ImportRecord, thread_id: ChannelId) -> bool:
        """Whether anything in the thread is not ours. What can't be read counts as somebody's."""
        ours = set((await self._standing(run)).get(thread_id, []))
        cursor = MessageId(0)
        while True:
            try:
                page = await self._patiently(
                    partial(
                        self._messenger.history, run.guild_id, thread_id, after=cursor, limit=HISTORY_PAGE
                    )
                )
            except DeliveryError as problem:
                log.warning("thread not looked through", import_id=run.id, reason=problem.message)
                return True
            for seen in page:
                if not seen.ours and seen.kind != "system" and seen.message_id not in ours:
                    return True
            if len(page) < HISTORY_PAGE:
                return False
            cursor = page[-1].message_id

    async def _clear(self, run: ImportRecord, channel_id: ChannelId, messages: Sequence[MessageId]) -> None:
        """A hundred a call where Discord lets us, else one by one; newest first, so that what is left is whole."""
        left = list(messages)
        due = self._clock.now() + _TELL_EVERY
        while len(together := self._young(left[:BULK_DELETE])) > 1:
            try:
                await self._patiently(partial(self._messenger.delete_messages, channel_id, together))
            except DeliveryError as problem:
                if problem.retry:
                    raise
                # It takes the right Manage Messages; our own messages one by one take none.
                log.info("deleting one by one", channel_id=channel_id, reason=problem.message)
                break
            await self._store.messages.mark_gone(run.guild_id, together)
            left = left[len(together) :]
        for message_id in left:
            await self._patiently(partial(self._messenger.delete_message, channel_id, message_id))
            await self._store.messages.mark_gone(run.guild_id, [message_id])
            if self._clock.now() >= due:
                self._told(run)
                due = self._clock.now() + _TELL_EVERY

    def _young(self, messages: Sequence[MessageId]) -> list[MessageId]:
        """Those that Discord deletes together, in their order."""
        border = self._clock.now() - BULK_DELETE_AGE
        return [message_id for message_id in messages if posted_at(message_id) > border]

    async def _standing(self, run: ImportRecord) -> dict[ChannelId, list[MessageId]]:
        """Our messages by channel, newest first; the thread's before those of other channels."""
        found: dict[ChannelId, list[MessageId]] = {}
        if run.thread_id is not None:
            found[run.thread_id] = []
        for message in await self._store.messages.list_standing(run.guild_id, run.article_id):
            if message.channel_id is not None and message.message_id is not None:
                found.setdefault(message.channel_id, []).append(message.message_id)
        return {channel: messages for channel, messages in found.items() if messages}

    async def _patiently(self, call: Callable[[], Awaitable[T]]) -> T:
        for wait in _RETRIES:
            try:
                return await call()
            except DeliveryError as problem:
                if not problem.retry:
                    raise
                log.info("trying again", reason=problem.message, seconds=wait)
                await self._clock.sleep(wait)
        return await call()


class _LeftoverError(DeliveryError):
    """Discord let us delete a part only; the message names the rest, with the reasons."""


def _reason(run: ImportRecord, channel_id: ChannelId, what: str, problem: DeliveryError) -> str:
    mark = reference()
    log.warning(
        "undo stopped", import_id=run.id, channel_id=channel_id, reason=problem.message, reference=mark
    )
    return f"{what}: {problem.message} (reference {mark})"


def _owns_thread(run: ImportRecord) -> bool:
    """Whether the thread was opened for this article; one that was there before is not ours to delete."""
    return run.thread_id is not None and run.thread_id != run.channel_id


def _refuse_undone(run: ImportRecord) -> None:
    if run.state is ImportState.UNDONE:
        raise RefusedError("**Nothing was deleted.** This import was taken back already.")
