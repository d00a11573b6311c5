"""Settings of guilds, and whose words each site's are."""

import json
import sqlite3
from dataclasses import asdict
from datetime import datetime

from bot.domain.discussion import Rights
from bot.domain.outgoing import Layout
from bot.ports.records import GuildId, GuildSettings, UserId
from bot.ports.store import GuildStore
from storage.audit import Action, log_action
from storage.engine import Engine
from storage.values import digest_of, from_instant


class Guilds(GuildStore):
    """Tables guilds and sites."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get_settings(self, guild_id: GuildId) -> GuildSettings:
        """The guild's settings; the defaults where nothing was chosen."""

        def query(connection: sqlite3.Connection) -> GuildSettings:
            row = connection.execute(
                """
                SELECT guild_id, articles_channel, staff_channel, announce_channel, contact, layout, tags
                FROM guilds WHERE guild_id = :guild_id
                """,
                {"guild_id": guild_id},
            ).fetchone()
            if row is None:
                return GuildSettings(guild_id)
            chosen = {"layout": Layout(row["layout"]), "tags": tuple(json.loads(row["tags"]))}
            return GuildSettings(**{**row, **chosen})

        return await self._engine.read(query)

    async def save_settings(self, settings: GuildSettings, *, actor: UserId, at: datetime) -> None:
        """Replace the guild's settings and write it to the audit log."""
        values = {**asdict(settings), "tags": json.dumps(settings.tags)}

        def unit(connection: sqlite3.Connection) -> None:
            connection.execute(
                """
                INSERT INTO guilds (
                  guild_id, articles_channel, staff_channel, announce_channel, contact, layout, tags
                ) VALUES (
                  :guild_id, :articles_channel, :staff_channel, :announce_channel, :contact, :layout, :tags
                )
                ON CONFLICT (guild_id) DO UPDATE SET
                  articles_channel = excluded.articles_channel,
                  staff_channel = excluded.staff_channel,
                  announce_channel = excluded.announce_channel,
                  contact = excluded.contact,
                  layout = excluded.layout,
                  tags = excluded.tags
                """,
                values,
            )
            digest = digest_of(json.dumps(values, sort_keys=True))
            log_action(connection, settings.guild_id, Action.SETTINGS, actor=actor, at=at, digest=digest)

        await self._engine.write(unit)

    async def find_rights(self, guild_id: GuildId, site: str) -> Rights | None:
        """What was answered for this site before, if anything."""

        def query(connection: sqlite3.Connection) -> Rights | None:
            row = connection.execute(
                "SELECT rights FROM sites WHERE guild_id = :guild_id AND site = :site",
                {"guild_id": guild_id, "site": site},
            ).fetchone()
            return Rights(row["rights"]) if row else None

        return await self._engine.read(query)


def remember_rights(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    site: str,
    rights: Rights,
    *,
    actor: UserId,
    at: datetime,
) -> None:
    """What was answered for a site now; the last answer counts."""
    connection.execute(
        """
        INSERT INTO sites (guild_id, site, rights, decided_by, decided_at)
        VALUES (:guild_id, :site, :rights, :actor, :at)
        ON CONFLICT (guild_id, site) DO UPDATE SET
          rights = excluded.rights, decided_by = excluded.decided_by, decided_at = excluded.decided_at
        """,
        {"guild_id": guild_id, "site": site, "rights": rights, "actor": actor, "at": from_instant(at)},
    )
