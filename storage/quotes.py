"""Pull-quotes and the cards that carry them."""

import sqlite3

from bot.ports.records import (
    ArticleId,
    CommentId,
    GuildId,
    MessageId,
    MessageRecord,
    NewQuote,
    QuoteId,
    QuoteRecord,
    UserId,
)
from bot.ports.store import QuoteStore
from storage.articles import require_article
from storage.comment_rows import require_comment
from storage.engine import Engine
from storage.message_rows import SELECT, insert_card, to_record
from storage.values import from_instant


class Quotes(QuoteStore):
    """Table quotes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, new: NewQuote) -> tuple[QuoteRecord, MessageRecord]:
        """Commit quote and card (PENDING) before the send.

        Raises NotFoundError when article or comment isn't this guild's.
        """

        def unit(connection: sqlite3.Connection) -> tuple[QuoteRecord, MessageRecord]:
            require_article(connection, new.guild_id, new.article_id)
            if new.comment_id is not None:
                require_comment(connection, new.guild_id, new.article_id, new.comment_id)
            card = insert_card(connection, new)
            row = connection.execute(
                """
                INSERT INTO quotes (
                  guild_id, article_id, comment_id, block, start, "end", text, speaker, attribution, chosen_by,
                  message_row, created_at
                ) VALUES (
                  :guild_id, :article_id, :comment_id, :block, :start, :end, :text, :speaker, :attribution,
                  :chosen_by, :message_row, :created_at
                )
                RETURNING *
                """,
                {
                    "guild_id": new.guild_id,
                    "article_id": new.article_id,
                    "comment_id": new.comment_id,
                    "block": new.block,
                    "start": new.start,
                    "end": new.end,
                    "text": new.text,
                    "speaker": new.speaker,
                    "attribution": new.attribution,
                    "chosen_by": new.chosen_by,
                    "message_row": card.id,
                    "created_at": from_instant(new.at),
                },
            ).fetchone()
            return _to_record(row), card

        return await self._engine.write(unit)

    async def list_quotes(self, guild_id: GuildId, article_id: ArticleId) -> list[QuoteRecord]:
        """Oldest first."""

        def query(connection: sqlite3.Connection) -> list[QuoteRecord]:
            rows = connection.execute(
                "SELECT * FROM quotes WHERE article_id = :article_id AND guild_id = :guild_id ORDER BY id",
                {"guild_id": guild_id, "article_id": article_id},
            )
            return [_to_record(row) for row in rows]

        return await self._engine.read(query)

    async def find_by_message(self, guild_id: GuildId, message_id: MessageId) -> QuoteRecord | None:
        """The quote that a card carries."""

        def query(connection: sqlite3.Connection) -> QuoteRecord | None:
            row = connection.execute(
                """
                SELECT quotes.* FROM messages JOIN quotes ON message_row = messages.id
                WHERE message_id = :message_id AND messages.guild_id = :guild_id
                """,
                {"guild_id": guild_id, "message_id": message_id},
            ).fetchone()
            return row and _to_record(row)

        return await self._engine.read(query)

    async def list_in_doubt(self, guild_id: GuildId) -> list[tuple[QuoteRecord, MessageRecord]]:
        """Quotes whose cards were on their way when the process ended, with the cards."""

        def query(connection: sqlite3.Connection) -> list[tuple[QuoteRecord, MessageRecord]]:
            cards = connection.execute(
                f"{SELECT} WHERE import_id IS NULL AND state IN ('planned', 'pending') AND guild_id = :guild_id"
                " AND kind = 'quote'",
                {"guild_id": guild_id},
            ).fetchall()
            quotes = "SELECT * FROM quotes WHERE message_row = :row"
            return [
                (_to_record(connection.execute(quotes, {"row": card["id"]}).fetchone()), to_record(card))
                for card in cards
            ]

        return await self._engine.read(query)

    async def delete(self, guild_id: GuildId, quote_id: QuoteId) -> None:
        """Forget a quote whose card could not be posted, and the card; a quote that is gone is no error.

        A card that was sent stays known as a message.
        """

        def unit(connection: sqlite3.Connection) -> None:
            row = connection.execute(
                "DELETE FROM quotes WHERE id = :quote_id AND guild_id = :guild_id RETURNING message_row",
                {"guild_id": guild_id, "quote_id": quote_id},
            ).fetchone()
            if row is not None:
                connection.execute(
                    "DELETE FROM messages WHERE id = :row AND message_id IS NULL", {"row": row["message_row"]}
                )

        await self._engine.write(unit)


def _to_record(row: sqlite3.Row) -> QuoteRecord:
    return QuoteRecord(
        id=QuoteId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        comment_id=None if row["comment_id"] is None else CommentId(row["comment_id"]),
        block=row["block"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        speaker=row["speaker"],
        attribution=row["attribution"],
        chosen_by=UserId(row["chosen_by"]),
    )
