"""What a bot token looks like: to refuse what is none, and to keep the real one out of every log."""

import base64
import binascii
import re

#: Stands where a secret stood.
HIDDEN = "[hidden]"

#: User id in base64url, a time stamp, a keyed hash. The id of a bot's token decodes to decimal digits.
#: Discord documents no lengths; these are wide enough for every form that was seen since 2016.
_TOKEN = re.compile(r"([A-Za-z0-9_-]{20,40})\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{20,60}")
#: Whoever knows such an address may post through it.
_POSTING_ADDRESS = re.compile(r"((?:webhooks|interactions)/[0-9]+/)[A-Za-z0-9_-]{20,}")
_BOT_PREFIX = re.compile(r"^Bot\s+")
_CLIENT_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")
_PLACEHOLDER = re.compile(r"token|paste|your|here|xxx|\.\.\.|…|<|>", re.IGNORECASE)

_WHERE = (
    "Copy the token from https://discord.com/developers/applications (your application, Bot, Reset Token)."
)


def check_token(value: str) -> str:
    """The token without spaces and the word "Bot" around it, both of which people copy along.

    Raises ValueError with the second half of a sentence; no part of the value is in it.
    """
    token = _BOT_PREFIX.sub("", value.strip())
    if _application(token) is None:
        raise ValueError(f"{_describe(token)}. {_WHERE}")
    return token


def hide_secrets(text: str) -> str:
    """The text with everything that would let its reader act as the bot, or as a webhook, taken out."""
    return _POSTING_ADDRESS.sub(rf"\1{HIDDEN}", _TOKEN.sub(HIDDEN, text))


def application_id(token: str) -> int:
    """The id of the application that a checked token belongs to; the invite link needs it."""
    decoded = _application(token)
    assert decoded is not None, "check_token lets no other token in"
    return decoded


def _application(token: str) -> int | None:
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    part = found[1]
    try:
        digits = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return int(digits) if digits.isdecimal() else None


def _describe(token: str) -> str:
    """What the value looks like instead."""
    if token.isdecimal():
        return "is a number, perhaps the application's id, and not the bot's token"
    if _PUBLIC_KEY.fullmatch(token):
        return "looks like the application's public key and not like the bot's token"
    if _PLACEHOLDER.search(token):
        return "still holds a placeholder and not the bot's token"
    if _CLIENT_SECRET.fullmatch(token):
        return "looks like the application's client secret and not like the bot's token"
    if any(character.isspace() for character in token):
        return "has a space or line break inside, which no token has"
    return "is not a bot token: one has three parts with a dot between them"
