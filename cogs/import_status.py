"""How far imports are, and the buttons that pause, resume and take them back (UI.md, section 7)."""

from typing import Any

import discord

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder, Services
from bot.errors import RefusedError
from bot.ports.records import ImportId, ImportRecord, ImportState
from cogs.announcing import guild_of

_IMPORT = "(?P<run>[0-9]{1,18})"


async def show_status(interaction: discord.Interaction[Any]) -> None:
    """The newest imports of the guild."""
    shown = await interaction.client.services.notices.overview(guild_of(interaction))
    if shown is None:
        await say(interaction, "No import has been made here yet. `/import article` makes the first.")
    else:
        await interaction.response.send_message(view=panel_view(shown), ephemeral=True)


async def pause(interaction: discord.Interaction[Any], import_id: ImportId) -> ImportRecord:
    """Stop an import until somebody resumes it. Raises NotFoundError, RefusedError."""
    services: Services = interaction.client.services
    run = await services.store.imports.get(guild_of(interaction), import_id)
    if run.state not in {ImportState.QUEUED, ImportState.RUNNING}:
        raise RefusedError(
            "**Nothing was changed.** This import does not run.",
            next_step="`/import status` shows how far each is",
        )
    await services.publisher.pause(run, reason=f"<@{interaction.user.id}> paused it.")
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
    return await services.store.imports.get(run.guild_id, run.id)


def need_the_right(interaction: discord.Interaction[Any]) -> None:
    """A button has no default permissions of its own, and the right may be gone since it was shown."""
    if not interaction.permissions.manage_guild:
        raise RefusedError("**Nothing was changed.** Imports are for those with the right Manage Server.")


class _RunAction(Action):
    """A press that moves one import on."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        need_the_right(interaction)
        await interaction.response.defer()
        run = await self.move(interaction, ImportId(int(self.match["run"])))
        notices = interaction.client.services.notices
        # The notice tells of one import, the answer to `/import status` of all.
        pressed = interaction.message.id if interaction.message else None
        shown = await (
            notices.notice(run) if pressed == run.notice_message else notices.overview(run.guild_id)
        )
        await interaction.edit_original_response(view=panel_view(shown))

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> ImportRecord:
        """What the press does to the import; how it stands now."""
        raise NotImplementedError


class PauseImport(
    _RunAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:pause:{_IMPORT}"
):
    """Stop between two messages."""

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> ImportRecord:
        """Pause it."""
        return await pause(interaction, import_id)


class ResumeImport(
    _RunAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:resume:{_IMPORT}"
):
    """Go on."""

    async def move(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> ImportRecord:
        """Resume it."""
        return await resume(interaction, import_id)


ACTIONS = (PauseImport, ResumeImport)
