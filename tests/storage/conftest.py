from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage.database import Database
from tests.storage.world import AWAY, World, settle


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rejoinder.sqlite3"


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with Database.open(path, busy_timeout=0.2) as database:
        yield database


@pytest_asyncio.fixture
async def world(database: Database) -> World:
    return await settle(database)


@pytest_asyncio.fixture
async def elsewhere(database: Database) -> World:
    return await settle(database, AWAY)
