"""Taking an import back: what goes, what stays, and the question in between."""

from typing import Any

import discord

from bot.adapters.actions import Action
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder, Services
from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.outgoing import Outgoing
from bot.domain.panels import Button, ButtonRow, Panel, TextBlock
from bot.domain.wording import plural, title
from bot.errors import RefusedError
from bot.ports.records import ImportId, ImportRecord, ImportState, UndoScope, UserId
from bot.services import status
from bot.services.undoer import Prospect
from cogs.announcing import guild_of
from cogs.import_status import need_the_right, pause

_IMPORT = "(?P<run>[0-9]{1,18})"
_FINAL = "It can't be brought back; `/import article` imports it anew."


async def ask(interaction: discord.Interaction[Any], import_id: ImportId) -> None:
    """Stop the import if it runs, so that the numbers hold, and ask what to delete. Nothing is deleted yet."""
    services: Services = interaction.client.services
    run = await services.store.imports.get(guild_of(interaction), import_id)
    if run.state in {ImportState.QUEUED, ImportState.RUNNING}:
        await pause(interaction, import_id)
    prospect = await services.undoer.look(run.guild_id, import_id)
    await interaction.followup.send(view=panel_view(question(prospect)), ephemeral=True)


def question(prospect: Prospect) -> Outgoing:
    """What goes and what stays, with the buttons that say how much each deletes."""
    going = "\n".join(f"- {line}" for line in _going(prospect))
    goes = f"## Take it back?\n**{title(prospect.article.article)}**\n**Goes:**\n{going}"
    # A text of its own: what follows a list in the same text may be taken for its last entry.
    stays = f"**Stays:** {_staying(prospect)}\n{_FINAL}"
    row = ButtonRow(buttons=tuple(_choices(prospect)))
    return Outgoing(
        panel=Panel(blocks=(TextBlock(text=goes), TextBlock(text=stays), row), accent=ACCENT_ARTICLE)
    )


def last_question(prospect: Prospect) -> Outgoing:
    """Asked once more before words of members are deleted with the thread."""
    text = (
        f"## Delete what members wrote, too?\n**{title(prospect.article.article)}**\n"
        f"The whole thread <#{prospect.run.thread_id}> goes, and with it {plural(prospect.answers, 'answer')} of members, "
        f"in Discord and in my archive. {_FINAL}"
    )
    count = plural(prospect.messages + prospect.answers, "message")
    sure = _choice(prospect, UndoScope.EVERYTHING, f"Delete {count}, {prospect.answers} of members", "danger")
    return _panel(
        text, sure, Button(label="Back", custom_id=f"rj:undo-back:{prospect.run.id}"), _keep(prospect)
    )


def _going(prospect: Prospect) -> list[str]:
    lines = []
    for channel_id, count in prospect.standing.items():
        whole = channel_id == prospect.run.thread_id and not prospect.answers and prospect.owns_thread
        thread = ", and the thread itself, where nobody else has written" if whole else ""
        lines.append(f"{plural(count, 'message')} of mine in <#{channel_id}>{thread}")
    lines.append("the file of all comments, and the imported words in my database")
    return lines


def _staying(prospect: Prospect) -> str:
    if prospect.answers:
        whose = "with its place in my archive" if prospect.answers == 1 else "with their places in my archive"
        return f"{plural(prospect.answers, 'answer')} of members, {whose}; what members wrote is theirs."
    if prospect.owns_thread:
        return "nothing. If somebody writes in the thread before it is gone, the thread stays with it."
    return "the thread, which was there before."


def _choices(prospect: Prospect) -> list[Button]:
    count = plural(prospect.messages, "message")
    only_ours = _choice(prospect, UndoScope.MESSAGES, f"Delete my {count}", "danger")
    if not prospect.owns_thread:
        return [only_ours, _keep(prospect)]
    if prospect.answers:
        more = Button(label="Delete the thread, too…", custom_id=f"rj:undo-all:{prospect.run.id}")
        return [only_ours, more, _keep(prospect)]
    whole = _choice(prospect, UndoScope.THREAD, f"Delete the thread with {count}", "danger")
    return [
        whole,
        _choice(prospect, UndoScope.MESSAGES, "Delete only my messages", "secondary"),
        _keep(prospect),
    ]


def _choice(prospect: Prospect, scope: UndoScope, label: str, style: Any) -> Button:
    return Button(label=label, custom_id=f"rj:undo-do:{prospect.run.id}:{scope}", style=style)


def _keep(prospect: Prospect) -> Button:
    return Button(label="Keep everything", custom_id=f"rj:undo-keep:{prospect.run.id}")


def _panel(text: str, *buttons: Button) -> Outgoing:
    row = [ButtonRow(buttons=buttons)] if buttons else []
    return Outgoing(panel=Panel(blocks=(TextBlock(text=text), *row), accent=ACCENT_ARTICLE))


class _UndoAction(Action):
    """A press on the way to an undo, by somebody who may manage the server."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        need_the_right(interaction)
        await self.answer(interaction, ImportId(int(self.match["run"])))

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """What the press does."""
        raise NotImplementedError


class AskUndo(_UndoAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:undo:{_IMPORT}"):
    """`Stop and undo…` and `Undo…`."""

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Ask."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await ask(interaction, import_id)


class AskAll(
    _UndoAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:undo-all:{_IMPORT}"
):
    """`Delete the thread, too…`."""

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Ask once more."""
        prospect = await interaction.client.services.undoer.look(guild_of(interaction), import_id)
        await interaction.response.edit_message(view=panel_view(last_question(prospect)))


class AskAgain(
    _UndoAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:undo-back:{_IMPORT}"
):
    """`Back`."""

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """The first question again."""
        prospect = await interaction.client.services.undoer.look(guild_of(interaction), import_id)
        await interaction.response.edit_message(view=panel_view(question(prospect)))


class Keep(_UndoAction, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"rj:undo-keep:{_IMPORT}"):
    """`Keep everything`."""

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Say that nothing happened, and how to go on where it was stopped."""
        run = await interaction.client.services.store.imports.get(guild_of(interaction), import_id)
        text, buttons = "**Nothing was deleted.**", []
        if run.state is ImportState.PAUSED:
            text += f" The import is paused at {run.sent} of {plural(run.total, 'message')}."
            buttons = [Button(label="Resume", custom_id=f"rj:resume:{run.id}", style="primary")]
        await interaction.response.edit_message(view=panel_view(_panel(text, *buttons)))


class Undo(
    _UndoAction,
    discord.ui.DynamicItem["discord.ui.Button[Any]"],
    template=f"rj:undo-do:{_IMPORT}:(?P<scope>messages|thread|everything)",
):
    """`Delete …`, with the number of messages."""

    async def answer(self, interaction: discord.Interaction[Rejoinder], import_id: ImportId) -> None:
        """Begin, and tell the end as long as Discord lets us."""
        services = interaction.client.services
        scope = UndoScope(self.match["scope"])
        prospect = await services.undoer.look(guild_of(interaction), import_id)
        if scope is UndoScope.EVERYTHING:
            _need_to_manage_threads(interaction, prospect.run)

        async def finished(run: ImportRecord) -> None:
            await _show_end(interaction, run)

        await interaction.response.edit_message(
            view=panel_view(
                _panel("**Being taken back.** `/import status` shows how far; closing this changes nothing.")
            )
        )
        await services.undoer.begin(
            prospect.run.guild_id, import_id, scope, actor=UserId(interaction.user.id), then=finished
        )


ACTIONS = (AskUndo, AskAll, AskAgain, Keep, Undo)


def _need_to_manage_threads(interaction: discord.Interaction[Any], run: ImportRecord) -> None:
    """Members' words are deleted only by somebody who could delete that thread by hand."""
    channel = interaction.guild.get_channel(run.channel_id) if interaction.guild is not None else None
    member = interaction.user
    if channel is None or not isinstance(member, discord.Member):
        return
    if not channel.permissions_for(member).manage_threads:
        raise RefusedError(
            "**Nothing was deleted.** To delete what members wrote you need the right Manage Threads "
            f"in <#{run.channel_id}>.",
            next_step="press Back and delete my messages only",
        )


async def _show_end(interaction: discord.Interaction[Rejoinder], run: ImportRecord) -> None:
    """The question becomes the result. After 15 minutes its token is dead: `/import status` says the same."""
    if run.state is ImportState.UNDONE:
        text = f"**Taken back:** {status.undone(run)}. {_FINAL}"
    else:
        text = f"**Not everything is deleted.** {run.reason}\n**Next:** {status.next_step(run)}"
    buttons = (
        []
        if run.state is ImportState.UNDONE
        else [Button(label="Try again…", custom_id=f"rj:undo:{run.id}", style="primary")]
    )
    try:
        await interaction.edit_original_response(view=panel_view(_panel(text, *buttons)))
    except discord.HTTPException:
        return
