"""G4: a cap on a channel's webhook messages that no header tells of."""

import tempfile
from http import HTTPStatus
from pathlib import Path

import discord

from benchmarks.anchor import span
from benchmarks.articles import export
from benchmarks.table import Row
from bot.domain.outgoing import Layout
from tests.wire.committing import lay
from tests.wire.ground import ground, stock, wire_only
from tests.wire.people import Wire

COMMENTS, STOCK_MESSAGES = 1800, 300
_HOUR = 3600.0
_CAP, _CAP_SECONDS = 30, 60.0


async def voices() -> list[Row]:
    """An import under its writers' names that takes an hour, beside stock webhooks."""
    article = lay(export(COMMENTS, seed=5), Layout.VOICES)
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder)) as here:
            await here.finished(await here.begin(article))
            spoken = [r for r in here.wire.log.of("execute_webhook") if r.status == HTTPStatus.OK]
            seconds, struck = span(spoken), _worst_hour(here.wire)
    lowest = (len(spoken) - 1) // _CAP * _CAP_SECONDS
    theirs = await _on_stock()
    what = f"{len(spoken)} messages under their names"
    return [
        Row(
            "G4",
            f"429s of scope shared per channel and hour, {what}",
            struck,
            1,
            theirs,
        ),
        Row("G4", f"span / floor of the hidden cap, {what}", seconds / lowest, 1.05),
    ]


async def _on_stock() -> float:
    """429s in an hour."""
    async with wire_only() as (wire, room), stock(wire) as client:
        channel = client.get_channel(room.lounge.id)
        assert isinstance(channel, discord.TextChannel)
        webhook = await channel.create_webhook(name="Voices")
        for number in range(STOCK_MESSAGES):
            await webhook.send(f"message {number}", username="Ida Brekke", wait=True)
        return wire.limits.struck["shared"] * _HOUR / span(wire.log.of("execute_webhook"))


def _worst_hour(wire: Wire) -> int:
    """The most 429s that any hour has seen."""
    struck = [r.at for r in wire.log.of("execute_webhook") if r.status == HTTPStatus.TOO_MANY_REQUESTS]
    return max((sum(begun <= at < begun + _HOUR for at in struck) for begun in struck), default=0)
