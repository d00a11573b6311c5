"""Threads of ours and how far they have been read."""

import sqlite3

from bot.errors import NotFoundError, StorageError
from bot.ports.records import (
    ArticleId,
    ChannelId,
    GuildId,
    LiveComment,
    MessageId,
    ThreadState,
    TrackedThread,
)
from bot.ports.store import ThreadStore
from storage.articles import require_article
from storage.engine import Engine

_SELECT = """
SELECT threads.*, articles.channel_id, undone_at IS NOT NULL AS undone
FROM threads JOIN articles ON articles.id = article_id
"""


class Threads(ThreadStore):
    """Table threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def list_tracked(self) -> list[TrackedThread]:
        """Threads of all guilds."""

        def query(connection: sqlite3.Connection) -> list[TrackedThread]:
            return [_to_record(row) for row in connection.execute(_SELECT + "ORDER BY thread_id")]

        return await self._engine.read(query)

    async def find(self, guild_id: GuildId, thread_id: ChannelId) -> TrackedThread | None:
        """The thread, if it holds an article of this guild."""

        def query(connection: sqlite3.Connection) -> TrackedThread | None:
            row = connection.execute(
                _SELECT + "WHERE threads.thread_id = :thread_id AND threads.guild_id = :guild_id",
                {"guild_id": guild_id, "thread_id": thread_id},
            ).fetchone()
            return row and _to_record(row)

        return await self._engine.read(query)

    async def move_cursor(self, thread_id: ChannelId, message_id: MessageId) -> None:
        """Messages up to this one need not be looked at again; never moves back.

        A thread that is not tracked any more has no cursor to move.
        """

        def unit(connection: sqlite3.Connection) -> None:
            _advance(connection, thread_id, message_id)

        await self._engine.write(unit)

    async def set_state(self, thread_id: ChannelId, state: ThreadState) -> None:
        """What Discord lets people do there now; a thread that is not tracked any more has no state."""
        await self._engine.write(
            lambda connection: connection.execute(
                "UPDATE threads SET state = :state WHERE thread_id = :thread_id",
                {"thread_id": thread_id, "state": state},
            )
        )


def advance_cursor(connection: sqlite3.Connection, comment: LiveComment) -> None:
    """The cursor of the thread that a comment was written in. Raises NotFoundError when it isn't its article's."""
    row = connection.execute(
        "SELECT 1 FROM threads WHERE thread_id = :thread_id AND guild_id = :guild_id AND article_id = :article_id",
        {"thread_id": comment.thread_id, "guild_id": comment.guild_id, "article_id": comment.article_id},
    ).fetchone()
    if row is None:
        require_article(connection, comment.guild_id, comment.article_id)
        raise NotFoundError("This thread is not followed.")
    _advance(connection, comment.thread_id, comment.message_id)


def track(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    thread_id: ChannelId,
    *,
    after: MessageId | None = None,
) -> None:
    """Follow a thread, from ``after`` a message on. Raises StorageError when it is another article's."""
    tracked = connection.execute(
        """
        INSERT INTO threads (thread_id, guild_id, article_id, cursor)
        VALUES (:thread_id, :guild_id, :article_id, :after)
        ON CONFLICT (thread_id) DO UPDATE SET thread_id = excluded.thread_id
        WHERE threads.article_id = excluded.article_id
        """,
        {"thread_id": thread_id, "guild_id": guild_id, "article_id": article_id, "after": after},
    )
    if not tracked.rowcount:
        raise StorageError(f"The thread {thread_id} belongs to another article; nothing was saved.")


def untrack(connection: sqlite3.Connection, article_id: ArticleId) -> None:
    """Follow no thread of an article any more."""
    connection.execute("DELETE FROM threads WHERE article_id = :article_id", {"article_id": article_id})


def forget_thread(connection: sqlite3.Connection, article_id: ArticleId) -> None:
    """An article's thread is gone, with our messages in it."""
    values = {"article_id": article_id}
    connection.execute(
        """
        UPDATE messages SET state = 'gone'
        WHERE article_id = :article_id AND state = 'sent' AND kind <> 'live'
          AND channel_id = (SELECT thread_id FROM articles WHERE id = :article_id)
        """,
        values,
    )
    untrack(connection, article_id)
    connection.execute("UPDATE articles SET thread_id = NULL WHERE id = :article_id", values)


def _advance(connection: sqlite3.Connection, thread_id: ChannelId, message_id: MessageId) -> None:
    connection.execute(
        "UPDATE threads SET cursor = max(coalesce(cursor, 0), :message_id) WHERE thread_id = :thread_id",
        {"thread_id": thread_id, "message_id": message_id},
    )


def _to_record(row: sqlite3.Row) -> TrackedThread:
    return TrackedThread(
        thread_id=ChannelId(row["thread_id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        cursor=None if row["cursor"] is None else MessageId(row["cursor"]),
        undone=bool(row["undone"]),
        parent_id=None if row["channel_id"] == row["thread_id"] else ChannelId(row["channel_id"]),
        state=ThreadState(row["state"]),
        shared=row["channel_id"] == row["thread_id"],
    )
