"""Reads sources off the event loop: small ones in a thread, large ones in a process that can be ended."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import NoReturn

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.__main__ import OUT_OF_MEMORY, Request
from bot.sources.packing import END, unpack
from bot.sources.register import read, too_large
from bot.sources.summaries import Summary
from bot.sources.trails import Trails, trails

#: Up to here a thread reads in a fraction of a second; a thread can't be ended (DESIGN.md, law 12).
IN_A_THREAD = 256 * 1024
_MIB = 1024 * 1024
#: Bytes that go to the process, and come from it, at a time.
_STRETCH = 64 * 1024


class SourceReader:
    """The port DiscussionReader, over the register of readers.

    ``max_bytes`` is the largest source that is read at all, but for exports in a file, which are read in pieces.
    ``timeout``, in seconds, and ``memory``, in bytes of address space, limit the process that reads what is larger
    than ``in_a_thread``, and what is in a file; memory is limited on POSIX only.
    """

    def __init__(
        self,
        *,
        max_bytes: int = 64 * _MIB,
        timeout: float = 60.0,
        memory: int = 2048 * _MIB,
        in_a_thread: int = IN_A_THREAD,
    ) -> None:
        self._max_bytes = max_bytes
        self._timeout = timeout
        self._memory = memory
        self._in_a_thread = in_a_thread

    async def read(self, data: bytes, *, location: str, charset: str | None = None) -> list[Discussion]:
        """The discussions in ``data``, those with comments first.

        Raises UnreadableError with a sentence when no reader understands the bytes, when they are too many, and
        when they take too long or too much memory.
        """
        if len(data) > self._max_bytes:
            raise too_large(len(data), self._max_bytes)
        if len(data) <= self._in_a_thread:
            return await asyncio.to_thread(read, data, location=location, charset=charset)
        request = Request(location=location, charset=charset, most=self._max_bytes)
        try:
            async with asyncio.timeout(self._timeout):
                return [discussion async for discussion in self._discussions(request, data)]
        except TimeoutError:
            raise UnreadableError(
                f"Reading this source took longer than {self._timeout:g} seconds and was ended.",
                next_step="Hand over a smaller part of it.",
            ) from None

    async def summaries(self, file: Path, *, location: str) -> list[Summary]:
        """Of every discussion in a file; see `discussions`, which gives them in the same order."""
        request = Request(location=location, file=file, most=self._max_bytes, only_summaries=True)
        async with aclosing(self._lines(request)) as lines:
            return [Summary.model_validate_json(line.partition(b" ")[2]) async for line in lines]

    async def discussions(
        self, file: Path, *, location: str, only: Collection[int] | None = None
    ) -> AsyncGenerator[Discussion, None]:
        """The discussions in a file one by one, those with comments first: an export of any size never lies in memory.

        ``only`` names the places of those that are wanted. The process that reads waits where the caller takes its
        time, and is ended with the iterator: use `contextlib.aclosing`.

        Raises UnreadableError as `read` does, also between two discussions; it is the silence between two that may not
        last longer than ``timeout``.
        """
        wanted = frozenset(only) if only is not None else None
        request = Request(location=location, file=file, most=self._max_bytes, only=wanted)
        async with aclosing(self._discussions(request)) as found:
            async for discussion in found:
                yield discussion

    async def trails(self, data: bytes, *, location: str) -> Trails:
        """Where an HTML page says that the rest of its comments is. One parse of a page that was fetched whole."""
        return await asyncio.to_thread(trails, data, location)

    async def _discussions(self, request: Request, data: bytes = b"") -> AsyncGenerator[Discussion, None]:
        packed: list[bytes] = []
        async with aclosing(self._lines(request, data)) as lines:
            async for line in lines:
                if line != END:
                    packed.append(line)
                    continue
                discussion = await asyncio.to_thread(unpack, packed)
                packed = []
                yield discussion

    async def _lines(self, request: Request, data: bytes = b"") -> AsyncGenerator[bytes, None]:
        """What the process says of what is wanted."""
        async with self._process() as process:
            assert process.stdin is not None, "it was asked for"
            assert process.stdout is not None, "it was asked for"
            await _tell(process.stdin, request.model_dump_json().encode() + b"\n", data)
            async for line in _each_line(process.stdout, self._timeout):
                if line.startswith(b"refused "):
                    message, next_step = json.loads(line.partition(b" ")[2])
                    raise UnreadableError(message, next_step=next_step)
                if line != b"passed":
                    yield line
            if status := await process.wait():
                _explain(status)

    @asynccontextmanager
    async def _process(self) -> AsyncGenerator[Process]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.sources", str(self._memory), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        try:
            yield process
        finally:
            await _end(process)


async def _tell(stdin: asyncio.StreamWriter, *parts: bytes) -> None:
    """Write in stretches, since what can't be sent at once is copied. Who ends before it has heard all says why."""
    with suppress(ConnectionError):
        for part in parts:
            for start in range(0, len(part), _STRETCH):
                stdin.write(part[start : start + _STRETCH])
                await stdin.drain()
    stdin.close()


async def _each_line(stdout: asyncio.StreamReader, patience: float) -> AsyncGenerator[bytes, None]:
    """Lines of any length without their ends. Raises UnreadableError where none comes for ``patience`` seconds."""
    rest = bytearray()
    while True:
        try:
            async with asyncio.timeout(patience):
                stretch = await stdout.read(_STRETCH)
        except TimeoutError:
            raise UnreadableError(
                f"Reading this source stood still for {patience:g} seconds and was ended.",
                next_step="Hand over a smaller part of it.",
            ) from None
        if not stretch:
            return
        searched = len(rest)
        rest += stretch
        while (end := rest.find(b"\n", searched)) >= 0:
            yield bytes(rest[:end])
            del rest[: end + 1]
            searched = 0


async def _end(process: Process) -> None:
    """End the process if it still runs, and wait until it is gone, even while being cancelled."""
    if process.returncode is None:
        process.kill()
        await asyncio.shield(process.wait())


def _explain(status: int) -> NoReturn:
    if status == OUT_OF_MEMORY:
        message = "Reading this source needs more memory than it may use; it was ended."
    else:
        message = f"Reading this source ended unexpectedly, with status {status}."
    raise UnreadableError(message, next_step="Hand over a smaller part of it.")
