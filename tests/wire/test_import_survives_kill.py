"""The bot itself in a process of its own: an import is killed at many points, and nothing is lost or doubled."""

import re
from pathlib import Path

import pytest
import pytest_asyncio

from tests.wire.faults import Moment
from tests.wire.importing import ask, finished, killing, reading_with_bot, start_import
from tests.wire.pages import COMMENTS
from tests.wire.people import text_of
from tests.wire.room import ReadingRoom
from tests.wire.world import Thread

pytestmark = pytest.mark.asyncio
#: The card, every comment, the end card.
MESSAGES = COMMENTS + 2
Seen = list[tuple[str, int | None, tuple[bytes, ...]]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What people see of an import into the forum that nothing disturbs."""
    return await import_undisturbed(tmp_path_factory.mktemp("forum"), "articles")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def undisturbed_in_text(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The same in a text channel: a card with a thread under it."""
    return await import_undisturbed(tmp_path_factory.mktemp("text"), "lounge")


async def import_undisturbed(directory: Path, channel: str) -> Seen:
    async with reading_with_bot(directory) as (wire, room, bot):
        await start_import(wire, room, getattr(room, channel))
        return seen(room, await finished(wire, room, bot))


def seen(room: ReadingRoom, thread: Thread) -> Seen:
    """Every message of a thread and of the channel above: words, where its arrow points, files.

    Ids are told by their place.
    """
    messages = [*room.guild.parent_of(thread).messages.values(), *thread.messages.values()]
    order = {message.id: place for place, message in enumerate(messages)}

    def placed(text: str) -> str:
        return re.sub(r"\d{17,}", lambda found: f"#{order.get(int(found[0]), '')}", text)

    return [
        (
            placed(text_of(message)),
            order[message.reference[1]] if message.reference else None,
            tuple(file.data for file in message.files),
        )
        for message in messages
    ]


async def test_an_undisturbed_import_posts_every_message_with_its_arrow(undisturbed: Seen):
    assert len(undisturbed) == MESSAGES
    arrows = [arrow for _, arrow, _ in undisturbed]
    assert arrows == [None, None, 1, 2, 3, 1, None, 6, 7, None, 9, 9, None, None]


@pytest.mark.parametrize(
    ("moment", "route", "nth"),
    [
        ("after", "start_thread_or_post", 1),
        ("answered", "create_message", 9),
        ("after", "create_message", MESSAGES - 1),
    ],
)
async def test_a_killed_import_is_finished_after_the_restart(
    tmp_path: Path, undisturbed: Seen, *, moment: Moment, route: str, nth: int
):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        wire.faults.at(moment, route, nth, killing(bot))
        await start_import(wire, room)
        await wire.until(lambda: not bot.alive, what="the bot was not killed")
        await bot.start()
        assert seen(room, await finished(wire, room, bot)) == undisturbed


@pytest.mark.parametrize(
    ("moment", "route"),
    [
        ("after", "create_message"),
        ("before", "start_thread_under_message"),
        ("after", "start_thread_under_message"),
    ],
)
async def test_a_card_in_a_text_channel_gets_one_thread(
    tmp_path: Path, undisturbed_in_text: Seen, *, moment: Moment, route: str
):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        wire.faults.at(moment, route, 1, killing(bot))
        await start_import(wire, room, room.lounge)
        await wire.until(lambda: not bot.alive, what="the bot was not killed")
        await bot.start()
        assert seen(room, await finished(wire, room, bot)) == undisturbed_in_text


@pytest.mark.parametrize("route", ["start_thread_or_post", "create_message"])
async def test_a_lost_answer_doubles_nothing(tmp_path: Path, undisturbed: Seen, route: str):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        wire.faults.lose_answer(route)
        await start_import(wire, room)
        assert seen(room, await finished(wire, room, bot)) == undisturbed


@pytest.mark.parametrize("route", ["start_thread_or_post", "create_message"])
async def test_a_server_error_after_the_deed_doubles_nothing(tmp_path: Path, undisturbed: Seen, route: str):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        wire.faults.fail(route, status=502, moment="after")
        await start_import(wire, room)
        assert seen(room, await finished(wire, room, bot)) == undisturbed


async def test_an_answer_written_while_the_bot_was_down_stands_under_its_comment(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        await start_import(wire, room)
        thread = await finished(wire, room, bot)
        await bot.kill()
        answered = list(thread.messages.values())[4]
        await wire.say(room.ana, thread, "It was never the wind.", reply_to=answered)
        await wire.say(room.bo, thread, "And who pays for it?")
        await bot.start()
        parents = """
            SELECT live.text, parent.text FROM comments AS live
            LEFT JOIN comments AS parent ON parent.id = live.parent_id
            WHERE live.origin = 'discord' ORDER BY live.id
        """
        await wire.until(lambda: len(ask(bot, parents)) == 2, what="the answers were not read")
        assert ask(bot, parents) == [
            ("It was never the wind.", "I work there. We thought it was the wind."),
            ("And who pays for it?", None),
        ]


async def test_a_night_of_answers_is_read_page_by_page(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        await start_import(wire, room)
        thread = await finished(wire, room, bot)
        await bot.kill()
        night = [f"answer {number}" for number in range(230)]
        for text in night:
            await wire.say(room.ana, thread, text)
        await bot.start()
        answers = "SELECT text FROM comments WHERE origin = 'discord' ORDER BY id"
        await wire.until(lambda: len(ask(bot, answers)) >= len(night), what="the answers were not read")
        assert [text for (text,) in ask(bot, answers)] == night
        assert len(wire.log.of("list_messages")) == 3
