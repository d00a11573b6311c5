"""The log: one form for all, and no token in any line of it."""

import io
import json
import logging
import re
import warnings

import pytest
import structlog

from bot.logs import configure, reference
from bot.settings import LogSettings

WEBHOOK = f"https://discord.com/api/v10/webhooks/123456789012345678/{'w' * 68}"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def fail(secret: str) -> None:
    raise ValueError(f"no access with {secret}")


def log_everywhere(secret: str) -> None:
    """Put a secret wherever a record can carry one."""
    log = structlog.get_logger("bot.somewhere")
    log.info("one field", field=secret)
    log.info(f"in the event: {secret}")  # noqa: G004 - somebody will
    log.info("deep", nested={"list": [secret], secret: 1}, raw=secret.encode(), thing=ValueError(secret))
    log.info("position %s", secret)
    log.bind(bound=secret).warning("bound")
    logging.getLogger("discord.http").warning("a library's %s", secret)
    logging.getLogger("discord.http").warning("a library's %d", secret)
    warnings.warn(f"careful with {secret}", stacklevel=1)
    with structlog.contextvars.bound_contextvars(context=secret):
        log.info("context")
    try:
        fail(secret)
    except ValueError as error:
        log.exception("raised")
        failure = error
    logging.getLogger("asyncio").error("a task failed", exc_info=failure)


@pytest.mark.filterwarnings("always")
@pytest.mark.parametrize("form", ["console", "json"])
@pytest.mark.parametrize("stream", [io.StringIO, Terminal])
def test_no_secret_reaches_the_output(form, stream, token):
    out = stream()
    configure(LogSettings(level="debug", format=form), stream=out)
    log_everywhere(token)
    log_everywhere(WEBHOOK)
    written = out.getvalue()
    assert token not in written
    assert WEBHOOK.rpartition("/")[2] not in written
    assert written.count("[hidden]") >= 20
    assert "no access with" in written


def test_json_is_one_object_a_line(token):
    out = io.StringIO()
    configure(LogSettings(format="json"), stream=out)
    structlog.get_logger("bot.x").info("café", article="ab12", reference="7F3K")
    logging.getLogger("discord.client").warning("of a library")
    ours, theirs = (json.loads(line) for line in out.getvalue().splitlines())
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "event": "café",
        "level": "info",
        "logger": "bot.x",
        "article": "ab12",
        "reference": "7F3K",
    }
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (
        "of a library",
        "warning",
        "discord.client",
    )


@pytest.mark.parametrize(("stream", "is_json"), [(Terminal, False), (io.StringIO, True)])
def test_auto_looks_at_where_it_writes(stream, is_json):
    out = stream()
    configure(LogSettings(), stream=out)
    structlog.get_logger("bot.x").info("hello")
    assert out.getvalue().startswith("{") is is_json


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colours_only_where_they_are_wanted(monkeypatch, no_color, coloured):
    monkeypatch.setenv("NO_COLOR", no_color)
    terminal, file = Terminal(), io.StringIO()
    for out in (terminal, file):
        configure(LogSettings(format="console"), stream=out)
        structlog.get_logger("bot.x").info("hello")
    assert ("\x1b[" in terminal.getvalue()) is coloured
    assert "\x1b[" not in file.getvalue()


def test_debug_is_ours_alone_since_libraries_log_what_members_write():
    out = io.StringIO()
    configure(LogSettings(level="debug", format="json"), stream=out)
    structlog.get_logger("bot.x").debug("ours")
    logging.getLogger("storage.y").debug("ours too")
    logging.getLogger("discord.gateway").debug("a whole payload")
    logging.getLogger("aiosqlite").debug("SQL with its parameters")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == ["ours", "ours too"]


def test_the_level_holds_for_all():
    out = io.StringIO()
    configure(LogSettings(level="error"), stream=out)
    structlog.get_logger("bot.x").warning("no")
    logging.getLogger("discord.client").warning("no")
    structlog.get_logger("cogs.x").error("yes")
    assert len(out.getvalue().splitlines()) == 1


def test_a_reference_can_be_read_out_and_typed():
    seen = {reference() for _ in range(500)}
    assert len(seen) > 490
    assert all(re.fullmatch(r"[2-9B-DF-HJ-NP-TV-Z]{4}", one) for one in seen)
