"""Discord tells every message twice: in the answer to its request, and over the gateway. The first one counts."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from contextlib import suppress
from typing import Any, Final

import structlog

from bot.errors import DeliveryError
from bot.ports.records import MessageId

log = structlog.get_logger()

#: Seconds that we listen on after an answer was lost.
_LISTENS_ON: Final = 1.0


class Echoes:
    """What the gateway tells of messages whose requests are under way."""

    def __init__(self) -> None:
        self._awaited: dict[Hashable, asyncio.Future[MessageId]] = {}
        #: Requests whose echo came first; their answers still teach the limiter.
        self._outrun: set[asyncio.Task[MessageId]] = set()

    def heard(self, mark: Hashable, message_id: MessageId) -> None:
        """The gateway told of a message with this mark."""
        echo = self._awaited.get(mark)
        if echo is not None and not echo.done():
            echo.set_result(message_id)

    async def first(
        self, mark: Hashable, request: Callable[[Callable[[], bool]], Coroutine[Any, Any, MessageId]]
    ) -> MessageId:
        """The message's id, from the answer or from the gateway. Raises what the request raises.

        The request is given a function that says whether it need not be repeated any more.
        """
        loop = asyncio.get_running_loop()
        echo: asyncio.Future[MessageId] = loop.create_future()
        self._awaited[mark] = echo
        task = loop.create_task(request(echo.done), name="send")
        try:
            await asyncio.wait({task, echo}, return_when=asyncio.FIRST_COMPLETED)
            if not echo.done() and _is_in_doubt(task):
                await asyncio.wait({echo}, timeout=_LISTENS_ON)
            if not echo.done():
                return task.result()
            self._let_end(task)
            return echo.result()
        except asyncio.CancelledError:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait({task})
            raise
        finally:
            del self._awaited[mark]

    def _let_end(self, task: "asyncio.Task[MessageId]") -> None:
        self._outrun.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[MessageId]") -> None:
        self._outrun.discard(task)
        if not task.cancelled() and (problem := task.exception()) is not None:
            log.info("an answer was lost, but the gateway told", problem=str(problem))


def _is_in_doubt(task: "asyncio.Task[MessageId]") -> bool:
    problem = task.exception()
    return isinstance(problem, DeliveryError) and problem.in_doubt
