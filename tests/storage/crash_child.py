"""A process that writes until it is killed, and says what was confirmed: ``python -m tests.storage.crash_child FILE``."""

import asyncio
import sys
from pathlib import Path

from bot.ports.records import CommentId, GuildId
from storage.database import Database
from tests.discussions import comment
from tests.storage.world import HOME, World, live, new_import, settle

#: Comments of every import; one transaction each.
IMPORTED = 40
_WRITERS = 8


def confirm(word: str, number: int) -> None:
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


async def answer(database: Database, world: World, writer: int) -> None:
    number = 10_000 + writer
    parent: CommentId | None = None
    depth = 0
    while True:
        attached = await database.comments.add_live(live(world, number, parent))
        assert attached is not None
        confirm("answer", number)
        parent, depth = (attached.comment_id, depth + 1) if depth < writer else (None, 0)
        number += _WRITERS


async def begin(database: Database) -> None:
    nonce_key = 1
    while True:
        comments = (
            comment(f"c{number}", f"c{number - 1}" if number % 3 else None) for number in range(IMPORTED)
        )
        run = await database.imports.begin(new_import(*comments, guild_id=GuildId(500), nonce_key=nonce_key))
        confirm("import", run.id)
        nonce_key += 1


async def main(path: Path) -> None:
    async with Database.open(path) as database:
        world = await settle(database, HOME)
        confirm("ready", 0)
        await asyncio.gather(
            begin(database), *(answer(database, world, writer) for writer in range(_WRITERS))
        )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
