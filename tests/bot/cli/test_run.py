"""`rejoinder run` ends with a sentence where it can't start."""

import asyncio
import sys

import pytest

pytestmark = pytest.mark.asyncio


async def test_no_configuration(process, refused):
    assert refused(await process("run"), 78).startswith(
        "discord.token is missing, and there is no configuration in "
    )


async def test_a_wrong_value(process, refused, config):
    path = config("message_content = 'maybe'")
    assert refused(await process("run", "--config", path), 78) == (
        f"discord.message_content in {path} should be 'auto', 'on' or 'off', not 'maybe'."
    )


async def test_a_token_that_discord_refuses(process, config, answers, token):
    answers.status = 401
    ended = await process("run", "--config", config(f"api_base = '{answers.api_base}'"))
    assert (ended.status, ended.stdout) == (78, "")
    assert "discord.token" in ended.stderr.splitlines()[-1]
    assert "Traceback" not in ended.stderr
    assert token not in ended.stderr


async def test_discord_is_unreachable(process, config, unused_tcp_port):
    ended = await process("run", "--config", config(f"api_base = 'http://127.0.0.1:{unused_tcp_port}'"))
    assert (ended.status, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    assert "fault of its own" not in ended.stderr


async def test_a_service_manager_stops_it_in_order(config, answers, alone):
    answers.silent = True
    path = config(f"api_base = '{answers.api_base}'")
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", path, stderr=asyncio.subprocess.PIPE
    )
    await answers.asked.wait()
    started.terminate()
    _, stderr = await started.communicate()
    assert started.returncode == 0
    assert b"Traceback" not in stderr
