"""The bot itself in a process of its own: a comment of a page is posted once, though the bot dies while it does so."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from tests.wire.faults import Moment
from tests.wire.importing import ask, finished, killing, start_import
from tests.wire.people import Wire, text_of
from tests.wire.process import BotProcess, rejoinder
from tests.wire.room import ReadingRoom, reading_room
from tests.wire.world import Message, Thread

pytestmark = pytest.mark.asyncio
ON_PAGES = "[import]\none_by_one_limit = 0\n"
UNFOLDED = "SELECT state FROM messages WHERE kind = 'unfolded'"


@asynccontextmanager
async def pages(directory: Path) -> AsyncIterator[tuple[Wire, ReadingRoom, BotProcess, Thread, Message]]:
    """An import on pages, with the first page."""
    async with Wire(speed=50) as wire:
        wire.interactions.first_answer_seconds = 30.0
        room = reading_room(wire.world)
        async with rejoinder(wire, directory, settings=ON_PAGES) as bot:
            await start_import(wire, room)
            thread = await finished(wire, room, bot)
            page = next(
                message for message in thread.messages.values() if "-# Comments 1" in text_of(message)
            )
            yield wire, room, bot, thread, page


def unfolded(thread: Thread) -> list[Message]:
    return [message for message in thread.messages.values() if "\n-# Comment 2," in message.content]


async def test_a_reply_to_an_unfolded_comment_takes_its_place(tmp_path: Path):
    async with pages(tmp_path) as (wire, room, bot, thread, page):
        await wire.press(room.ana, page, "Answer 2")
        (comment,) = unfolded(thread)
        assert comment.reference is not None
        assert comment.reference[1] == page.id
        await bot.restart()
        await wire.press(room.bo, page, "Answer 2")
        assert unfolded(thread) == [comment]
        await wire.say(room.bo, thread, "Signed by whom?", reply_to=comment)
        answers = "SELECT parent_id & 1023 FROM comments WHERE origin = 'discord'"
        await wire.until(lambda: ask(bot, answers), what="the answer was not tracked")
        assert ask(bot, answers) == [(2,)]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_killed_press_leaves_one_message(tmp_path: Path, moment: Moment):
    async with pages(tmp_path) as (wire, room, bot, thread, page):
        wire.faults.at(moment, "create_message", 1, killing(bot))
        pressing = asyncio.create_task(wire.press(room.ana, page, "Answer 2"))
        await wire.until(lambda: not bot.alive, what="the bot was not killed")
        pressing.cancel()
        with suppress(asyncio.CancelledError, TimeoutError):
            await pressing
        for number in range(120):
            await wire.say(room.bo, thread, f"Meanwhile {number}.")
        await bot.start()
        await wire.until(lambda: ask(bot, UNFOLDED) == [("sent",)], what="the comment was not posted")
        await wire.press(room.ana, page, "Answer 2")
        assert len(unfolded(thread)) == 1
