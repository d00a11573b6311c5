"""The audit log: who did what when, by ids and hashes. It holds no text and outlives what it tells of."""

import sqlite3
from datetime import datetime
from enum import StrEnum

from bot.domain.discussion import Rights
from bot.ports.records import ArticleId, GuildId, UserId
from storage.values import from_instant


class Action(StrEnum):
    """What is logged."""

    SETTINGS = "settings"
    IMPORT = "import"
    UNDO = "undo"
    LEAVE_HIDDEN = "leave_hidden"
    PUT_BACK = "put_back"


def log_action(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    action: Action,
    *,
    actor: UserId,
    at: datetime,
    article_id: ArticleId | None = None,
    rights: Rights | None = None,
    digest: str | None = None,
) -> None:
    """Add an entry in the transaction of what it tells of. ``digest`` is the SHA-256 of what it was about."""
    connection.execute(
        """
        INSERT INTO audit (guild_id, at, actor, action, article_id, rights, digest)
        VALUES (:guild_id, :at, :actor, :action, :article_id, :rights, :digest)
        """,
        {
            "guild_id": guild_id,
            "at": from_instant(at),
            "actor": actor,
            "action": action,
            "article_id": article_id,
            "rights": rights,
            "digest": digest,
        },
    )
