"""What staff decides about comments whose messages somebody deleted: they stay hidden, or come back."""

import asyncio
from collections.abc import Collection, Sequence

from bot.domain import layout
from bot.domain.layout import Terms
from bot.domain.outgoing import MessageKind, Outgoing, PlannedMessage
from bot.domain.tree import Node
from bot.errors import RefusedError
from bot.ports.clock import Clock
from bot.ports.records import CommentId, Deletion, DeletionId, GuildId, ImportState, UserId
from bot.ports.store import Store
from bot.services.publisher import Publisher
from bot.services.redrawing import Redrawer, Stored, number_of


class Hider:
    """Puts hidden comments back, or leaves them hidden."""

    def __init__(
        self,
        *,
        store: Store,
        publisher: Publisher,
        redrawer: Redrawer,
        clock: Clock,
    ) -> None:
        self._store = store
        self._publisher = publisher
        self._redrawer = redrawer
        self._clock = clock

    async def leave_hidden(self, guild_id: GuildId, deletion_id: DeletionId, *, actor: UserId) -> Deletion:
        """They stay hidden. Raises NotFoundError."""
        deletion = await self._store.deletions.leave_hidden(
            guild_id, deletion_id, actor=actor, at=self._clock.now()
        )
        self._redrawer.redraw(deletion)
        return deletion

    async def put_back(
        self, guild_id: GuildId, deletion_id: DeletionId, *, but: Collection[int], actor: UserId
    ) -> Deletion:
        """All come back but those with these numbers: each as a message of its own at the end of the thread.

        Raises NotFoundError, and RefusedError when there is nothing to put back, or no place for it.
        """
        deletion = await self._store.deletions.get(guild_id, deletion_id)
        chosen = [comment for comment in deletion.hidden if number_of(comment) not in but]
        if not deletion.hidden:
            raise RefusedError("**Nothing was put back.** All of them are back already.")
        if not chosen:
            return await self.leave_hidden(guild_id, deletion_id, actor=actor)
        stored = await self._redrawer.stored(deletion)
        deletion = await self._store.deletions.put_back(
            guild_id,
            deletion_id,
            chosen,
            await self._messages(deletion, chosen, stored),
            actor=actor,
            at=self._clock.now(),
        )
        run = await self._store.imports.get(guild_id, deletion.import_id)
        if run.state is ImportState.QUEUED:
            self._publisher.start(run)
        self._redrawer.redraw(deletion)
        return deletion

    async def _messages(
        self, deletion: Deletion, chosen: Sequence[CommentId], stored: Stored
    ) -> list[PlannedMessage]:
        """The comments one by one, each with an arrow to what it answers, if that is a message of the import."""
        run = await self._store.imports.get(deletion.guild_id, deletion.import_id)
        terms = Terms.of(stored.discussion.article, stored.record.rights, self._clock.now())
        nodes = [stored.nodes[number_of(comment) - 1] for comment in chosen]
        starts = await self._starts(deletion, {node.parent for node in nodes})
        return await asyncio.to_thread(_one_by_one, nodes, stored.nodes, terms, run.total, starts)

    async def _starts(self, deletion: Deletion, numbers: Collection[int | None]) -> dict[int, int]:
        """For those comments that stand in messages of the import, the ordinal of the first of them."""
        placements = await self._store.messages.first_placements(deletion.guild_id, deletion.article_id)
        starts = {}
        for comment_id, at in placements.items():
            if (number := number_of(comment_id)) not in numbers:
                continue
            message = await self._store.messages.find(deletion.guild_id, at.message_id)
            if (
                message is not None
                and message.import_id == deletion.import_id
                and message.ordinal is not None
            ):
                starts[number] = message.ordinal
        return starts


def _one_by_one(
    chosen: Sequence[Node], nodes: Sequence[Node], terms: Terms, first: int, starts: dict[int, int]
) -> list[PlannedMessage]:
    made: list[PlannedMessage] = []
    for node in chosen:
        parent = nodes[node.parent - 1] if node.parent is not None else None
        reply_to = starts.get(node.parent) if node.parent is not None else None
        starts[node.number] = first + len(made)
        for part, content in enumerate(layout.contents(node, parent, terms)):
            ordinal = first + len(made)
            made.append(
                PlannedMessage(
                    ordinal=ordinal,
                    kind=MessageKind.COMMENT,
                    outgoing=Outgoing(content=content),
                    placements=((node.comment.key, part),),
                    reply_to=reply_to,
                )
            )
            reply_to = ordinal
    return made
