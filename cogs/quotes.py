"""`/quote`: passages with proof, reposted where people are."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.client import Rejoinder
from bot.domain import markdown
from bot.domain.cards import DISCUSS_ID
from bot.domain.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME, PASSAGE_LONGEST
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import ChannelId, MessageId
from cogs.announcing import guild_of, post_card
from cogs.articles import article_choices, get_visible


@app_commands.guild_only()
class Quotes(
    commands.GroupCog, group_name="quote", group_description="Passages that are worth a post of their own"
):
    """Passages that are worth a post of their own."""

    def __init__(self, bot: Rejoinder) -> None:
        self._services = bot.services
        super().__init__()

    @app_commands.command()
    @app_commands.describe(
        article="from which article: choose it from the list, or type words of its title",
        text="the passage, word for word: type some of its words and choose",
        channel="where it goes; without it, here",
    )
    async def pick(
        self,
        interaction: discord.Interaction[Rejoinder],
        article: str,
        text: str,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Post a passage of an article as a card; it is checked against the original."""
        _need_the_right(interaction, channel)
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id = guild_of(interaction)
        record = await get_visible(interaction, article)
        words = await self._whole(interaction, article, text)
        if len(words) > PASSAGE_LONGEST:
            raise RefusedError(
                f"**Nothing was posted.** A quote has at most {PASSAGE_LONGEST} characters; this has {len(words):,}.",
                next_step="choose the sentence that carries it",
            )
        passage = await self._services.quoter.find(guild_id, record.id, words)
        target = ChannelId(channel.id if channel is not None else interaction.channel_id or 0)
        url = await post_card(interaction, record.id, passage, target)
        await say(interaction, f"Posted: {url}")

    @pick.autocomplete("article")
    async def _article(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        return await article_choices(interaction, current)

    @pick.autocomplete("text")
    async def _text(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        try:
            passages = await self._passages(interaction, interaction.namespace.article)
        except NotFoundError:
            return []
        folded = current.casefold()
        return [
            app_commands.Choice(name=(words := markdown.opening(passage, CHOICE_NAME)), value=words)
            for passage in passages
            if folded in passage.casefold()
        ][:AUTOCOMPLETE_CHOICES]

    async def _whole(self, interaction: discord.Interaction[Rejoinder], article: str, text: str) -> str:
        """A choice can carry 100 characters; a longer passage stands for itself by its opening words."""
        if not text.endswith("…"):
            return text
        opening = text.removesuffix("…").rstrip()
        passages = await self._passages(interaction, article)
        return next((passage for passage in passages if passage.startswith(opening)), text)

    async def _passages(self, interaction: discord.Interaction[Rejoinder], article: str | None) -> list[str]:
        record = await get_visible(interaction, article or "")
        return [
            passage.text for passage in await self._services.quoter.candidates(record.guild_id, record.id)
        ]


def _need_the_right(interaction: discord.Interaction[Any], channel: discord.TextChannel | None) -> None:
    """Manage Messages where the card will stand, which need not be where the command is run."""
    rights = interaction.permissions
    if channel is not None and isinstance(interaction.user, discord.Member):
        rights = channel.permissions_for(interaction.user)
    if not rights.manage_messages:
        where = f" in {channel.mention}" if channel is not None else ""
        raise RefusedError(f"**Nothing was posted.** Posting a quote needs the right Manage Messages{where}.")


class Discuss(Action, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=DISCUSS_ID):
    """From a quote card into the thread."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the way."""
        message_id = MessageId(interaction.message.id if interaction.message else 0)
        record = await interaction.client.services.quoter.quoted_article(guild_of(interaction), message_id)
        await say(interaction, f"The discussion is here: <#{record.thread_id or record.channel_id}>")


async def setup(bot: Rejoinder) -> None:
    """Add the cog and the button."""
    await bot.add_cog(Quotes(bot))
    bot.add_dynamic_items(Discuss)
