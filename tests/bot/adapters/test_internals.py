"""What no version of discord.py promises to keep: parsers (bot/adapters/gateway.py), and how it sends (transport.py)."""

import discord

from bot.adapters.gateway import Gateway
from tests.bot.adapters.wired import Nobody

#: The version whose ``ConnectionState.parsers`` and order of events, and whose ``HTTPClient.request`` and
#: ``AsyncWebhookAdapter.request``, were read. On another one read them again, run ``make test`` and ``make bench``, then change this line.
READ = "2.7.1"


def test_discord_py_is_the_version_that_was_read():
    assert discord.__version__ == READ


def test_every_event_that_is_taken_over_is_there_and_can_be_given_back():
    client = discord.Client(intents=discord.Intents.none())
    parsers = client._connection.parsers
    before = dict(parsers)
    gateway = Gateway(client, Nobody(), Nobody(), echo=print)
    gateway.listen()
    assert {event for event in before if parsers[event] != before[event]} >= {
        "MESSAGE_CREATE",
        "GUILD_CREATE",
    }
    gateway.stop()
    assert parsers == before
