"""What staff reads of imports: one message an import in the staff channel, edited as the import goes on.

Nobody waits for it: an import is never slower for being watched, and a notice that Discord does not take is only logged.
"""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.domain.outgoing import Outgoing
from bot.errors import RejoinderError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import ChannelId, GuildId, ImportId, ImportRecord, ImportState
from bot.ports.store import Store
from bot.ports.tasks import Spawn
from bot.services import status
from bot.services.redrawing import Redrawer
from bot.services.status import Standing

log = structlog.get_logger()

#: Newest imports of a guild that are listed, and those that are looked through for what a command is about.
_LISTED, _LOOKED_THROUGH = 10, 100
#: Deletions that wait for a decision and are shown with them.
_DELETIONS = 3


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a run was when it was first seen to run here."""

    sent: int
    at: datetime


class Notices:
    """Tells staff how far imports are."""

    def __init__(
        self, *, store: Store, messenger: Messenger, redrawer: Redrawer, clock: Clock, spawn: Spawn
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._redrawer = redrawer
        self._clock = clock
        self._spawn = spawn
        self._tasks: dict[ImportId, asyncio.Task[None]] = {}
        #: Runs that moved on while their notice was on its way.
        self._stale: set[ImportId] = set()
        self._marks: dict[ImportId, _Mark] = {}

    def tell(self, run: ImportRecord) -> None:
        """The run has moved on: show staff how it stands now. Returns at once."""
        if run.id in self._tasks:
            self._stale.add(run.id)
            return
        task = self._spawn(self._show_newest(run), name=f"notice {run.id}")
        self._tasks[run.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(run.id, None))

    async def overview(self, guild_id: GuildId) -> Outgoing | None:
        """The guild's newest imports with their buttons; None where there are none."""
        runs = await self._store.imports.list_recent(guild_id, limit=_LISTED)
        if not runs:
            return None
        standing = [await self._standing(run) for run in runs]
        waiting = await self._store.deletions.list_open(guild_id, limit=_DELETIONS)
        before = [await self._redrawer.notice(deletion) for deletion in waiting]
        return status.overview(standing, now=self._clock.now(), before=before)

    async def notice(self, run: ImportRecord) -> Outgoing:
        """One import with its buttons, as the staff channel shows it."""
        return status.notice(await self._standing(run), now=self._clock.now())

    async def find(self, guild_id: GuildId, states: Collection[ImportState]) -> list[Standing]:
        """Those of the guild's newest imports that are in one of the states, newest first."""
        runs = await self._store.imports.list_recent(guild_id, limit=_LOOKED_THROUGH)
        return [await self._standing(run) for run in runs if run.state in states]

    async def close(self) -> None:
        """Let what is on its way arrive."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _show_newest(self, run: ImportRecord) -> None:
        self._stale.add(run.id)
        while run.id in self._stale:
            self._stale.discard(run.id)
            try:
                await self._show(await self._store.imports.get(run.guild_id, run.id))
            except RejoinderError as problem:
                log.warning("staff not told", import_id=run.id, reason=problem.message)

    async def _show(self, run: ImportRecord) -> None:
        if run.notice_channel is not None and run.notice_message is not None:
            await self._messenger.edit(
                run.notice_channel,
                run.notice_message,
                await self.notice(run),
                spare=run.state is ImportState.RUNNING,
            )
            return
        settings = await self._store.guilds.get_settings(run.guild_id)
        channel_id: ChannelId | None = settings.staff_channel
        if channel_id is not None:
            # The same nonce after a crash: Discord answers with the notice that it has.
            sent = await self._messenger.send(
                channel_id,
                await self.notice(run),
                nonce=f"staff-{run.id}-{run.nonce_key % 10**6}",
                reply_to=None,
            )
            await self._store.imports.set_notice(run.id, channel_id, sent)

    async def _standing(self, run: ImportRecord) -> Standing:
        record = await self._store.articles.get(run.guild_id, run.article_id)
        left = 0
        if run.state is ImportState.UNDOING:
            left = len(await self._store.messages.list_standing(run.guild_id, run.article_id))
        return Standing(run, record.article, left, self._pace(run))

    def _pace(self, run: ImportRecord) -> float | None:
        """Messages a second since the run was first seen to run here; None before there is anything to measure."""
        if run.state is not ImportState.RUNNING:
            self._marks.pop(run.id, None)
            return None
        mark = self._marks.setdefault(run.id, _Mark(run.sent, self._clock.now()))
        seconds = (self._clock.now() - mark.at).total_seconds()
        return (run.sent - mark.sent) / seconds if seconds >= 1 and run.sent > mark.sent else None
