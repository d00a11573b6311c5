"""Runs imports: each in a task of its own, from the first message to the contents, over pauses and restarts."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog

from bot.errors import DeliveryError, NotFoundError, RefusedError, RejoinderError
from bot.logs import reference
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import ChannelId, GuildId, ImportId, ImportRecord, ImportState
from bot.ports.store import Store
from bot.ports.tasks import Spawn
from bot.services.contents import Contents
from bot.services.progress import ProgressMessage
from bot.services.sending import Lanes, Sending, StoppedError

log = structlog.get_logger()

#: Seconds that a message on its way has to arrive, once it is to be the last.
_LAST_MESSAGE: Final = 10.0

Finished = Callable[[ImportRecord], Awaitable[None]]


class Publisher:
    """Starts, pauses and resumes imports, and takes up unfinished ones at start."""

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
        renew: Callable[[ImportRecord], Awaitable[ImportRecord]],
        pace: float = 0.0,
    ) -> None:
        """``opened`` hears of each new thread, ``told`` of each run that has moved on.

        ``renew`` gives a run whose thread is gone a new plan and no thread.
        ``pace`` adds seconds between messages, for a demo to be watched.
        """
        self._store = store
        self._messenger = messenger
        self._contents = contents
        self._clock = clock
        self._spawn = spawn
        self._opened = opened
        self._told = told
        self._renew = renew
        self._pace = pace
        self._lanes: Lanes = Lanes()
        self._running: dict[ImportId, tuple[Sending, asyncio.Task[None]]] = {}

    def start(self, run: ImportRecord, *, then: Finished | None = None, anew: bool = False) -> None:
        """Send what is unsent, in the background; ``anew``: everything, if its thread was deleted.

        ``then`` hears of the end, or of what it stopped at.
        """
        if run.id not in self._running:
            progress = self._progress_of(run)
            sending = self._sending(run, progress)
            task = self._spawn(self._run(run, sending, progress, then, anew=anew), name=f"import {run.id}")
            self._running[run.id] = sending, task
            task.add_done_callback(lambda _: self._running.pop(run.id, None))

    async def resume_guild(self, guild_id: GuildId) -> None:
        """Take up what was running in a guild when the process ended."""
        for run in await self._store.imports.list_unfinished():
            if run.guild_id == guild_id:
                self.start(run)

    async def resume(self, run: ImportRecord) -> None:
        """Go on with a paused import; if its thread was deleted, begin it anew in another."""
        await self._set_state(run, ImportState.QUEUED)
        self.start(run, anew=True)

    async def pause(self, run: ImportRecord, *, reason: str) -> None:
        """Stop until somebody resumes it; ``reason`` is the sentence that people read.

        Returns when the message that was on its way has arrived: some seconds, at the most.
        """
        await self.cancel(run.id)
        await self._set_state(run, ImportState.PAUSED, reason=reason)

    async def ended(self, import_id: ImportId) -> None:
        """Wait until an import that runs here is done or paused."""
        if (running := self._running.get(import_id)) is not None:
            await running[1]

    async def cancel(self, import_id: ImportId) -> None:
        """Stop one import between two messages."""
        if (running := self._running.get(import_id)) is not None:
            await _stop(running)

    async def settle(self, run: ImportRecord) -> None:
        """Learn of a stopped run what became of its message in doubt, so that everything sent is known."""
        # What can't be looked for can't be taken back either; that is told there.
        with suppress(DeliveryError, NotFoundError):
            await self._sending(run, self._progress_of(run)).settle()

    async def close(self) -> None:
        """Stop between two messages; what is unsent is taken up at the next start."""
        await _stop(*self._running.values())

    async def _run(
        self,
        run: ImportRecord,
        sending: Sending,
        progress: ProgressMessage,
        then: Finished | None,
        *,
        anew: bool,
    ) -> None:
        try:
            await self._set_state(run, ImportState.RUNNING)
            thread_id = await sending.send_all(anew=anew)
            await self._finish(run, thread_id, progress)
        except StoppedError:
            return
        except RejoinderError as problem:
            log.warning("import paused", import_id=run.id, reason=problem.message)
            await self._give_up(run, sending, progress, str(problem))
        except Exception as problem:
            mark = reference()
            log.exception("import paused", import_id=run.id, reference=mark)
            reason = f"An error of mine stopped it ({type(problem).__name__}, reference {mark} in the log)."
            await self._give_up(run, sending, progress, reason)
        finally:
            await progress.rest()
        if then is not None:
            await then(await self._store.imports.get(run.guild_id, run.id))

    async def _give_up(
        self, run: ImportRecord, sending: Sending, progress: ProgressMessage, reason: str
    ) -> None:
        """Pause until somebody mends what is wrong."""
        # Somebody may have taken the import back meanwhile; then that is what counts.
        with suppress(RefusedError, NotFoundError):
            await self._set_state(run, ImportState.PAUSED, reason=reason)
        if sending.thread_id is not None:
            await progress.pause(sending.thread_id, reason)

    async def _finish(self, run: ImportRecord, thread_id: ChannelId, progress: ProgressMessage) -> None:
        """The progress message becomes the contents; then the import is done. Repeating it is harmless."""
        await progress.rest()
        if (message := await progress.find()) is not None:
            panel = await self._contents.render(run.guild_id, run.article_id)
            try:
                await self._messenger.edit(thread_id, message, panel)
            except DeliveryError as problem:
                log.warning("contents not shown", import_id=run.id, reason=problem.message)
        await self._set_state(run, ImportState.DONE)
        log.info("import done", import_id=run.id, messages=run.total)

    async def _set_state(self, run: ImportRecord, state: ImportState, *, reason: str | None = None) -> None:
        await self._store.imports.set_state(run.id, state, at=self._clock.now(), reason=reason)
        self._told(run)

    def _sending(self, run: ImportRecord, progress: ProgressMessage) -> Sending:
        return Sending(
            run,
            store=self._store,
            messenger=self._messenger,
            clock=self._clock,
            lanes=self._lanes,
            progress=progress,
            opened=self._opened,
            told=self._told,
            renew=self._renew,
            pace=self._pace,
        )

    def _progress_of(self, run: ImportRecord) -> ProgressMessage:
        return ProgressMessage(
            run,
            store=self._store,
            messenger=self._messenger,
            clock=self._clock,
            spawn=self._spawn,
            told=self._told,
        )


async def _stop(*running: tuple[Sending, "asyncio.Task[None]"]) -> None:
    """Let each end after its message on its way; who takes too long is cut short, and looks for it next time."""
    for sending, _ in running:
        sending.stop()
    tasks = [task for _, task in running]
    if tasks:
        await asyncio.wait(tasks, timeout=_LAST_MESSAGE)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
