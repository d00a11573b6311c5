"""What is imported and where it goes: a file, an address or a text, read for the preview."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord

from bot.adapters.answers import explain
from bot.domain.outgoing import Layout
from bot.errors import FetchError, NotFoundError, RefusedError, UnreadableError
from bot.ports.records import ChannelId, GuildId, UserId
from bot.services.importer import Proposal
from cogs import import_preview
from cogs.announcing import guild_of
from cogs.import_preview import need_the_right

#: What an article can be posted into.
Target = discord.ForumChannel | discord.TextChannel | discord.Thread
#: Reads a source for the guild, the person and the channel that it is given.
Propose = Callable[[GuildId, UserId, ChannelId], Awaitable[Proposal]]


class SourceForm(discord.ui.Modal, title="Import an article"):
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

    def __init__(self, channel: Target | None, layout: Layout | None) -> None:
        super().__init__(custom_id="rj:source")
        self._channel = channel
        self._layout = layout

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Read what was given and show the preview."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        files = self.file.component.values  # type: ignore[attr-defined]
        text = self.text.component.value  # type: ignore[attr-defined]
        if files:
            await preview_file(interaction, files[0], channel=self._channel, layout=self._layout)
        elif text.strip():
            await preview_text(interaction, text, "pasted text", channel=self._channel, layout=self._layout)
        else:
            raise RefusedError(
                "**Nothing was posted.** There was neither a file nor text.",
                next_step="`/import article file:`",
            )

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override] # as Modal itself
        """Say it in words."""
        await explain(interaction, error)


async def preview_file(
    interaction: discord.Interaction[Any],
    file: discord.Attachment,
    *,
    channel: Target | None = None,
    layout: Layout | None = None,
) -> None:
    """Read a file and answer with the preview. Raises RefusedError before anything is loaded that is too large."""
    services = interaction.client.services
    if file.size > services.max_bytes:
        raise RefusedError(
            f"**Nothing was posted.** {file.filename} has {file.size:,} bytes; I read up to {services.max_bytes:,}.",
            next_step="save the page as text only, without pictures",
        )
    try:
        data = await file.read()
    except discord.HTTPException as problem:
        raise RefusedError(
            f"**Nothing was posted.** Discord did not give me {file.filename}.", next_step="send it again"
        ) from problem
    read = partial(services.importer.propose, data=data, location=file.filename, layout=layout)
    await _preview(interaction, read, channel)


async def preview_text(
    interaction: discord.Interaction[Any],
    text: str,
    location: str,
    *,
    channel: Target | None = None,
    layout: Layout | None = None,
) -> None:
    """Read a text, called by where it comes from, and answer with the preview."""
    importer = interaction.client.services.importer
    read = partial(importer.propose, data=text.encode(), location=location, layout=layout)
    await _preview(interaction, read, channel)


async def preview_address(
    interaction: discord.Interaction[Any],
    address: str,
    *,
    channel: Target | None = None,
    layout: Layout | None = None,
) -> None:
    """Fetch a page and answer with the preview."""
    importer = interaction.client.services.importer
    await _preview(interaction, partial(importer.propose_address, address=address, layout=layout), channel)


async def _preview(interaction: discord.Interaction[Any], propose: Propose, channel: Target | None) -> None:
    target = await _target(interaction, channel)
    try:
        proposal = await propose(guild_of(interaction), UserId(interaction.user.id), target)
    except (FetchError, NotFoundError, UnreadableError) as problem:
        # The reader's sentence serves the command line too; here people ask first what was posted.
        raise RefusedError(
            f"**Nothing was posted.** {problem.message}", next_step=problem.next_step
        ) from problem
    await interaction.followup.send(view=import_preview.preview_view(proposal), ephemeral=True)


async def _target(interaction: discord.Interaction[Any], channel: Target | None) -> ChannelId:
    """The named channel, else the guild's own choice, else the channel where the person is."""
    if channel is not None:
        need_the_right(interaction, channel)
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
