"""The command as a person meets it, and a Discord that answers the few questions of `rejoinder doctor`."""

import asyncio
import json
import sys
from dataclasses import dataclass, field
from typing import Any

import discord
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from typer.testing import CliRunner, Result

from bot.cli.app import app

BOT = 100000000000000001
GUILD = 200000000000000001


@pytest.fixture
def rejoinder(alone):
    """Call the command in this process."""

    def call(*args: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, prog_name="rejoinder")

    return call


@dataclass(frozen=True)
class Ended:
    status: int
    stdout: str
    stderr: str


@pytest.fixture
def process(alone):
    """Call the command in a process of its own: what it sets in discord.py's classes ends with it."""

    async def call(*args: object) -> Ended:
        started = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *map(str, args),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        stdout, stderr = await started.communicate()
        return Ended(started.returncode, stdout.decode(), stderr.decode())

    return call


@pytest.fixture
def refused():
    """The one sentence on standard error, after checking that there is nothing else."""

    def sentence(ended: Result | Ended, status: int) -> str:
        found = ended.exit_code if isinstance(ended, Result) else ended.status
        assert (found, ended.stdout) == (status, "")
        (line,) = ended.stderr.splitlines()
        return line

    return sentence


@pytest.fixture
def config(tmp_path, token):
    """Write a configuration that only its owner can read, with a database of its own."""

    def write(discord: str = "", *, mode: int = 0o600) -> str:
        path = tmp_path / "rejoinder.toml"
        database = tmp_path / "data" / "rejoinder.sqlite3"
        path.write_text(f"[discord]\ntoken = '{token}'\n{discord}\n[database]\npath = '{database}'\n")
        path.chmod(mode)
        return str(path)

    return write


@dataclass
class Answers:
    """What Discord answers; a test changes what it is about."""

    api_base: str = ""
    status: int = 200
    #: Discord takes the question and never answers.
    silent: bool = False
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    flags: int = 1 << 19
    interactions: str | None = None
    in_guild: bool = True
    #: Everything but Administrator, which no channel could deny anything.
    role: int = (discord.Permissions.all() ^ discord.Permissions(administrator=True)).value
    #: Channels as (name, kind, rights denied to everyone).
    channels: list[tuple[str, discord.ChannelType, int]] = field(
        default_factory=lambda: [
            ("articles", discord.ChannelType.forum, 0),
            ("lounge", discord.ChannelType.text, 0),
        ]
    )

    def user(self) -> dict[str, Any]:
        return {"id": str(BOT), "username": "Keeper", "discriminator": "0", "avatar": None, "bot": True}

    def application(self) -> dict[str, Any]:
        return {
            "id": str(BOT),
            "name": "Keeper",
            "icon": None,
            "description": "",
            "bot_public": False,
            "bot_require_code_grant": False,
            "owner": self.user(),
            "team": None,
            "summary": "",
            "verify_key": "0" * 64,
            "flags": self.flags,
            "interactions_endpoint_url": self.interactions,
        }

    def guild(self) -> dict[str, Any]:
        everyone = {"id": str(GUILD), "name": "@everyone", "permissions": "0", "position": 0}
        role = {"id": "300", "name": "Keeper", "permissions": str(self.role), "position": 1}
        common = {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
        return {
            "id": str(GUILD),
            "name": "Reading room",
            "owner_id": "999",
            "features": [],
            "emojis": [],
            "stickers": [],
            "roles": [everyone | common, role | common],
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "afk_timeout": 60,
            "system_channel_flags": 0,
            "preferred_locale": "en-GB",
        }

    def member(self) -> dict[str, Any]:
        joined = "2026-01-01T00:00:00+00:00"
        return {
            "user": self.user(),
            "roles": ["300"],
            "joined_at": joined,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def channel(self, place: int) -> dict[str, Any]:
        name, kind, denied = self.channels[place]
        return {
            "id": str(400 + place),
            "guild_id": str(GUILD),
            "name": name,
            "type": kind.value,
            "position": place,
            "nsfw": False,
            "parent_id": None,
            "rate_limit_per_user": 0,
            "permission_overwrites": [{"id": "300", "type": 0, "allow": "0", "deny": str(denied)}],
            "available_tags": [],
            "flags": 0,
            "bitrate": 64000,
            "user_limit": 0,
        }


@pytest_asyncio.fixture
async def answers():
    """A Discord on loopback, over real HTTP."""
    told = Answers()
    routes = {
        "/users/@me": told.user,
        "/oauth2/applications/@me": told.application,
        "/users/@me/guilds": lambda: [{"id": str(GUILD), "name": "Reading room"}] if told.in_guild else [],
        f"/guilds/{GUILD}": told.guild,
        f"/guilds/{GUILD}/members/{BOT}": told.member,
        f"/guilds/{GUILD}/channels": lambda: [told.channel(place) for place in range(len(told.channels))],
    }

    async def answer(request: web.Request) -> web.Response:
        told.asked.set()
        if told.silent:
            await asyncio.Event().wait()
        body = routes[request.path]() if told.status == 200 else {"message": "no", "code": 0}
        # discord.py wants exactly this content type, without a charset.
        return web.Response(
            status=told.status, body=json.dumps(body).encode(), content_type="application/json"
        )

    web_app = web.Application()
    web_app.router.add_get("/{path:.*}", answer)
    async with TestServer(web_app) as server:
        told.api_base = str(server.make_url("")).rstrip("/")
        yield told
