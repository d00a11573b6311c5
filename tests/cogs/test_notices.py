"""What staff reads of an import, and what its buttons do."""

from dataclasses import replace

import discord
import pytest
import pytest_asyncio

from bot.ports.records import ChannelId, ImportId, ImportState
from tests.conftest import answer, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def desk(room):
    """The channel in which staff reads notices."""
    channel = room.guild.create_text_channel("staff")
    settings = await room.database.guilds.get_settings(room.guild_id)
    await room.database.guilds.save_settings(
        replace(settings, staff_channel=ChannelId(channel.id)), actor=room.admin.id, at=room.clock.now()
    )
    return channel


async def run_of(room):
    return await room.database.imports.get(room.guild_id, ImportId(1))


async def halted(room):
    """As if it still ran: the file says so."""
    await room.database.imports.set_state(ImportId(1), ImportState.RUNNING, at=room.clock.now())
    room.bot.services.notices.tell(await run_of(room))
    await room.bot.services.notices.close()


async def test_one_message_tells_an_import_from_its_start_to_its_end(room, desk):
    thread = await room.import_page()
    (notice,) = desk.history()
    shown = texts(notice)
    assert f"**The ferry that never sailed** in <#{thread.id}>\nDone: 6 messages in " in shown
    assert f"started <t:{int((await run_of(room)).started_at.timestamp())}:R> by <@{room.admin.id}>" in shown
    assert "Undo…" in shown


async def test_without_a_staff_channel_nothing_is_written_and_status_says_it(room):
    await room.import_page()
    assert room.lounge.history() == []
    assert "Done: 6 messages" in texts(answer(await room.admin.slash(room.lounge, "import status")))


async def test_pause_and_resume_from_the_notice(room, desk):
    await room.import_page()
    await halted(room)
    (notice,) = desk.history()
    assert "6 of 6 messages sent" in texts(notice)
    await room.admin.click(notice, label="Pause")
    (notice,) = desk.history()
    assert f"**Paused at 6 of 6:** <@{room.admin.id}> paused it." in texts(notice)
    await room.restart()
    await room.admin.click(notice, label="Resume")
    (notice,) = desk.history()
    assert "Done: 6 messages" in texts(notice)
    assert (await run_of(room)).state is ImportState.DONE


async def test_stop_and_undo_from_the_notice_after_a_restart(room, desk):
    await room.import_page()
    await halted(room)
    (notice,) = desk.history()
    question = answer(await room.admin.click(notice, label="Stop and undo…"))
    assert question.ephemeral
    assert "Paused at 6 of 6" in texts(desk.history()[0])
    await room.restart()
    await room.admin.click(question, label="Delete the thread with 6 messages")
    (notice,) = desk.history()
    assert f"by <@{room.admin.id}>: deleted with its thread." in texts(notice)
    assert "Undo" not in texts(notice)


@pytest.mark.parametrize("label", ["Pause", "Stop and undo…"])
async def test_a_member_moves_nothing_from_the_notice(room, desk, label):
    await room.import_page()
    await halted(room)
    refused = answer(await room.alice.click(desk.history()[0], label=label))
    assert refused.ephemeral
    assert refused.content.startswith("**Nothing was changed.**")
    assert (await run_of(room)).state is ImportState.RUNNING


async def test_a_notice_that_somebody_deleted_does_not_come_back(room, desk):
    await room.import_page()
    room.env.backend.delete_message(desk.id, desk.history()[0].id)
    await halted(room)
    assert desk.history() == []


async def test_a_staff_channel_that_is_closed_to_the_bot_hinders_no_import(room, desk):
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = room.guild.create_text_channel("closed", overwrites={room.bot.user: silent})
    settings = await room.database.guilds.get_settings(room.guild_id)
    await room.database.guilds.save_settings(
        replace(settings, staff_channel=ChannelId(closed.id)), actor=room.admin.id, at=room.clock.now()
    )
    thread = await room.import_page(FERRY_PAGE)
    assert len(thread.history()) == 6
    assert closed.history() == []
