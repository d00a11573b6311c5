"""`rejoinder inspect`: what Rejoinder sees in a page; needs no configuration, no token and no network."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.endings import UsageError
from bot.errors import FetchError

if TYPE_CHECKING:
    from bot.domain.discussion import Discussion, Document

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="A file, or - for standard input.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document instead of an outline.")]
MaxBytes = Annotated[
    int | None,
    typer.Option("--max-bytes", min=1, help="Refuse what is larger; without it 32 MiB.", show_default=False),
]


def inspect(source: Source, *, as_json: AsJson = False, max_bytes: MaxBytes = None) -> None:
    """Show what Rejoinder reads out of SOURCE.

    SOURCE is a page with an article and its comments.

    Exit status: 0 read, 2 no such file, 3 not readable as any kind, 4 could not be fetched or too large.
    """
    data = _fetch(source, max_bytes)
    from bot.sources import register

    document = document_of(register.read(data, location=source))
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


def _fetch(source: str, max_bytes: int | None) -> bytes:
    if max_bytes is None:
        from bot.settings import ImportSettings

        max_bytes = ImportSettings().max_bytes
    if _ADDRESS.match(source):
        raise FetchError(
            "Rejoinder does not read addresses yet.",
            next_step="Open the page in a browser, save it as text, and give that file.",
        )
    data = _read(source, max_bytes + 1)
    if len(data) > max_bytes:
        raise FetchError(
            f"{source} is larger than {max_bytes:,} bytes; it was not read.",
            next_step="If that is meant, raise the limit with --max-bytes.",
        )
    return data


def _read(source: str, limit: int) -> bytes:
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
