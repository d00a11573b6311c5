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
from bot.errors import FetchError, NotFoundError, RefusedError, UnreadableError
from bot.ports.records import ChannelId, GuildId, ImportId, ImportState, UserId
from bot.services.importer import Proposal
from cogs import announcing, import_preview, import_status
from cogs.announcing import guild_of

#: Reads a source for the guild, the person and the channel that it is given.
Propose = Callable[[GuildId, UserId, ChannelId], Awaitable[Proposal]]

_TITLE = "Import an article"
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
        guild_id = guild_of(interaction)
        runs = await self._services.store.imports.list_recent(guild_id, limit=10)
        if not runs:
            await say(interaction, "No import has been made here yet. `/import article` makes the first.")
            return
        named = [
            (run, (await self._services.store.articles.get(guild_id, run.article_id)).article) for run in runs
        ]
        await say(interaction, import_status.render(named, now=interaction.created_at))

    @app_commands.command()
    @app_commands.rename(import_id="import")
    @app_commands.describe(import_id="which paused import: choose it from the list")
    async def resume(self, interaction: discord.Interaction[Rejoinder], import_id: str) -> None:
        """Go on with a paused import; nothing is posted twice."""
        number = int(import_id) if import_id.isdecimal() else 0
        run = await self._services.store.imports.get(guild_of(interaction), ImportId(number))
        if run.state is not ImportState.PAUSED:
            raise RefusedError(
                "**Nothing was changed.** This import is not paused.",
                next_step="`/import status` shows how far each is",
            )
        await self._services.publisher.resume(run)
        await say(interaction, f"Going on at {run.sent} of {run.total} messages.")

    @resume.autocomplete("import_id")
    async def _paused(
        self, interaction: discord.Interaction[Rejoinder], current: str
    ) -> list[app_commands.Choice[str]]:
        runs = await self._services.store.imports.list_recent(
            guild_of(interaction), limit=AUTOCOMPLETE_CHOICES
        )
        choices = []
        for run in runs:
            if run.state is ImportState.PAUSED:
                record = await self._services.store.articles.get(run.guild_id, run.article_id)
                if current.casefold() in record.article.title.casefold():
                    title = markdown.opening(record.article.title, CHOICE_NAME - 30)
                    name = f"{title}, {run.sent} of {run.total}"
                    choices.append(app_commands.Choice(name=name, value=str(run.id)))
        return choices


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
    bot.add_dynamic_items(*import_preview.ACTIONS, *announcing.ACTIONS)
