"""Reactions as votes: on messages that carry one comment, by people who did not write it."""

from pathlib import Path

import pytest

from bot.ports.records import MessageId, Vote
from storage.database import Database
from tests.storage.rows import change, select
from tests.storage.world import ALICE, BERT, HOME, MIRA, NOW, World

pytestmark = pytest.mark.asyncio


async def message_of(database: Database, world: World) -> MessageId:
    """The message of the first imported comment."""
    (ours, _) = await database.messages.placements_of(HOME, world.comments[0])
    return ours.message_id


async def test_a_member_votes_once_however_many_emojis(database: Database, world: World) -> None:
    message = await message_of(database, world)
    for member, emoji in ((MIRA, "👍"), (MIRA, "⭐"), (MIRA, "⭐"), (BERT, "👍")):
        await database.votes.add(HOME, Vote(message, member, emoji))
    assert await database.votes.count(HOME, world.article_id) == {world.comments[0]: 2, world.live_id: 1}
    await database.votes.remove(HOME, Vote(message, MIRA, "👍"))
    assert (await database.votes.count(HOME, world.article_id))[world.comments[0]] == 2
    await database.votes.remove(HOME, Vote(message, MIRA, "⭐"))
    assert (await database.votes.count(HOME, world.article_id))[world.comments[0]] == 1


async def test_nobody_votes_for_their_own_words(database: Database, world: World) -> None:
    await database.votes.add(HOME, Vote(world.live_message, ALICE, "👍"))
    assert await database.votes.count(HOME, world.article_id) == {world.live_id: 1}


async def test_a_page_takes_no_votes(database: Database, world: World, path: Path) -> None:
    message = await message_of(database, world)
    change(
        path,
        "INSERT INTO placements SELECT ?, 0, id, guild_id FROM messages WHERE message_id = ?",
        world.comments[1],
        message,
    )
    await database.votes.add(HOME, Vote(message, MIRA, "👍"))
    assert await database.votes.count(HOME, world.article_id) == {world.live_id: 1}


async def test_all_or_one_emoji_can_be_cleared(database: Database, world: World) -> None:
    message = await message_of(database, world)
    for emoji in ("👍", "⭐"):
        await database.votes.add(HOME, Vote(message, MIRA, emoji))
    await database.votes.clear(HOME, message, "👍")
    after = MessageId(0)
    assert await database.votes.counts(HOME, world.thread_id, after=after) == {
        (message, "⭐"): 1,
        (world.live_message, "⭐"): 1,
    }
    await database.votes.clear(HOME, message)
    assert await database.votes.counts(HOME, world.thread_id, after=after) == {(world.live_message, "⭐"): 1}


async def test_what_discord_tells_replaces_what_was_stored(database: Database, world: World) -> None:
    await database.votes.replace(HOME, world.live_message, "⭐", [MIRA, ALICE])
    # Alice wrote it.
    assert await database.votes.counts(HOME, world.thread_id, after=MessageId(0)) == {
        (world.live_message, "⭐"): 1
    }


async def test_votes_go_with_their_message(database: Database, world: World, path: Path) -> None:
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    assert select(path, "SELECT * FROM votes") == []
    await database.votes.add(HOME, Vote(world.live_message, MIRA, "⭐"))
    assert select(path, "SELECT * FROM votes") == []
