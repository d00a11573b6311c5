"""The thin way from Discord's events to our services.

discord.py builds a `Message` for every event before anybody is asked whether it matters. Here its parsers of message
events are replaced: what is in no thread of ours ends after one look into a dictionary, the rest goes on as it came.
This touches discord.py's internals (the table of parsers of its connection), which no version promises to keep:
``tests/bot/adapters/test_internals.py`` fails on any other version than the one it was written for.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import structlog

from bot.adapters import inbound
from bot.adapters.inbound import Payload
from bot.ports.hearing import Arrivals, Hearing
from bot.ports.messenger import SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId, ThreadState, UserId, Vote

log = structlog.get_logger()

Parser = Callable[[Any], None]


class Gateway:
    """Hands a client's events to whoever hears them."""

    def __init__(
        self,
        client: discord.Client,
        hearing: Hearing,
        arrivals: Arrivals,
        echo: Callable[[Payload], None],
    ) -> None:
        """``echo`` is handed every new message, wherever it is: one of ours may be waited for."""
        self._client = client
        self._echo = echo
        self._hearing = hearing
        self._arrivals = arrivals
        #: What discord.py does with the events that are ours.
        self._stock: dict[str, Parser] = {}
        #: The loop keeps only weak references to tasks.
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self) -> None:
        """From here on message events reach ``hearing`` and nobody else; the others reach discord.py first."""
        instead: dict[str, Parser] = {
            "MESSAGE_CREATE": self._created,
            "MESSAGE_UPDATE": self._updated,
            "MESSAGE_DELETE": self._deleted,
            "MESSAGE_DELETE_BULK": self._deleted,
            "MESSAGE_REACTION_ADD": self._reacted,
            "MESSAGE_REACTION_REMOVE": self._unreacted,
            "MESSAGE_REACTION_REMOVE_ALL": self._reactions_cleared,
            "MESSAGE_REACTION_REMOVE_EMOJI": self._reactions_cleared,
        }
        after: dict[str, Parser] = {
            "READY": self._session_began,
            "GUILD_CREATE": self._guild_came,
            "THREAD_UPDATE": self._thread_changed,
            "THREAD_DELETE": self._thread_deleted,
            "CHANNEL_DELETE": self._channel_deleted,
        }
        self._stock = {event: self._parsers[event] for event in (*instead, *after)}
        for event, parser in instead.items():
            self._parsers[event] = self._in_our_threads(parser)
        self._parsers["MESSAGE_CREATE"] = _one_after_the_other(self._echo, self._parsers["MESSAGE_CREATE"])
        for event, parser in after.items():
            self._parsers[event] = _one_after_the_other(self._stock[event], parser)

    def stop(self) -> None:
        """Everything is discord.py's again."""
        self._parsers.update(self._stock)
        self._stock = {}

    @property
    def _parsers(self) -> dict[str, Parser]:
        return self._client._connection.parsers  # noqa: SLF001 - see above

    def _in_our_threads(self, parser: Parser) -> Parser:
        follows = self._hearing.follows

        def parse(payload: Payload) -> None:
            if follows(int(payload["channel_id"])) and payload.get("guild_id") is not None:  # type: ignore[arg-type]
                parser(payload)

        return parse

    def _created(self, payload: Payload) -> None:
        if (seen := self._seen(payload)) is not None:
            self._do(self._hearing.observe(seen))

    def _updated(self, payload: Payload) -> None:
        # Embeds that resolve and pins update a message, too; only an edit has a time.
        if payload.get("edited_timestamp") and (seen := self._seen(payload)) is not None:
            self._do(self._hearing.edited(seen))

    def _deleted(self, payload: Payload) -> None:
        gone = [MessageId(int(one)) for one in payload.get("ids") or [payload["id"]]]
        self._do(self._hearing.deleted(_guild(payload), _channel(payload), gone))

    def _reacted(self, payload: Payload) -> None:
        if not ((payload.get("member") or {}).get("user") or {}).get("bot"):
            self._do(self._hearing.voted(_guild(payload), _channel(payload), _vote(payload)))

    def _unreacted(self, payload: Payload) -> None:
        self._do(self._hearing.unvoted(_guild(payload), _channel(payload), _vote(payload)))

    def _reactions_cleared(self, payload: Payload) -> None:
        emoji = inbound.emoji_key(payload["emoji"]) if "emoji" in payload else None
        message = MessageId(int(payload["message_id"]))
        self._do(self._hearing.votes_cleared(_guild(payload), _channel(payload), message, emoji))

    def _session_began(self, payload: Payload) -> None:
        self._arrivals.session_began([GuildId(int(guild["id"])) for guild in payload["guilds"]])

    def _guild_came(self, payload: Payload) -> None:
        if not payload.get("unavailable"):
            self._do(self._arrivals.guild_came(GuildId(int(payload["id"]))))

    def _thread_changed(self, payload: Payload) -> None:
        thread_id = ChannelId(int(payload["id"]))
        if self._hearing.follows(thread_id):
            self._do(self._hearing.thread_changed(thread_id, thread_state(payload["thread_metadata"])))

    def _thread_deleted(self, payload: Payload) -> None:
        thread_id = ChannelId(int(payload["id"]))
        if self._hearing.follows(thread_id):
            self._do(self._hearing.thread_deleted(_guild(payload), thread_id))

    def _channel_deleted(self, payload: Payload) -> None:
        if payload.get("guild_id") is not None:
            self._do(self._hearing.channel_deleted(_guild(payload), ChannelId(int(payload["id"]))))

    def _seen(self, payload: Payload) -> SeenMessage | None:
        guild = self._client.get_guild(int(payload["guild_id"]))
        user = self._client.user
        if guild is None or user is None:
            return None
        return inbound.seen(payload, guild=guild, me=user.id, application=self._client.application_id)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Tasks begin in the order in which they are made, so events keep Discord's."""
        task = self._client.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.error("an event was not taken in", exc_info=problem)


def thread_state(metadata: Payload) -> ThreadState:
    """What people can do in a thread with these properties (docs: resources/channel, thread metadata)."""
    if metadata.get("locked"):
        return ThreadState.LOCKED
    return ThreadState.ARCHIVED if metadata.get("archived") else ThreadState.OPEN


def _one_after_the_other(first: Parser, second: Parser) -> Parser:
    def parse(payload: Any) -> None:
        first(payload)
        second(payload)

    return parse


def _guild(payload: Payload) -> GuildId:
    return GuildId(int(payload["guild_id"]))


def _channel(payload: Payload) -> ChannelId:
    return ChannelId(int(payload["channel_id"]))


def _vote(payload: Payload) -> Vote:
    return Vote(
        MessageId(int(payload["message_id"])),
        UserId(int(payload["user_id"])),
        inbound.emoji_key(payload["emoji"]),
    )
