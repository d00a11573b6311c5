from bot.domain.discussion import Article, Block, Comment, Discussion, Dropped, Source
from bot.sources.packing import pack, unpack


def discussion(count: int) -> Discussion:
    return Discussion(
        source=Source(kind="flattened-text", location=""),
        article=Article(
            title="A title", blocks=tuple(Block(markdown=f"{n}", text=f"{n}") for n in range(count))
        ),
        comments=tuple(
            Comment(key=f"k{n}", markdown="line\nbreak", text="line\nbreak") for n in range(count)
        ),
        dropped=(Dropped(text="DONATE", reason="donation button"),),
    )


def test_what_is_packed_is_unpacked_whole() -> None:
    several = [discussion(0), discussion(3), discussion(1000)]
    assert unpack(pack(several)) == several


def test_no_line_holds_everything() -> None:
    lines = list(pack([discussion(1000)]))
    assert len(lines) > 8
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)


def test_nothing_is_nothing() -> None:
    assert unpack(pack([])) == []
