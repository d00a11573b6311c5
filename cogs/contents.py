"""The Contents button of every card, and what a table of contents leads to; all of it read when it is asked for."""

from typing import Any

import discord

from bot.adapters.actions import Action
from bot.adapters.rendering import panel_view
from bot.client import Services
from bot.domain.cards import CONTENTS_ID
from bot.domain.contents import JUMP_ID, LATEST_ID, MORE, UNANSWERED_ID
from bot.domain.outgoing import Outgoing
from bot.errors import NotFoundError
from bot.ports.records import ArticleId, ArticleRecord, ChannelId, MessageId
from cogs.announcing import guild_of

_ARTICLE = "(?P<article>[0-9]{1,18})"


def may_see(interaction: discord.Interaction[Any], record: ArticleRecord) -> bool:
    """Whether a person may know of an article: what is said in a closed channel is shown to nobody outside it."""
    guild = interaction.guild
    channel = guild.get_channel_or_thread(record.channel_id) if guild is not None else None
    if channel is None or not isinstance(interaction.user, discord.Member):
        return interaction.permissions.manage_guild
    rights = channel.permissions_for(interaction.user)
    if isinstance(channel, discord.Thread) and channel.is_private():
        return rights.manage_threads or any(member.id == interaction.user.id for member in channel.members)
    return rights.view_channel


class ShowContents(Action, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=CONTENTS_ID):
    """The Contents button."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the branches to the person who asked."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        record = await _article_here(interaction)
        shown = await interaction.client.services.contents.render(record.guild_id, record.id)
        await interaction.followup.send(view=panel_view(shown), ephemeral=True)


class _Way(Action):
    """A press in a table of contents, answered to the person alone."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        services: Services = interaction.client.services
        record = await services.store.articles.get(
            guild_of(interaction), ArticleId(int(self.match["article"]))
        )
        if record.undone_at is not None or not may_see(interaction, record):
            raise NotFoundError(
                "There is no such article here any more.", next_step="`/articles list` shows those that are."
            )
        shown = await self.find(services, record)
        await interaction.followup.send(view=panel_view(shown), ephemeral=True)

    async def find(self, services: Services, record: ArticleRecord) -> Outgoing:
        """What was asked for."""
        raise NotImplementedError


class Jump(_Way, discord.ui.DynamicItem["discord.ui.Select[Any]"], template=f"{JUMP_ID}{_ARTICLE}"):
    """`Jump to branch`."""

    async def find(self, services: Services, record: ArticleRecord) -> Outgoing:
        """The way to the branch, or further branches to choose from."""
        (chosen,) = self.item.values
        if chosen.startswith(MORE):
            return await services.contents.further(record.guild_id, record.id, int(chosen.removeprefix(MORE)))
        return await services.contents.branch(record.guild_id, record.id, int(chosen))


class Latest(_Way, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"{LATEST_ID}{_ARTICLE}"):
    """`Latest`."""

    async def find(self, services: Services, record: ArticleRecord) -> Outgoing:
        """The newest comments."""
        return await services.contents.latest(record.guild_id, record.id)


class Unanswered(
    _Way,
    discord.ui.DynamicItem["discord.ui.Button[Any]"],
    template=f"{UNANSWERED_ID}{_ARTICLE}:(?P<start>[0-9]{{1,7}})",
):
    """`Unanswered`, and `Next 10`."""

    async def find(self, services: Services, record: ArticleRecord) -> Outgoing:
        """Comments without any answer."""
        return await services.contents.unanswered(record.guild_id, record.id, int(self.match["start"]))


ACTIONS = (ShowContents, Jump, Latest, Unanswered)


async def _article_here(interaction: discord.Interaction[Any]) -> ArticleRecord:
    """The article whose card was pressed: by the message, or by the thread that it stands in."""
    services: Services = interaction.client.services
    guild_id = guild_of(interaction)
    message = (
        await services.store.messages.find(guild_id, MessageId(interaction.message.id))
        if interaction.message
        else None
    )
    if message is not None:
        return await services.store.articles.get(guild_id, message.article_id)
    thread = services.tracker.find_thread(ChannelId(interaction.channel_id or 0))
    if thread is None:
        raise NotFoundError(
            "I do not know this article any more.", next_step="`/articles list` shows those that are here."
        )
    return await services.store.articles.get(guild_id, thread.article_id)
