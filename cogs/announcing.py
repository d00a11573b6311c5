"""The best pull-quote as a card where people are, with a way into the thread."""

from typing import Any

import discord
from discord.ui import Button, ChannelSelect

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.client import Rejoinder
from bot.domain.limits import BUTTON_LABEL
from bot.domain.quotes import Passage
from bot.errors import DeliveryError, RefusedError
from bot.ports.records import ArticleId, ChannelId, GuildId, UserId

_ARTICLE = "(?P<article>[0-9]{1,19})"


def announce_button(article_id: ArticleId, client: Rejoinder, channel_id: ChannelId | None) -> "Button[Any]":
    """`Announce in #lounge` where the guild has chosen a channel; else a button that asks which."""
    channel = client.get_channel(channel_id) if channel_id is not None else None
    label = (
        f"Announce in #{channel}" if isinstance(channel, discord.TextChannel) else "Announce in a channel…"
    )
    return Button(
        label=label[:BUTTON_LABEL], style=discord.ButtonStyle.primary, custom_id=f"rj:announce:{article_id}"
    )


class Announce(Action, discord.ui.DynamicItem["Button[Any]"], template=f"rj:announce:{_ARTICLE}"):
    """Post the best quote."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Into the guild's announce channel, or ask for one."""
        _need_the_right(interaction)
        services = interaction.client.services
        settings = await services.store.guilds.get_settings(guild_of(interaction))
        if settings.announce_channel is not None:
            await announce(interaction, ArticleId(int(self.match["article"])), settings.announce_channel)
            return
        view = discord.ui.View(timeout=None)
        view.add_item(
            ChannelSelect(
                custom_id=f"rj:announce-in:{self.match['article']}",
                channel_types=[discord.ChannelType.text],
                placeholder="Where do people talk?",
            )
        )
        view.stop()
        await say(interaction, "Where shall the quote draw people in? Nothing is posted yet.", view=view)


class AnnounceIn(Action, discord.ui.DynamicItem["ChannelSelect[Any]"], template=f"rj:announce-in:{_ARTICLE}"):
    """The channel for the quote."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Post it there."""
        channel_id = ChannelId(self.item.values[0].id)
        await announce(interaction, ArticleId(int(self.match["article"])), channel_id)


ACTIONS = (Announce, AnnounceIn)


async def announce(
    interaction: discord.Interaction[Any], article_id: ArticleId, channel_id: ChannelId
) -> None:
    """Post the best passage that no card carries yet. Asked of those who may manage the server."""
    _need_the_right(interaction)
    services = interaction.client.services
    guild_id = guild_of(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    candidates = await services.quoter.candidates(guild_id, article_id)
    if not candidates:
        raise RefusedError(
            "**Nothing was posted.** I found no further passage that stands well alone.",
            next_step="pick one yourself: `/quote pick`",
        )
    url = await post_card(interaction, article_id, candidates[0], channel_id)
    await say(interaction, f"Announced: {url}\nFurther quotes: `/quote pick`.")


async def post_card(
    interaction: discord.Interaction[Any], article_id: ArticleId, passage: Passage, channel_id: ChannelId
) -> str:
    """Post a passage into a channel; the card's address. Raises RefusedError, which says what was not done."""
    try:
        _, url = await interaction.client.services.quoter.post(
            guild_of(interaction),
            article_id,
            passage,
            channel_id=channel_id,
            chosen_by=UserId(interaction.user.id),
        )
    except DeliveryError as problem:
        if problem.retry:
            raise RefusedError(
                f"**It is not certain whether the quote was posted.** {problem.message}",
                next_step=f"look into <#{channel_id}>, and try again if it isn't there",
            ) from problem
        raise RefusedError(
            f"**Nothing was posted.** {problem.message}",
            next_step=f"let me see <#{channel_id}> and write in it, or choose another channel",
        ) from problem
    return str(url)


def guild_of(interaction: discord.Interaction[Any]) -> GuildId:
    """The guild of an interaction. All our commands are for guilds only."""
    if interaction.guild_id is None:
        raise RefusedError("**Nothing was done.** This works only in a server.")
    return GuildId(interaction.guild_id)


def _need_the_right(interaction: discord.Interaction[Any]) -> None:
    # A button has no default permissions of its own, and the right may be gone since it was shown.
    if not interaction.permissions.manage_guild:
        raise RefusedError("**Nothing was posted.** Announcing needs the right Manage Server.")
