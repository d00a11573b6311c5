"""A process is killed while it writes: what it confirmed is there, and nothing is there by half."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.discussion import Origin
from bot.ports.records import ArticleId
from storage.database import Database
from tests.storage.crash_child import IMPORTED
from tests.storage.rows import select
from tests.storage.world import HOME

ROOT = Path(__file__).parents[2]


def write_until_killed(path: Path, *, seed: int) -> list[tuple[str, int]]:
    """What the process had confirmed when it was killed, somewhere among its first few hundred writes."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.storage.crash_child", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    with child.stdout as said:
        assert said.readline() == "ready 0\n"
        lines = [said.readline() for _ in range(random.Random(seed).randrange(1, 400))]
        child.kill()
        lines += said.readlines()
    assert child.wait() == -9
    # The last line may have been cut off in the middle.
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(word, int(number)) for word, number in words]


@pytest.mark.asyncio
@pytest.mark.parametrize("seed", range(6))
async def test_everything_confirmed_is_there_and_nothing_by_half(path: Path, seed: int) -> None:
    confirmed = write_until_killed(path, seed=seed)
    async with Database.open(path) as database:
        tree = await database.comments.tree(HOME, ArticleId(1))
        (thread, *_) = await database.threads.list_tracked()
    assert select(path, "PRAGMA integrity_check") == [("ok",)]
    assert select(path, "PRAGMA foreign_key_check") == []

    answers = {
        int(comment.key.removeprefix("discord-")) for comment in tree if comment.origin is Origin.DISCORD
    }
    assert answers >= {number for word, number in confirmed if word == "answer"}
    assert thread.cursor == max(answers)
    carried = select(
        path, "SELECT message_id FROM messages JOIN placements ON message_row = id WHERE kind = 'live'"
    )
    assert {number for (number,) in carried} == answers

    imports = {number for (number,) in select(path, "SELECT id FROM imports")}
    assert imports >= {number for word, number in confirmed if word == "import"}
    assert select(path, "SELECT count(*) FROM audit WHERE action = 'import'") == [(len(imports),)]
    whole = select(
        path,
        """
        SELECT DISTINCT
          (SELECT count(*) FROM comments WHERE article_id = imports.article_id),
          (SELECT count(*) FROM messages WHERE import_id = imports.id)
        FROM imports WHERE guild_id = 500
        """,
    )
    assert whole in ([], [(IMPORTED, IMPORTED + 1)])
