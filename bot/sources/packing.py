"""Discussions as lines of JSON that are checked one by one.

Checking a document of 50 MB in one call would keep Python's lock for half a second, and the loop would stand.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter

from bot.domain.discussion import Block, Comment, Discussion, Dropped

#: Items a line: some ten milliseconds of checking where they are long.
_BATCH = 256

_BLOCKS = TypeAdapter(list[Block])
_COMMENTS = TypeAdapter(list[Comment])
_DROPPED = TypeAdapter(list[Dropped])


def pack(discussions: Iterable[Discussion]) -> Iterator[bytes]:
    """One line that opens each discussion, then its parts in batches; each line names what it holds."""
    for discussion in discussions:
        article = discussion.article.model_copy(update={"blocks": ()})
        opened = discussion.model_copy(update={"article": article, "comments": (), "dropped": ()})
        yield b"discussion " + opened.model_dump_json().encode() + b"\n"
        yield from _lines(b"blocks ", _BLOCKS, discussion.article.blocks)
        yield from _lines(b"comments ", _COMMENTS, discussion.comments)
        yield from _lines(b"dropped ", _DROPPED, discussion.dropped)


def unpack(lines: Iterable[bytes]) -> list[Discussion]:
    """What ``pack`` wrote."""
    found: list[Discussion] = []
    parts: dict[bytes, list[Any]] = {}
    for line in lines:
        name, _, content = line.partition(b" ")
        if name == b"discussion":
            _close(found, parts)
            found.append(Discussion.model_validate_json(content))
            parts = {b"blocks": [], b"comments": [], b"dropped": []}
        else:
            parts[name] += _ADAPTERS[name].validate_json(content)
    _close(found, parts)
    return found


_ADAPTERS: dict[bytes, TypeAdapter[Any]] = {b"blocks": _BLOCKS, b"comments": _COMMENTS, b"dropped": _DROPPED}


def _lines(name: bytes, adapter: TypeAdapter[Any], items: Sequence[Any]) -> Iterator[bytes]:
    for start in range(0, len(items), _BATCH):
        yield name + adapter.dump_json(list(items[start : start + _BATCH])) + b"\n"


def _close(found: list[Discussion], parts: dict[bytes, list[Any]]) -> None:
    """Put the collected parts into the discussion that was opened last."""
    if found:
        opened = found[-1]
        article = opened.article.model_copy(update={"blocks": tuple(parts[b"blocks"])})
        rest = {"comments": tuple(parts[b"comments"]), "dropped": tuple(parts[b"dropped"])}
        found[-1] = opened.model_copy(update={"article": article, **rest})
