"""What stands in Discord is brought up to date when comments were hidden, or put back (DESIGN.md, law 7).

The tree says what may be shown; this room makes the messages say the same: the card with its file, pages, other
parts of a comment, quotes of it, the table of contents, and the notice for staff. All of it can be done twice, so
what a crash leaves undone is done again at the next start.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from bot.domain import hiding, layout, quotes
from bot.domain.discussion import CommentKind, Discussion, Origin
from bot.domain.layout import Setting, Terms
from bot.domain.outgoing import Layout, MessageKind, Outgoing
from bot.domain.panels import Panel
from bot.domain.tree import Node, Problem
from bot.domain.wording import title
from bot.errors import NotFoundError, RejoinderError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import (
    SEQUENCE_BITS,
    ArticleRecord,
    CommentId,
    CommentRecord,
    CommentState,
    Deletion,
    DeletionId,
    GuildId,
    ImportRecord,
    MessageRecord,
    MessageState,
)
from bot.ports.store import Store
from bot.ports.tasks import Spawn
from bot.services.contents import Contents

log = structlog.get_logger()

#: Ordinal of the message that becomes the table of contents, where a run has one.
_CONTENTS = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it is stored, in the form in which it is laid out."""

    record: ArticleRecord
    discussion: Discussion
    nodes: Sequence[Node]
    #: Numbers of comments whose words may not be shown.
    hidden: frozenset[int]


class Redrawer:
    """Makes the messages of an article say what the tree says."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        contents: Contents,
        clock: Clock,
        spawn: Spawn,
        contact: str | None,
    ) -> None:
        """``contact`` is shown where a guild names nobody."""
        self._store = store
        self._messenger = messenger
        self._contents = contents
        self._clock = clock
        self._spawn = spawn
        self._contact = contact
        self._running: dict[DeletionId, asyncio.Task[None]] = {}

    def redraw(self, deletion: Deletion) -> None:
        """Show what a deletion, or a decision about it, has changed; in the background."""
        earlier = self._running.get(deletion.id)
        task = self._spawn(self._run(deletion, earlier), name=f"deletion {deletion.id}")
        self._running[deletion.id] = task

        def ended(task: "asyncio.Task[None]") -> None:
            if self._running.get(deletion.id) is task:
                del self._running[deletion.id]

        task.add_done_callback(ended)

    async def resume_guild(self, guild_id: GuildId) -> None:
        """Take up what the end of the process left undone."""
        for deletion in await self._store.deletions.list_unapplied(guild_id):
            self.redraw(deletion)

    async def ended(self) -> None:
        """Wait until everything is shown as it is."""
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def close(self) -> None:
        """Stop; what is left is taken up at the next start."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def notice(self, deletion: Deletion) -> Outgoing:
        """What staff reads of a deletion."""
        record = await self._store.articles.get(deletion.guild_id, deletion.article_id)
        return hiding.notice(
            f"**{title(record.article, 80)}** in <#{record.thread_id or record.channel_id}>",
            deletion.subject,
            deletion_id=deletion.id,
            hidden=[number_of(comment) for comment in deletion.hidden],
            put_back=[number_of(comment) for comment in deletion.put_back],
            decided_by=deletion.decided_by,
        )

    async def stored(self, deletion: Deletion) -> Stored:
        """The article of a deletion. Raises NotFoundError."""
        guild_id, article_id = deletion.guild_id, deletion.article_id
        record = await self._store.articles.get(guild_id, article_id)
        article = await self._store.articles.get_article(guild_id, article_id)
        tree = await self._store.comments.tree(guild_id, article_id)
        return await asyncio.to_thread(
            _stored, record, Discussion(source=record.source, article=article), tree
        )

    async def _run(self, deletion: Deletion, earlier: "asyncio.Task[None] | None") -> None:
        if earlier is not None:
            await asyncio.gather(earlier, return_exceptions=True)
        try:
            deletion = await self._store.deletions.get(deletion.guild_id, deletion.id)
            await self._tell(deletion)
            await self._show(deletion)
        except NotFoundError:
            # The article was taken back meanwhile, and its messages with it.
            return
        except RejoinderError as problem:
            log.warning("what was hidden may still be shown", deletion_id=deletion.id, reason=problem.message)
            return
        await self._store.deletions.mark_applied(deletion.id, at=self._clock.now())

    async def _show(self, deletion: Deletion) -> None:
        stored = await self.stored(deletion)
        run = await self._store.imports.get(deletion.guild_id, deletion.import_id)
        for comment_id in deletion.hidden:
            await self._withdraw(comment_id, run, stored)
        for comment_id in deletion.put_back:
            await self._redraw_pages(comment_id, run, stored)
        await self._redraw_card(run, stored)
        await self._redraw_contents(run)

    async def _withdraw(self, comment_id: CommentId, run: ImportRecord, stored: Stored) -> None:
        """No message shows anything of a hidden comment: other parts and quotes go, pages leave it out."""
        await self._redraw_pages(comment_id, run, stored)
        for message in await self._showing(run.guild_id, comment_id):
            if message.kind is MessageKind.PAGE or message.channel_id is None or message.message_id is None:
                continue
            await self._messenger.delete_message(message.channel_id, message.message_id)
            await self._store.messages.mark_gone(run.guild_id, [message.message_id])
            quote = await self._store.quotes.find_by_message(run.guild_id, message.message_id)
            if quote is not None:
                await self._store.quotes.delete(run.guild_id, quote.id)

    async def _redraw_pages(self, comment_id: CommentId, run: ImportRecord, stored: Stored) -> None:
        for message in await self._showing(run.guild_id, comment_id):
            if message.kind is MessageKind.PAGE:
                await self._redraw_page(message, run, stored)

    async def _showing(self, guild_id: GuildId, comment_id: CommentId) -> list[MessageRecord]:
        """The messages of ours that stand and hold something of a comment."""
        found = []
        for placement in await self._store.messages.placements_of(guild_id, comment_id):
            message = await self._store.messages.find(guild_id, placement.message_id)
            if message is not None and message.kind is not MessageKind.LIVE:
                found.append(message)
        return found

    async def _redraw_page(self, page: MessageRecord, run: ImportRecord, stored: Stored) -> None:
        if page.message_id is None or page.channel_id is None:
            return
        pages = await self._store.messages.list_pages(run.id)
        place = next(place for place, each in enumerate(pages) if each.id == page.id)
        addresses = {
            number_of(comment): self._messenger.url(run.guild_id, at.channel_id, at.message_id)
            for comment, at in (
                await self._store.messages.first_placements(run.guild_id, run.article_id)
            ).items()
        }
        keys = {node.number: node.comment.key for node in stored.nodes}
        held = {
            (keys[number_of(at.comment_id)], at.part)
            for at in await self._store.messages.placements_in(run.guild_id, page.message_id)
        }
        panel = await asyncio.to_thread(
            partial(
                _page,
                stored.nodes,
                self._terms(stored),
                held,
                page=(place + 1, len(pages)),
                hidden=stored.hidden,
                address_of=addresses.get,
                previous=self._address(run, pages[place - 1]) if place else None,
            )
        )
        await self._messenger.edit(page.channel_id, page.message_id, Outgoing(panel=panel))

    async def _redraw_card(self, run: ImportRecord, stored: Stored) -> None:
        """The card with its file, and with a quote that may be shown."""
        message = await self._store.messages.find_sent(run.id, 0)
        if message is None or message.channel_id is None or message.message_id is None:
            return
        settings = await self._store.guilds.get_settings(run.guild_id)
        place = self._messenger.place(run.guild_id, run.channel_id)
        setting = Setting(
            rights=stored.record.rights,
            in_forum=place.kind == "forum",
            now=self._clock.now(),
            contact=settings.contact or self._contact,
        )
        card = await asyncio.to_thread(_card, stored, setting, run.layout)
        await self._messenger.edit(message.channel_id, message.message_id, card)

    async def _redraw_contents(self, run: ImportRecord) -> None:
        message = await self._store.messages.find_sent(run.id, _CONTENTS)
        if message is None or message.kind is not MessageKind.PROGRESS or run.finished_at is None:
            return
        if message.channel_id is not None and message.message_id is not None:
            panel = await self._contents.render(run.guild_id, run.article_id)
            await self._messenger.edit(message.channel_id, message.message_id, panel)

    async def _tell(self, deletion: Deletion) -> None:
        """Staff reads of it, where a channel is set for that; `/import status` shows it in any case."""
        shown = await self.notice(deletion)
        try:
            if deletion.notice_channel is not None and deletion.notice_message is not None:
                await self._messenger.edit(deletion.notice_channel, deletion.notice_message, shown)
                return
            settings = await self._store.guilds.get_settings(deletion.guild_id)
            if settings.staff_channel is not None:
                # The same nonce after a crash: Discord answers with the notice that it has.
                nonce = f"gone-{deletion.id}-{deletion.article_id}"
                sent = await self._messenger.send(settings.staff_channel, shown, nonce=nonce, reply_to=None)
                await self._store.deletions.set_notice(deletion.id, settings.staff_channel, sent)
        except RejoinderError as problem:
            log.warning("staff not told", deletion_id=deletion.id, reason=problem.message)

    def _terms(self, stored: Stored) -> Terms:
        return Terms.of(stored.discussion.article, stored.record.rights, self._clock.now())

    def _address(self, run: ImportRecord, message: MessageRecord) -> str:
        standing = message.message_id if message.state is MessageState.SENT else None
        return self._messenger.url(run.guild_id, message.channel_id or run.channel_id, standing)


def number_of(comment_id: CommentId) -> int:
    """What people call a comment (DESIGN.md, Identity)."""
    return comment_id & ((1 << SEQUENCE_BITS) - 1)


def _stored(record: ArticleRecord, discussion: Discussion, tree: Sequence[CommentRecord]) -> Stored:
    """The imported comments as nodes; a number is a place in the tree, counted from 1."""
    imported = sorted(
        (comment for comment in tree if comment.origin is Origin.SOURCE), key=lambda comment: comment.number
    )
    keys = {comment.id: comment.key for comment in imported}
    nodes = [
        Node(
            comment.as_comment(None if comment.parent_id is None else keys[comment.parent_id]),
            comment.number,
            None if comment.parent_id is None else number_of(comment.parent_id),
            Problem.ORPHAN if comment.missing_parent is not None else None,
        )
        for comment in imported
    ]
    hidden = frozenset(comment.number for comment in imported if comment.state is not CommentState.LIVE)
    whole = discussion.model_copy(update={"comments": tuple(node.comment for node in nodes)})
    return Stored(record, whole, nodes, hidden)


def _page(nodes: Sequence[Node], terms: Terms, held: Collection[tuple[str, int]], **more: Any) -> Panel:
    return layout.redrawn(layout.pieces_of(nodes, terms), terms, held, **more)


def _card(stored: Stored, setting: Setting, chosen: Layout) -> Outgoing:
    shown = [
        node.comment
        for node in stored.nodes
        if node.number not in stored.hidden and node.comment.kind is CommentKind.COMMENT
    ]
    found = quotes.candidates(stored.discussion.article, shown)
    return layout.card(
        stored.discussion,
        stored.nodes,
        quote=found[0] if found else None,
        setting=setting,
        layout=chosen,
        hidden=stored.hidden,
    )
