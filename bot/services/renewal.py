"""An import whose thread was deleted is begun anew, out of what is stored of it."""

import asyncio
import secrets
from collections.abc import Callable, Sequence

import structlog

from bot.domain import layout, quotes, tree
from bot.domain.discussion import Comment, CommentKind, Discussion, Origin
from bot.domain.layout import Setting
from bot.domain.outgoing import Plan
from bot.errors import DeliveryError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import ChannelId, CommentRecord, CommentState, ImportRecord
from bot.ports.store import Store

log = structlog.get_logger()


class Renewal:
    """Plans an import a second time; what moderators took away meanwhile stays away."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        progress_from: int,
        contact: str | None,
        closed: Callable[[ChannelId], None],
    ) -> None:
        """``closed`` hears of the thread that is gone."""
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._progress_from = progress_from
        self._contact = contact
        self._closed = closed

    async def begin_anew(self, run: ImportRecord) -> ImportRecord:
        """The run with a new plan and no thread, if its thread is gone; else as it is.

        Raises NotFoundError and DeliveryError where no thread can be made.
        """
        if run.thread_id is None or await self._messenger.exists(run.thread_id):
            return run
        place = self._messenger.place(run.guild_id, run.channel_id)
        if place.kind not in {"forum", "text"}:
            raise DeliveryError(
                "The thread that this import was to go into is not there any more.",
                next_step="take the import back and import the article again.",
            )
        record = await self._store.articles.get(run.guild_id, run.article_id)
        article = await self._store.articles.get_article(run.guild_id, run.article_id)
        stored = await self._store.comments.tree(run.guild_id, run.article_id)
        settings = await self._store.guilds.get_settings(run.guild_id)
        setting = Setting(
            rights=record.rights,
            in_forum=place.kind == "forum",
            now=self._clock.now(),
            contact=settings.contact or self._contact,
            progress_from=self._progress_from,
            layout=run.layout,
        )
        discussion = Discussion(source=record.source, article=article, comments=_comments(stored))
        plan = await asyncio.to_thread(_plan, discussion, setting)
        log.info("import begun anew", import_id=run.id, thread_id=run.thread_id)
        renewed = await self._store.imports.begin_anew(run.id, plan, nonce_key=secrets.randbits(64))
        self._closed(run.thread_id)
        return renewed


def _comments(stored: Sequence[CommentRecord]) -> tuple[Comment, ...]:
    """The imported ones; of those that may not be shown any more only the place."""
    keys = {record.id: record.key for record in stored}
    return tuple(
        _shown(record, None if record.parent_id is None else keys[record.parent_id])
        for record in stored
        if record.origin is Origin.SOURCE
    )


def _shown(record: CommentRecord, parent: str | None) -> Comment:
    comment = record.as_comment(parent or record.missing_parent)
    if record.state is CommentState.LIVE:
        return comment
    return comment.model_copy(update={"kind": CommentKind.DELETED})


def _plan(discussion: Discussion, setting: Setting) -> Plan:
    passages = quotes.candidates(discussion.article, discussion.comments)
    nodes = tree.arrange(discussion.comments)
    return layout.plan(discussion, nodes, quote=passages[0] if passages else None, setting=setting)
