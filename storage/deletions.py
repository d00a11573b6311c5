"""Messages of ours that somebody deleted in Discord, and the comments that count as hidden since."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.outgoing import MessageKind, PlannedMessage
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import (
    ArticleId,
    ChannelId,
    CommentId,
    Deletion,
    DeletionId,
    GuildId,
    ImportId,
    MessageId,
    UserId,
)
from bot.ports.store import DeletionStore
from storage.audit import Action, log_action
from storage.engine import Engine
from storage.message_rows import insert_plan
from storage.values import from_instant

#: Messages that show imported comments and stand.
_SHOWING = """
SELECT messages.id, article_id, kind, ordinal, import_id FROM messages
WHERE messages.guild_id = :guild_id AND state = 'sent' AND kind IN ('comment', 'page', 'unfolded')
  AND message_id IN (SELECT value FROM json_each(:ids))
ORDER BY messages.id
"""

#: Imported comments in these messages of which no whole is left: neither as they were posted, nor unfolded.
_LOST = """
SELECT id FROM comments
WHERE id IN (SELECT comment_id FROM placements WHERE message_row IN (SELECT value FROM json_each(:rows)))
  AND state = 'live' AND origin = 'source'
  AND NOT EXISTS (
    SELECT 1 FROM placements JOIN messages ON messages.id = message_row
    WHERE comment_id = comments.id AND kind IN ('comment', 'page', 'unfolded')
    GROUP BY kind = 'unfolded' HAVING min(messages.state <> 'gone') = 1
  )
ORDER BY ord
"""


class Deletions(DeletionStore):
    """Tables deletions and deleted_comments."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, guild_id: GuildId, deletion_id: DeletionId) -> Deletion:
        """Raises NotFoundError."""
        return await self._engine.read(lambda connection: _get(connection, guild_id, deletion_id))

    async def list_open(self, guild_id: GuildId, *, limit: int) -> list[Deletion]:
        """Those about which nobody has decided, newest first."""
        return await self._list(
            """
            SELECT id FROM deletions WHERE guild_id = :guild_id AND decided_by IS NULL
            ORDER BY id DESC LIMIT :limit
            """,
            guild_id,
            limit=limit,
        )

    async def list_unapplied(self, guild_id: GuildId) -> list[Deletion]:
        """Those after which something may still show what it should not, oldest first."""
        return await self._list(
            "SELECT id FROM deletions WHERE guild_id = :guild_id AND applied_at IS NULL ORDER BY id", guild_id
        )

    async def mark_applied(self, deletion_id: DeletionId, *, at: datetime) -> None:
        """Nothing shows any more what it should not."""
        values = {"id": deletion_id, "at": from_instant(at)}
        await self._execute("UPDATE deletions SET applied_at = :at WHERE id = :id", values)

    async def set_notice(self, deletion_id: DeletionId, channel_id: ChannelId, message_id: MessageId) -> None:
        """Where staff reads of it."""
        await self._execute(
            """
            UPDATE deletions SET notice_channel = :channel_id, notice_message = :message_id WHERE id = :id
            """,
            {"id": deletion_id, "channel_id": channel_id, "message_id": message_id},
        )

    async def leave_hidden(
        self, guild_id: GuildId, deletion_id: DeletionId, *, actor: UserId, at: datetime
    ) -> Deletion:
        """Somebody decided that they stay hidden. Raises NotFoundError."""

        def unit(connection: sqlite3.Connection) -> Deletion:
            deletion = _get(connection, guild_id, deletion_id)
            _decide(connection, deletion, Action.LEAVE_HIDDEN, actor=actor, at=at)
            return _get(connection, guild_id, deletion_id)

        return await self._engine.write(unit)

    async def put_back(
        self,
        guild_id: GuildId,
        deletion_id: DeletionId,
        comments: Sequence[CommentId],
        messages: Sequence[PlannedMessage],
        *,
        actor: UserId,
        at: datetime,
    ) -> Deletion:
        """Comments are LIVE again and their import is QUEUED, with these messages at its end: one transaction.

        Raises NotFoundError, and RefusedError when the import is taken back or was added to meanwhile.
        """

        def unit(connection: sqlite3.Connection) -> Deletion:
            deletion = _get(connection, guild_id, deletion_id)
            run = _run_of(connection, deletion.article_id)
            _add_messages(connection, deletion, run, messages)
            _show(connection, deletion, comments)
            connection.execute("UPDATE deletions SET applied_at = NULL WHERE id = :id", {"id": deletion_id})
            _decide(connection, deletion, Action.PUT_BACK, actor=actor, at=at)
            return _get(connection, guild_id, deletion_id)

        return await self._engine.write(unit)

    async def _list(self, statement: str, guild_id: GuildId, **values: object) -> list[Deletion]:
        def query(connection: sqlite3.Connection) -> list[Deletion]:
            rows = connection.execute(statement, {"guild_id": guild_id, **values}).fetchall()
            return [_get(connection, guild_id, DeletionId(row["id"])) for row in rows]

        return await self._engine.read(query)

    async def _execute(self, statement: str, values: Mapping[str, object]) -> None:
        def unit(connection: sqlite3.Connection) -> None:
            connection.execute(statement, values)

        await self._engine.write(unit)


def list_showing(
    connection: sqlite3.Connection, guild_id: GuildId, message_ids: Sequence[MessageId]
) -> list[sqlite3.Row]:
    """Those of the messages that show imported comments and stand."""
    return connection.execute(_SHOWING, {"guild_id": guild_id, "ids": json.dumps(message_ids)}).fetchall()


def note_deletion(
    connection: sqlite3.Connection, guild_id: GuildId, rows: Sequence[sqlite3.Row], *, at: datetime
) -> Deletion | None:
    """Hide the comments of messages (from `list_showing`, GONE by now) of which no whole is left anywhere.

    None where nothing is hidden by that: the article is taken back, or all still stand whole elsewhere.
    """
    if not rows:
        return None
    article_id = ArticleId(rows[0]["article_id"])
    run = _run_of(connection, article_id)
    if run["state"] in {"undoing", "undone"}:
        return None
    lost = connection.execute(_LOST, {"rows": json.dumps([row["id"] for row in rows])}).fetchall()
    if not lost:
        return None
    deletion_id = _insert(connection, guild_id, article_id, run["id"], _subject(connection, rows), at)
    _hide(connection, guild_id, deletion_id, [CommentId(row["id"]) for row in lost], at)
    return _get(connection, guild_id, deletion_id)


def _run_of(connection: sqlite3.Connection, article_id: ArticleId) -> sqlite3.Row:
    row = connection.execute(
        "SELECT id, state, nonce_key FROM imports WHERE article_id = :article_id ORDER BY id DESC LIMIT 1",
        {"article_id": article_id},
    ).fetchone()
    assert isinstance(row, sqlite3.Row)
    return row


def _subject(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> str:
    """What was deleted, as a sentence begins with it."""
    pages = [row for row in rows if row["kind"] == MessageKind.PAGE]
    if len(rows) > 1:
        return f"{len(rows)} {'pages' if len(pages) == len(rows) else 'messages'}"
    if not pages:
        return "A message"
    (number,) = connection.execute(
        """
        SELECT count(*) FROM messages
        WHERE import_id = :import_id AND kind = 'page' AND ordinal <= :ordinal
        """,
        {"import_id": pages[0]["import_id"], "ordinal": pages[0]["ordinal"]},
    ).fetchone()
    return f"Page {number}"


def _insert(  # noqa: PLR0917 - a row
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    import_id: ImportId,
    subject: str,
    at: datetime,
) -> DeletionId:
    (deletion_id,) = connection.execute(
        """
        INSERT INTO deletions (guild_id, article_id, import_id, subject, noted_at)
        VALUES (:guild_id, :article_id, :import_id, :subject, :at)
        RETURNING id
        """,
        {
            "guild_id": guild_id,
            "article_id": article_id,
            "import_id": import_id,
            "subject": subject,
            "at": from_instant(at),
        },
    ).fetchone()
    return DeletionId(deletion_id)


def _hide(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    deletion_id: DeletionId,
    comments: Sequence[CommentId],
    at: datetime,
) -> None:
    connection.executemany(
        "UPDATE comments SET state = 'hidden', state_at = :at WHERE id = :id",
        ({"id": comment_id, "at": from_instant(at)} for comment_id in comments),
    )
    # What is not posted yet of a comment that is longer than a message stays unposted.
    connection.execute(
        """
        DELETE FROM messages WHERE state = 'planned' AND kind = 'comment' AND id IN (
          SELECT message_row FROM placements WHERE comment_id IN (SELECT value FROM json_each(:ids))
        )
        """,
        {"ids": json.dumps(comments)},
    )
    connection.executemany(
        """
        INSERT INTO deleted_comments (comment_id, deletion_id, guild_id)
        VALUES (:id, :deletion_id, :guild_id)
        """,
        ({"id": comment_id, "deletion_id": deletion_id, "guild_id": guild_id} for comment_id in comments),
    )


def _add_messages(
    connection: sqlite3.Connection, deletion: Deletion, run: sqlite3.Row, messages: Sequence[PlannedMessage]
) -> None:
    """Put messages at the end of a run's plan, and let it be sent."""
    if run["state"] in {"undoing", "undone"}:
        raise RefusedError("**Nothing was put back.** This article is being taken back.")
    (end,) = connection.execute(
        "SELECT max(ordinal) FROM messages WHERE import_id = :id", {"id": run["id"]}
    ).fetchone()
    if messages and messages[0].ordinal != end + 1:
        raise RefusedError(
            "**Nothing was put back.** Somebody put other comments back at the same moment.",
            next_step="press the button again",
        )
    keys = [key for message in messages for key, _ in message.placements]
    found = connection.execute(
        """
        SELECT key, id FROM comments
        WHERE article_id = :article_id AND key IN (SELECT value FROM json_each(:keys))
        """,
        {"article_id": deletion.article_id, "keys": json.dumps(keys)},
    )
    insert_plan(
        connection,
        deletion.guild_id,
        deletion.article_id,
        ImportId(run["id"]),
        nonce_key=int(run["nonce_key"], 36),
        messages=messages,
        comment_ids={row["key"]: CommentId(row["id"]) for row in found},
    )
    connection.execute(
        """
        UPDATE imports
        SET total = total + :added, state = CASE state WHEN 'done' THEN 'queued' ELSE state END, finished_at = NULL
        WHERE id = :id
        """,
        {"id": run["id"], "added": len(messages)},
    )


def _show(connection: sqlite3.Connection, deletion: Deletion, comments: Sequence[CommentId]) -> None:
    """Comments of a deletion are LIVE again; where they stood before they are not looked for any more."""
    ids = json.dumps([comment_id for comment_id in comments if comment_id in deletion.hidden])
    connection.execute(
        """
        UPDATE comments SET state = 'live', state_at = NULL
        WHERE state = 'hidden' AND id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": ids},
    )
    connection.execute(
        """
        DELETE FROM placements
        WHERE comment_id IN (SELECT value FROM json_each(:ids))
          AND (SELECT state FROM messages WHERE id = message_row) = 'gone'
        """,
        {"ids": ids},
    )


def _decide(
    connection: sqlite3.Connection, deletion: Deletion, action: Action, *, actor: UserId, at: datetime
) -> None:
    connection.execute(
        "UPDATE deletions SET decided_by = :actor WHERE id = :id", {"id": deletion.id, "actor": actor}
    )
    log_action(connection, deletion.guild_id, action, actor=actor, at=at, article_id=deletion.article_id)


def _get(connection: sqlite3.Connection, guild_id: GuildId, deletion_id: DeletionId) -> Deletion:
    values = {"id": deletion_id, "guild_id": guild_id}
    row = connection.execute(
        "SELECT * FROM deletions WHERE id = :id AND guild_id = :guild_id", values
    ).fetchone()
    if row is None:
        raise NotFoundError("There is no such notice here any more.")
    comments = connection.execute(
        """
        SELECT comments.id, state FROM deleted_comments JOIN comments ON comments.id = comment_id
        WHERE deletion_id = :id ORDER BY ord
        """,
        values,
    ).fetchall()
    return Deletion(
        id=deletion_id,
        guild_id=guild_id,
        article_id=ArticleId(row["article_id"]),
        import_id=ImportId(row["import_id"]),
        subject=row["subject"],
        hidden=tuple(CommentId(found["id"]) for found in comments if found["state"] == "hidden"),
        put_back=tuple(CommentId(found["id"]) for found in comments if found["state"] == "live"),
        applied=row["applied_at"] is not None,
        decided_by=None if row["decided_by"] is None else UserId(row["decided_by"]),
        notice_channel=None if row["notice_channel"] is None else ChannelId(row["notice_channel"]),
        notice_message=None if row["notice_message"] is None else MessageId(row["notice_message"]),
    )
