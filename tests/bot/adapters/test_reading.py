"""Reading off the loop: the same answer from a thread and from a process, and an end to what takes too long."""

import asyncio
import os
import sys
from contextlib import aclosing
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


def export(*comments: int, words: str = "Quiet again.") -> bytes:
    """A WXR file of our own: a post for each number of comments."""
    items = "".join(
        f"<item><title>Post {place}</title><link>https://street.example/{place}/</link><wp:status>publish</wp:status>"
        f"<wp:post_date>2024-05-0{place + 1} 08:00:00</wp:post_date>"
        + "".join(
            f"<wp:comment><wp:comment_id>{place}{number}</wp:comment_id><wp:comment_author>Ada</wp:comment_author>"
            f"<wp:comment_approved>{number}</wp:comment_approved>"
            f"<wp:comment_content>{words}</wp:comment_content></wp:comment>"
            for number in range(count)
        )
        + "</item>"
        for place, count in enumerate(comments)
    )
    head = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Street</title>'
    return f"{head}{items}</channel></rss>".encode()


class TestAFile:
    """Read piece by piece: a list first, then what is wanted of it."""

    @pytest.mark.asyncio
    async def test_its_summaries_say_what_a_list_shows(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(0, 3, 1))
        found = await SourceReader().summaries(file, location="street.xml")
        # Of three comments one is held back; the post with a held comment alone has none to import.
        assert [(s.place, s.title, s.comments) for s in found] == [
            (0, "Post 1", 2),
            (1, "Post 2", 0),
            (2, "Post 0", 0),
        ]
        assert (found[0].url, found[0].site) == ("https://street.example/1/", "The Street")
        assert str(found[0].published) == "2024-05-02 08:00:00"

    @pytest.mark.asyncio
    @pytest.mark.parametrize(("only", "wanted"), [(None, (0, 1, 2)), ([2, 0], (0, 2)), ([], ()), ([7], ())])
    async def test_its_discussions_come_one_by_one(self, tmp_path: Path, only, wanted) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(0, 3, 1))
        whole = read(file.read_bytes(), location="street.xml")
        found = [d async for d in SourceReader().discussions(file, location="street.xml", only=only)]
        assert found == [whole[place] for place in wanted]

    @pytest.mark.asyncio
    async def test_an_export_may_be_larger_than_what_is_read_whole(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(2, 2))
        reader = SourceReader(max_bytes=100)
        assert len(await reader.summaries(file, location="street.xml")) == 2
        file.write_bytes(DATA)
        with pytest.raises(UnreadableError, match="Rejoinder reads up to"):
            await reader.summaries(file, location="street.txt")

    @pytest.mark.asyncio
    async def test_one_that_is_gone_is_a_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableError, match=r"The file export\.xml can't be read: No such file"):
            await SourceReader().summaries(tmp_path / "export.xml", location="street.xml")

    @pytest.mark.asyncio
    async def test_time_that_the_caller_takes_is_not_silence(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(*[9] * 9, words="Quiet again. " * 2000))
        found = SourceReader(timeout=2.0).discussions(file, location="street.xml")
        async with aclosing(found):
            await anext(found)
            await asyncio.sleep(2.2)
            assert len([discussion async for discussion in found]) == 8

    @pytest.mark.asyncio
    async def test_silence_ends_it(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        with pytest.raises(UnreadableError, match=r"stood still for 0\.5 seconds"):
            await SourceReader(timeout=0.5).summaries(pipe, location="street.xml")

    @pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for child processes")
    @pytest.mark.asyncio
    async def test_who_stops_early_leaves_no_process_behind(self, tmp_path: Path) -> None:
        file = tmp_path / "export.xml"
        file.write_bytes(export(*[9] * 9, words="Quiet again. " * 2000))
        async with aclosing(SourceReader().discussions(file, location="street.xml")) as found:
            await anext(found)
            assert _children()
        assert not _children()
