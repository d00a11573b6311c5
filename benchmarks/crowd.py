"""G3: sixty imports at once, under the limit that all requests of a bot share."""

import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any

import discord
from discord.http import MultipartParameters

from benchmarks.anchor import span
from benchmarks.articles import export
from benchmarks.pacing import MAKING
from benchmarks.table import Row
from bot.domain.outgoing import Layout
from tests.wire.committing import Laid, lay
from tests.wire.ground import ground, stock, wire_only
from tests.wire.log import Request, RequestLog
from tests.wire.people import Wire
from tests.wire.unknowns import Unknowns

THREADS, COMMENTS, PER_SECOND = 60, 8, 50
_DONE = (HTTPStatus.OK, HTTPStatus.CREATED)
#: Here the question is the limit of all requests, so threads may be begun as fast as that.
FREELY = Unknowns(threads_begun=None)


async def crowd() -> list[Row]:
    """As many imports as threads, in one guild, beside as many tasks on stock discord.py."""
    article = _article()
    with tempfile.TemporaryDirectory() as folder:
        async with ground(Path(folder), unknowns=FREELY, forums=THREADS) as here:
            # One forum takes its posts one after the other: a post in doubt must be found again.
            places = [c for c in here.room.guild.channels.values() if c.name.startswith("articles-")]
            runs = [await here.begin(article, place) for place in places]
            await here.finished(*runs)
            made, refused = _made(here.wire.log), _refused(here.wire)
            bodies = _by_thread(made)
    theirs, their_refusals = await _on_stock(bodies)
    lowest = (len(made) - 1) // PER_SECOND
    what = f"{THREADS} threads at once, {len(made)} calls"
    return [
        Row("G3", f"429s of scope user or global, {what}", refused, 0, their_refusals),
        Row("G3", f"span / floor of {lowest} s, {what}", span(made) / lowest, 1.05, span(theirs) / lowest),
    ]


def _article() -> Laid:
    """An article that takes ten calls: the card, eight comments, the end."""
    laid = (lay(export(COMMENTS, seed=seed), Layout.REPLIES) for seed in count())
    return next(article for article in laid if len(article.plan.messages) == COMMENTS + 2)


async def _on_stock(bodies: list[list[Any]]) -> tuple[list[Request], int]:
    async with wire_only(unknowns=FREELY, forums=THREADS) as (wire, _), stock(wire) as client:

        async def one(forum: discord.abc.GuildChannel, messages: list[Any]) -> None:
            assert isinstance(forum, discord.ForumChannel)
            made = await _insist(forum.create_thread, name="The same", content="The card")
            for body in messages:
                parameters = MultipartParameters(payload=dict(body), multipart=None, files=None)
                await _insist(client.http.send_message, made.thread.id, params=parameters)

        forums = [c for c in client.get_all_channels() if c.name.startswith("articles-")]
        await asyncio.gather(*(one(forum, messages) for forum, messages in zip(forums, bodies, strict=True)))
        return _made(wire.log), _refused(wire)


async def _insist(call: Callable[..., Coroutine[Any, Any, Any]], *args: Any, **more: Any) -> Any:
    """Stock discord.py gives up after five 429s; somebody who wants everything posted asks again."""
    while True:
        try:
            return await call(*args, **more)
        except discord.HTTPException as problem:
            if problem.status != HTTPStatus.TOO_MANY_REQUESTS:
                raise


def _made(log: RequestLog) -> list[Request]:
    return [request for request in log if request.route in MAKING and request.status in _DONE]


def _refused(wire: Wire) -> int:
    return wire.limits.struck["user"] + wire.limits.struck["global"]


def _by_thread(made: list[Request]) -> list[list[Any]]:
    threads: dict[str, list[Any]] = {}
    for request in made:
        if request.route == "create_message":
            threads.setdefault(request.path, []).append(request.body)
    return list(threads.values())
