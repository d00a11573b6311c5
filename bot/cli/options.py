"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

ConfigPath = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="PATH",
        help="The configuration; without it $REJOINDER_CONFIG, ./rejoinder.toml, then your own.",
        show_default=False,
    ),
]
