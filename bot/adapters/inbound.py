"""Messages from Discord as the services see them."""

from collections.abc import Iterable, Iterator

import discord

from bot.domain.outgoing import Outgoing, Persona
from bot.domain.panels import Panel, TextBlock
from bot.ports.messenger import MessageForm, SeenMessage
from bot.ports.records import ChannelId, GuildId, MessageId, UserId

_KINDS: dict[discord.MessageType, MessageForm] = {
    discord.MessageType.default: "message",
    discord.MessageType.reply: "reply",
}


def seen(message: discord.Message, *, me: int, application: int | None = None) -> SeenMessage | None:
    """The message without discord.py; None outside of guilds.

    What a webhook of our ``application`` posted is ours as well.
    """
    if message.guild is None:
        return None
    reference = message.reference
    return SeenMessage(
        guild_id=GuildId(message.guild.id),
        channel_id=ChannelId(message.channel.id),
        message_id=MessageId(message.id),
        author_id=UserId(message.author.id),
        ours=message.author.id == me or message.application_id == (application or me),
        automated=message.author.bot or message.webhook_id is not None,
        kind=_kind(message),
        content=message.content,
        clean_content=message.clean_content,
        reply_to=MessageId(reference.message_id)
        if reference is not None and reference.message_id is not None
        else None,
        attachments=tuple(attachment.filename for attachment in message.attachments),
        created_at=message.created_at,
        edited_at=message.edited_at,
        digest=_digest(message, me=me),
    )


def _kind(message: discord.Message) -> MessageForm:
    """A rule for every kind of message: see docs/tracking.md."""
    if message.message_snapshots:
        return "forward"
    if message.poll is not None:
        return "poll"
    if message.stickers and not message.content and not message.attachments:
        return "sticker"
    return _KINDS.get(message.type, "system")


def _digest(message: discord.Message, *, me: int) -> str:
    """What `Outgoing.digest` was when we sent it: over the content or the panel's texts, and a persona's name."""
    through_webhook = message.webhook_id is not None and message.author.id != me
    persona = Persona(name=message.author.name) if through_webhook else None
    if not message.flags.components_v2:
        return Outgoing(content=message.content, persona=persona).digest
    blocks = tuple(TextBlock(text=text) for text in _texts(message.components))
    return Outgoing(panel=Panel(blocks=blocks), persona=persona).digest


def _texts(components: Iterable[discord.Component]) -> Iterator[str]:
    """The texts of a panel in order, wherever they are nested."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Container | discord.SectionComponent):
            yield from _texts(component.children)
