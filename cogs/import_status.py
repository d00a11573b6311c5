"""How far imports are, and the buttons that pause, resume and take them back (UI.md, section 7)."""

from collections.abc import Collection
from typing import Any

import discord

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder, Services
from bot.errors import RefusedError
from bot.ports.records import GuildId, ImportId, ImportRecord, ImportState
from bot.services import status
from bot.services.status import Standing
from cogs.announcing import guild_of

_IMPORT = "(?P<run>[0-9]{1,18})"
_LISTED = 10
#: Imports that are looked through for those that a command can be about.
_LOOKED_THROUGH = 100


async def show_status(interaction: discord.Interaction[Any]) -> None:
    """The newest imports of the guild; the message that was pressed shows them anew."""
    services: Services = interaction.client.services
    runs = await services.store.imports.list_recent(guild_of(interaction), limit=_LISTED)
    if not runs:
        await say(interaction, "No import has been made here yet. `/import article` makes the first.")
        return
    standing = [await standing_of(services, run) for run in runs]
    view = panel_view(status.overview(standing, now=interaction.created_at))
    if interaction.type is discord.InteractionType.component:
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def standing_of(services: Services, run: ImportRecord) -> Standing:
    """A run with its article and what is left of it."""
    record = await services.store.articles.get(run.guild_id, run.article_id)
    left = 0
    if run.state is ImportState.UNDOING:
        left = len(await services.store.messages.list_standing(run.guild_id, run.article_id))
    return Standing(run, record.article, left)


async def pause(interaction: discord.Interaction[Any], import_id: ImportId) -> ImportRecord:
    """Stop an import until somebody resumes it. Raises NotFoundError, RefusedError."""
    services: Services = interaction.client.services
    run = await services.store.imports.get(guild_of(interaction), import_id)
    if run.state not in {ImportState.QUEUED, ImportState.RUNNING}:
        raise RefusedError(
            "**Nothing was changed.** This import does not run.",
            next_step="`/import status` shows how far each is",
        )
    await services.publisher.pause(run.id, reason=f"<@{interaction.user.id}> paused it.")
    return await services.store.imports.get(run.guild_id, run.id)


async def resume(interaction: discord.Interaction[Any], import_id: ImportId) -> ImportRecord:
    """Go on with a paused import. Raises NotFoundError, RefusedError."""
    services: Services = interaction.client.services
    run = await services.store.imports.get(guild_of(interaction), import_id)
    if run.state is not ImportState.PAUSED:
        raise RefusedError(
            "**Nothing was changed.** This import is not paused.",
            next_step="`/import status` shows how far each is",
        )
    await services.publisher.resume(run)
    return run


async def in_states(services: Services, guild_id: GuildId, states: Collection[ImportState]) -> list[Standing]:
    """Those of the guild's newest imports that are in one of the states."""
    runs = await services.store.imports.list_recent(guild_id, limit=_LOOKED_THROUGH)
    return [await standing_of(services, run) for run in runs if run.state in states]


def need_the_right(interaction: discord.Interaction[Any]) -> None:
    """A button has no default permissions of its own, and the right may be gone since it was shown."""
    if not interaction.permissions.manage_guild:
        raise RefusedError("**Nothing was changed.** Imports are for those with the right Manage Server.")


class _RunAction(Action):
    """A press that moves one import on."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        need_the_right(interaction)
        await interaction.response.defer()
        await self.move(interaction, ImportId(int(self.match["run"])))
        await show_status(interaction)

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """What the press does to the import."""
        raise NotImplementedError


class PauseImport(
    _RunAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:pause:{_IMPORT}"
):
    """Stop between two messages."""

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Pause it."""
        await pause(interaction, import_id)


class ResumeImport(
    _RunAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:resume:{_IMPORT}"
):
    """Go on."""

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Resume it."""
        await resume(interaction, import_id)


ACTIONS = (PauseImport, ResumeImport)
