"""Laws that hold for every method of every store."""

import inspect
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.discussion import Article
from bot.errors import NotFoundError, StorageError
from bot.ports.records import GuildId
from storage.database import Database
from tests.storage.calls import CALLS, Call
from tests.storage.rows import everything
from tests.storage.world import AWAY, World, settle

pytestmark = pytest.mark.asyncio

STRANGER = GuildId(300)
ROOMS = (
    "guilds",
    "articles",
    "imports",
    "messages",
    "comments",
    "threads",
    "votes",
    "quotes",
    "unfoldings",
    "deletions",
    "facts",
)
TAKES_GUILD = [call for call in CALLS if call.elsewhere is not ...]
WRITING = [call for call in CALLS if call.writes]
READING = [call for call in CALLS if not call.writes]


async def test_calls_names_every_method(database: Database) -> None:
    methods = {
        f"{room}.{name}": method
        for room in ROOMS
        for name, method in inspect.getmembers(getattr(database, room), inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert {call.name for call in CALLS} == set(methods)
    takes_guild = {
        name for name, method in methods.items() if "guild_id" in inspect.signature(method).parameters
    }
    # These carry the guild inside a record.
    takes_guild |= {"guilds.save_settings", "comments.add_live", "quotes.add", "unfoldings.begin"}
    assert {call.name for call in TAKES_GUILD} == takes_guild


@pytest.mark.parametrize("guild_id", [AWAY, STRANGER], ids=["a guild of its own", "an unknown guild"])
@pytest.mark.parametrize("call", TAKES_GUILD, ids=str)
async def test_another_guild_finds_and_changes_nothing(  # noqa: PLR0917 - fixtures
    database: Database, world: World, elsewhere: World, path: Path, call: Call, guild_id: GuildId
) -> None:
    await call.prepare(database, world)
    before = everything(path, world.guild_id)
    if call.elsewhere is NotFoundError:
        with pytest.raises(NotFoundError):
            await call.run(database, guild_id, world)
    else:
        found = await call.run(database, guild_id, world)
        if guild_id == STRANGER:
            assert found == call.elsewhere
        else:
            assert found == await call.run(database, guild_id, _only_own(call, world, elsewhere))
    assert everything(path, world.guild_id) == before


def _only_own(call: Call, world: World, elsewhere: World) -> World:
    """Lists and settings of a guild answer with its own; everything else with nothing, as for ids that nobody has."""
    if call.name in {
        "guilds.get_settings",
        "guilds.find_rights",
        "articles.list_articles",
        "imports.list_recent",
        "quotes.list_in_doubt",
        "unfoldings.list_unfinished",
    }:
        return elsewhere
    nobody = {name: type(value)(10**12) for name, value in vars(world).items() if isinstance(value, int)}
    unknown = replace(world.article, article=Article(title="Nothing", url="https://nowhere.example/"))
    return World(**{**vars(world), **nobody, "comments": (10**12,), "article": unknown})


@pytest.mark.parametrize("call", TAKES_GUILD, ids=str)
async def test_its_own_guild_finds_or_changes_something(
    database: Database, world: World, path: Path, call: Call
) -> None:
    await call.prepare(database, world)
    before = everything(path, world.guild_id)
    found = await call.run(database, world.guild_id, world)
    assert everything(path, world.guild_id) != before if call.writes else found not in (call.elsewhere, None)


@pytest.mark.parametrize("call", WRITING, ids=str)
async def test_a_locked_file_is_said_and_nothing_is_written(
    database: Database, world: World, path: Path, call: Call
) -> None:
    await call.prepare(database, world)
    before = everything(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match=r"keeps the database .* locked; nothing was saved"):
            await call.run(database, world.guild_id, world)
        another.execute("ROLLBACK")
    assert everything(path) == before
    await call.run(database, world.guild_id, world)
    assert everything(path) != before


@pytest.mark.parametrize("call", READING, ids=str)
async def test_reading_never_waits_for_a_writer(
    database: Database, world: World, path: Path, call: Call
) -> None:
    await call.prepare(database, world)
    expected = await call.run(database, world.guild_id, world)
    with closing(sqlite3.connect(path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        assert await call.run(database, world.guild_id, world) == expected


@pytest.mark.parametrize("call", CALLS, ids=str)
async def test_a_closed_database_says_so(path: Path, call: Call) -> None:
    async with Database.open(path) as database:
        world = await settle(database)
        await call.prepare(database, world)
    with pytest.raises(StorageError, match="is closed"):
        await call.run(database, world.guild_id, world)
