"""The stage with a small bot on it, in SimCord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord.ext import commands

from bot.demo.stage import OpenBot, Presence, Stage


def listener(heard: list[str], closed: list[bool]) -> OpenBot:
    """Opens a bot that notes every message it hears."""

    @asynccontextmanager
    async def open_bot(_: Stage) -> AsyncIterator[commands.AutoShardedBot]:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        bot = commands.AutoShardedBot("!", intents=intents, shard_count=1)

        @bot.event
        async def on_message(message: discord.Message) -> None:
            heard.append(message.content)

        yield bot
        closed.append(True)

    return open_bot


@pytest.mark.asyncio
async def test_a_bot_that_is_away_hears_nothing_and_comes_back() -> None:
    heard: list[str] = []
    closed: list[bool] = []
    async with Stage(listener(heard, closed)) as stage:
        said = stage.world.members[0]

        async def say(words: str) -> None:
            async with stage.act():
                await said.send(stage.world.lounge, words)

        await say("before")
        await stage.start_bot()
        await say("here")
        await stage.stop_bot()
        assert stage.presence is Presence.STOPPED
        assert closed == [True]
        await say("away")
        await stage.start_bot()
        await say("back")
    assert heard == ["here", "back"]
    assert [message.content for message in stage.world.lounge.history()] == ["before", "here", "away", "back"]


@pytest.mark.asyncio
async def test_acts_of_many_people_wait_for_each_other() -> None:
    heard: list[str] = []
    async with Stage(listener(heard, [])) as stage:
        await stage.start_bot()

        async def say(number: int) -> None:
            async with stage.act():
                await stage.world.people[number].send(stage.world.lounge, str(number))

        await asyncio.gather(*(say(number) for number in range(4)))
    assert sorted(heard) == ["0", "1", "2", "3"]


@pytest.mark.asyncio
async def test_spawned_work_holds_nobody_up() -> None:
    async with Stage(listener([], [])) as stage:
        await stage.start_bot()
        never = asyncio.Event()

        async def idle() -> None:
            await never.wait()

        with stage.env._bot_scope():
            task = stage.spawn(idle(), name="idle")
        begun = asyncio.get_running_loop().time()
        async with stage.act() as env:
            await env.settle()
        assert asyncio.get_running_loop().time() - begun < 2
        assert not task.done()
        task.cancel()


@pytest.mark.asyncio
async def test_the_simulated_discord_lives_today() -> None:
    async with Stage(listener([], [])) as stage:
        async with stage.act():
            sent = await stage.world.moderator.send(stage.world.lounge, "today")
        assert abs(datetime.now(UTC) - sent.created_at) < timedelta(seconds=5)
        assert abs(datetime.now(UTC) - stage.clock.now()) < timedelta(seconds=5)


@pytest.mark.asyncio
async def test_the_staff_channel_is_for_the_moderator() -> None:
    async with Stage(listener([], [])) as stage:
        world = stage.world
        assert world.may_read(world.moderator, world.staff)
        assert not world.may_read(world.members[0], world.staff)
        assert world.may_read(world.members[0], world.lounge)
