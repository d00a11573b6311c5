"""The journal of messages and the map from messages to comments."""

import sqlite3
from collections.abc import Mapping, Sequence

from bot.ports.records import (
    ArticleId,
    ChannelId,
    CommentId,
    GuildId,
    ImportId,
    MessageId,
    MessageRecord,
    NextMessage,
    Placement,
    RowId,
)
from bot.ports.store import Bind, MessageStore
from storage import sending
from storage.engine import Engine
from storage.message_rows import SELECT, mark_gone, to_record

_SELECT_PLACEMENTS = """
SELECT comment_id, message_id, channel_id, part
FROM placements JOIN messages ON messages.id = message_row
"""


class Messages(MessageStore):
    """Tables messages and placements."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def take_next(
        self,
        import_id: ImportId,
        *,
        channel_id: ChannelId,
        bind: Bind,
        sent: tuple[RowId, MessageId] | None = None,
    ) -> NextMessage | None:
        """Confirm what was ``sent`` and mark the next message PENDING, in one commit; None when all are sent.

        From here on the message may exist in ``channel_id``, with the text that ``bind`` made of it.
        Raises NotFoundError for a row that is gone, StorageError when row or id belongs to another message.
        """

        def unit(connection: sqlite3.Connection) -> NextMessage | None:
            if sent is not None:
                sending.confirm(connection, *sent)
            return sending.take_next(connection, import_id, channel_id=channel_id, bind=bind)

        return await self._engine.write(unit)

    async def find_in_doubt(self, import_id: ImportId) -> NextMessage | None:
        """The message of a run that may have been sent without our knowing, if there is one."""
        return await self._engine.read(lambda connection: sending.find_in_doubt(connection, import_id))

    async def mark_sent(self, row: RowId, message_id: MessageId) -> None:
        """Confirmed. The held text is dropped, its digest stays. Idempotent for the same id.

        Raises NotFoundError for a row that is gone, StorageError when row or id belongs to another message.
        """
        await self._engine.write(lambda connection: sending.confirm(connection, row, message_id))

    async def mark_gone(self, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
        """Deleted in Discord."""
        await self._engine.write(lambda connection: mark_gone(connection, guild_id, message_ids))

    async def find(self, guild_id: GuildId, message_id: MessageId) -> MessageRecord | None:
        """A message that we know, ours or a member's."""
        return await self._find_one(
            "WHERE message_id = :message_id AND guild_id = :guild_id",
            {"guild_id": guild_id, "message_id": message_id},
        )

    async def find_sent(self, import_id: ImportId, ordinal: int) -> MessageRecord | None:
        """The message of this ordinal, if it is sent and not deleted since."""
        return await self._find_one(
            "WHERE import_id = :import_id AND ordinal = :ordinal AND state = 'sent'",
            {"import_id": import_id, "ordinal": ordinal},
        )

    async def list_pages(self, import_id: ImportId) -> list[MessageRecord]:
        """The pages of a run in order, those that are gone among them."""

        def query(connection: sqlite3.Connection) -> list[MessageRecord]:
            rows = connection.execute(
                SELECT + "WHERE import_id = :import_id AND kind = 'page' ORDER BY ordinal",
                {"import_id": import_id},
            )
            return [to_record(row) for row in rows]

        return await self._engine.read(query)

    async def placements_in(self, guild_id: GuildId, message_id: MessageId) -> list[Placement]:
        """Which comments stand in a message, or stood in it before it was deleted; as they stand there."""
        return await self._placements(
            """
            WHERE message_id = :message_id AND messages.guild_id = :guild_id
            ORDER BY (SELECT ord FROM comments WHERE id = comment_id), part
            """,
            {"guild_id": guild_id, "message_id": message_id},
        )

    async def placements_of(self, guild_id: GuildId, comment_id: CommentId) -> list[Placement]:
        """In which messages a comment stands now, first part first, cards that quote it last."""
        return await self._placements(
            """
            WHERE comment_id = :comment_id AND messages.guild_id = :guild_id AND state = 'sent'
            ORDER BY kind = 'quote', part, message_row
            """,
            {"guild_id": guild_id, "comment_id": comment_id},
        )

    async def list_standing(self, guild_id: GuildId, article_id: ArticleId) -> list[MessageRecord]:
        """Our messages of an article that stand in Discord, newest first."""

        def query(connection: sqlite3.Connection) -> list[MessageRecord]:
            rows = connection.execute(
                SELECT
                + """
                WHERE article_id = :article_id AND guild_id = :guild_id AND state = 'sent' AND kind <> 'live'
                ORDER BY message_id DESC
                """,
                {"guild_id": guild_id, "article_id": article_id},
            )
            return [to_record(row) for row in rows]

        return await self._engine.read(query)

    async def first_placements(self, guild_id: GuildId, article_id: ArticleId) -> dict[CommentId, Placement]:
        """For every placed comment of an article the message of its first part; cards that quote it don't count."""
        placements = await self._placements(
            """
            WHERE article_id = :article_id AND messages.guild_id = :guild_id AND state = 'sent' AND kind <> 'quote'
            ORDER BY part DESC, message_row DESC
            """,
            {"guild_id": guild_id, "article_id": article_id},
        )
        # The last to enter is the first part, in the message that was sent first.
        return {placement.comment_id: placement for placement in placements}

    async def _find_one(self, condition: str, values: Mapping[str, object]) -> MessageRecord | None:
        def query(connection: sqlite3.Connection) -> MessageRecord | None:
            row = connection.execute(SELECT + condition, values).fetchone()
            return row and to_record(row)

        return await self._engine.read(query)

    async def _placements(self, condition: str, values: Mapping[str, object]) -> list[Placement]:
        def query(connection: sqlite3.Connection) -> list[Placement]:
            return [_to_placement(row) for row in connection.execute(_SELECT_PLACEMENTS + condition, values)]

        return await self._engine.read(query)


def _to_placement(row: sqlite3.Row) -> Placement:
    return Placement(
        comment_id=CommentId(row["comment_id"]),
        message_id=MessageId(row["message_id"]),
        channel_id=ChannelId(row["channel_id"]),
        part=row["part"],
    )
