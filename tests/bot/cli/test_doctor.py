"""`rejoinder doctor`: what it finds, in which words, and with which exit status."""

import shutil

import discord
import pytest

from bot.cli.findings import State, room_for_database

pytestmark = pytest.mark.asyncio


@pytest.fixture
def lines(process, config, answers):
    """The doctor's lines about a Discord that answers as the test says."""

    async def examine(status: int, settings: str = "") -> list[str]:
        ended = await process("doctor", "--config", config(f"api_base = '{answers.api_base}'\n{settings}"))
        assert (ended.status, ended.stderr) == (status, "")
        return ended.stdout.splitlines()

    return examine


class TestOffline:
    async def test_all_is_well(self, process, config, tmp_path):
        ended = await process("doctor", "--offline", "--config", config())
        database = tmp_path / "data" / "rejoinder.sqlite3"
        lines = ended.stdout.splitlines()
        assert (ended.status, ended.stderr) == (0, "")
        assert lines[:2] == [
            f"ok       Configuration: {tmp_path / 'rejoinder.toml'}",
            f"ok       Database: {database} will be made at the first start.",
        ]
        assert lines[2].startswith("ok       Disk: ")
        assert lines[3:] == ["note     Discord: not asked, because of --offline.", "", "All is well."]
        assert not database.exists(), "looking makes nothing"

    async def test_no_configuration(self, process):
        ended = await process("doctor", "--offline")
        assert (ended.status, ended.stderr) == (1, "")
        assert ended.stdout.startswith("to do    discord.token is missing, and there is no configuration in ")
        assert "unknown  Database, token and rights: not checked without a configuration." in ended.stdout
        assert ended.stdout.endswith("To do: 1\n")

    async def test_a_configuration_that_others_can_read(self, process, config, tmp_path):
        ended = await process("doctor", "--offline", "--config", config(mode=0o644))
        assert ended.status == 1
        path = tmp_path / "rejoinder.toml"
        assert f"to do    Others on this machine can read {path}: chmod 600 {path}" in ended.stdout

    async def test_everything_from_the_environment(self, process, monkeypatch, token):
        monkeypatch.setenv("REJOINDER_DISCORD__TOKEN", token)
        ended = await process("doctor", "--offline")
        assert ended.status == 0
        assert ended.stdout.startswith(
            "ok       Configuration: no file, everything comes from the environment.\n"
        )

    async def test_a_file_that_is_no_database_of_ours(self, process, config, tmp_path):
        path = config()
        foreign = tmp_path / "data" / "rejoinder.sqlite3"
        foreign.parent.mkdir()
        foreign.write_bytes(b"a shopping list, and no database at all\n" * 200)
        ended = await process("doctor", "--offline", "--config", path)
        assert (ended.status, ended.stderr) == (1, "")
        (line,) = [line for line in ended.stdout.splitlines() if "Database: " in line]
        assert line.startswith("to do    Database: ")
        assert str(foreign) in line

    async def test_a_database_that_is_there(self, process, config, tmp_path):
        from storage.database import Database  # noqa: PLC0415 - the only test that needs it

        path = tmp_path / "data" / "rejoinder.sqlite3"
        path.parent.mkdir()
        async with Database.open(path):
            pass
        ended = await process("doctor", "--offline", "--config", config())
        assert ended.status == 0
        assert f"ok       Database: {path}, 0." in ended.stdout


class TestMachine:
    async def test_little_room(self, monkeypatch, tmp_path):
        usage = shutil.disk_usage(tmp_path)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=499_999_999))
        *_, found = room_for_database(tmp_path / "r.sqlite3")
        assert (found.state, found.text) == (
            State.TO_DO,
            "Disk: only 500.0 MB free beside the database. Make room.",
        )

    async def test_a_place_where_nothing_can_be_made(self, tmp_path):
        file = tmp_path / "file"
        file.touch()
        (found,) = room_for_database(file / "r.sqlite3")
        assert found.state is State.TO_DO
        assert "can't be made" in found.text


class TestDiscord:
    async def test_all_is_well(self, lines):
        assert (await lines(0))[3:] == [
            "ok       Token: accepted, the bot is Keeper",
            "ok       Message content: the intent is on.",
            "ok       Reading room: articles can go to 2 of 2 text channels and forums.",
            "",
            "All is well.",
        ]

    async def test_a_token_that_discord_refuses(self, lines, answers, token):
        answers.status = 401
        found = await lines(1)
        assert found[3] == (
            "to do    Token: discord.token is not accepted by Discord. Reset it at "
            "https://discord.com/developers/applications (your application, Bot, Reset Token) "
            "and put the new one in its place."
        )
        assert token not in "\n".join(found)

    async def test_discord_answers_with_an_error(self, lines, answers):
        answers.status = 403
        assert (await lines(1))[3].startswith(
            "to do    Discord answered with status 403. Is this machine online"
        )

    async def test_unreachable(self, process, config, unused_tcp_port):
        ended = await process(
            "doctor", "--config", config(f"api_base = 'http://127.0.0.1:{unused_tcp_port}'")
        )
        assert (ended.status, ended.stderr) == (1, "")
        reached, known = ended.stdout.splitlines()[3:5]
        assert reached.startswith("to do    Discord can't be reached: ")
        assert reached.endswith("Is this machine online, and discord.api_base right?")
        assert known.startswith(
            "unknown  The token has the form of one, for application 100000000000000001; "
        )

    @pytest.mark.parametrize(
        ("settings", "state", "status"), [("", "note   ", 0), ("message_content = 'on'", "to do  ", 1)]
    )
    async def test_the_intent_is_off(self, lines, answers, settings, state, status):
        answers.flags = 0
        assert (await lines(status, settings))[4] == (
            f"{state}  Message content: the intent is off, so only answers that ping the bot are read. Switch on "
            "Message Content Intent at https://discord.com/developers/applications/100000000000000001/bot"
        )

    async def test_the_intent_is_not_wanted(self, lines):
        assert (await lines(0, "message_content = 'off'"))[4].startswith("note     Message content: off; ")

    async def test_commands_go_elsewhere(self, lines, answers):
        answers.interactions = "https://elsewhere.example/interactions"
        assert (await lines(1))[4].startswith(
            "to do    Commands go to a web address and never reach the bot: "
        )

    async def test_in_no_server(self, lines, answers):
        answers.in_guild = False
        found = await lines(1)
        assert found[5].startswith(
            "to do    The bot is in no server. Add it: https://discord.com/oauth2/authorize?"
        )
        assert "client_id=100000000000000001" in found[5]

    async def test_what_the_role_lacks_is_said_once(self, lines, answers):
        answers.role = discord.Permissions(
            view_channel=True, send_messages=True, read_message_history=True, create_public_threads=True
        ).value
        found = await lines(1)
        assert found[5] == (
            "to do    Reading room: the bot's role lacks Send Messages in Threads and Posts, Attach Files, "
            "Manage Threads and Posts, Manage Webhooks, Manage Messages. Server Settings, Roles."
        )
        assert found[6:] == ["", "To do: 1"]

    async def test_what_single_channels_deny(self, lines, answers):
        forum, text, voice = discord.ChannelType.forum, discord.ChannelType.text, discord.ChannelType.voice
        answers.channels = [
            ("articles", forum, discord.Permissions(send_messages=True, create_public_threads=True).value),
            ("open", text, 0),
            ("staff", text, discord.Permissions(view_channel=True).value),
            ("threads", text, discord.Permissions(create_public_threads=True, attach_files=True).value),
            ("talk", voice, discord.Permissions(view_channel=True).value),
        ]
        # Whoever may not send may not attach either: Discord takes the one with the other.
        assert (await lines(0))[5:] == [
            "note     Reading room, #articles: lacks Create Posts, Attach Files. Channel settings, Permissions.",
            "note     Reading room, #threads: lacks Create Public Threads, Attach Files. Channel settings, Permissions.",
            "ok       Reading room: articles can go to 1 of 4 text channels and forums.",
            "",
            "All is well.",
        ]

    async def test_every_channel_is_closed(self, lines, answers):
        hidden = discord.Permissions(view_channel=True).value
        answers.channels = [("staff", discord.ChannelType.text, hidden)]
        assert (await lines(1))[5] == (
            "to do    Reading room: articles can go to 0 of 1 text channels and forums. "
            "Open one: Channel settings, Permissions."
        )
