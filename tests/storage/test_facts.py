import pytest

from storage.database import Database

pytestmark = pytest.mark.asyncio


async def test_the_last_value_of_a_fact_is_kept(database: Database) -> None:
    assert await database.facts.find("commands") is None
    await database.facts.keep("commands", "aaa")
    await database.facts.keep("commands", "bbb")
    assert await database.facts.find("commands") == "bbb"
    assert await database.facts.find("other") is None
