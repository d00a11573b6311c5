"""What members write in our threads, as comments."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from bot.domain.discussion import AuthorSource, CommentKind, Origin
from bot.ports.records import (
    SEQUENCE_BITS,
    ArticleId,
    Attached,
    ChannelId,
    CommentId,
    CommentRecord,
    GuildId,
    LiveComment,
    MessageId,
)
from storage.answering import find_parent
from storage.comment_rows import INSERT, get_comment, next_id, require_comment
from storage.message_rows import insert_live_message
from storage.ordering import place_for_answer
from storage.speakers import name_member
from storage.threads import advance_cursor
from storage.undoing import prune
from storage.values import from_instant
from storage.votes import forget_votes


def attach(connection: sqlite3.Connection, comment: LiveComment, *, gap: int) -> Attached | None:
    """Add a member's message to the tree; None when it is known already, or is none of the article's.

    Raises NotFoundError when article, thread or parent isn't this guild's, RefusedError when the article is full.
    """
    advance_cursor(connection, comment)
    if _is_known(connection, comment.message_id):
        return None
    if comment.only_answers and not _is_answer(connection, comment):
        return None
    comment_id = next_id(connection, comment.article_id)
    parent_id, choices = find_parent(connection, comment)
    connection.execute(INSERT, _values(connection, comment, comment_id, parent_id, gap))
    insert_live_message(connection, comment, comment_id)
    return Attached(comment_id, parent_id, choices)


def _is_answer(connection: sqlite3.Connection, comment: LiveComment) -> bool:
    row = connection.execute(
        "SELECT 1 FROM messages WHERE message_id = :message_id AND article_id = :article_id",
        {"message_id": comment.reply_to, "article_id": comment.article_id},
    ).fetchone()
    return row is not None


def edit(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    message_id: MessageId,
    *,
    markdown: str,
    text: str,
    at: datetime,
) -> CommentRecord | None:
    """Give a member's comment new text and keep the old one; None when there is nothing to change.

    ``at`` is when the member edited it: what is older than the stored text changes nothing.
    """
    comment_id = _find_editable(connection, guild_id, message_id)
    if comment_id is None:
        return None
    values = {"comment_id": comment_id, "markdown": markdown, "text": text, "at": from_instant(at)}
    kept = connection.execute(
        """
        INSERT INTO history (guild_id, comment_id, replaced_at, markdown, text)
        SELECT guild_id, id, :at, markdown, text FROM comments
        WHERE id = :comment_id AND (markdown <> :markdown OR text <> :text)
          AND (edited_at IS NULL OR edited_at <= :at)
        """,
        values,
    )
    if not kept.rowcount:
        return None
    connection.execute(
        "UPDATE comments SET markdown = :markdown, text = :text, edited_at = :at WHERE id = :comment_id",
        values,
    )
    return get_comment(connection, guild_id, comment_id)


def delete(
    connection: sqlite3.Connection, guild_id: GuildId, message_ids: Sequence[MessageId], *, at: datetime
) -> int:
    """Messages are gone from Discord; members' comments lose their text, wherever it stands. Returns how many did."""
    values = {"guild_id": guild_id, "ids": json.dumps(message_ids), "at": from_instant(at)}
    connection.execute(
        """
        UPDATE messages SET state = 'gone'
        WHERE guild_id = :guild_id AND message_id IN (SELECT value FROM json_each(:ids))
        """,
        values,
    )
    forget_votes(connection, guild_id, message_ids)
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
    comment_ids = [int(row["id"]) for row in deleted]
    _forget_copies(connection, comment_ids)
    _prune_undone(connection, guild_id, {comment_id >> SEQUENCE_BITS for comment_id in comment_ids})
    return len(deleted)


def _prune_undone(connection: sqlite3.Connection, guild_id: GuildId, article_ids: Collection[int]) -> None:
    """Of an article that was taken back no place is kept for words that are gone."""
    rows = connection.execute(
        """
        SELECT id FROM articles
        WHERE id IN (SELECT value FROM json_each(:ids)) AND undone_at IS NOT NULL
        """,
        {"ids": json.dumps(list(article_ids))},
    ).fetchall()
    for row in rows:
        prune(connection, guild_id, ArticleId(row["id"]))


def lose_thread(
    connection: sqlite3.Connection, guild_id: GuildId, thread_id: ChannelId, *, at: datetime
) -> int:
    """A thread was deleted in Discord with every message in it; returns how many comments lost their text."""
    values = {"guild_id": guild_id, "thread_id": thread_id}
    connection.execute(
        "UPDATE threads SET state = 'gone' WHERE thread_id = :thread_id AND guild_id = :guild_id", values
    )
    rows = connection.execute(
        """
        SELECT message_id FROM messages
        WHERE article_id = (SELECT article_id FROM threads WHERE thread_id = :thread_id)
          AND channel_id = :thread_id AND guild_id = :guild_id AND state = 'sent'
        """,
        values,
    ).fetchall()
    return delete(connection, guild_id, [MessageId(row["message_id"]) for row in rows], at=at)


def _values(
    connection: sqlite3.Connection,
    comment: LiveComment,
    comment_id: CommentId,
    parent_id: CommentId | None,
    gap: int,
) -> dict[str, Any]:
    return {
        "id": comment_id,
        "guild_id": comment.guild_id,
        "article_id": comment.article_id,
        "parent_id": parent_id,
        "missing_parent": None,
        "depth": _depth_below(connection, comment, parent_id),
        "ord": place_for_answer(connection, comment.article_id, parent_id, gap=gap),
        "origin": Origin.DISCORD,
        "key": f"discord-{comment.message_id}",
        "kind": CommentKind.COMMENT,
        "speaker_id": name_member(connection, comment.guild_id, comment.member_id),
        "author_source": AuthorSource.HEADER,
        "author_guess": None,
        "evidence": None,
        "posted_at": from_instant(comment.posted_at),
        "posted_utc": from_instant(comment.posted_at),
        "edited_at": None,
        "markdown": comment.markdown,
        "text": comment.text,
        "score": None,
        "confidence": 1.0,
        "attachments": json.dumps(comment.attachments, ensure_ascii=False),
    }


def _depth_below(connection: sqlite3.Connection, comment: LiveComment, parent_id: CommentId | None) -> int:
    if parent_id is None:
        return 0
    return require_comment(connection, comment.guild_id, comment.article_id, parent_id) + 1


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
