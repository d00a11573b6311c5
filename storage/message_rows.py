"""Rows of messages, and what stands in them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.outgoing import MessageKind, Outgoing, PlannedMessage
from bot.errors import NotFoundError
from bot.ports.records import (
    ArticleId,
    ChannelId,
    CommentId,
    GuildId,
    ImportId,
    LiveComment,
    MessageId,
    MessageRecord,
    MessageState,
    NewQuote,
    NewUnfolding,
    RowId,
)
from storage.nonces import nonce

_INSERT = """
INSERT INTO messages (
  guild_id, article_id, import_id, channel_id, message_id, nonce, ordinal, kind, state, digest, outgoing, reply_to
) VALUES (
  :guild_id, :article_id, :import_id, :channel_id, :message_id, :nonce, :ordinal, :kind, :state, :digest,
  :outgoing, :reply_to
)
RETURNING id
"""

SELECT = "SELECT * FROM messages "


def insert_plan(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    import_id: ImportId,
    *,
    nonce_key: int,
    messages: Sequence[PlannedMessage],
    comment_ids: Mapping[str, CommentId],
) -> None:
    """Messages of a plan as PLANNED, with what stands in them."""
    for message in messages:
        row = _insert(
            connection,
            guild_id=guild_id,
            article_id=article_id,
            kind=message.kind,
            state=MessageState.PLANNED,
            import_id=import_id,
            nonce=nonce(nonce_key, message.ordinal),
            ordinal=message.ordinal,
            outgoing=message.outgoing,
            reply_to=message.reply_to,
        )
        for key, part in message.placements:
            _place(connection, guild_id, comment_ids[key], row, part=part)


def insert_live_message(connection: sqlite3.Connection, comment: LiveComment, comment_id: CommentId) -> None:
    """A member's message, which carries the comment that it became."""
    row = _insert(
        connection,
        guild_id=comment.guild_id,
        article_id=comment.article_id,
        kind=MessageKind.LIVE,
        state=MessageState.SENT,
        channel_id=comment.thread_id,
        message_id=comment.message_id,
    )
    _place(connection, comment.guild_id, comment_id, row, part=0)


def insert_card(connection: sqlite3.Connection, new: NewQuote) -> MessageRecord:
    """The card of a quote as PENDING; what it quotes stands in it."""
    row = _insert(
        connection,
        guild_id=new.guild_id,
        article_id=new.article_id,
        kind=MessageKind.QUOTE,
        state=MessageState.PENDING,
        channel_id=new.channel_id,
        nonce=new.nonce,
        outgoing=new.outgoing,
    )
    if new.comment_id is not None:
        _place(connection, new.guild_id, new.comment_id, row, part=0)
    return get_message(connection, row)


def insert_unfolding(connection: sqlite3.Connection, new: NewUnfolding) -> None:
    """Every part as PLANNED; its ordinal is its number."""
    for part, (outgoing, own_nonce) in enumerate(new.parts):
        row = _insert(
            connection,
            guild_id=new.guild_id,
            article_id=new.article_id,
            kind=MessageKind.UNFOLDED,
            state=MessageState.PLANNED,
            channel_id=new.channel_id,
            nonce=own_nonce,
            ordinal=part,
            outgoing=outgoing,
        )
        _place(connection, new.guild_id, new.comment_id, row, part=part)


def mark_gone(connection: sqlite3.Connection, guild_id: GuildId, message_ids: Sequence[MessageId]) -> None:
    """Messages are deleted in Discord."""
    connection.execute(
        """
        UPDATE messages SET state = 'gone'
        WHERE guild_id = :guild_id AND message_id IN (SELECT value FROM json_each(:ids))
        """,
        {"guild_id": guild_id, "ids": json.dumps(message_ids)},
    )


def get_message(connection: sqlite3.Connection, row: RowId) -> MessageRecord:
    """Raises NotFoundError."""
    found = connection.execute(SELECT + "WHERE id = :row", {"row": row}).fetchone()
    if found is None:
        raise NotFoundError("This message is not planned any more: its article was removed.")
    return to_record(found)


def to_record(row: sqlite3.Row) -> MessageRecord:
    """A row of SELECT as the services see it."""
    return MessageRecord(
        id=RowId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        import_id=None if row["import_id"] is None else ImportId(row["import_id"]),
        channel_id=None if row["channel_id"] is None else ChannelId(row["channel_id"]),
        message_id=None if row["message_id"] is None else MessageId(row["message_id"]),
        nonce=row["nonce"],
        ordinal=row["ordinal"],
        kind=MessageKind(row["kind"]),
        state=MessageState(row["state"]),
        digest=row["digest"],
        outgoing=None if row["outgoing"] is None else Outgoing.model_validate_json(row["outgoing"]),
        reply_to=row["reply_to"],
    )


def _insert(
    connection: sqlite3.Connection,
    *,
    guild_id: GuildId,
    article_id: ArticleId,
    kind: MessageKind,
    state: MessageState,
    outgoing: Outgoing | None = None,
    **values: Any,
) -> RowId:
    optional = dict.fromkeys(("import_id", "channel_id", "message_id", "nonce", "ordinal", "reply_to"))
    (row,) = connection.execute(
        _INSERT,
        {
            **optional,
            **values,
            "guild_id": guild_id,
            "article_id": article_id,
            "kind": kind,
            "state": state,
            "digest": outgoing and outgoing.digest,
            "outgoing": outgoing and outgoing.model_dump_json(),
        },
    ).fetchone()
    return RowId(row)


def _place(
    connection: sqlite3.Connection, guild_id: GuildId, comment_id: CommentId, row: RowId, *, part: int
) -> None:
    connection.execute(
        """
        INSERT INTO placements (guild_id, comment_id, part, message_row)
        VALUES (:guild_id, :comment_id, :part, :row)
        """,
        {"guild_id": guild_id, "comment_id": comment_id, "part": part, "row": row},
    )
