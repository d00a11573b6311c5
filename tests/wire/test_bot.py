"""The bot itself in a process of its own: connections, intents, tokens."""

from pathlib import Path

import pytest

from tests.wire.importing import ask, finished, reading_with_bot, start_import
from tests.wire.people import Wire
from tests.wire.process import rejoinder
from tests.wire.room import reading_room

pytestmark = pytest.mark.asyncio
ANSWERS = "SELECT text FROM comments WHERE origin = 'discord' ORDER BY id"


async def test_an_answer_during_a_dropped_connection_is_tracked_after_the_resume(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        await start_import(wire, room)
        thread = await finished(wire, room, bot)
        wire.gateway.drop_connections()
        await wire.say(room.ana, thread, "Nobody heard me.", reply_to=thread.messages[thread.id])
        await wire.until(lambda: ask(bot, ANSWERS), what="the answer was not tracked")
        assert ask(bot, ANSWERS) == [("Nobody heard me.",)]
        assert wire.gateway.handshakes == ["identify", "resume"]


async def test_edits_and_deletions_by_members_reach_the_database(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        await start_import(wire, room)
        thread = await finished(wire, room, bot)
        first = await wire.say(room.ana, thread, "first thought")
        await wire.until(lambda: ask(bot, ANSWERS), what="the first answer was not tracked")
        second = await wire.say(room.bo, thread, "a slip of the tongue")
        await wire.until(lambda: len(ask(bot, ANSWERS)) == 2, what="the answers were not tracked")
        await wire.edit(first, "second thought")
        await wire.delete(second)
        await wire.until(
            lambda: ask(bot, ANSWERS) == [("second thought",), ("",)], what="edits were not tracked"
        )


async def test_answers_of_one_moment_keep_their_order(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, room, bot):
        await start_import(wire, room)
        thread = await finished(wire, room, bot)
        card, comment = list(thread.messages.values())[:2]
        said = [str(number) for number in range(20)]
        for number, text in enumerate(said):
            await wire.say(room.ana, thread, text, reply_to=comment if number % 2 else card)
        await wire.until(lambda: len(ask(bot, ANSWERS)) == len(said), what="the answers were not tracked")
        assert [text for (text,) in ask(bot, ANSWERS)] == said


async def test_commands_are_told_to_discord_once(tmp_path: Path):
    async with reading_with_bot(tmp_path) as (wire, _, bot):
        await bot.restart()
        assert len(wire.log.of("replace_commands")) == 1


async def test_without_the_intent_it_goes_on_and_reads_answers_that_ping(tmp_path: Path):
    async with Wire(speed=50) as wire:
        wire.interactions.first_answer_seconds = 30.0
        room = reading_room(wire.world)
        wire.world.message_content_granted = False
        async with rejoinder(wire, tmp_path) as bot:
            assert wire.gateway.handshakes == ["identify", "identify"]
            await start_import(wire, room)
            thread = await finished(wire, room, bot)
            comment = list(thread.messages.values())[1]
            await wire.say(room.ana, thread, "with ping", reply_to=comment)
            await wire.until(lambda: ask(bot, ANSWERS), what="the first answer was not tracked")
            await wire.say(room.bo, thread, "without", reply_to=comment, ping=False)
            await wire.until(lambda: len(ask(bot, ANSWERS)) == 2, what="the answers were not tracked")
            assert ask(bot, ANSWERS) == [("with ping",), ("",)]


async def test_a_token_that_discord_does_not_know_ends_it_with_a_sentence(tmp_path: Path):
    async with Wire() as wire:
        bot = rejoinder(wire, tmp_path)
        known, wire.token = wire.token, "another"
        with pytest.raises(AssertionError, match="Discord does not accept the token"):
            await bot.start()
        assert known not in bot.output
        assert "Traceback" not in bot.output
