"""One log for everything: ours through structlog, the libraries' through logging, both in one form."""

import logging
import os
import secrets
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import LogSettings
from bot.tokens import hide_secrets

#: No letter or digit that is taken for another one, and no vowel, so that no word comes out by chance.
_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
#: Loggers under these names are ours.
_OURS = ("bot", "cogs", "storage")


def configure(settings: LogSettings, *, stream: TextIO | None = None) -> None:
    """Send every record to ``stream`` (standard error) in the form that the settings ask for.

    Only our own loggers go below INFO: at DEBUG the libraries log whole payloads and SQL parameters, and with
    them the words of members, which belong in no log.
    """
    stream = stream or sys.stderr
    handler = _Handler(stream)
    as_json = settings.format == "json" or (settings.format == "auto" and not stream.isatty())
    handler.setFormatter(_json_formatter() if as_json else _console_formatter(colours=_wants_colours(stream)))
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    logging.basicConfig(handlers=[handler], level=max(level, logging.INFO), force=True)
    for name in _OURS:
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def reference() -> str:
    """Four characters such as ``7F3K``: a person is told them, and they stand in the log beside the failure."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


class _Handler(logging.StreamHandler[TextIO]):
    """A record that can't be formatted is named, not printed: logging's own report would show its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        self.stream.write(f"A log record of {record.name} (line {record.lineno}) could not be written.\n")


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.StackInfoRenderer(),
    ]


def _json_formatter() -> logging.Formatter:
    return _formatter(
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    )


def _console_formatter(*, colours: bool) -> logging.Formatter:
    return _formatter(
        structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
        # Plain, since a drawn traceback shows local variables and breaks a token over two lines.
        structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback),
    )


def _formatter(*processors: Processor) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors, _redact],
    )


def _redact(_logger: WrappedLogger, _method: str, rendered: EventDict | str) -> str:
    """Last in the chain and over the whole line: no field, argument or traceback can pass beside it."""
    return hide_secrets(str(rendered))


def _wants_colours(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")
