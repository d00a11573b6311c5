"""Reading off the loop: the same answer from a thread and from a process, and an end to what takes too long."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from bot.adapters.reading import SourceReader
from bot.errors import UnreadableError
from bot.sources.register import read

PAGE = """A Quiet Street

Nothing happened here today.

Comments

Rosalind Farthingale | May 5, 2020 at 3:14 pm

It was quiet yesterday too.

    Bartholomew Quince in reply to Rosalind Farthingale. | May 5, 2020 at 4:00 pm

    It was loud on Monday.
"""
DATA = PAGE.encode()


@pytest.mark.asyncio
@pytest.mark.parametrize("in_a_thread", [len(DATA), 0], ids=["in a thread", "in a process"])
async def test_both_ways_read_the_same(in_a_thread: int) -> None:
    reader = SourceReader(in_a_thread=in_a_thread)
    assert await reader.read(DATA, location="page.txt") == read(DATA, location="page.txt")


@pytest.mark.asyncio
@pytest.mark.parametrize("in_a_thread", [1000, 0], ids=["in a thread", "in a process"])
async def test_both_ways_refuse_with_the_same_sentence(in_a_thread: int) -> None:
    with pytest.raises(UnreadableError) as refusal:
        await SourceReader(in_a_thread=in_a_thread).read(b"%PDF-1.7", location="page")
    assert "a PDF file" in refusal.value.message
    assert refusal.value.next_step


@pytest.mark.asyncio
async def test_what_is_too_large_is_refused_with_both_sizes() -> None:
    with pytest.raises(UnreadableError) as refusal:
        await SourceReader(max_bytes=1024 * 1024).read(b"a" * (2 * 1024 * 1024), location="page")
    assert "2.0 MiB" in refusal.value.message
    assert "1.0 MiB" in refusal.value.message


@pytest.mark.asyncio
async def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(UnreadableError) as refusal:
        await SourceReader(in_a_thread=0, timeout=0.01).read(DATA, location="page")
    assert "0.01 seconds" in refusal.value.message


@pytest.mark.asyncio
async def test_what_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(UnreadableError) as refusal:
        await SourceReader(in_a_thread=0, memory=200 * 1024 * 1024).read(
            b"word, " * 8_000_000, location="page"
        )
    assert refusal.value.next_step


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for child processes")
@pytest.mark.asyncio
async def test_a_cancelled_read_leaves_no_process_behind() -> None:
    reading = asyncio.create_task(SourceReader(in_a_thread=0).read(DATA * 5000, location="page"))
    async with asyncio.timeout(20):
        while not _children():  # noqa: ASYNC110 - the kernel sends no event
            await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not _children()


def _children() -> set[str]:
    """The processes that this one has started, by what the kernel says."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())
