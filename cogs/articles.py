"""`/articles`: what stands here."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.answers import say
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder, Services
from bot.domain import markdown
from bot.domain.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME, CONTENT
from bot.domain.wording import fitting, linkable, plural, published, title
from bot.errors import NotFoundError
from bot.ports.records import ArticleRecord
from cogs import contents
from cogs.announcing import announce_button, guild_of
from cogs.contents import may_see

#: So many of the newest articles are looked through for those that a person may see.
_NEWEST = 100


@app_commands.guild_only()
class Articles(commands.GroupCog, group_name="articles", group_description="The discussions that stand here"):
    """The discussions that stand here."""

    def __init__(self, bot: Rejoinder) -> None:
        self._services = bot.services
        super().__init__()

    @app_commands.command(name="list")
    async def list_all(self, interaction: discord.Interaction[Rejoinder]) -> None:
        """The articles of this server, newest first."""
        found = await self._services.store.articles.list_articles(guild_of(interaction), limit=_NEWEST)
        lines = [_line(record) for record in found if may_see(interaction, record)]
        if not lines:
            await say(interaction, "No article has been imported here yet.")
            return
        await say(interaction, fitting(lines, CONTENT, _older))

    @app_commands.command()
    @app_commands.describe(article="which article: choose it from the list, or type words of its title")
    async def show(self, interaction: discord.Interaction[Rejoinder], article: str) -> None:
        """An article: where it comes from, its numbers, its branches with links."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        record = await get_visible(interaction, article)
        shown = await self._services.contents.render(record.guild_id, record.id)
        await say(interaction, _head(record, interaction), **await self._offer(interaction, record))
        await interaction.followup.send(view=panel_view(shown), ephemeral=True)

    async def _offer(
        self, interaction: discord.Interaction[Rejoinder], record: ArticleRecord
    ) -> dict[str, discord.ui.View]:
        """To those who may, the announcement that an import offers at its end; the bot may have slept through that."""
        if not interaction.permissions.manage_guild or record.thread_id is None:
            return {}
        settings = await self._services.store.guilds.get_settings(record.guild_id)
        view = discord.ui.View(timeout=None)
        view.add_item(announce_button(record.id, interaction.client, settings.announce_channel))
        view.stop()
        return {"view": view}

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
        guild_of(interaction), text=current, limit=_NEWEST
    )
    return [
        app_commands.Choice(name=markdown.opening(record.article.title, CHOICE_NAME), value=record.short_id)
        for record in found
        if may_see(interaction, record)
    ][:AUTOCOMPLETE_CHOICES]


async def get_visible(interaction: discord.Interaction[Any], short_id: str) -> ArticleRecord:
    """An article that the person may see. Raises NotFoundError, for a closed channel as for no article."""
    services: Services = interaction.client.services
    record = await services.store.articles.get_by_short_id(guild_of(interaction), short_id.strip())
    if not may_see(interaction, record):
        raise NotFoundError(
            "There is no such article here.", next_step="`/articles list` shows those that are."
        )
    return record


def _line(record: ArticleRecord) -> str:
    where = f"<#{record.thread_id}>" if record.thread_id else "not posted yet"
    return f"`{record.short_id}` **{title(record.article, 80)}**: {where}, {_numbers(record)}"


def _older(_: int) -> str:
    # How many is not known: only the newest were looked through.
    return "-# Older ones: `/articles show` finds each by words of its title."


def _numbers(record: ArticleRecord) -> str:
    return f"{plural(record.imported, 'comment')} from the page, {record.live} written here"


def _head(record: ArticleRecord, interaction: discord.Interaction[Any]) -> str:
    article = record.article
    origin = ", ".join(
        filter(
            None,
            [
                markdown.name(article.site) if article.site else None,
                f"by {markdown.name(article.byline)}" if article.byline else None,
                published(article, now=interaction.created_at),
            ],
        )
    )
    lines = [f"**{title(article)}**", origin, _numbers(record)]
    if record.thread_id:
        lines.append(f"In <#{record.thread_id}>")
    if (source := linkable(article.url)) is not None:
        lines.append(f"<{source}>")
    return "\n".join(filter(None, lines))


async def setup(bot: Rejoinder) -> None:
    """Add the cog, and the buttons and the select of every table of contents."""
    await bot.add_cog(Articles(bot))
    bot.add_dynamic_items(*contents.ACTIONS)
