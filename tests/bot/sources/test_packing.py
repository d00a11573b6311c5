import pytest

from bot.domain.discussion import Article, Block, Comment, Discussion, Dropped, Source
from bot.sources.packing import END, pack, unpack


def discussion(count: int, words: str = "line\nbreak") -> Discussion:
    return Discussion(
        source=Source(kind="flattened-text", location=""),
        article=Article(
            title="A title", blocks=tuple(Block(markdown=f"{n}", text=f"{n}") for n in range(count))
        ),
        comments=tuple(Comment(key=f"k{n}", markdown=words, text=words) for n in range(count)),
        dropped=(Dropped(text="DONATE", reason="donation button"),),
    )


@pytest.mark.parametrize("count", [0, 3, 1000])
def test_what_is_packed_is_unpacked_whole(count: int) -> None:
    assert unpack(pack(discussion(count))) == discussion(count)


def test_no_line_holds_everything() -> None:
    lines = list(pack(discussion(1000)))
    assert len(lines) > 8
    assert not any(b"\n" in line for line in lines)
    assert [line == END for line in lines] == [False] * (len(lines) - 1) + [True]


def test_long_comments_stand_in_lines_of_their_own() -> None:
    lines = list(pack(discussion(4, "word " * 60_000)))
    assert sum(line.startswith(b"comments ") for line in lines) == 4
