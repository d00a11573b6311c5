"""Time that passes only while nobody has anything to do: an hour of rate limits in a few seconds, the same each time.

Server and bot share one loop and speak over real loopback sockets. When nothing is ready after a short look at
the sockets, the clock jumps to the next timer. What happens outside the loop (a thread, SQLite) takes no time:
the clock is held until it is done.
"""

import asyncio
import concurrent.futures
import selectors
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

#: Seconds that a byte may need from one end of a loopback socket to the other, on a busy machine.
LOOK = 0.0005
#: What all clocks show when a loop begins.
EPOCH = datetime(2026, 1, 5, 9, tzinfo=UTC)


class _JumpingSelector(selectors.SelectSelector):
    """Waits for sockets alone; a timer is not waited for but jumped to."""

    def __init__(self, jump: Callable[[float], None], held: Callable[[], bool]) -> None:
        super().__init__()
        self._jump = jump
        self._held = held

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if ready := super().select(0):
            return ready
        if timeout is not None and timeout <= 0:
            return []
        while not (ready := super().select(LOOK)):
            if self._held():
                # Whoever holds the clock wakes the loop through its own socket.
                ready = super().select(1.0)
            elif timeout is not None:
                self._jump(timeout)
                return []
            if ready:
                break
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a clock of its own."""

    def __init__(self) -> None:
        #: Seconds since `EPOCH`.
        self._now = 0.0
        self._holders = 0
        super().__init__(_JumpingSelector(self._pass, lambda: self._holders > 0))

    def time(self) -> float:
        return self._now

    def wall(self) -> float:
        """The same instant in seconds since 1970."""
        return EPOCH.timestamp() + self._now

    @contextmanager
    def held(self) -> Iterator[None]:
        """No time passes, and no timer strikes: for work in another process."""
        self._holders += 1
        try:
            yield
        finally:
            self._holders -= 1

    def run_in_executor(  # type: ignore[override]  # as typeshed has it
        self,
        executor: concurrent.futures.Executor | None,
        func: Callable[[Unpack[Ts]], T],
        *args: *Ts,
    ) -> asyncio.Future[T]:
        """Run in a thread; the clock waits for it."""
        return self._awaited(super().run_in_executor(executor, func, *args))

    def create_future(self) -> asyncio.Future[Any]:
        """A future. One that aiosqlite makes stands for work on its thread, which the clock waits for."""
        future = super().create_future()
        asked_by = sys._getframe(1).f_globals.get("__name__", "")
        return self._awaited(future) if asked_by.startswith("aiosqlite") else future

    def _awaited(self, future: asyncio.Future[T]) -> asyncio.Future[T]:
        self._holders += 1
        future.add_done_callback(self._release)
        return future

    def _release(self, _: object) -> None:
        self._holders -= 1

    def _pass(self, seconds: float) -> None:
        self._now += seconds


class LoopClock:
    """The Clock port on the running loop's time, virtual or not."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def now(self) -> datetime:
        return EPOCH + timedelta(seconds=self._loop.time())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run on a virtual loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)
