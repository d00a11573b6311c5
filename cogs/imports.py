"""`/import`: an article and its comments into a thread, and how far that is."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.adapters.answers import explain, say
from bot.client import Rejoinder
from bot.domain import markdown
from bot.domain.limits import AUTOCOMPLETE_CHOICES, CHOICE_NAME
from bot.domain.wording import plural
from bot.errors import FetchError, NotFoundError, RefusedError, UnreadableError
from bot.ports.records import ChannelId, GuildId, ImportId, ImportState, UserId
from bot.services.importer import Proposal
from bot.services.status import Standing
from cogs import announcing, import_preview, import_status, import_undo
from cogs.announcing import guild_of

#: Reads a source for the guild, the person and the channel that it is given.
Propose = Callable[[GuildId, UserId, ChannelId], Awaitable[Proposal]]

_TITLE = "Import an article"
#: Of the largest number that SQLite gives a row.
_ID_DIGITS = 18
_BOTH = RefusedError(
    "**Nothing was posted.** There was a file and an address.", next_step="give me one of the two"
)


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
        channel="where the article goes: a forum or a text channel; without it, the one of /rejoinder setup",
        link="the page's address",
    )
    async def article(
        self,
        interaction: discord.Interaction[Rejoinder],
        file: discord.Attachment | None = None,
        channel: discord.ForumChannel | discord.TextChannel | None = None,
        link: str | None = None,
    ) -> None:
        """Import an article with its comments; a preview comes first."""
        if file is None and link is None:
            await interaction.response.send_modal(SourceForm(channel))
            return
        if file is not None and link is not None:
            raise _BOTH
        await interaction.response.defer(ephemeral=True, thinking=True)
        if file is None:
            propose: Propose = partial(self._services.importer.propose_address, address=link or "")
        else:
            data = await read_attachment(file, most=self._services.max_bytes)
            propose = partial(self._services.importer.propose, data=data, location=file.filename)
        await show_preview(interaction, propose, channel=channel)

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


class SourceForm(discord.ui.Modal, title=_TITLE):
    """Asked when neither a file nor a link was given."""

    file: "discord.ui.Label[Any]" = discord.ui.Label(
        text="The page, saved as text",
        component=discord.ui.FileUpload(custom_id="file", required=False, max_values=1),
    )
    text: "discord.ui.Label[Any]" = discord.ui.Label(
        text="Or the text itself",
        description="Up to 4,000 characters; a longer page needs the file.",
        component=discord.ui.TextInput(
            custom_id="text", style=discord.TextStyle.paragraph, required=False, max_length=4000
        ),
    )

    def __init__(self, channel: discord.ForumChannel | discord.TextChannel | None) -> None:
        super().__init__(custom_id="rj:source")
        self._channel = channel

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Read what was given and show the preview."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        files = self.file.component.values  # type: ignore[attr-defined]
        text = self.text.component.value  # type: ignore[attr-defined]
        if files:
            most = interaction.client.services.max_bytes
            data, location = await read_attachment(files[0], most=most), files[0].filename
        elif text.strip():
            data, location = text.encode(), "pasted text"
        else:
            raise RefusedError(
                "**Nothing was posted.** There was neither a file nor text.",
                next_step="`/import article file:`",
            )
        await show_preview(
            interaction,
            partial(interaction.client.services.importer.propose, data=data, location=location),
            channel=self._channel,
        )

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override] # as Modal itself
        """Say it in words."""
        await explain(interaction, error)


@app_commands.context_menu(name="Import this")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def import_this(interaction: discord.Interaction[Rejoinder], message: discord.Message) -> None:
    """A message that carries a file or a long text."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    if message.attachments:
        file = message.attachments[0]
        data, location = (
            await read_attachment(file, most=interaction.client.services.max_bytes),
            file.filename,
        )
    elif message.content.strip():
        data, location = message.content.encode(), "a message"
    else:
        raise RefusedError(
            "**Nothing was posted.** That message carries neither a file nor text.",
            next_step="choose a message with the saved page, or `/import article file:`",
        )
    await show_preview(
        interaction,
        partial(interaction.client.services.importer.propose, data=data, location=location),
        channel=None,
    )


async def read_attachment(file: discord.Attachment, *, most: int) -> bytes:
    """The file's bytes. Raises RefusedError before anything is loaded when it is too large."""
    if file.size > most:
        raise RefusedError(
            f"**Nothing was posted.** {file.filename} has {file.size:,} bytes; I read up to {most:,}.",
            next_step="save the page as text only, without pictures",
        )
    try:
        return await file.read()
    except discord.HTTPException as problem:
        raise RefusedError(
            f"**Nothing was posted.** Discord did not give me {file.filename}.", next_step="send it again"
        ) from problem


async def show_preview(
    interaction: discord.Interaction[Any],
    propose: Propose,
    *,
    channel: discord.ForumChannel | discord.TextChannel | None,
) -> None:
    """Read the source and answer with the preview."""
    target = await _target(interaction, channel)
    try:
        proposal = await propose(guild_of(interaction), UserId(interaction.user.id), target)
    except (FetchError, NotFoundError, UnreadableError) as problem:
        # The reader's sentence serves the command line too; here people ask first what was posted.
        raise RefusedError(
            f"**Nothing was posted.** {problem.message}", next_step=problem.next_step
        ) from problem
    await interaction.followup.send(view=import_preview.preview_view(proposal), ephemeral=True)


async def _target(
    interaction: discord.Interaction[Any], channel: discord.ForumChannel | discord.TextChannel | None
) -> ChannelId:
    """The named channel, else the guild's own choice, else the text channel where the person is."""
    if channel is not None:
        _need_the_right(interaction, channel)
        return ChannelId(channel.id)
    settings = await interaction.client.services.store.guilds.get_settings(guild_of(interaction))
    if settings.articles_channel is not None:
        return ChannelId(settings.articles_channel)
    here = interaction.channel
    if isinstance(here, discord.Thread):
        here = here.parent
    if isinstance(here, discord.TextChannel | discord.ForumChannel):
        return ChannelId(here.id)
    raise RefusedError(
        "**Nothing was posted.** I do not know where articles go.",
        next_step="name it, `/import article channel:`, or choose it once in `/rejoinder setup`",
    )


def _need_the_right(
    interaction: discord.Interaction[Any], channel: discord.ForumChannel | discord.TextChannel
) -> None:
    """A server may give this command to people without Manage Server; they get no further with it than by hand."""
    if interaction.permissions.manage_guild or not isinstance(interaction.user, discord.Member):
        return
    rights = channel.permissions_for(interaction.user)
    if not (rights.view_channel and rights.send_messages):
        raise RefusedError(
            f"**Nothing was posted.** You may not post in {channel.mention} yourself.",
            next_step="choose another channel, or ask somebody with the right Manage Server",
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
        *import_preview.ACTIONS, *import_status.ACTIONS, *import_undo.ACTIONS, *announcing.ACTIONS
    )
