"""Which comment a member's message answers, from the map of messages and comments."""

import sqlite3

from bot.domain.matching import Candidate, match
from bot.ports.records import SEQUENCE_BITS, CommentId, LiveComment
from storage.values import from_instant


def find_parent(
    connection: sqlite3.Connection, comment: LiveComment
) -> tuple[CommentId | None, tuple[CommentId, ...]]:
    """The parent by the rules of `LiveComment`, and the comments to choose from where a page's is not clear."""
    if comment.parent_id is not None:
        return comment.parent_id, ()
    if comment.reply_to is not None:
        return _answered(connection, comment)
    return _continued(connection, comment), ()


def _answered(
    connection: sqlite3.Connection, comment: LiveComment
) -> tuple[CommentId | None, tuple[CommentId, ...]]:
    """The comment that the message carries; the card, the contents and the end card carry none."""
    carried = connection.execute(
        """
        SELECT DISTINCT comment_id FROM messages JOIN placements ON message_row = messages.id
        WHERE message_id = :message_id AND messages.guild_id = :guild_id AND article_id = :article_id
        ORDER BY comment_id
        """,
        {
            "message_id": comment.reply_to,
            "guild_id": comment.guild_id,
            "article_id": comment.article_id,
        },
    ).fetchall()
    if len(carried) <= 1:
        return (CommentId(carried[0]["comment_id"]) if carried else None), ()
    return _meant(connection, comment, [CommentId(row["comment_id"]) for row in carried])


def _meant(
    connection: sqlite3.Connection, comment: LiveComment, carried: list[CommentId]
) -> tuple[CommentId, tuple[CommentId, ...]]:
    """One of the comments of a page, by the words of the answer."""
    marks = ", ".join("?" * len(carried))
    rows = connection.execute(
        f"""
        SELECT comments.id, parent_id, name, text FROM comments LEFT JOIN speakers ON speakers.id = speaker_id
        WHERE comments.id IN ({marks}) ORDER BY ord
        """,  # noqa: S608 - nothing but question marks
        carried,
    ).fetchall()
    number = (1 << SEQUENCE_BITS) - 1
    found = match(comment.text, [Candidate(row["id"] & number, row["name"], row["text"]) for row in rows])
    if found.clear:
        return CommentId(rows[found.index]["id"]), ()
    on_page = {row["id"] for row in rows}
    first_root = next(row["id"] for row in rows if row["parent_id"] not in on_page)
    return CommentId(first_root), tuple(CommentId(row["id"]) for row in rows)


def _continued(connection: sqlite3.Connection, comment: LiveComment) -> CommentId | None:
    """The member's own comment just before, when nobody came between and it is young enough."""
    if comment.continues_within is None:
        return None
    last = connection.execute(
        """
        SELECT comment_id, member_id, posted_utc FROM messages
        JOIN placements ON message_row = messages.id
        JOIN comments ON comments.id = comment_id JOIN speakers ON speakers.id = speaker_id
        WHERE channel_id = :thread_id AND messages.kind = 'live' AND messages.state = 'sent'
          AND message_id < :message_id
        ORDER BY message_id DESC LIMIT 1
        """,
        {"thread_id": comment.thread_id, "message_id": comment.message_id},
    ).fetchone()
    if last is None or last["member_id"] != comment.member_id:
        return None
    oldest = from_instant(comment.posted_at - comment.continues_within)
    return CommentId(last["comment_id"]) if last["posted_utc"] >= oldest else None
