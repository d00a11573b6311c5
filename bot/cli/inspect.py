"""`rejoinder inspect`: what Rejoinder sees in a page; needs no configuration and no token."""

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.endings import UsageError
from bot.cli.options import ConfigPath
from bot.errors import FetchError

if TYPE_CHECKING:
    from bot.domain.discussion import Discussion, Document

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A file, an address, or - for standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of an outline.")]
MaxBytes = Annotated[
    int | None,
    typer.Option(
        "--max-bytes",
        min=1,
        help="Refuse what is larger; without it a file of 32 MiB, and at an address fetch.max_bytes.",
        show_default=False,
    ),
]


def inspect(
    source: Source, config: ConfigPath = None, *, as_json: AsJson = False, max_bytes: MaxBytes = None
) -> None:
    """Show what Rejoinder reads out of SOURCE.

    SOURCE is a page with an article and its comments. Of the configuration only the section fetch is read, and only for
    an address.

    Exit status: 0 read, 2 no such file, 3 not readable as any kind, 4 could not be fetched or too large.
    """
    if _ADDRESS.match(source):
        found = asyncio.run(_read_address(source, config, max_bytes))
    else:
        found = _read_file(source, max_bytes)
    document = document_of(found)
    if as_json:
        # Bytes, so that the document is UTF-8 whatever the terminal speaks.
        typer.echo(document.model_dump_json(indent=1).encode())
        return

    from rich.console import Console

    from bot.cli.outline import show

    show(document, Console(highlight=False, markup=False, emoji=False))


def document_of(found: "list[Discussion]") -> "Document":
    """What is printed: the discussions with comments first, each group in the source's order."""
    from bot.domain.discussion import Document

    return Document(discussions=tuple(sorted(found, key=lambda discussion: not discussion.comments)))


async def _read_address(address: str, config: Path | None, max_bytes: int | None) -> "list[Discussion]":
    from bot import logs
    from bot.adapters.fetching.fetcher import HttpFetcher
    from bot.adapters.reading import SourceReader
    from bot.ports.clock import SystemClock
    from bot.services.gathering import Gatherer
    from bot.settings import LogSettings, load_fetch

    # Standard output is the document's alone.
    logs.configure(LogSettings(level="warning"))
    settings = load_fetch(config)
    if max_bytes is not None:
        settings = settings.model_copy(update={"max_bytes": max_bytes})
    fetcher = HttpFetcher(settings, clock=SystemClock())
    return await Gatherer(fetcher=fetcher, reader=SourceReader(max_bytes=settings.max_bytes)).gather(address)


def _read_file(source: str, max_bytes: int | None) -> "list[Discussion]":
    from bot.settings import ImportSettings
    from bot.sources import register

    if max_bytes is None:
        max_bytes = ImportSettings().max_bytes
    data = _bytes_of(source, max_bytes + 1)
    if len(data) > max_bytes:
        raise FetchError(
            f"{source} is larger than {max_bytes:,} bytes; it was not read.",
            next_step="If that is meant, raise the limit with --max-bytes.",
        )
    return register.read(data, location=source)


def _bytes_of(source: str, limit: int) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(limit)
    try:
        with Path(source).open("rb") as file:
            return file.read(limit)
    except FileNotFoundError:
        raise UsageError(f"There is no file {source}.") from None
    except IsADirectoryError:
        raise UsageError(f"{source} is a directory.", next_step="Name a file in it.") from None
    except OSError as error:
        raise UsageError(f"{source} can't be read: {error.strerror}.") from error
