"""What staff decides about comments whose messages somebody deleted: buttons of the notice, and a form."""

import re
from typing import Any, Final

import discord
from discord.ui import Label, Select, TextInput

from bot.adapters.actions import Action
from bot.adapters.answers import explain
from bot.adapters.rendering import panel_view
from bot.client import Rejoinder
from bot.domain.hiding import LEAVE_HIDDEN_ID, PUT_BACK_ID
from bot.domain.limits import SELECT_OPTIONS
from bot.errors import RefusedError
from bot.ports.records import Deletion, DeletionId, UserId
from bot.services.redrawing import number_of
from cogs.announcing import guild_of

_DELETION = "(?P<deletion>[0-9]{1,18})"
_NUMBERS: Final = re.compile(r"([0-9]{1,7})(?:\s*(?:-|–|to)\s*([0-9]{1,7}))?")


class _Decision(Action):
    """A press in the notice of a deletion, by somebody who may moderate where the comments stood."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        deletion = await _get(interaction, DeletionId(int(self.match["deletion"])))
        await self.decide(interaction, deletion)

    async def decide(self, interaction: discord.Interaction[Rejoinder], deletion: Deletion) -> None:
        """What the press decides."""
        raise NotImplementedError


class LeaveHidden(
    _Decision, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"{LEAVE_HIDDEN_ID}{_DELETION}"
):
    """`Leave hidden`."""

    async def decide(self, interaction: discord.Interaction[Rejoinder], deletion: Deletion) -> None:
        """They stay as they are."""
        await interaction.response.defer()
        hider = interaction.client.services.hider
        decided = await hider.leave_hidden(deletion.guild_id, deletion.id, actor=UserId(interaction.user.id))
        await _show(interaction, decided)


class PutBack(
    _Decision, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"{PUT_BACK_ID}{_DELETION}"
):
    """`Put back all but…`."""

    async def decide(self, interaction: discord.Interaction[Rejoinder], deletion: Deletion) -> None:
        """Ask which stay hidden."""
        if not deletion.hidden:
            raise RefusedError("**Nothing was put back.** All of them are back already.")
        # A form must open within three seconds: words are read only where a select has room for them.
        few = len(deletion.hidden) <= SELECT_OPTIONS
        labels = await interaction.client.services.contents.labels(deletion) if few else {}
        await interaction.response.send_modal(ButForm(deletion, labels))


class ButForm(discord.ui.Modal, title="Put back all but…"):
    """Which of the comments stay hidden: a select for as many as one holds, numbers for more."""

    def __init__(self, deletion: Deletion, labels: dict[int, str]) -> None:
        super().__init__(custom_id=f"rj:put-back-form:{deletion.id}")
        self._deletion = deletion
        self.some: Select[Any] | None = None
        self.numbers: TextInput[Any] | None = None
        if labels:
            self.some = Select(
                custom_id="but",
                placeholder="None: all of them come back",
                min_values=0,
                max_values=len(labels),
                required=False,
                options=[
                    discord.SelectOption(label=label, value=str(number)) for number, label in labels.items()
                ],
            )
            self.add_item(Label(text="Which stay hidden?", component=self.some))
        else:
            self.numbers = TextInput(
                custom_id="numbers", required=False, max_length=500, placeholder="21, 24-26"
            )
            self.add_item(
                Label(
                    text="Which stay hidden?",
                    description="Numbers of comments; leave it empty to put all of them back.",
                    component=self.numbers,
                )
            )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Put the others back."""
        deletion = await _get(interaction, self._deletion.id)
        but = self._chosen(deletion)
        await interaction.response.defer()
        hider = interaction.client.services.hider
        decided = await hider.put_back(
            deletion.guild_id, deletion.id, but=but, actor=UserId(interaction.user.id)
        )
        await _show(interaction, decided)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override] # as Modal itself
        """Say it in words."""
        await explain(interaction, error)

    def _chosen(self, deletion: Deletion) -> set[int]:
        if self.some is not None:
            return {int(value) for value in self.some.values}
        typed = self.numbers.value if self.numbers is not None else ""
        but = read_numbers(typed)
        if but is None or not but <= {number_of(comment) for comment in deletion.hidden}:
            raise RefusedError(
                "**Nothing was put back.** I read numbers of these comments, such as `21, 24-26`.",
                next_step="press the button again",
            )
        return but


ACTIONS = (LeaveHidden, PutBack)


def read_numbers(typed: str) -> set[int] | None:
    """``21, 24-26`` as numbers; None for anything else."""
    found: set[int] = set()
    for piece in filter(None, (piece.strip() for piece in typed.replace(";", ",").split(","))):
        match = _NUMBERS.fullmatch(piece)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last < first + 100_000:
            return None
        found.update(range(first, last + 1))
    return found


async def _get(interaction: discord.Interaction[Rejoinder], deletion_id: DeletionId) -> Deletion:
    """The deletion, for somebody with Manage Messages where the comments stood. Raises NotFoundError, RefusedError."""
    store = interaction.client.services.store
    deletion = await store.deletions.get(guild_of(interaction), deletion_id)
    record = await store.articles.get(deletion.guild_id, deletion.article_id)
    guild, member = interaction.guild, interaction.user
    channel = guild.get_channel_or_thread(record.channel_id) if guild is not None else None
    if channel is not None and isinstance(member, discord.Member):
        may = channel.permissions_for(member).manage_messages
    else:
        may = interaction.permissions.manage_messages
    if not may:
        raise RefusedError(
            f"**Nothing was changed.** To decide that you need the right Manage Messages in <#{record.channel_id}>."
        )
    return deletion


async def _show(interaction: discord.Interaction[Rejoinder], deletion: Deletion) -> None:
    """The notice tells of one deletion, the answer to `/import status` of all that wait."""
    services = interaction.client.services
    pressed = interaction.message.id if interaction.message is not None else None
    shown = await (
        services.redrawer.notice(deletion)
        if pressed == deletion.notice_message
        else services.notices.overview(deletion.guild_id)
    )
    if shown is not None:
        await interaction.edit_original_response(view=panel_view(shown))
