"""`/import`: an article and its comments into a thread, and how far that is."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.answers import say
from bot.client import Rejoinder
from bot.domain import markdown
from bot.domain.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME
from bot.domain.outgoing import Layout
from bot.domain.wording import plural
from bot.errors import RefusedError
from bot.ports.records import ImportId, ImportState
from bot.services.status import Standing
from cogs import announcing, deletions, import_preview, import_sources, import_status, import_undo
from cogs.announcing import guild_of
from cogs.import_sources import SourceForm

#: Of the largest number that SQLite gives a row.
_ID_DIGITS = 18


class Imports(
    commands.GroupCog, group_name="import", group_description="Bring an article and its comments here"
):
    """Bring an article and its comments here."""

    def __init__(self, bot: Rejoinder) -> None:
        self._services = bot.services
        super().__init__()

    @app_commands.command()
    @app_commands.describe(
        file="the page, saved as text or as it is",
        channel="a forum, a text channel or a thread; without it, what /rejoinder setup says",
        link="the page's address",
        layout="how comments become messages; without it, what /rejoinder setup says",
    )
    @app_commands.choices(
        layout=[app_commands.Choice(name=layout.words, value=layout.value) for layout in Layout]
    )
    async def article(
        self,
        interaction: discord.Interaction[Rejoinder],
        file: discord.Attachment | None = None,
        channel: discord.ForumChannel | discord.TextChannel | discord.Thread | None = None,
        link: str | None = None,
        layout: str | None = None,
    ) -> None:
        """Import an article with its comments; a preview comes first."""
        form = Layout(layout) if layout is not None else None
        if file is None and link is None:
            await interaction.response.send_modal(SourceForm(channel, form))
            return
        if file is not None and link is not None:
            raise RefusedError(
                "**Nothing was posted.** There was a file and an address.",
                next_step="give me one of the two",
            )
        await interaction.response.defer(ephemeral=True, thinking=True)
        if file is not None:
            await import_sources.preview_file(interaction, file, channel=channel, layout=form)
        else:
            await import_sources.preview_address(interaction, link or "", channel=channel, layout=form)

    @app_commands.command()
    async def status(self, interaction: discord.Interaction[Rejoinder]) -> None:
        """How far the newest imports of this server are, and what to do next."""
        await import_status.show_status(interaction)

    @app_commands.command()
    @app_commands.rename(run="import")
    @app_commands.describe(run="which import that runs: choose it from the list")
    async def pause(self, interaction: discord.Interaction[Rejoinder], run: str) -> None:
        """Stop an import between two messages until somebody resumes it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        paused = await import_status.pause(interaction, _id_of(run))
        await say(
            interaction,
            f"Paused at {paused.sent} of {plural(paused.total, 'message')}. `/import resume` goes on.",
        )

    @app_commands.command()
    @app_commands.rename(run="import")
    @app_commands.describe(run="which paused import: choose it from the list")
    async def resume(self, interaction: discord.Interaction[Rejoinder], run: str) -> None:
        """Go on with a paused import; nothing is posted twice."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        resumed = await import_status.resume(interaction, _id_of(run))
        await say(interaction, f"Going on at {resumed.sent} of {plural(resumed.total, 'message')}.")

    @app_commands.command()
    @app_commands.rename(run="import")
    @app_commands.describe(run="which import: choose it from the list")
    async def undo(self, interaction: discord.Interaction[Rejoinder], run: str) -> None:
        """Take an import back: what goes and what stays is shown before anything is deleted."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await import_undo.ask(interaction, _id_of(run))

    @pause.autocomplete("run")
    async def _running(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        return await _choices(interaction, current, ImportState.QUEUED, ImportState.RUNNING)

    @resume.autocomplete("run")
    async def _paused(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        return await _choices(interaction, current, ImportState.PAUSED)

    @undo.autocomplete("run")
    async def _all_but_undone(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        states = [state for state in ImportState if state is not ImportState.UNDONE]
        return await _choices(interaction, current, *states)


async def _choices(
    interaction: discord.Interaction[Rejoinder], current: str, *states: ImportState
) -> list[app_commands.Choice[str]]:
    """Imports in these states whose titles hold what was typed, newest first."""
    found = await interaction.client.services.notices.find(guild_of(interaction), states)
    return [
        app_commands.Choice(name=_name(standing), value=str(standing.run.id))
        for standing in found
        if current.casefold() in standing.article.title.casefold()
    ][:AUTOCOMPLETE_CHOICES]


def _name(standing: Standing) -> str:
    title = markdown.opening(standing.article.title, CHOICE_NAME - 30)
    return f"{title}, {standing.run.sent} of {standing.run.total}"


def _id_of(typed: str) -> ImportId:
    """A number as Discord's list gives it; what somebody typed instead is no import's."""
    return ImportId(int(typed) if typed.isdecimal() and len(typed) <= _ID_DIGITS else 0)


@app_commands.context_menu(name="Import this")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def import_this(interaction: discord.Interaction[Rejoinder], message: discord.Message) -> None:
    """A message that carries a file or a long text."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    if message.attachments:
        await import_sources.preview_file(interaction, message.attachments[0])
    elif message.content.strip():
        await import_sources.preview_text(interaction, message.content, "a message")
    else:
        raise RefusedError(
            "**Nothing was posted.** That message carries neither a file nor text.",
            next_step="choose a message with the saved page, or `/import article file:`",
        )


async def setup(bot: Rejoinder) -> None:
    """Add the cog, its context menu and its buttons."""
    cog = Imports(bot)
    group = cog.app_command
    if isinstance(group, app_commands.Group):
        group.default_permissions = discord.Permissions(manage_guild=True)
        group.guild_only = True
    await bot.add_cog(cog)
    bot.tree.add_command(import_this)
    bot.add_dynamic_items(
        *import_preview.ACTIONS,
        *import_status.ACTIONS,
        *import_undo.ACTIONS,
        *deletions.ACTIONS,
        *announcing.ACTIONS,
    )
