"""What the doctor can find, each in one line: what it is and, where something is to do, the mend."""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.ports.rights import PORTAL, invite_link
from bot.tokens import application_id

if TYPE_CHECKING:
    from bot.adapters.inspection import Account, ChannelRights, GuildRights

#: Free bytes below which the disk is worth a word: backups and SQLite's log need room beside the file.
LITTLE_SPACE = 500_000_000


class State(StrEnum):
    """How a finding begins, in words that need no colour."""

    OK = "ok"
    TO_DO = "to do"
    NOTE = "note"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was found and, where something is to do, the mend."""

    state: State
    text: str


def configuration(path: Path | None) -> Iterator[Finding]:
    """Where the settings come from; the file holds the token."""
    if path is None:
        yield Finding(State.OK, "Configuration: no file, everything comes from the environment.")
        return
    yield Finding(State.OK, f"Configuration: {path}")
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(State.TO_DO, f"Others on this machine can read {path}: chmod 600 {path}")


def database(path: Path) -> Finding:
    """A database that could be opened."""
    return Finding(State.OK, f"Database: {path}, {_megabytes(path.stat().st_size)}")


def room_for_database(path: Path) -> Iterator[Finding]:
    """Whether the file can be made, and grow."""
    home = next(place for place in path.absolute().parents if place.exists())
    if not path.exists():
        if not home.is_dir() or not os.access(home, os.W_OK):
            yield Finding(
                State.TO_DO,
                f"Database: {path} can't be made, {home} may not be written. Change database.path.",
            )
            return
        yield Finding(State.OK, f"Database: {path} will be made at the first start.")
    free = shutil.disk_usage(home).free
    if free < LITTLE_SPACE:
        yield Finding(State.TO_DO, f"Disk: only {_megabytes(free)} free beside the database. Make room.")
    else:
        yield Finding(State.OK, f"Disk: {_megabytes(free)} free beside the database")


def account(known: "Account", *, message_content: Literal["auto", "on", "off"]) -> Iterator[Finding]:
    """The account behind the token, and what is switched on for it in the developer portal."""
    page = f"{PORTAL}/{known.application_id}"
    yield Finding(State.OK, f"Token: accepted, the bot is {known.name}")
    if known.interactions_elsewhere:
        yield Finding(
            State.TO_DO,
            "Commands go to a web address and never reach the bot: "
            f"empty Interactions Endpoint URL at {page}/information",
        )
    if message_content == "off":
        yield Finding(
            State.NOTE, "Message content: off; only answers that ping the bot, and its forms, are read."
        )
    elif known.message_content:
        yield Finding(State.OK, "Message content: the intent is on.")
    else:
        yield Finding(
            State.TO_DO if message_content == "on" else State.NOTE,
            "Message content: the intent is off, so only answers that ping the bot are read. "
            f"Switch on Message Content Intent at {page}/bot",
        )


def guild(rights: "GuildRights") -> Iterator[Finding]:
    """What a role lacks is to do; a single channel may be closed to the bot on purpose, unless all are."""
    if rights.missing:
        names = ", ".join(right.name for right in rights.missing)
        yield Finding(State.TO_DO, f"{rights.name}: the bot's role lacks {names}. Server Settings, Roles.")
    for channel in rights.channels:
        yield from _channel(channel, rights)
    usable = [channel for channel in rights.channels if not any(right.essential for right in channel.missing)]
    count = f"{len(usable)} of {len(rights.channels)} text channels and forums"
    if usable:
        yield Finding(State.OK, f"{rights.name}: articles can go to {count}.")
    elif not rights.missing:
        yield Finding(
            State.TO_DO,
            f"{rights.name}: articles can go to {count}. Open one: Channel settings, Permissions.",
        )


def no_guild(application_id: int) -> Finding:
    """Nobody has added the bot yet."""
    return Finding(State.TO_DO, f"The bot is in no server. Add it: {invite_link(application_id)}")


def unasked(token: str) -> Finding:
    """What can be said of a token without Discord."""
    return Finding(
        State.UNKNOWN,
        f"The token has the form of one, for application {application_id(token)}; whether Discord accepts it, "
        "which intents are on, and the bot's rights are not known.",
    )


def _channel(channel: "ChannelRights", rights: "GuildRights") -> Iterator[Finding]:
    # What the role lacks was said once, and a channel that is hidden from the bot is nobody's mistake.
    lacking = [right for right in channel.missing if right not in rights.missing]
    if lacking and not any(right.attribute == "view_channel" for right in channel.missing):
        names = ", ".join(str(right.name_in(channel.kind)) for right in lacking)
        yield Finding(
            State.NOTE, f"{rights.name}, #{channel.name}: lacks {names}. Channel settings, Permissions."
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
