"""`/articles`: what stands here, and the Contents button of every card."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder, Services
from bot.domain import markdown
from bot.domain.cards import CONTENTS_ID
from bot.domain.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME
from bot.domain.wording import plural, published
from bot.errors import NotFoundError
from bot.ports.records import ArticleRecord, ChannelId, GuildId, MessageId
from bot.services.contents import Contents
from cogs.announcing import guild_of


@app_commands.guild_only()
class Articles(commands.GroupCog, group_name="articles", group_description="The discussions that stand here"):
    """The discussions that stand here."""

    def __init__(self, bot: Rejoinder) -> None:
        self._services = bot.services
        super().__init__()

    @app_commands.command(name="list")
    async def list_all(self, interaction: discord.Interaction[Rejoinder]) -> None:
        """The articles of this server, newest first."""
        articles = await self._services.store.articles.list_articles(guild_of(interaction), limit=20)
        if not articles:
            await say(interaction, "No article has been imported here yet.")
            return
        await say(interaction, "\n".join(_line(record) for record in articles))

    @app_commands.command()
    @app_commands.describe(article="which article")
    async def show(self, interaction: discord.Interaction[Rejoinder], article: str) -> None:
        """An article: where it comes from, its numbers, its branches."""
        guild_id = guild_of(interaction)
        record = await self._services.store.articles.get_by_short_id(guild_id, article)
        head = _head(record, interaction)
        contents = await self._services.contents.render(guild_id, record.id)
        await interaction.response.send_message(head, ephemeral=True, suppress_embeds=True)
        await interaction.followup.send(view=panel_view(contents), ephemeral=True)

    @show.autocomplete("article")
    async def _article(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        return await article_choices(interaction, current)


async def article_choices(
    interaction: discord.Interaction[Any], current: str
) -> list[app_commands.Choice[str]]:
    """Articles of the guild whose titles hold what was typed; the newest where nothing was."""
    found = await interaction.client.services.store.articles.list_articles(
        guild_of(interaction), text=current, limit=AUTOCOMPLETE_CHOICES
    )
    return [
        app_commands.Choice(name=markdown.opening(record.article.title, CHOICE_NAME), value=record.short_id)
        for record in found
    ]


class ShowContents(Action, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=CONTENTS_ID):
    """The Contents button."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Show the branches to the person who asked."""
        services = interaction.client.services
        record = await _article_here(interaction, guild_of(interaction))
        await _show_contents(interaction, services.contents, record)


async def _show_contents(
    interaction: discord.Interaction[Any], contents: Contents, record: ArticleRecord
) -> None:
    panel = panel_view(await contents.render(record.guild_id, record.id))
    await interaction.response.send_message(view=panel, ephemeral=True)


async def _article_here(interaction: discord.Interaction[Any], guild_id: GuildId) -> ArticleRecord:
    """The article whose card was pressed: by the message, or by the thread that it stands in."""
    services: Services = interaction.client.services
    message = (
        await services.store.messages.find(guild_id, MessageId(interaction.message.id))
        if interaction.message
        else None
    )
    if message is not None:
        return await services.store.articles.get(guild_id, message.article_id)
    thread = services.tracker.find_thread(ChannelId(interaction.channel_id or 0))
    if thread is None:
        raise NotFoundError("I do not know this article any more.")
    return await services.store.articles.get(guild_id, thread.article_id)


def _line(record: ArticleRecord) -> str:
    where = f"<#{record.thread_id}>" if record.thread_id else "not posted yet"
    title = markdown.shorten(markdown.escape(record.article.title), 80)
    return f"`{record.short_id}` **{title}**: {where}, {_numbers(record)}"


def _numbers(record: ArticleRecord) -> str:
    return f"{plural(record.imported, 'comment')} from the page, {record.live} written here"


def _head(record: ArticleRecord, interaction: discord.Interaction[Any]) -> str:
    article = record.article
    origin = ", ".join(
        filter(
            None,
            [article.site and markdown.name(article.site), published(article, now=interaction.created_at)],
        )
    )
    lines = [f"**{markdown.shorten(markdown.escape(article.title), 250)}**", origin, _numbers(record)]
    if record.thread_id:
        lines.append(f"In <#{record.thread_id}>")
    if article.url:
        lines.append(f"<{article.url}>")
    return "\n".join(filter(None, lines))


async def setup(bot: Rejoinder) -> None:
    """Add the cog and the button."""
    await bot.add_cog(Articles(bot))
    bot.add_dynamic_items(ShowContents)
