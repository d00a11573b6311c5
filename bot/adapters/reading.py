"""Reads sources off the event loop: small ones in a thread, large ones in a process that can be ended."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from io import BytesIO

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.__main__ import OUT_OF_MEMORY, UNREADABLE
from bot.sources.packing import unpack
from bot.sources.register import read
from bot.sources.trails import Trails, trails

#: Up to here a thread reads in a fraction of a second; a thread can't be ended (DESIGN.md, law 12).
IN_A_THREAD = 256 * 1024
_MIB = 1024 * 1024


class SourceReader:
    """The port DiscussionReader, over the register of readers.

    ``max_bytes`` is the largest source that is read at all. ``timeout``, in seconds, and ``memory``, in bytes of
    address space, limit the process that reads what is larger than ``in_a_thread``; memory is limited on POSIX only.
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
        """The discussions in ``data``.

        Raises UnreadableError with a sentence when no reader understands the bytes, when they are too many, and
        when they take too long or too much memory.
        """
        if len(data) > self._max_bytes:
            raise UnreadableError(
                f"This source has {len(data) / _MIB:.1f} MiB; Rejoinder reads up to {self._max_bytes / _MIB:.1f} MiB.",
                next_step="Hand over a part of it, or ask whoever runs the bot to raise import.max_bytes.",
            )
        if len(data) <= self._in_a_thread:
            return await asyncio.to_thread(read, data, location=location, charset=charset)
        return await self._read_apart(json.dumps([location, charset]).encode() + b"\n" + data)

    async def trails(self, data: bytes, *, location: str) -> Trails:
        """Where an HTML page says that the rest of its comments is. One parse of a page that was fetched whole."""
        return await asyncio.to_thread(trails, data, location)

    async def _read_apart(self, data: bytes) -> list[Discussion]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.sources", str(self._memory), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
        )
        try:
            async with asyncio.timeout(self._timeout):
                output, _ = await process.communicate(data)
        except TimeoutError:
            raise UnreadableError(
                f"Reading this source took longer than {self._timeout:g} seconds and was ended.",
                next_step="Hand over a smaller part of it.",
            ) from None
        finally:
            await _end(process)
        return await asyncio.to_thread(_result, process.returncode, output)


async def _end(process: Process) -> None:
    """End the process if it still runs, and wait until it is gone, even while being cancelled."""
    if process.returncode is None:
        process.kill()
        await asyncio.shield(process.wait())


def _result(status: int | None, output: bytes) -> list[Discussion]:
    if status == 0:
        return unpack(BytesIO(output))
    if status == UNREADABLE:
        message, next_step = json.loads(output)
        raise UnreadableError(message, next_step=next_step)
    if status == OUT_OF_MEMORY:
        message = "Reading this source needs more memory than it may use; it was ended."
    else:
        message = f"Reading this source ended unexpectedly, with status {status}."
    raise UnreadableError(message, next_step="Hand over a smaller part of it.")
