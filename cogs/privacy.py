"""`/privacy`: what is kept, and how it goes away."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.client import Rejoinder
from bot.domain.cards import PRIVACY_ID
from bot.domain.markdown import escape
from cogs.announcing import guild_of


@app_commands.guild_only()
class Privacy(commands.GroupCog, group_name="privacy", group_description="What is kept of your words"):
    """What is kept of your words."""

    @app_commands.command()
    async def show(self, interaction: discord.Interaction[Rejoinder]) -> None:
        """What this bot keeps, where, and how it goes away."""
        await say(interaction, await _notice(interaction))


class ShowNotice(Action, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=PRIVACY_ID):
    """The Privacy button of every card."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the same notice."""
        await say(interaction, await _notice(interaction))


async def _notice(interaction: discord.Interaction[Any]) -> str:
    settings = await interaction.client.services.store.guilds.get_settings(guild_of(interaction))
    write_to = settings.contact or interaction.client.services.contact
    contact = f"\nNot a member, and a comment should go? {escape(write_to)}" if write_to else ""
    return (
        "**What is kept:** messages that members write in threads with an imported article, with who wrote them "
        "and when; of files only their names. Nothing outside those threads is read or kept.\n"
        "**Where:** in one file with the person who runs this bot. It goes nowhere else.\n"
        "**How it goes away:** delete your message, and its text is gone from the file too; "
        "only its place in the tree stays, so that answers to it keep theirs. Edit it, and the new text counts."
        f"{contact}"
    )


async def setup(bot: Rejoinder) -> None:
    """Add the cog and the button."""
    await bot.add_cog(Privacy())
    bot.add_dynamic_items(ShowNotice)
