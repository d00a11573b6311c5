"""Messages from Discord as the services see them, made from what Discord sends.

Nothing of discord.py is built for a message: its object costs four times what the whole way to the database does,
and most messages of a server are in no thread of ours (PLATFORM.md's figures; `python -m benchmarks` has today's).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import discord

from bot.domain.outgoing import Outgoing, Persona
from bot.domain.panels import Panel, TextBlock
from bot.ports.messenger import MessageForm, SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId, UserId

#: A message, a reaction or a thread as Discord sends it (docs: resources/message, topics/gateway-events).
Payload = Mapping[str, Any]

_KINDS: Final[dict[int, MessageForm]] = {
    discord.MessageType.default.value: "message",
    discord.MessageType.reply.value: "reply",
}
_MENTION: Final = re.compile(r"<(@[!&]?|#)([0-9]{15,20})>")


def seen(payload: Payload, *, guild: discord.Guild, me: int, application: int | None) -> SeenMessage:
    """The message without discord.py. ``me`` is the bot's user, ``application`` the owner of its webhooks."""
    author = payload["author"]
    webhook = payload.get("webhook_id")
    by_webhook = webhook is not None and int(author["id"]) != me
    ours = int(author["id"]) == me or (by_webhook and _id(payload.get("application_id")) == application)
    reference = payload.get("message_reference") or {}
    content = payload.get("content") or ""
    edited = payload.get("edited_timestamp")
    return SeenMessage(
        guild_id=GuildId(guild.id),
        channel_id=ChannelId(int(payload["channel_id"])),
        message_id=MessageId(int(payload["id"])),
        author_id=UserId(int(author["id"])),
        ours=ours,
        automated=bool(author.get("bot")) or webhook is not None,
        kind=_kind(payload),
        content=content,
        clean_content=_clean(content, payload, guild),
        reply_to=MessageId(int(reference["message_id"])) if reference.get("message_id") else None,
        attachments=tuple(attachment["filename"] for attachment in payload.get("attachments", ())),
        created_at=datetime.fromisoformat(payload["timestamp"]),
        edited_at=datetime.fromisoformat(edited) if edited else None,
        reactions=tuple(_reactions(payload)),
        digest=digest(payload, me=me) if ours or by_webhook else None,
    )


def digest(payload: Payload, *, me: int) -> str:
    """What `Outgoing.digest` was when we sent it: over the content or the panel's texts, and a persona's name."""
    by_webhook = payload.get("webhook_id") is not None and int(payload["author"]["id"]) != me
    persona = Persona(name=payload["author"]["username"]) if by_webhook else None
    if not payload.get("flags", 0) & discord.MessageFlags.components_v2.flag:
        return Outgoing(content=payload.get("content") or "", persona=persona).digest
    blocks = tuple(TextBlock(text=text) for text in _texts(payload.get("components", ())))
    return Outgoing(panel=Panel(blocks=blocks), persona=persona).digest


def emoji_key(emoji: Payload) -> str:
    """The emoji itself, or the id of a guild's own."""
    return str(emoji["id"] or emoji["name"])


def _kind(payload: Payload) -> MessageForm:
    """A rule for every kind of message: see docs/tracking.md."""
    if payload.get("message_snapshots"):
        return "forward"
    if payload.get("poll"):
        return "poll"
    if payload.get("sticker_items") and not payload.get("content") and not payload.get("attachments"):
        return "sticker"
    return _KINDS.get(payload["type"], "system")


def _clean(content: str, payload: Payload, guild: discord.Guild) -> str:
    """Content as people see it: mentions as names, and none of them alive."""
    if "<" in content:
        people = {int(user["id"]): _shown(user) for user in payload.get("mentions", ())}

        def name(found: re.Match[str]) -> str:
            mark, number = found[1], int(found[2])
            if mark == "#":
                channel = guild.get_channel_or_thread(number)
                return f"#{channel.name}" if channel else "#deleted-channel"
            if mark == "@&":
                role = guild.get_role(number)
                return f"@{role.name}" if role else "@deleted-role"
            return f"@{people.get(number, 'deleted-user')}"

        content = _MENTION.sub(name, content)
    return discord.utils.escape_mentions(content) if "@" in content else content


def _shown(user: Payload) -> str:
    """The name under which a member is seen in this guild."""
    return str((user.get("member") or {}).get("nick") or user.get("global_name") or user["username"])


def _reactions(payload: Payload) -> Iterator[tuple[str, int]]:
    """How many people react with which emoji; the bot's own reactions are nobody's vote."""
    for reaction in payload.get("reactions", ()):
        if count := reaction["count"] - bool(reaction.get("me")):
            yield emoji_key(reaction["emoji"]), count


def _texts(components: Iterable[Payload]) -> Iterator[str]:
    """The texts of a panel in order, wherever they are nested."""
    for component in components:
        if component["type"] == discord.ComponentType.text_display.value:
            yield component["content"]
        else:
            yield from _texts(component.get("components", ()))


def _id(value: object) -> int | None:
    return int(str(value)) if value is not None else None
