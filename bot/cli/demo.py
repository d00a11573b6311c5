"""`rejoinder demo`: the bot in a simulated Discord."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import RejoinderError

SourceFile = Annotated[
    Path | None,
    typer.Option(
        "--source",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="A page of your own instead of the sample.",
        show_default=False,
    ),
]
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="Where the page is served; 0 takes a free one.")
]
Once = Annotated[bool, typer.Option("--once", help="Import, answer, print a summary and end; no browser.")]


def demo(*, source: SourceFile = None, port: Port = 8765, once: Once = False) -> None:
    """Try the bot without Discord.

    A page shows the thread and, beside it, the tree; you read along, type and click.
    """
    if find_spec("simcord") is None:
        raise RejoinderError(
            "The demo's simulated Discord is not installed.",
            next_step='Install it: pip install "rejoinder[demo]"',
        )
    from bot.demo.main import run

    raise typer.Exit(run(source, port, once))
