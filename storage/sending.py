"""The journal of an import while it is sent: one message confirmed and the next one marked, in one transaction."""

import sqlite3
from collections.abc import Mapping

from bot.domain.outgoing import MessageKind, Outgoing
from bot.errors import StorageError
from bot.ports.records import (
    Address,
    ChannelId,
    ImportId,
    MessageId,
    MessageState,
    NextMessage,
    Progress,
    RowId,
)
from bot.ports.store import Bind
from storage.message_rows import get_message

_UNSENT = """
SELECT * FROM messages
WHERE import_id = :import_id AND state IN ('planned', 'pending')
ORDER BY ordinal LIMIT 1
"""


def confirm(
    connection: sqlite3.Connection, row: RowId, message_id: MessageId, *, channel_id: ChannelId | None = None
) -> None:
    """A message is SENT: its text is dropped, its digest stays. Idempotent for the same id.

    Raises NotFoundError for a row that is gone, StorageError when row or id belongs to another message.
    """
    record = get_message(connection, row)
    if record.message_id == message_id:
        return
    taken = connection.execute("SELECT 1 FROM messages WHERE message_id = :id", {"id": message_id}).fetchone()
    if record.message_id is not None or taken is not None:
        raise StorageError(f"Message {row} can't be the message {message_id} in Discord; nothing was saved.")
    connection.execute(
        """
        UPDATE messages
        SET state = 'sent', message_id = :message_id, channel_id = coalesce(:channel_id, channel_id),
          outgoing = NULL
        WHERE id = :row
        """,
        {"row": row, "message_id": message_id, "channel_id": channel_id},
    )


def take_next(
    connection: sqlite3.Connection, import_id: ImportId, *, channel_id: ChannelId, bind: Bind
) -> NextMessage | None:
    """The first message of a run that is not sent, marked PENDING with its final text."""
    row = connection.execute(_UNSENT, {"import_id": import_id}).fetchone()
    if row is None:
        return None
    stored = Outgoing.model_validate_json(row["outgoing"])
    linked = stored.linked
    outgoing = bind(stored, _addresses(connection, import_id, linked)) if linked else stored
    connection.execute(
        """
        UPDATE messages SET state = 'pending', channel_id = :channel_id, digest = :digest, outgoing = :outgoing
        WHERE id = :row
        """,
        {
            "row": row["id"],
            "channel_id": channel_id,
            "digest": outgoing.digest,
            "outgoing": outgoing.model_dump_json() if linked else row["outgoing"],
        },
    )
    return _to_next(connection, row, outgoing)


def find_in_doubt(connection: sqlite3.Connection, import_id: ImportId) -> NextMessage | None:
    """The message of a run that may have been sent, if there is one."""
    row = connection.execute(_UNSENT, {"import_id": import_id}).fetchone()
    if row is None or row["state"] != MessageState.PENDING:
        return None
    return _to_next(connection, row, Outgoing.model_validate_json(row["outgoing"]))


def progress(connection: sqlite3.Connection, import_id: ImportId) -> Progress:
    """How far a run is."""
    row = connection.execute(
        """
        SELECT
          (SELECT count(DISTINCT comment_id) FROM placements JOIN messages ON messages.id = message_row
           WHERE import_id = :import_id AND state IN ('sent', 'gone')) AS placed,
          (SELECT count(DISTINCT comment_id) FROM placements JOIN messages ON messages.id = message_row
           WHERE import_id = :import_id) AS comments,
          (SELECT count(*) FROM messages WHERE import_id = :import_id AND state IN ('sent', 'gone')) AS sent,
          (SELECT count(*) FROM messages WHERE import_id = :import_id) AS total
        """,
        {"import_id": import_id},
    ).fetchone()
    return Progress(placed=row["placed"], comments=row["comments"], sent=row["sent"], total=row["total"])


def _to_next(connection: sqlite3.Connection, row: sqlite3.Row, outgoing: Outgoing) -> NextMessage:
    ordinal, import_id = row["ordinal"], row["import_id"]
    around = connection.execute(
        """
        SELECT ordinal, message_id, state FROM messages
        WHERE import_id = :import_id AND ordinal IN (:before, :answered) AND message_id IS NOT NULL
        """,
        {"import_id": import_id, "before": ordinal - 1, "answered": row["reply_to"]},
    ).fetchall()
    known = {found["ordinal"]: found for found in around}
    before, answered = known.get(ordinal - 1), known.get(row["reply_to"])
    return NextMessage(
        row=RowId(row["id"]),
        ordinal=ordinal,
        kind=MessageKind(row["kind"]),
        nonce=row["nonce"],
        channel_id=row["channel_id"] and ChannelId(row["channel_id"]),
        outgoing=outgoing,
        reply_to=None
        if answered is None or answered["state"] != MessageState.SENT
        else MessageId(answered["message_id"]),
        after=None if before is None else MessageId(before["message_id"]),
        in_doubt=row["state"] == MessageState.PENDING,
    )


def _addresses(
    connection: sqlite3.Connection, import_id: ImportId, ordinals: tuple[int, ...]
) -> Mapping[int, Address]:
    """Where messages of a run stand, by ordinal; those that are deleted stand nowhere."""
    found = connection.execute(
        f"""
        SELECT ordinal, channel_id, message_id FROM messages
        WHERE import_id = ? AND state = 'sent' AND ordinal IN ({", ".join("?" * len(ordinals))})
        """,  # noqa: S608 - question marks
        (import_id, *ordinals),
    )
    return {row["ordinal"]: (ChannelId(row["channel_id"]), MessageId(row["message_id"])) for row in found}
