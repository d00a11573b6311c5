"""How a command ends when it fails: one sentence on standard error and a status, never a traceback."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from bot.errors import ConfigError, FetchError, RejoinderError, UnreadableError
from bot.tokens import hide_secrets

#: Set to anything, it brings the traceback back.
DEBUG_VARIABLE = "REJOINDER_DEBUG"


class UsageError(RejoinderError):
    """What was typed can't be done, for example a file that isn't there."""


_FAILED = 1
_STATUSES: dict[type[RejoinderError], int] = {
    UsageError: 2,
    UnreadableError: 3,
    FetchError: 4,
    # EX_CONFIG of BSD's sysexits.h: a service manager can be told not to start again after it.
    ConfigError: 78,
}


class Surface(TyperGroup):
    """The top of the command: every failure of every command passes here."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command; turn what went wrong into a sentence and a status."""
        try:
            return super().main(*args, **options)
        except Exception as error:
            if os.environ.get(DEBUG_VARIABLE):
                raise
            typer.echo(_sentence(error), err=True)
            sys.exit(_status(error))


def _status(error: Exception) -> int:
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), _FAILED)


def _sentence(error: Exception) -> str:
    if isinstance(error, RejoinderError):
        return str(error)
    told = hide_secrets(" ".join(f"{type(error).__name__}: {error}".split()))
    return f"Rejoinder met a fault of its own ({told}). {DEBUG_VARIABLE}=1 shows where; please report it."
