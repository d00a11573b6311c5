"""Who writes: names from the web and members of the guild, never mixed up with each other."""

import sqlite3
from collections.abc import Iterable

from bot.ports.records import GuildId, UserId


def name_speakers(
    connection: sqlite3.Connection, guild_id: GuildId, site: str, names: Iterable[str]
) -> dict[str, int]:
    """Names of a site -> rows of speakers, made where they are new. ``site`` is '' where it isn't known."""
    return {
        name: _row_of(
            connection,
            """
            INSERT INTO speakers (guild_id, site, name) VALUES (:guild_id, :site, :name)
            ON CONFLICT (guild_id, site, name) DO UPDATE SET name = excluded.name
            RETURNING id
            """,
            {"guild_id": guild_id, "site": site, "name": name},
        )
        for name in dict.fromkeys(names)
    }


def name_member(connection: sqlite3.Connection, guild_id: GuildId, member_id: UserId) -> int:
    """The row of a member, made where it is new."""
    known = connection.execute(
        "SELECT id FROM speakers WHERE guild_id = :guild_id AND member_id = :member_id",
        {"guild_id": guild_id, "member_id": member_id},
    ).fetchone()
    # Nearly every message is by somebody who has written before: no write for them.
    return (
        int(known["id"])
        if known is not None
        else _row_of(
            connection,
            """
        INSERT INTO speakers (guild_id, member_id) VALUES (:guild_id, :member_id)
        ON CONFLICT (guild_id, member_id) DO UPDATE SET member_id = excluded.member_id
        RETURNING id
        """,
            {"guild_id": guild_id, "member_id": member_id},
        )
    )


def forget_silent_speakers(connection: sqlite3.Connection, guild_id: GuildId) -> None:
    """Names go with the last comment under them."""
    connection.execute(
        """
        DELETE FROM speakers
        WHERE guild_id = :guild_id AND NOT EXISTS (SELECT 1 FROM comments WHERE speaker_id = speakers.id)
        """,
        {"guild_id": guild_id},
    )


def _row_of(connection: sqlite3.Connection, sql: str, values: dict[str, object]) -> int:
    (row,) = connection.execute(sql, values).fetchone()
    return int(row)
