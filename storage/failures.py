"""What SQLite says, as a sentence for people."""

import sqlite3
from pathlib import Path

from bot.errors import StorageError

#: SQLite's primary result code (https://www.sqlite.org/rescode.html) -> what happened, what to do.
_SENTENCES = {
    sqlite3.SQLITE_BUSY: (
        "Another program keeps the database {path} locked; nothing was saved.",
        "Close the other program, then try again.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk that holds the database {path} is full; nothing was saved.",
        "Make room on it, then try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The database {path} may not be written to; nothing was saved.",
        "Give the bot's user the right to write to the file and its folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The database {path} can't be opened.",
        "See that its folder exists and that the bot's user may write there.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk that holds the database {path} failed; nothing was saved.",
        "Check the disk, then start again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The database {path} is damaged.",
        "Stop the bot and put a backup in its place.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{path} is not a SQLite database; it was left as it is.",
        "Name another file in the configuration.",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        "The database {path} refused rows that contradict each other; nothing was saved.",
        "This is a mistake of the bot: please report it with the log.",
    ),
}
_OTHER = (
    "The database {path} answered with an error ({error}); nothing was saved.",
    "Please report it with the log.",
)
#: The lowest byte of an extended result code is the primary one.
_PRIMARY = 0xFF


def storage_error(error: sqlite3.Error, path: Path) -> StorageError:
    """The error as people meet it. The driver's own words go to the log as its cause."""
    # Errors that Python's sqlite3 raises by itself carry no code.
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    message, next_step = _SENTENCES.get(code, _OTHER)
    return StorageError(message.format(path=path, error=type(error).__name__), next_step=next_step)
