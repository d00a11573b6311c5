"""`rejoinder inspect`: what Rejoinder sees in a page; needs no configuration and no token."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import ConfigPath
from bot.cli.source import MaxBytes, Source, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.domain.discussion import Discussion

#: Items of a list that are written at a time.
_AT_A_TIME = 256

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of an outline.")]


def inspect(
    source: Source, config: ConfigPath = None, *, as_json: AsJson = False, max_bytes: MaxBytes = None
) -> None:
    """Show what Rejoinder reads out of SOURCE.

    SOURCE is a page with an article and its comments. Of the configuration only the section fetch is read, and only for
    an address.

    Exit status: 0 read, 2 no such file, 3 not readable as any kind, 4 could not be fetched or too large.
    """
    found = read(source, config=config, max_bytes=max_bytes)
    if as_json:
        for part in document_of(found):
            # Bytes, so that the document is UTF-8 whatever the terminal speaks.
            typer.echo(part, nl=False)
        return

    from rich.console import Console

    from bot.cli.outline import show

    show(found, Console(highlight=False, markup=False, emoji=False))


def document_of(found: "Iterable[Discussion]") -> "Iterator[bytes]":
    """The document in parts, so that an export never lies in memory.

    It is begun when there is something to stand in it: a refusal leaves nothing behind.
    """
    opening = b'{"discussions": ['
    before = opening
    for discussion in found:
        yield before
        yield from _parts_of(discussion)
        before = b","
    yield b"]}\n" if before != opening else opening + b"]}\n"


def _parts_of(discussion: "Discussion") -> "Iterator[bytes]":
    """Field by field, and of a list some at a time: a post may have ten thousand comments."""
    from pydantic_core import to_json

    before = b"{"
    for name, value in discussion:
        yield before + f'"{name}": '.encode()
        before = b","
        if not isinstance(value, tuple):
            yield to_json(value, indent=1)
            continue
        yield b"["
        for start in range(0, len(value), _AT_A_TIME):
            listed = to_json(value[start : start + _AT_A_TIME], indent=1)[1:-1]
            yield listed if not start else b"," + listed
        yield b"]"
    yield b"}"
