from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.discussion import Rights
from bot.domain.outgoing import Layout
from bot.ports.records import GuildSettings
from storage.database import Database
from tests.discussions import FERRY, comment
from tests.storage.rows import select
from tests.storage.world import AWAY, FORUM, HOME, LOUNGE, MIRA, NOW, new_import

pytestmark = pytest.mark.asyncio


async def test_a_guild_starts_with_defaults(database: Database) -> None:
    assert await database.guilds.get_settings(HOME) == GuildSettings(HOME)


async def test_settings_are_replaced_as_a_whole(database: Database) -> None:
    first = GuildSettings(HOME, FORUM, LOUNGE, LOUNGE, "mira@harbour.example", Layout.CARDS, (5, 6))
    await database.guilds.save_settings(first, actor=MIRA, at=NOW)
    assert await database.guilds.get_settings(HOME) == first
    second = GuildSettings(HOME, staff_channel=FORUM)
    await database.guilds.save_settings(second, actor=MIRA, at=NOW)
    assert await database.guilds.get_settings(HOME) == second
    assert await database.guilds.get_settings(AWAY) == GuildSettings(AWAY)


async def test_the_audit_log_knows_who_chose_but_not_what(database: Database, path: Path) -> None:
    await database.guilds.save_settings(
        GuildSettings(HOME, contact="mira@harbour.example"), actor=MIRA, at=NOW
    )
    ((guild_id, at, actor, action, digest),) = select(
        path, "SELECT guild_id, at, actor, action, digest FROM audit"
    )
    assert (guild_id, at, actor, action) == (HOME, "2026-03-01T12:00:00.000000+00:00", MIRA, "settings")
    assert len(digest) == 64


async def test_the_last_answer_about_a_site_counts(database: Database) -> None:
    assert FERRY.site is not None
    assert await database.guilds.find_rights(HOME, FERRY.site) is None
    await database.imports.begin(new_import(comment("a"), rights=Rights.QUOTED, nonce_key=1))
    await database.imports.begin(
        new_import(comment("a"), rights=Rights.PERMISSION, nonce_key=2, at=NOW + timedelta(days=1))
    )
    assert await database.guilds.find_rights(HOME, FERRY.site) is Rights.PERMISSION
    assert await database.guilds.find_rights(HOME, "Another site") is None


async def test_an_article_without_a_site_answers_for_none(database: Database, path: Path) -> None:
    nameless = FERRY.model_copy(update={"site": None})
    await database.imports.begin(new_import(comment("a"), article=nameless))
    assert select(path, "SELECT * FROM sites") == []
    assert select(path, "SELECT action, rights FROM audit") == [("import", "own")]
