"""An import that is taken back: what goes with it, and what members wrote, which stays."""

import sqlite3
from datetime import datetime

from bot.ports.records import ArticleId, GuildId, ImportId, UndoScope, UserId
from storage.articles import get_body_digest
from storage.audit import Action, log_action
from storage.speakers import forget_silent_speakers
from storage.threads import untrack
from storage.values import from_instant


def begin(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    import_id: ImportId,
    *,
    scope: UndoScope,
    actor: UserId,
    at: datetime,
) -> None:
    """Move a run to UNDOING; one that is UNDONE stays."""
    moved = connection.execute(
        """
        UPDATE imports SET state = 'undoing', reason = NULL, undo = :scope, undone_by = :actor
        WHERE id = :import_id AND state <> 'undone'
        """,
        {"import_id": import_id, "scope": scope, "actor": actor},
    )
    if moved.rowcount:
        log_action(
            connection,
            guild_id,
            Action.UNDO,
            actor=actor,
            at=at,
            article_id=article_id,
            digest=get_body_digest(connection, guild_id, article_id),
        )


def finish(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    import_id: ImportId,
    *,
    scope: UndoScope,
    at: datetime,
) -> None:
    """Move a run to UNDONE and forget what it brought."""
    values = {"article_id": article_id, "import_id": import_id, "scope": scope, "at": from_instant(at)}
    connection.execute(
        """
        UPDATE imports SET state = 'undone', reason = NULL, finished_at = :at, undo = :scope
        WHERE id = :import_id
        """,
        values,
    )
    connection.execute(
        "UPDATE articles SET undone_at = :at, byline = NULL, lede = NULL WHERE id = :article_id", values
    )
    # Quotes go with their cards: ON DELETE CASCADE.
    connection.execute("DELETE FROM messages WHERE article_id = :article_id AND kind <> 'live'", values)
    connection.execute("DELETE FROM blocks WHERE article_id = :article_id", values)
    connection.execute("DELETE FROM pull_quotes WHERE article_id = :article_id", values)
    connection.execute("DELETE FROM deletions WHERE article_id = :article_id", values)
    connection.execute("DELETE FROM report WHERE import_id = :import_id", values)
    connection.execute(
        """
        UPDATE comments
        SET state = 'removed', state_at = :at, markdown = '', text = '', speaker_id = NULL,
          author_source = 'unknown', author_guess = NULL, evidence = NULL
        WHERE article_id = :article_id AND origin = 'source'
        """,
        values,
    )
    prune(connection, guild_id, article_id)


def prune(connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId) -> None:
    """Of an article that was taken back only members' words are kept, and the places above them."""
    values = {"article_id": article_id}
    connection.execute(
        """
        WITH RECURSIVE kept (id, parent_id) AS (
          SELECT id, parent_id FROM comments
          WHERE article_id = :article_id AND origin = 'discord' AND state IN ('live', 'hidden')
          UNION
          SELECT comments.id, comments.parent_id FROM kept JOIN comments ON comments.id = kept.parent_id
        )
        DELETE FROM comments WHERE article_id = :article_id AND id NOT IN (SELECT id FROM kept)
        """,
        values,
    )
    forget_silent_speakers(connection, guild_id)
    if connection.execute("SELECT 1 FROM comments WHERE article_id = :article_id", values).fetchone() is None:
        untrack(connection, article_id)
        connection.execute("DELETE FROM messages WHERE article_id = :article_id", values)
