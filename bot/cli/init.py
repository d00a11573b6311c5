"""`rejoinder init`: a configuration, written by asking."""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.endings import UsageError
from bot.cli.options import ConfigPath
from bot.errors import ConfigError
from bot.ports.rights import PORTAL, REQUIRED_RIGHTS, invite_link
from bot.tokens import application_id, check_token

TOKEN_VARIABLE = "REJOINDER_DISCORD__TOKEN"  # noqa: S105 - a name, not a token

TokenFromEnv = Annotated[
    bool,
    typer.Option(
        "--token-from-env",
        help=f"Ask nothing: the token stays in {TOKEN_VARIABLE} and isn't written down.",
    ),
]
MessageContent = Annotated[
    Literal["auto", "on", "off"] | None,
    typer.Option("--message-content", help="Whether to read members' plain messages.", show_default=False),
]
DatabasePath = Annotated[
    Path | None,
    typer.Option("--database", metavar="PATH", help="Where the database lies.", show_default=False),
]
Contact = Annotated[
    str | None,
    typer.Option("--contact", help="Whom somebody who is no member may write to.", show_default=False),
]
Replace = Annotated[bool, typer.Option("--replace", help="Write over a configuration that is there.")]


def init(
    config: ConfigPath = None,
    *,
    token_from_env: TokenFromEnv = False,
    message_content: MessageContent = None,
    database: DatabasePath = None,
    contact: Contact = None,
    replace: Replace = False,
) -> None:
    """Write a configuration by asking.

    Says afterwards how to add the bot to a server, and what to switch on.
    """
    from bot.settings import default_database, load, locate, user_config

    path = (locate(config) or user_config()).expanduser()
    asks = not token_from_env
    if asks and not sys.stdin.isatty():
        raise UsageError(
            "rejoinder init asks questions, and there is no terminal to answer them on.",
            next_step=f"Over SSH use ssh -t, or set {TOKEN_VARIABLE} and add --token-from-env.",
        )
    if path.exists() and not replace and not (asks and typer.confirm(f"{path} exists. Replace it?")):
        raise UsageError(f"{path} exists; nothing was changed.", next_step="--replace writes over it.")

    token = _ask_token() if asks else _token_from_env()
    reading: str | None = message_content
    if asks:
        reading = message_content or _ask_message_content()
        database = database or Path(typer.prompt("Database", default=str(default_database())))
        contact = contact or typer.prompt(
            "Whom may somebody who is no member write to (empty: nobody)", default="", show_default=False
        )
    chosen = {
        "discord.token": token if asks else None,
        "discord.message_content": reading,
        "database.path": str(database.expanduser().absolute()) if database else None,
        "privacy.contact": contact,
    }
    _write(path, _as_toml(chosen))
    settings = load(path)
    typer.echo(f"\nWritten: {path}, readable by you alone.\nDatabase: {settings.database.path}")
    _say_what_to_click(token, settings.discord.message_content)


def _ask_token() -> str:

    typer.echo(f"The bot's token stands at {PORTAL}: your application, Bot, Reset Token.")
    while True:
        try:
            return check_token(typer.prompt("Token (stays hidden)", hide_input=True))
        except ValueError as error:
            typer.echo(f"That {error}")


def _token_from_env() -> str:

    try:
        return check_token(os.environ[TOKEN_VARIABLE])
    except KeyError:
        raise UsageError(f"{TOKEN_VARIABLE} is not set.", next_step="Set it, then call init again.") from None
    except ValueError as error:
        raise ConfigError(f"{TOKEN_VARIABLE} {error}") from None


def _ask_message_content() -> str:
    typer.echo(
        "Without the message content intent the bot reads only answers that ping it, and what is written in its forms."
    )
    while True:
        answer = str(
            typer.prompt(
                "Read members' plain messages: auto (where Discord allows it), on, off", default="auto"
            )
        )
        if answer in {"auto", "on", "off"}:
            return answer


def _as_toml(chosen: Mapping[str, str | None]) -> str:
    sections: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in chosen.items():
        section, _, key = name.partition(".")
        if value:
            # A JSON string is a TOML basic string, but for DEL, which nobody types.
            sections[section].append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    lines = ["# Written by rejoinder init. Every other key stands in config.example.toml, with its meaning."]
    for section, keys in sections.items():
        lines += ["", f"[{section}]", *keys]
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        private = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(private, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise UsageError(
            f"{path} can't be written: {error.strerror}.", next_step="Name another with --config."
        ) from error


def _say_what_to_click(token: str, message_content: str) -> None:
    application = application_id(token)
    typer.echo("\nAdd the bot to your server; you need Manage Server there:")
    typer.echo(f"  {invite_link(application)}")
    typer.echo("It asks for:")
    for right in REQUIRED_RIGHTS:
        typer.echo(f"  {right.name}: {right.why}")
    if message_content != "off":
        typer.echo("\nSo that plain messages become comments too, switch on Message Content Intent and save:")
        typer.echo(f"  {PORTAL}/{application}/bot")
    typer.echo("\nThen: rejoinder doctor, and rejoinder run")
