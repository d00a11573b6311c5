"""Members' reactions on messages that carry one comment."""

import json
import sqlite3
from collections.abc import Sequence

from bot.ports.records import ArticleId, ChannelId, CommentId, GuildId, MessageId, UserId, Vote
from bot.ports.store import VoteStore
from storage.engine import Engine

# The message's only comment, unless the voter wrote it. A long comment's parts carry that one comment each.
_INSERT = """
INSERT INTO votes (guild_id, message_row, comment_id, member_id, emoji)
SELECT messages.guild_id, messages.id, comments.id, :member_id, :emoji
FROM messages JOIN comments ON comments.id = (
  SELECT min(comment_id) FROM placements WHERE message_row = messages.id HAVING min(comment_id) = max(comment_id)
) LEFT JOIN speakers ON speakers.id = comments.speaker_id
WHERE message_id = :message_id AND messages.guild_id = :guild_id AND messages.state = 'sent'
  AND speakers.member_id IS NOT :member_id
ON CONFLICT DO NOTHING
"""

_OF_MESSAGE = (
    "message_row = (SELECT id FROM messages WHERE message_id = :message_id AND guild_id = :guild_id)"
)


class Votes(VoteStore):
    """Table votes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, guild_id: GuildId, vote: Vote) -> None:
        """Idempotent; nothing happens where the message carries no single comment, or the voter wrote it."""
        await self._engine.write(lambda connection: connection.execute(_INSERT, _values(guild_id, vote)))

    async def remove(self, guild_id: GuildId, vote: Vote) -> None:
        """Idempotent."""
        await self._engine.write(
            lambda connection: connection.execute(
                f"DELETE FROM votes WHERE {_OF_MESSAGE} AND member_id = :member_id AND emoji = :emoji",  # noqa: S608 - our own words
                _values(guild_id, vote),
            )
        )

    async def clear(self, guild_id: GuildId, message_id: MessageId, emoji: str | None = None) -> None:
        """All reactions of a message are gone, or all with one emoji."""
        await self._engine.write(lambda connection: _clear(connection, guild_id, message_id, emoji))

    async def replace(
        self, guild_id: GuildId, message_id: MessageId, emoji: str, members: Sequence[UserId]
    ) -> None:
        """Exactly these members react so."""

        def unit(connection: sqlite3.Connection) -> None:
            _clear(connection, guild_id, message_id, emoji)
            connection.executemany(
                _INSERT, [_values(guild_id, Vote(message_id, member, emoji)) for member in members]
            )

        await self._engine.write(unit)

    async def counts(
        self, guild_id: GuildId, thread_id: ChannelId, *, after: MessageId
    ) -> dict[tuple[MessageId, str], int]:
        """Reactions by message and emoji, of messages newer than an id in a thread."""

        def query(connection: sqlite3.Connection) -> dict[tuple[MessageId, str], int]:
            rows = connection.execute(
                """
                SELECT message_id, emoji, count(*) AS votes FROM votes JOIN messages ON messages.id = message_row
                WHERE channel_id = :thread_id AND messages.guild_id = :guild_id AND message_id > :after
                GROUP BY message_id, emoji
                """,
                {"guild_id": guild_id, "thread_id": thread_id, "after": after},
            )
            return {(MessageId(row["message_id"]), row["emoji"]): row["votes"] for row in rows}

        return await self._engine.read(query)

    async def count(self, guild_id: GuildId, article_id: ArticleId) -> dict[CommentId, int]:
        """How many members vote for each comment of an article; comments without a vote are left out."""

        def query(connection: sqlite3.Connection) -> dict[CommentId, int]:
            rows = connection.execute(
                """
                SELECT comment_id, count(DISTINCT member_id) AS votes
                FROM votes JOIN comments ON comments.id = comment_id
                WHERE article_id = :article_id AND votes.guild_id = :guild_id GROUP BY comment_id
                """,
                {"guild_id": guild_id, "article_id": article_id},
            )
            return {CommentId(row["comment_id"]): row["votes"] for row in rows}

        return await self._engine.read(query)


def forget_votes(connection: sqlite3.Connection, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
    """Votes on messages that are gone."""
    connection.execute(
        """
        DELETE FROM votes WHERE message_row IN (
          SELECT id FROM messages
          WHERE guild_id = :guild_id AND message_id IN (SELECT value FROM json_each(:ids))
        )
        """,
        {"guild_id": guild_id, "ids": json.dumps(message_ids)},
    )


def _clear(
    connection: sqlite3.Connection, guild_id: GuildId, message_id: MessageId, emoji: str | None
) -> None:
    connection.execute(
        f"DELETE FROM votes WHERE {_OF_MESSAGE} AND (:emoji IS NULL OR emoji = :emoji)",  # noqa: S608 - our own words
        {"guild_id": guild_id, "message_id": message_id, "emoji": emoji},
    )


def _values(guild_id: GuildId, vote: Vote) -> dict[str, object]:
    return {
        "guild_id": guild_id,
        "message_id": vote.message_id,
        "member_id": vote.member_id,
        "emoji": vote.emoji,
    }
