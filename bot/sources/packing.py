"""Discussions as lines of JSON that are written, sent and checked one by one.

Checking a document of 50 MB in one call would keep Python's lock for half a second, and the loop would stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter

from bot.domain.discussion import Block, Comment, Discussion, Dropped

#: The line that ends a discussion.
END = b"end"
#: Items a line, and characters: some ten milliseconds of checking where they are long.
_BATCH = 256
_LONG = 256 * 1024

_PARTS: dict[bytes, TypeAdapter[Any]] = {
    b"blocks": TypeAdapter(list[Block]),
    b"comments": TypeAdapter(list[Comment]),
    b"dropped": TypeAdapter(list[Dropped]),
}


def pack(discussion: Discussion) -> Iterator[bytes]:
    """A line that opens it, its parts in batches, and one that ends it; each line names what it holds."""
    article = discussion.article.model_copy(update={"blocks": ()})
    opened = discussion.model_copy(update={"article": article, "comments": (), "dropped": ()})
    yield b"discussion " + opened.model_dump_json().encode()
    yield from _lines(b"blocks", discussion.article.blocks)
    yield from _lines(b"comments", discussion.comments)
    yield from _lines(b"dropped", discussion.dropped)
    yield END


def unpack(lines: Iterable[bytes]) -> Discussion:
    """What ``pack`` wrote, with or without the line that ends it."""
    opening, *rest = lines
    opened = Discussion.model_validate_json(opening.partition(b" ")[2])
    parts: dict[bytes, list[Any]] = {name: [] for name in _PARTS}
    for line in rest:
        name, _, content = line.partition(b" ")
        if name != END:
            parts[name] += _PARTS[name].validate_json(content)
    article = opened.article.model_copy(update={"blocks": tuple(parts[b"blocks"])})
    return opened.model_copy(
        update={
            "article": article,
            "comments": tuple(parts[b"comments"]),
            "dropped": tuple(parts[b"dropped"]),
        }
    )


def _lines(name: bytes, items: Sequence[Block | Comment | Dropped]) -> Iterator[bytes]:
    batch: list[Block | Comment | Dropped] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += len(item.text)
        if len(batch) == _BATCH or characters > _LONG:
            yield name + b" " + _PARTS[name].dump_json(batch)
            batch, characters = [], 0
    if batch:
        yield name + b" " + _PARTS[name].dump_json(batch)
