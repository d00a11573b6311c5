"""Comments of both origins: one tree."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from bot.domain.discussion import AuthorSource, Comment, CommentKind, Origin, Speaker
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import (
    SEQUENCE_BITS,
    ArticleId,
    ChannelId,
    CommentId,
    CommentRecord,
    CommentState,
    GuildId,
    LiveComment,
    MessageId,
)
from bot.ports.store import CommentStore
from storage.articles import require_article
from storage.engine import Engine
from storage.messages import insert_live_message
from storage.ordering import GAP, place_for_answer
from storage.speakers import name_member, name_speakers
from storage.threads import advance_cursor
from storage.values import from_instant, from_moment, known_instant, to_moment

#: Numbers that one article can give to comments.
MOST_COMMENTS = (1 << SEQUENCE_BITS) - 1

_SELECT = """
SELECT comments.*, speakers.name AS speaker_name, speakers.member_id
FROM comments LEFT JOIN speakers ON speakers.id = comments.speaker_id
"""

_INSERT = """
INSERT INTO comments (
  id, guild_id, article_id, parent_id, missing_parent, ord, depth, origin, key, kind, speaker_id, author_source,
  author_guess, evidence, posted_at, posted_utc, edited_at, markdown, text, score, confidence, state, attachments
) VALUES (
  :id, :guild_id, :article_id, :parent_id, :missing_parent, :ord, :depth, :origin, :key, :kind, :speaker_id,
  :author_source, :author_guess, :evidence, :posted_at, :posted_utc, :edited_at, :markdown, :text, :score,
  :confidence, 'live', :attachments
)
"""


class Comments(CommentStore):
    """Tables comments and history. ``gap`` is the room between comments in display order."""

    def __init__(self, engine: Engine, *, gap: int = GAP) -> None:
        self._engine = engine
        self._gap = gap

    async def tree(self, guild_id: GuildId, article_id: ArticleId) -> list[CommentRecord]:
        """Every comment in display order: a parent before its children."""

        def query(connection: sqlite3.Connection) -> list[CommentRecord]:
            rows = connection.execute(
                _SELECT + "WHERE article_id = :article_id AND comments.guild_id = :guild_id ORDER BY ord",
                {"guild_id": guild_id, "article_id": article_id},
            )
            return [_to_record(row) for row in rows]

        return await self._engine.read(query)

    async def get(self, guild_id: GuildId, comment_id: CommentId) -> CommentRecord:
        """Raises NotFoundError."""
        return await self._engine.read(lambda connection: _get(connection, guild_id, comment_id))

    async def add_live(self, comment: LiveComment) -> CommentRecord | None:
        """Attach a member's message, remember it as a message, and move the thread's cursor: one transaction.

        None when the message is known already. The comment becomes its parent's last child. Raises
        NotFoundError when article, thread or parent isn't this guild's, RefusedError when the article is full.
        """

        def unit(connection: sqlite3.Connection) -> CommentRecord | None:
            require_article(connection, comment.guild_id, comment.article_id)
            advance_cursor(connection, comment)
            if _is_known(connection, comment.message_id):
                return None
            comment_id = _next_id(connection, comment.article_id)
            connection.execute(_INSERT, self._live_values(connection, comment, comment_id))
            insert_live_message(connection, comment, comment_id)
            return _get(connection, comment.guild_id, comment_id)

        return await self._engine.write(unit)

    async def edit_live(
        self, guild_id: GuildId, message_id: MessageId, *, markdown: str, text: str, at: datetime
    ) -> CommentRecord | None:
        """New text for a member's comment; the old one goes to its history.

        None when nothing changed: the same text, a message that is no comment, or text that was taken away.
        """

        def unit(connection: sqlite3.Connection) -> CommentRecord | None:
            comment_id = _find_editable(connection, guild_id, message_id)
            if comment_id is None:
                return None
            values = {"comment_id": comment_id, "markdown": markdown, "text": text, "at": from_instant(at)}
            kept = connection.execute(
                """
                INSERT INTO history (guild_id, comment_id, replaced_at, markdown, text)
                SELECT guild_id, id, :at, markdown, text FROM comments
                WHERE id = :comment_id AND (markdown <> :markdown OR text <> :text)
                """,
                values,
            )
            if not kept.rowcount:
                return None
            connection.execute(
                "UPDATE comments SET markdown = :markdown, text = :text, edited_at = :at WHERE id = :comment_id",
                values,
            )
            return _get(connection, guild_id, comment_id)

        return await self._engine.write(unit)

    async def delete_live(self, guild_id: GuildId, message_ids: Sequence[MessageId], *, at: datetime) -> int:
        """Members' comments whose messages were deleted: text, history and quotes go, the node stays.

        Returns how many comments lost their text now.
        """

        def unit(connection: sqlite3.Connection) -> int:
            values = {"guild_id": guild_id, "ids": json.dumps(message_ids), "at": from_instant(at)}
            connection.execute(
                """
                UPDATE messages SET state = 'gone'
                WHERE guild_id = :guild_id AND kind = 'live' AND message_id IN (SELECT value FROM json_each(:ids))
                """,
                values,
            )
            deleted = connection.execute(
                """
                UPDATE comments
                SET state = 'deleted', state_at = :at, markdown = '', text = '', attachments = '[]'
                WHERE state IN ('live', 'hidden') AND id IN (
                  SELECT comment_id FROM messages JOIN placements ON message_row = messages.id
                  WHERE messages.guild_id = :guild_id AND messages.kind = 'live'
                    AND message_id IN (SELECT value FROM json_each(:ids))
                )
                RETURNING id
                """,
                values,
            ).fetchall()
            _forget_copies(connection, [row["id"] for row in deleted])
            return len(deleted)

        return await self._engine.write(unit)

    async def last_in_thread(
        self, guild_id: GuildId, thread_id: ChannelId
    ) -> tuple[CommentRecord, MessageId] | None:
        """The newest comment that a member wrote in a thread and did not delete, with its message."""

        def query(connection: sqlite3.Connection) -> tuple[CommentRecord, MessageId] | None:
            row = connection.execute(
                """
                SELECT comment_id, message_id FROM messages JOIN placements ON message_row = messages.id
                WHERE channel_id = :thread_id AND messages.guild_id = :guild_id AND kind = 'live' AND state = 'sent'
                ORDER BY message_id DESC LIMIT 1
                """,
                {"guild_id": guild_id, "thread_id": thread_id},
            ).fetchone()
            return row and (_get(connection, guild_id, row["comment_id"]), MessageId(row["message_id"]))

        return await self._engine.read(query)

    def _live_values(
        self, connection: sqlite3.Connection, comment: LiveComment, comment_id: CommentId
    ) -> dict[str, Any]:
        return {
            "id": comment_id,
            "guild_id": comment.guild_id,
            "article_id": comment.article_id,
            "parent_id": comment.parent_id,
            "missing_parent": None,
            "depth": _depth_below(connection, comment),
            "ord": place_for_answer(connection, comment.article_id, comment.parent_id, gap=self._gap),
            "origin": Origin.DISCORD,
            "key": f"discord-{comment.message_id}",
            "kind": CommentKind.COMMENT,
            "speaker_id": name_member(connection, comment.guild_id, comment.member_id),
            "author_source": AuthorSource.HEADER,
            "author_guess": None,
            "evidence": None,
            "posted_at": from_moment(comment.posted_at),
            "posted_utc": from_instant(comment.posted_at),
            "edited_at": None,
            "markdown": comment.markdown,
            "text": comment.text,
            "score": None,
            "confidence": 1.0,
            "attachments": json.dumps(comment.attachments, ensure_ascii=False),
        }


def insert_comments(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    comments: Sequence[Comment],
    *,
    site: str,
) -> dict[str, CommentId]:
    """The comments of an import, numbered 1, 2, 3 … in their order; key -> id.

    They stand in tree order, so a parent that is not among those before it is missing. Raises RefusedError
    when there are more than one article can hold.
    """
    if len(comments) > MOST_COMMENTS:
        raise _full()
    speakers = name_speakers(
        connection, guild_id, site, (comment.author for comment in comments if comment.author)
    )
    ids: dict[str, CommentId] = {}
    depths: dict[str | None, int] = {}
    rows: list[dict[str, Any]] = []
    for number, comment in zip(count(1), comments, strict=False):
        parent_id = ids.get(comment.parent) if comment.parent is not None else None
        ids[comment.key] = _id_of(article_id, number)
        depths[comment.key] = 0 if parent_id is None else depths[comment.parent] + 1
        rows.append(
            {
                **comment.model_dump(
                    include={
                        "key",
                        "kind",
                        "author_source",
                        "author_guess",
                        "evidence",
                        "markdown",
                        "text",
                        "score",
                        "confidence",
                    }
                ),
                "id": ids[comment.key],
                "guild_id": guild_id,
                "article_id": article_id,
                "parent_id": parent_id,
                "missing_parent": comment.parent if parent_id is None else None,
                "ord": number * GAP,
                "depth": depths[comment.key],
                "origin": Origin.SOURCE,
                "speaker_id": speakers.get(comment.author) if comment.author else None,
                "posted_at": from_moment(comment.posted_at),
                "posted_utc": known_instant(comment.posted_at),
                "edited_at": from_moment(comment.edited_at),
                "attachments": "[]",
            }
        )
    connection.executemany(_INSERT, rows)
    return ids


def require_comment(
    connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId, comment_id: CommentId
) -> int:
    """The comment's depth. Raises NotFoundError when it isn't this guild's and this article's."""
    row = connection.execute(
        "SELECT depth FROM comments WHERE id = :id AND guild_id = :guild_id AND article_id = :article_id",
        {"id": comment_id, "guild_id": guild_id, "article_id": article_id},
    ).fetchone()
    return int(_found(row)["depth"])


def _get(connection: sqlite3.Connection, guild_id: GuildId, comment_id: CommentId) -> CommentRecord:
    row = connection.execute(
        _SELECT + "WHERE comments.id = :id AND comments.guild_id = :guild_id",
        {"id": comment_id, "guild_id": guild_id},
    ).fetchone()
    return _to_record(_found(row))


def _depth_below(connection: sqlite3.Connection, comment: LiveComment) -> int:
    if comment.parent_id is None:
        return 0
    return require_comment(connection, comment.guild_id, comment.article_id, comment.parent_id) + 1


def _is_known(connection: sqlite3.Connection, message_id: MessageId) -> bool:
    row = connection.execute("SELECT 1 FROM messages WHERE message_id = :id", {"id": message_id}).fetchone()
    return row is not None


def _find_editable(
    connection: sqlite3.Connection, guild_id: GuildId, message_id: MessageId
) -> CommentId | None:
    """The member's comment in a message, as long as its text is kept."""
    row = connection.execute(
        """
        SELECT comments.id FROM messages
        JOIN placements ON message_row = messages.id JOIN comments ON comments.id = comment_id
        WHERE message_id = :message_id AND messages.guild_id = :guild_id AND messages.kind = 'live'
          AND comments.state IN ('live', 'hidden')
        """,
        {"guild_id": guild_id, "message_id": message_id},
    ).fetchone()
    return row and CommentId(row["id"])


def _forget_copies(connection: sqlite3.Connection, comment_ids: Sequence[int]) -> None:
    """Where else the text of a comment stands: earlier versions, quotes, and cards that are not sent yet."""
    values = {"ids": json.dumps(comment_ids)}
    connection.execute("DELETE FROM history WHERE comment_id IN (SELECT value FROM json_each(:ids))", values)
    connection.execute(
        """
        UPDATE messages SET outgoing = NULL WHERE id IN (
          SELECT message_row FROM quotes WHERE comment_id IN (SELECT value FROM json_each(:ids))
        )
        """,
        values,
    )
    connection.execute("DELETE FROM quotes WHERE comment_id IN (SELECT value FROM json_each(:ids))", values)


def _next_id(connection: sqlite3.Connection, article_id: ArticleId) -> CommentId:
    (newest,) = connection.execute(
        "SELECT max(id) FROM comments WHERE id BETWEEN :first AND :last",
        {"first": _id_of(article_id, 1), "last": _id_of(article_id, MOST_COMMENTS)},
    ).fetchone()
    if newest == _id_of(article_id, MOST_COMMENTS):
        raise _full()
    return CommentId(newest + 1) if newest is not None else _id_of(article_id, 1)


def _id_of(article_id: ArticleId, number: int) -> CommentId:
    return CommentId(article_id << SEQUENCE_BITS | number)


def _full() -> RefusedError:
    return RefusedError(f"An article holds {MOST_COMMENTS:,} comments at most; nothing was added.")


def _found(row: Any) -> sqlite3.Row:
    if row is None:
        raise NotFoundError("There is no such comment here.")
    assert isinstance(row, sqlite3.Row)
    return row


def _to_record(row: sqlite3.Row) -> CommentRecord:
    return CommentRecord(
        id=CommentId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        parent_id=None if row["parent_id"] is None else CommentId(row["parent_id"]),
        number=row["id"] & MOST_COMMENTS,
        ord=row["ord"],
        depth=row["depth"],
        origin=Origin(row["origin"]),
        key=row["key"],
        kind=CommentKind(row["kind"]),
        speaker=Speaker(
            name=row["speaker_name"],
            member_id=row["member_id"],
            source=AuthorSource(row["author_source"]),
            guess=row["author_guess"],
        ),
        posted_at=to_moment(row["posted_at"]),
        edited_at=to_moment(row["edited_at"]),
        markdown=row["markdown"],
        text=row["text"],
        state=CommentState(row["state"]),
        confidence=row["confidence"],
        evidence=row["evidence"],
        score=row["score"],
        attachments=tuple(json.loads(row["attachments"])),
    )
