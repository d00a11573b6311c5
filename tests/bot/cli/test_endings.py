"""However a command fails, a person reads one sentence and a script reads a status."""

import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.endings import Surface, UsageError
from bot.errors import (
    ConfigError,
    DeliveryError,
    FetchError,
    NotFoundError,
    RefusedError,
    RejoinderError,
    StorageError,
    UnreadableError,
)


def failing(error: Exception) -> typer.Typer:
    app = typer.Typer(cls=Surface, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None: ...

    return app


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (UsageError, 2),
        (UnreadableError, 3),
        (FetchError, 4),
        (ConfigError, 78),
        (StorageError, 1),
        (NotFoundError, 1),
        (RefusedError, 1),
        (DeliveryError, 1),
        (RejoinderError, 1),
    ],
)
def test_every_error_of_ours_has_a_sentence_and_a_status(kind, status):
    ended = CliRunner().invoke(failing(kind("It is so.", next_step="Do this.")), ["fail"])
    assert (ended.exit_code, ended.stdout, ended.stderr) == (status, "", "It is so. Do this.\n")


def test_a_fault_of_ours_is_one_line_without_secrets(token):
    ended = CliRunner().invoke(failing(ValueError(f"two\nlines with {token}")), ["fail"])
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == (
        "Rejoinder met a fault of its own (ValueError: two lines with [hidden]). "
        "REJOINDER_DEBUG=1 shows where; please report it.\n"
    )


@pytest.mark.parametrize("error", [ConfigError("no"), ValueError("no")])
def test_the_traceback_comes_back_on_request(monkeypatch, error):
    monkeypatch.setenv("REJOINDER_DEBUG", "1")
    ended = CliRunner().invoke(failing(error), ["fail"])
    assert ended.exception is error


@pytest.mark.parametrize(
    "args", [["inspect"], ["inspect", "--colour", "x"], ["nothing"], ["demo", "--port", "many"]]
)
def test_usage(rejoinder, args):
    ended = rejoinder(*args)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "Error: " in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    "args",
    [[], ["--help"], *([name, "--help"] for name in ("init", "doctor", "run", "inspect", "plan", "demo"))],
)
def test_help(rejoinder, args):
    ended = rejoinder(*args)
    assert ended.exit_code == (0 if args else 2)
    assert "Usage: rejoinder" in ended.output
    assert "..." not in ended.output.replace("[ARGS]...", ""), "a line of help is cut"


@pytest.mark.parametrize(
    "args", [["--help"], ["doctor", "--help"], ["inspect", "-", "--json"], ["inspect", "-"], ["plan", "-"]]
)
def test_discord_is_not_imported_where_nobody_needs_it(args):
    script = (
        "import sys; from bot.cli.app import app\n"
        f"try: app({args!r})\n"
        "except SystemExit: pass\n"
        "print([name for name in ('discord', 'aiosqlite', 'simcord') if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", script], input=b"", capture_output=True, check=True)
    assert ended.stderr.decode().splitlines()[-1] == "[]"
