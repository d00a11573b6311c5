"""One import's messages, each exactly once, in order.

A message row is PENDING, with its final text, before Discord hears of it, and SENT after; the next one becomes PENDING
in the same commit. So at any crash one message is in doubt, and that one is looked for before it is sent again.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Hashable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final, TypeVar
from weakref import WeakValueDictionary

import structlog

from bot.domain.limits import HISTORY_PAGE
from bot.domain.outgoing import MessageKind, Outgoing
from bot.errors import DeliveryError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger, Opened
from bot.ports.records import (
    Address,
    ChannelId,
    ImportRecord,
    ImportState,
    MessageId,
    NextMessage,
    RowId,
    id_at,
)
from bot.ports.store import Store
from bot.services.progress import ProgressMessage

log = structlog.get_logger()

T = TypeVar("T")

#: Waits between tries of a call that may succeed later, in seconds; after half an hour the import pauses.
_RETRIES: Final = (1.0, 2.0, 5.0, 15.0, 60.0, *6 * (300.0,))
#: A wait is told from so many seconds on.
_TOLD: Final = 30.0
#: How far the clocks of Discord and of this machine may be apart.
_SKEW: Final = timedelta(minutes=10)

#: One sender a channel: whoever sends into it holds its lock, which is there as long as somebody wants it.
Lanes = WeakValueDictionary[Hashable, asyncio.Lock]


class StoppedError(Exception):
    """Somebody asked to stop; nothing is in doubt."""


class Sending:
    """Sends one run: opens its thread, then message after message."""

    def __init__(
        self,
        run: ImportRecord,
        *,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        lanes: Lanes,
        progress: ProgressMessage,
        opened: Callable[[ImportRecord, ChannelId], None],
        told: Callable[[ImportRecord], None],
        renew: Callable[[ImportRecord], Awaitable[ImportRecord]],
        pace: float,
    ) -> None:
        """``renew`` gives a run whose thread is gone a new plan and no thread."""
        self._run = run
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._lanes = lanes
        self._progress = progress
        self._opened = opened
        self._told = told
        self._renew = renew
        self._pace = pace
        self._stopping = False
        self._waiting: asyncio.Future[Any] | None = None
        #: Where the messages go, once it is there.
        self.thread_id = run.thread_id

    def stop(self) -> None:
        """Stop after the message that is on its way."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def send_all(self, *, anew: bool) -> ChannelId:
        """Send what is unsent, or everything ``anew`` if the thread was deleted; the thread.

        Raises DeliveryError and NotFoundError when it can't go on, StoppedError after `stop`.
        """
        if anew:
            self._run = await self._patiently(partial(self._renew, self._run))
            self.thread_id = self._run.thread_id
        self._progress.begins(self._run)
        thread_id = self.thread_id or await self._open()
        self.thread_id = thread_id
        async with self._lane(thread_id):
            message = await self._take_next(thread_id)
            while message is not None:
                sent = message.row, await self._send(thread_id, message)
                if self._stopping:
                    await self._store.messages.mark_sent(*sent)
                    raise StoppedError
                message = await self._take_next(thread_id, sent=sent)
                self._progress.moved(thread_id)
                if self._pace:
                    await self._until_stopped(self._clock.sleep(self._pace))
        return thread_id

    async def settle(self) -> None:
        """Learn whether the message in doubt of a run that does not run has arrived. Raises DeliveryError."""
        message = await self._store.messages.find_in_doubt(self._run.id)
        if message is None or message.channel_id is None:
            return
        if self.thread_id is None and self._kind == "forum":
            title = await self._title()
            if (opened := await self._find_post(title, message)) is not None:
                await self._store.imports.set_thread(
                    self._run.id, opened.thread_id, card=(message.row, opened.message_id)
                )
        elif (found := await self._find(message.channel_id, message)) is not None:
            await self._store.messages.mark_sent(message.row, found)

    async def _open(self) -> ChannelId:
        """The thread: a forum's card makes it, in a text channel it hangs under the card, and it may be there."""
        kind = self._kind
        if kind == "thread":
            thread_id = await self._come_into_thread()
        else:
            title = await self._title()
            thread_id = await (
                self._open_in_forum(title) if kind == "forum" else self._open_under_card(title)
            )
        self._opened(self._run, thread_id)
        return thread_id

    async def _open_in_forum(self, title: str) -> ChannelId:
        card = await self._take_card()
        # A post is a channel of its own. Only those that look alike are opened one after the other.
        async with self._lane((self._run.channel_id, title, card.outgoing.digest)):
            opened = await self._open_post(title, card)
            await self._store.imports.set_thread(
                self._run.id, opened.thread_id, card=(card.row, opened.message_id)
            )
        return opened.thread_id

    async def _open_under_card(self, title: str) -> ChannelId:
        channel_id = self._run.channel_id
        async with self._lane(channel_id):
            above = await self._send_card()
            # A message has one thread at most: asking twice finds it.
            thread_id = await self._patiently(
                partial(self._messenger.open_thread, channel_id, above, name=title)
            )
            await self._store.imports.set_thread(self._run.id, thread_id)
        return thread_id

    async def _come_into_thread(self) -> ChannelId:
        thread_id = self._run.channel_id
        async with self._lane(thread_id):
            # What stood there before is none of ours.
            await self._store.imports.set_thread(self._run.id, thread_id, after=await self._send_card())
        return thread_id

    async def _send_card(self) -> MessageId:
        """The card in a text channel or thread, which may stand there already."""
        run = self._run
        standing = await self._store.messages.find_sent(run.id, 0)
        if standing is not None and standing.message_id is not None:
            return standing.message_id
        card = await self._take_card()
        sent = await self._send(run.channel_id, card)
        await self._store.messages.mark_sent(card.row, sent)
        return sent

    async def _take_card(self) -> NextMessage:
        card = await self._take_next(self._run.channel_id)
        if card is None or card.kind is not MessageKind.CARD:
            raise DeliveryError(
                "The article's card was deleted before its thread was opened.",
                next_step="undo this import and import the article again.",
            )
        return card

    async def _open_post(self, title: str, card: NextMessage) -> Opened:
        post = partial(
            self._messenger.open_post,
            self._run.channel_id,
            name=title,
            outgoing=card.outgoing,
            tags=self._run.tags,
        )
        find = partial(self._find_post, title, card)
        return await self._patiently(post, find=find, in_doubt=card.in_doubt)

    async def _send(self, channel_id: ChannelId, message: NextMessage) -> MessageId:
        send = partial(
            self._messenger.send,
            channel_id,
            message.outgoing,
            nonce=message.nonce,
            reply_to=message.reply_to,
        )
        find = partial(self._find, channel_id, message)
        return await self._patiently(send, find=find, in_doubt=message.in_doubt)

    async def _find(self, channel_id: ChannelId, message: NextMessage) -> MessageId | None:
        """The one look back of law 5: whether a message in doubt has arrived, word for word.

        Twins ("+1" after "+1") are told apart because everything before it is confirmed.
        """
        marks = {message.outgoing.digest}
        if message.outgoing.persona is not None:
            # Without the message content intent the words of webhooks may be hidden, and the name is what is left.
            marks.add(Outgoing(content="", persona=message.outgoing.persona).digest)
        after = message.after or id_at(self._run.started_at - _SKEW)
        while True:
            page = await self._messenger.history(
                self._run.guild_id, channel_id, after=after, limit=HISTORY_PAGE
            )
            for seen in page:
                if seen.ours and seen.digest in marks and not await self._is_known(seen.message_id):
                    return seen.message_id
            if len(page) < HISTORY_PAGE:
                return None
            after = page[-1].message_id

    async def _find_post(self, title: str, card: NextMessage) -> Opened | None:
        posts = await self._messenger.find_posts(
            self._run.channel_id,
            name=title,
            digest=card.outgoing.digest,
            since=self._run.started_at - _SKEW,
        )
        for opened in posts:
            if not await self._is_known(opened.message_id):
                return opened
        return None

    async def _is_known(self, message_id: MessageId) -> bool:
        return await self._store.messages.find(self._run.guild_id, message_id) is not None

    async def _patiently(
        self,
        act: Callable[[], Awaitable[T]],
        *,
        find: Callable[[], Awaitable[T | None]] | None = None,
        in_doubt: bool = False,
    ) -> T:
        """Act until it succeeds or can't; ``find`` looks first for what an earlier try may have done."""
        waits = iter(_RETRIES)
        while True:
            try:
                if in_doubt and find is not None:
                    if (found := await find()) is not None:
                        return found
                    in_doubt = False
                return await act()
            except DeliveryError as problem:
                wait = problem.wait if problem.wait is not None else next(waits, None)
                if not problem.retry or wait is None:
                    raise
                in_doubt = in_doubt or problem.in_doubt
                await self._wait(wait, problem.message)

    async def _wait(self, seconds: float, reason: str) -> None:
        """Wait, and tell people why when it is long."""
        log.info("waiting", import_id=self._run.id, reason=reason, seconds=seconds)
        if seconds < _TOLD:
            await self._until_stopped(self._clock.sleep(seconds))
            return
        await self._note(reason)
        if self.thread_id is not None:
            await self._progress.pause(self.thread_id, f"{reason} I go on by myself.")
        await self._until_stopped(self._clock.sleep(seconds))
        await self._note(None)

    async def _note(self, reason: str | None) -> None:
        await self._store.imports.set_state(
            self._run.id, ImportState.RUNNING, at=self._clock.now(), reason=reason
        )
        self._told(self._run)

    @asynccontextmanager
    async def _lane(self, key: Hashable) -> AsyncIterator[None]:
        lock = self._lanes.setdefault(key, asyncio.Lock())
        await self._until_stopped(lock.acquire(), undo=lock.release)
        try:
            yield
        finally:
            lock.release()

    async def _until_stopped(
        self, waiting: Coroutine[Any, Any, Any], *, undo: Callable[[], None] = lambda: None
    ) -> None:
        """Wait for it, or until somebody wants to stop; ``undo`` takes back what it did nevertheless.

        Raises StoppedError.
        """
        task = self._waiting = asyncio.ensure_future(waiting)
        if self._stopping:
            task.cancel()
        try:
            await asyncio.wait({task})
        finally:
            self._waiting = None
            gives_up = self._stopping or not task.done()
            if gives_up and not task.cancel() and not task.cancelled():
                undo()
        if self._stopping:
            raise StoppedError

    async def _take_next(
        self, channel_id: ChannelId, *, sent: tuple[RowId, MessageId] | None = None
    ) -> NextMessage | None:
        return await self._store.messages.take_next(
            self._run.id, channel_id=channel_id, bind=self._bind, sent=sent
        )

    def _bind(self, outgoing: Outgoing, addresses: Mapping[int, Address]) -> Outgoing:
        """Links lead to messages that are all sent by now."""
        run = self._run

        def url_of(ordinal: int) -> str:
            # Somebody may have deleted the message meanwhile; then the thread itself is the nearest address.
            channel_id, message_id = addresses.get(ordinal, (self.thread_id or run.channel_id, None))
            return self._messenger.url(run.guild_id, channel_id, message_id)

        return outgoing.bound(url_of)

    async def _title(self) -> str:
        return (await self._store.articles.get(self._run.guild_id, self._run.article_id)).article.title

    @property
    def _kind(self) -> str:
        return self._messenger.place(self._run.guild_id, self._run.channel_id).kind
