"""Which comment a member's message answers."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.ports.records import MessageId
from storage.database import Database
from tests.storage.rows import change
from tests.storage.world import BERT, HOME, NOW, World, live

pytestmark = pytest.mark.asyncio


async def test_a_reply_answers_the_comment_that_its_message_carries(database: Database, world: World) -> None:
    (ours, _) = await database.messages.placements_of(HOME, world.comments[0])
    for number, target, parent in (
        (1, ours.message_id, world.comments[0]),
        (2, world.live_message, world.live_id),
        # A card in another channel carries a comment, too; the article's own card carries none.
        (3, world.card, world.comments[0]),
        (4, MessageId(world.thread_id), None),
        (5, MessageId(404), None),
    ):
        attached = await database.comments.add_live(live(world, 900_000 + number, reply_to=target))
        assert attached is not None
        assert attached.parent_id == parent


async def test_a_reply_to_a_message_of_another_article_answers_its_own(
    database: Database, world: World, elsewhere: World
) -> None:
    attached = await database.comments.add_live(live(world, 900_000, reply_to=elsewhere.live_message))
    assert attached is not None
    assert attached.parent_id is None


@pytest.mark.parametrize(
    ("words", "parent", "choices"),
    [("Who paid that orchestra?", 1, 0), ("A whole river for c, and who owns it?", 2, 0), ("+1", 0, 3)],
)
async def test_a_reply_to_a_page_means_one_of_its_comments(
    database: Database, world: World, path: Path, *, words: str, parent: int, choices: int
) -> None:
    (page, _) = await database.messages.placements_of(HOME, world.comments[0])
    for number, text in enumerate(("The longest bench.", "The orchestra was paid.", "It owns a river.")):
        change(path, "UPDATE comments SET text = ? WHERE id = ?", text, world.comments[number])
    for comment_id in world.comments[1:]:
        change(
            path,
            "INSERT INTO placements SELECT ?, 0, id, guild_id FROM messages WHERE message_id = ?",
            comment_id,
            page.message_id,
        )
    attached = await database.comments.add_live(live(world, 900_000, reply_to=page.message_id, text=words))
    assert attached is not None
    assert attached.parent_id == world.comments[parent]
    assert attached.choices == world.comments[:choices]


@pytest.mark.parametrize(
    ("changes", "continues"),
    [
        ({}, True),
        ({"member_id": BERT}, False),
        ({"posted_at": NOW + timedelta(minutes=9)}, False),
        ({"continues_within": None}, False),
    ],
    ids=["soon", "somebody else", "later", "not wanted"],
)
async def test_a_plain_message_continues_its_authors_last(
    database: Database, world: World, *, changes: dict[str, Any], continues: bool
) -> None:
    values = {"continues_within": timedelta(minutes=7), "posted_at": NOW + timedelta(minutes=5)} | changes
    attached = await database.comments.add_live(live(world, 900_000, **values))
    assert attached is not None
    assert attached.parent_id == (world.live_id if continues else None)


async def test_a_deleted_message_is_not_continued(database: Database, world: World) -> None:
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    attached = await database.comments.add_live(live(world, 900_000, continues_within=timedelta(minutes=7)))
    assert attached is not None
    assert attached.parent_id is None
