"""Comments of pages in messages of their own."""

import sqlite3

from bot.ports.records import CommentId, GuildId, MessageId, MessageRecord, NewUnfolding, RowId
from bot.ports.store import UnfoldingStore
from storage.articles import require_article
from storage.comment_rows import require_comment
from storage.engine import Engine
from storage.message_rows import get_message, insert_unfolding, to_record


class Unfoldings(UnfoldingStore):
    """Rows of the table messages whose kind is 'unfolded'."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, guild_id: GuildId, comment_id: CommentId) -> list[MessageRecord]:
        """The messages that hold nothing but this comment, a part each, in order; empty when the first is gone."""
        return await self._engine.read(lambda connection: _find(connection, guild_id, comment_id))

    async def begin(self, new: NewUnfolding) -> list[MessageRecord]:
        """Commit every part as PLANNED, or find what another press has begun. Raises NotFoundError."""

        def unit(connection: sqlite3.Connection) -> list[MessageRecord]:
            require_article(connection, new.guild_id, new.article_id)
            require_comment(connection, new.guild_id, new.article_id, new.comment_id)
            if not (rows := _find(connection, new.guild_id, new.comment_id)):
                insert_unfolding(connection, new)
                rows = _find(connection, new.guild_id, new.comment_id)
            return rows

        return await self._engine.write(unit)

    async def list_unfinished(self, guild_id: GuildId) -> list[CommentId]:
        """Comments of which a part is not sent yet."""

        def query(connection: sqlite3.Connection) -> list[CommentId]:
            rows = connection.execute(
                """
                SELECT DISTINCT comment_id FROM messages JOIN placements ON message_row = messages.id
                WHERE import_id IS NULL AND state IN ('planned', 'pending') AND kind = 'unfolded'
                  AND messages.guild_id = :guild_id
                ORDER BY comment_id
                """,
                {"guild_id": guild_id},
            )
            return [CommentId(row["comment_id"]) for row in rows]

        return await self._engine.read(query)

    async def mark_pending(self, row: RowId) -> None:
        """Committed before the send: from here on the message may exist. Raises NotFoundError."""

        def unit(connection: sqlite3.Connection) -> None:
            get_message(connection, row)
            connection.execute(
                "UPDATE messages SET state = 'pending' WHERE id = :row AND state = 'planned'", {"row": row}
            )

        await self._engine.write(unit)

    async def newest_before(self, guild_id: GuildId, row: RowId) -> MessageId | None:
        """The newest message that was known in the channel when this one was begun: it stands after that.

        Messages of an import don't count: their rows are older than they are.
        """

        def query(connection: sqlite3.Connection) -> MessageId | None:
            (newest,) = connection.execute(
                """
                SELECT max(earlier.message_id) FROM messages
                JOIN messages AS earlier ON earlier.article_id = messages.article_id
                WHERE messages.id = :row AND messages.guild_id = :guild_id AND earlier.id < :row
                  AND earlier.channel_id = messages.channel_id AND earlier.import_id IS NULL
                """,
                {"guild_id": guild_id, "row": row},
            ).fetchone()
            return None if newest is None else MessageId(newest)

        return await self._engine.read(query)

    async def forget(self, guild_id: GuildId, comment_id: CommentId) -> None:
        """Forget the parts that are not sent."""

        def unit(connection: sqlite3.Connection) -> None:
            connection.execute(
                """
                DELETE FROM messages WHERE guild_id = :guild_id AND kind = 'unfolded' AND message_id IS NULL
                  AND id IN (SELECT message_row FROM placements WHERE comment_id = :comment_id)
                """,
                {"guild_id": guild_id, "comment_id": comment_id},
            )

        await self._engine.write(unit)


def _find(connection: sqlite3.Connection, guild_id: GuildId, comment_id: CommentId) -> list[MessageRecord]:
    rows = connection.execute(
        """
        SELECT messages.*, part FROM placements JOIN messages ON messages.id = message_row
        WHERE comment_id = :comment_id AND messages.guild_id = :guild_id
          AND (kind = 'unfolded' AND state <> 'gone' OR kind IN ('comment', 'live') AND state = 'sent')
        ORDER BY part, messages.id
        """,
        {"guild_id": guild_id, "comment_id": comment_id},
    ).fetchall()
    return [to_record(row) for row in rows] if rows and rows[0]["part"] == 0 else []
