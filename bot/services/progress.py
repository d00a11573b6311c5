"""What people see in a thread while an import runs: the progress message, changed every ten seconds."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from bot.domain import cards
from bot.domain.limits import PROGRESS_SECONDS
from bot.domain.outgoing import MessageKind
from bot.errors import DeliveryError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import ChannelId, ImportRecord, MessageId
from bot.ports.store import Store
from bot.ports.tasks import Spawn

_EVERY: Final = timedelta(seconds=PROGRESS_SECONDS)
#: Second message of a plan, if the import is long enough to have one.
_ORDINAL: Final = 1


class ProgressMessage:
    """Tells how far one run is. Sending never waits for it: changes are made by a task of their own."""

    def __init__(
        self,
        run: ImportRecord,
        *,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        spawn: Spawn,
        told: Callable[[ImportRecord], None],
    ) -> None:
        self._run = run
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._spawn = spawn
        self._told = told
        self._task: asyncio.Task[None] | None = None
        self._begun = self._due = clock.now()
        self._before = 0

    def begins(self, run: ImportRecord) -> None:
        """Sending begins, or goes on after ``run.sent`` messages."""
        self._run = run
        self._begun = self._clock.now()
        self._before = run.sent
        # Who takes a run up finds its message saying that it is paused.
        self._due = self._begun if run.sent else self._begun + _EVERY

    def moved(self, thread_id: ChannelId) -> None:
        """Another message is sent."""
        now = self._clock.now()
        if now < self._due:
            return
        self._due = now + _EVERY
        self._told(self._run)
        if self._task is None or self._task.done():
            self._task = self._spawn(self._show(thread_id), name=f"progress of import {self._run.id}")

    async def pause(self, thread_id: ChannelId, reason: str) -> None:
        """Say why it does not go on."""
        await self.rest()
        message = await self.find()
        if message is not None:
            state = await self._store.imports.progress(self._run.id)
            panel = cards.paused(state.placed, state.comments, reason)
            with suppress(DeliveryError):
                await self._messenger.edit(thread_id, message, panel)
        self._due = self._clock.now()

    async def rest(self) -> None:
        """Change nothing any more, not even what was about to be changed."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def find(self) -> MessageId | None:
        """The message, if the run has one and it stands."""
        row = await self._store.messages.find_sent(self._run.id, _ORDINAL)
        return row.message_id if row is not None and row.kind is MessageKind.PROGRESS else None

    async def _show(self, thread_id: ChannelId) -> None:
        message = await self.find()
        if message is None:
            return
        state = await self._store.imports.progress(self._run.id)
        elapsed = (self._clock.now() - self._begun).total_seconds()
        a_message_takes = elapsed / max(1, state.sent - self._before)
        panel = cards.progress(
            state.placed,
            state.comments,
            seconds_left=(state.total - state.sent) * a_message_takes,
            layout=self._run.layout,
        )
        with suppress(DeliveryError):
            await self._messenger.edit(thread_id, message, panel, spare=True)
