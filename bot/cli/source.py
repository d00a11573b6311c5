"""SOURCE of `inspect` and `plan`: a file, an address or standard input, read without a configuration."""

import asyncio
import os
import re
import shutil
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Annotated

import typer

from bot.cli.endings import UsageError
from bot.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.discussion import Discussion

#: Bytes of a pipe that are held; what is more waits in a file without a name.
_HELD = 8 * 1024 * 1024
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A file, an address, or - for standard input.")]
MaxBytes = Annotated[
    int | None,
    typer.Option(
        "--max-bytes",
        min=1,
        help="Refuse what is larger, but for exports in XML; without it a file of 32 MiB, and at an address fetch.max_bytes.",
        show_default=False,
    ),
]


def read(source: str, *, config: Path | None, max_bytes: int | None) -> "Iterator[Discussion]":
    """The discussions of a source, one after the other. Raises UsageError, UnreadableError, FetchError."""
    if _ADDRESS.match(source):
        return iter(asyncio.run(_read_address(source, config, max_bytes)))
    return _read_file(source, max_bytes)


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


def _read_file(source: str, max_bytes: int | None) -> "Iterator[Discussion]":
    from bot.settings import ImportSettings
    from bot.sources import register
    from bot.sources.content import OnDisk
    from bot.sources.material import Material

    most = ImportSettings().max_bytes if max_bytes is None else max_bytes
    with _opened(source) as file, SpooledTemporaryFile(max_size=_HELD) as kept:
        material = Material(OnDisk(file if file.seekable() else _kept(file, kept, most)), source)
        if len(material.content) > most and not register.has_no_limit(material):
            raise FetchError(
                f"{source} is larger than {most:,} bytes; it was not read.",
                next_step="If that is meant, raise the limit with --max-bytes.",
            )
        yield from register.stream(material)


def _kept(pipe: IO[bytes], kept: IO[bytes], most: int) -> IO[bytes]:
    """The bytes of a pipe in a file; of what is too large only so many that this shows."""
    from bot.sources import register
    from bot.sources.content import OnDisk
    from bot.sources.material import Material

    kept.write(pipe.read(most + 1))
    kept.seek(0)
    is_export = register.has_no_limit(Material(OnDisk(kept), ""))
    kept.seek(0, os.SEEK_END)
    if is_export:
        shutil.copyfileobj(pipe, kept)
    kept.seek(0)
    return kept


def _opened(source: str) -> AbstractContextManager[IO[bytes]]:
    if source == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(source).open("rb")
    except FileNotFoundError:
        raise UsageError(f"There is no file {source}.") from None
    except IsADirectoryError:
        raise UsageError(f"{source} is a directory.", next_step="Name a file in it.") from None
    except OSError as error:
        raise UsageError(f"{source} can't be read: {error.strerror}.") from error
