"""The wire proven by stock discord.py in a process of its own."""

import pytest

from tests.wire.limits import Rule
from tests.wire.people import Wire, find_component, text_of
from tests.wire.process import BotProcess
from tests.wire.room import ReadingRoom
from tests.wire.world import MessageType

pytestmark = pytest.mark.asyncio


async def test_the_same_nonce_twice_is_one_message(wire: Wire, room: ReadingRoom, probe: BotProcess):
    shown = await wire.slash(room.mira, room.lounge, "probe twice")
    assert text_of(shown.message) == "one"
    assert [m.content for m in room.lounge.messages.values()] == ["only once"]
    assert len(wire.log.of("create_message")) == 2


async def test_a_forum_post_has_the_id_of_its_first_message(wire: Wire, room: ReadingRoom, probe: BotProcess):
    shown = await wire.slash(room.mira, room.lounge, "probe post", {"forum": room.articles})
    assert shown.message.content == "True comments.txt"
    (thread,) = room.guild.threads.values()
    assert thread.messages[thread.id].files[0].data == b"every comment"
    assert thread.messages[thread.id].files[0].description == "All of them"
    assert "thread A post" in probe.output


async def test_an_attachment_of_a_command_can_be_downloaded(wire: Wire, room: ReadingRoom, probe: BotProcess):
    file = ("pagé.txt", "words — more".encode())
    shown = await wire.slash(room.mira, room.lounge, "probe read", attachments={"file": file})
    assert shown.message.content == "pagé.txt: words — more"
    assert shown.message.ephemeral
    assert not room.lounge.messages


async def test_buttons_selects_and_forms_come_back(wire: Wire, room: ReadingRoom, probe: BotProcess):
    panel = await wire.slash(room.mira, room.lounge, "probe panel")
    chosen = await wire.choose(room.ana, panel.message, "Choose a colour", "Deep blue")
    await wire.until(lambda: chosen.followups)
    assert chosen.followups[0].content == "chose blue"
    form = await wire.slash(room.mira, room.lounge, "probe form")
    answer = await wire.submit(form, {"Your answer": "Two people", "page": ("a.txt", b"12345")})
    assert answer.message.content == "Two people, files of [5]"


async def test_a_button_outlives_the_process(wire: Wire, room: ReadingRoom, probe: BotProcess):
    panel = await wire.slash(room.mira, room.lounge, "probe panel")
    await probe.restart()
    pressed = await wire.press(room.ana, panel.message, "Pressed 0")
    assert pressed.message is panel.message
    await wire.press(room.bo, panel.message, "Pressed 1")
    assert find_component(panel.message, "count:2", {2})["label"] == "Pressed 2"


async def test_pacing_by_headers_meets_no_429(wire: Wire, room: ReadingRoom, probe: BotProcess):
    await wire.slash(room.mira, room.lounge, "probe burst", {"count": 23})
    await wire.until(lambda: len(room.lounge.messages) == 24)
    assert wire.log.refused(429) == []
    sent = [request.at for request in wire.log.of("create_message")]
    assert sent[-1] - sent[0] >= 4 * 5.0 / 50 - 0.01


async def test_a_429_is_waited_out(wire: Wire, room: ReadingRoom, probe: BotProcess):
    wire.limits.rules["create_message"] = Rule(5, 50.0, "hidden", scope="shared")
    await wire.slash(room.mira, room.lounge, "probe burst", {"count": 7})
    await wire.until(lambda: len(room.lounge.messages) == 8)
    assert len(wire.log.refused(429)) == 1
    assert wire.limits.invalid == 0


async def test_a_dropped_connection_is_resumed_with_what_was_missed(
    wire: Wire, room: ReadingRoom, probe: BotProcess
):
    wire.gateway.drop_connections()
    await wire.say(room.ana, room.lounge, "echo still there?")
    await wire.until(lambda: len(room.lounge.messages) == 2)
    assert wire.gateway.handshakes == ["identify", "resume"]
    reply = list(room.lounge.messages.values())[-1]
    assert (reply.content, reply.type) == ("still there?", MessageType.REPLY)


async def test_a_reconnect_that_discord_asks_for_is_resumed(wire: Wire, room: ReadingRoom, probe: BotProcess):
    wire.gateway.ask_to_reconnect()
    await wire.until(lambda: wire.gateway.handshakes == ["identify", "resume"])


async def test_edits_and_bulk_deletions_are_told(wire: Wire, room: ReadingRoom, probe: BotProcess):
    said = [await wire.say(room.ana, room.lounge, f"line {n}") for n in range(3)]
    await wire.edit(said[0], "another line")
    await wire.delete(*said)
    await wire.until(lambda: "bulk 3" in probe.output)
    assert "edit another line" in probe.output
    assert not room.lounge.messages


async def test_a_killed_process_comes_back_and_reads_on(wire: Wire, room: ReadingRoom, probe: BotProcess):
    await probe.kill()
    await wire.say(room.ana, room.lounge, "echo nobody hears this")
    await probe.start()
    await wire.say(room.ana, room.lounge, "echo but this")
    await wire.until(lambda: len(room.lounge.messages) == 3)
    assert list(room.lounge.messages.values())[-1].content == "but this"
    assert wire.gateway.handshakes == ["identify", "identify"]


async def test_real_compression_is_understood(wire: Wire, room: ReadingRoom, probe: BotProcess):
    wire.gateway.compress = True
    await probe.restart()
    (session,) = wire.gateway.connected
    if not session.connection.compressed:
        pytest.skip("discord.py asks for zstd here, which the wire has not")
    await wire.say(room.ana, room.lounge, "echo packed")
    await wire.until(lambda: len(room.lounge.messages) == 2)
