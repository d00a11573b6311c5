"""Comments of both origins: one tree."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.ports.records import (
    ArticleId,
    Attached,
    ChannelId,
    CommentId,
    CommentRecord,
    GuildId,
    LiveComment,
    LiveText,
    Lost,
    MessageId,
)
from bot.ports.store import CommentStore
from storage.comment_rows import SELECT, get_comment, to_record
from storage.deletions import list_showing, note_deletion
from storage.engine import Engine
from storage.live import attach, delete, edit, lose_thread
from storage.ordering import GAP


class Comments(CommentStore):
    """Tables comments and history. ``gap`` is the room between comments in display order."""

    def __init__(self, engine: Engine, *, gap: int = GAP) -> None:
        self._engine = engine
        self._gap = gap

    async def tree(self, guild_id: GuildId, article_id: ArticleId) -> list[CommentRecord]:
        """Every comment in display order: a parent before its children."""

        def query(connection: sqlite3.Connection) -> list[CommentRecord]:
            rows = connection.execute(
                SELECT + "WHERE article_id = :article_id AND comments.guild_id = :guild_id ORDER BY ord",
                {"guild_id": guild_id, "article_id": article_id},
            )
            return [to_record(row) for row in rows]

        return await self._engine.read(query)

    async def get(self, guild_id: GuildId, comment_id: CommentId) -> CommentRecord:
        """Raises NotFoundError."""
        return await self._engine.read(lambda connection: get_comment(connection, guild_id, comment_id))

    async def add_live(self, comment: LiveComment) -> Attached | None:
        """Attach a member's message, remember it as a message, and move the thread's cursor: one transaction.

        None when the message is known already. The comment becomes its parent's last child. Raises
        NotFoundError when article, thread or parent isn't this guild's, RefusedError when the article is full.
        """
        return await self._engine.write(lambda connection: attach(connection, comment, gap=self._gap))

    async def edit_live(
        self, guild_id: GuildId, message_id: MessageId, *, markdown: str, text: str, at: datetime
    ) -> CommentRecord | None:
        """New text for a member's comment; the old one goes to its history.

        None when nothing changed: the same text, a message that is no comment, or text that was taken away.
        """
        return await self._engine.write(
            lambda connection: edit(connection, guild_id, message_id, markdown=markdown, text=text, at=at)
        )

    async def lose_messages(
        self, guild_id: GuildId, message_ids: Sequence[MessageId], *, at: datetime
    ) -> Lost:
        """Messages were deleted in Discord. Members' comments lose text, history and quotes, the node stays.

        Imported comments of which no whole is left in any message count as hidden.
        """

        def unit(connection: sqlite3.Connection) -> Lost:
            showing = list_showing(connection, guild_id, message_ids)
            silenced = delete(connection, guild_id, message_ids, at=at)
            return Lost(silenced, note_deletion(connection, guild_id, showing, at=at))

        return await self._engine.write(unit)

    async def lose_thread(self, guild_id: GuildId, thread_id: ChannelId, *, at: datetime) -> int:
        """A thread was deleted in Discord: its messages are gone, and members' words with them; the tree stays.

        Returns how many comments lost their text now.
        """
        return await self._engine.write(
            lambda connection: lose_thread(connection, guild_id, thread_id, at=at)
        )

    async def list_live(self, guild_id: GuildId, thread_id: ChannelId, *, after: MessageId) -> list[LiveText]:
        """Members' messages of a thread that are newer than an id and not deleted, oldest first."""

        def query(connection: sqlite3.Connection) -> list[LiveText]:
            rows = connection.execute(
                """
                SELECT message_id, markdown FROM messages
                JOIN placements ON message_row = messages.id JOIN comments ON comments.id = comment_id
                WHERE channel_id = :thread_id AND messages.guild_id = :guild_id AND messages.kind = 'live'
                  AND messages.state = 'sent' AND message_id > :after
                ORDER BY message_id
                """,
                {"guild_id": guild_id, "thread_id": thread_id, "after": after},
            )
            return [LiveText(MessageId(row["message_id"]), row["markdown"]) for row in rows]

        return await self._engine.read(query)
