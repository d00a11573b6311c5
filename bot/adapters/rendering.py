"""Outgoing messages as discord.py wants them."""

import io
from typing import Any

import discord

from bot.domain.outgoing import Attachment, Outgoing
from bot.domain.panels import (
    Button,
    ButtonRow,
    Panel,
    PanelBlock,
    SectionBlock,
    SelectRow,
    SeparatorBlock,
    TextBlock,
)

_STYLES = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "danger": discord.ButtonStyle.danger,
}


def arguments(outgoing: Outgoing) -> dict[str, Any]:
    """Keyword arguments for sending: nobody is pinged, nothing unfolds into an embed, no phone makes a sound."""
    values: dict[str, Any] = {
        "allowed_mentions": discord.AllowedMentions.none(),
        "suppress_embeds": outgoing.panel is None,
        "silent": True,
    }
    if outgoing.content is not None:
        values["content"] = outgoing.content
    if (shown := view(outgoing)) is not None:
        values["view"] = shown
    if outgoing.attachment is not None:
        values["file"] = file(outgoing.attachment)
    return values


def view(outgoing: Outgoing) -> discord.ui.View | discord.ui.LayoutView | None:
    """The message's buttons, or its panel."""
    if outgoing.panel is not None:
        return panel_view(outgoing)
    if not outgoing.buttons:
        return None
    row = discord.ui.View(timeout=None)
    for made in outgoing.buttons:
        row.add_item(button(made))
    row.stop()
    return row


def panel_view(outgoing: Outgoing) -> discord.ui.LayoutView:
    """A panel as a view that discord.py does not keep.

    Presses come back to the dynamic items by their custom ids; a kept view would only cost memory.
    """
    if outgoing.panel is None:
        raise ValueError("this message has no panel")
    layout = discord.ui.LayoutView(timeout=None)
    layout.add_item(container(outgoing.panel))
    layout.stop()
    return layout


def container(panel: Panel) -> "discord.ui.Container[Any]":
    """A panel as a Components V2 container."""
    made: discord.ui.Container[Any] = discord.ui.Container(accent_colour=panel.accent)
    for block in panel.blocks:
        made.add_item(_item(block))
    return made


def _item(block: PanelBlock) -> "discord.ui.Item[Any]":
    match block:
        case TextBlock():
            return discord.ui.TextDisplay(block.text)
        case SectionBlock():
            return discord.ui.Section(block.text, accessory=button(block.button))
        case SeparatorBlock():
            return discord.ui.Separator()
        case ButtonRow():
            return discord.ui.ActionRow(*(button(item) for item in block.buttons))
        case SelectRow():
            return discord.ui.ActionRow(_select(block))


def _select(row: SelectRow) -> "discord.ui.Select[Any]":
    options = [
        discord.SelectOption(label=option.label, value=option.value, description=option.description)
        for option in row.options
    ]
    return discord.ui.Select(custom_id=row.custom_id, placeholder=row.placeholder, options=options)


def button(button: Button) -> "discord.ui.Button[Any]":
    """A button of ours."""
    return discord.ui.Button(
        label=button.label,
        url=button.url,
        custom_id=button.custom_id,
        style=discord.ButtonStyle.link if button.url else _STYLES[button.style],
    )


def file(attachment: Attachment) -> discord.File:
    """A text file. The byte order mark tells phones' viewers that it is UTF-8."""
    data = ("\ufeff" + attachment.text).encode("utf-8", "replace")
    return discord.File(io.BytesIO(data), filename=attachment.filename)
