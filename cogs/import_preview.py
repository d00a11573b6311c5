"""The preview of an import and its buttons (UI.md, section 6)."""

import io
from typing import Any

import discord
from discord.ui import ActionRow, Button, Container, LayoutView, Select, Separator, TextDisplay

from bot.adapters.actions import Action
from bot.client import Rejoinder
from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.discussion import Rights
from bot.domain.limits import APPLIED_TAGS, SELECT_OPTIONS
from bot.domain.wording import plural
from bot.ports.records import ArticleId, ImportRecord, ImportState, UserId
from bot.services.importer import Draft, Importer, Proposal, missing_sentence, report_of
from cogs.announcing import announce_button

_RIGHTS = {
    Rights.OWN: "Our own site",
    Rights.PERMISSION: "Site gave permission",
    Rights.QUOTED: "Public page, quoted to discuss",
}
_DRAFT = "(?P<draft>[0-9a-f]{16})"


def preview_view(proposal: Proposal) -> LayoutView:
    """Everything that will be posted, what is unsure, and the question whose words these are."""
    draft, shown = proposal.draft, proposal.shown
    box: Container[Any] = Container(accent_colour=ACCENT_ARTICLE)
    box.add_item(TextDisplay(shown.head)).add_item(TextDisplay(shown.summary))
    if shown.branch is not None:
        box.add_item(Separator()).add_item(TextDisplay(shown.branch))
    if notes := [text for text in (shown.left_out, shown.please_look) if text is not None]:
        box.add_item(Separator())
        for text in notes:
            box.add_item(TextDisplay(text))
    if draft.twin is not None:
        twin = f"<#{draft.twin.thread_id}>" if draft.twin.thread_id else f"<#{draft.twin.channel_id}>"
        box.add_item(
            TextDisplay(
                f"**Already here:** this article stands in {twin}. Posting makes a second, separate discussion."
            )
        )
    box.add_item(TextDisplay(_rights_line(draft)))
    box.add_item(ActionRow(_rights_select(draft)))
    if draft.place.tags:
        box.add_item(ActionRow(_tag_select(draft)))
    box.add_item(ActionRow(*_buttons(draft)))
    view = LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view


def _rights_line(draft: Draft) -> str:
    channel = f"<#{draft.place.channel_id}>"
    missing = missing_sentence(draft.place)
    return f"**Missing:** {missing}" if missing else f"**Rights in {channel}:** all there."


def _rights_select(draft: Draft) -> "Select[Any]":
    return Select(
        custom_id=f"rj:rights:{draft.id}",
        placeholder="Whose words are these?",
        options=[
            discord.SelectOption(label=label, value=rights.value, default=rights is draft.rights)
            for rights, label in _RIGHTS.items()
        ],
    )


def _tag_select(draft: Draft) -> "Select[Any]":
    tags = draft.place.tags[:SELECT_OPTIONS]
    return Select(
        custom_id=f"rj:tags:{draft.id}",
        placeholder="Which tags? (this forum requires one)" if draft.place.tag_required else "Which tags?",
        min_values=1 if draft.place.tag_required else 0,
        max_values=min(APPLIED_TAGS, len(tags)),
        options=[
            discord.SelectOption(label=tag.name, value=str(tag.id), default=tag.id in draft.tags)
            for tag in tags
        ],
    )


def _buttons(draft: Draft) -> list["Button[Any]"]:
    what = plural(len(draft.nodes), "comment") if draft.nodes else "the article"
    return [
        Button(
            label=f"Post {what}" + (" a second time" if draft.twin else ""),
            style=discord.ButtonStyle.primary,
            custom_id=f"rj:post:{draft.id}",
        ),
        Button(label="Report as file", custom_id=f"rj:report:{draft.id}"),
        Button(label="Cancel", custom_id=f"rj:cancel:{draft.id}"),
    ]


class _DraftAction(Action):
    """An answer given in a preview."""

    importer: Importer

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        self.importer = interaction.client.services.importer
        draft = self.importer.get_draft(self.match["draft"], UserId(interaction.user.id))
        await self.answer(interaction, draft)

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """What this answer does."""
        raise NotImplementedError


class ChooseRights(_DraftAction, discord.ui.DynamicItem["Select[Any]"], template=f"rj:rights:{_DRAFT}"):
    """Whose words these are."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Remember it and show the preview again: `quoted` changes what will be posted."""
        await interaction.response.defer()
        proposal = await self.importer.choose(draft, rights=Rights(self.item.values[0]))
        await interaction.edit_original_response(view=preview_view(proposal))


class ChooseTags(_DraftAction, discord.ui.DynamicItem["Select[Any]"], template=f"rj:tags:{_DRAFT}"):
    """The forum's tags."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Remember them and show the preview again."""
        await interaction.response.defer()
        proposal = await self.importer.choose(draft, tags=[int(value) for value in self.item.values])
        await interaction.edit_original_response(view=preview_view(proposal))


class Report(_DraftAction, discord.ui.DynamicItem["Button[Any]"], template=f"rj:report:{_DRAFT}"):
    """Everything that was left out or concluded."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Give the whole report as a file."""
        data = io.BytesIO(report_of(draft).encode())
        await interaction.response.send_message(
            "What was left out, what is unsure, and what was concluded. Nothing is posted by this.",
            file=discord.File(data, "import-report.txt"),
            ephemeral=True,
        )


class Cancel(_DraftAction, discord.ui.DynamicItem["Button[Any]"], template=f"rj:cancel:{_DRAFT}"):
    """No import."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Forget the draft."""
        self.importer.discard(draft)
        await interaction.response.edit_message(
            view=_note("**Cancelled.** Nothing was posted and nothing is kept.")
        )


class Post(_DraftAction, discord.ui.DynamicItem["Button[Any]"], template=f"rj:post:{_DRAFT}"):
    """Start the import."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Commit it, say where it goes, and tell the end as long as Discord lets us."""

        async def finished(run: ImportRecord) -> None:
            await _show_end(interaction, run)

        await interaction.response.defer()
        run = await self.importer.post(draft, then=finished)
        await interaction.edit_original_response(
            view=_note(
                f"**On its way** into <#{run.channel_id}>: {plural(run.total, 'message')}. "
                "`/import status` shows how far it is; closing this changes nothing."
            )
        )


ACTIONS = (ChooseRights, ChooseTags, Report, Cancel, Post)


async def _show_end(interaction: discord.Interaction[Rejoinder], run: ImportRecord) -> None:
    """The preview becomes the result. After 15 minutes its token is dead: `/import status` says the same."""
    client = interaction.client
    if run.state is ImportState.DONE:
        settings = await client.services.store.guilds.get_settings(run.guild_id)
        text = f"**Posted:** <#{run.thread_id}>, {plural(run.total, 'message')}. Its answers are tracked from now on."
        announce = announce_button(ArticleId(run.article_id), client, settings.announce_channel)
        view = _note(text, ActionRow(announce))
    else:
        view = _note(
            f"**Paused at {run.sent} of {plural(run.total, 'message')}.** What is posted stays. {run.reason}\n"
            "**Next:** mend that, then `/import resume`. Nothing is posted twice."
        )
    try:
        await interaction.edit_original_response(view=view)
    except discord.HTTPException:
        return


def _note(text: str, *rows: "ActionRow[Any]") -> LayoutView:
    box: Container[Any] = Container(accent_colour=ACCENT_ARTICLE)
    box.add_item(TextDisplay(text))
    for row in rows:
        box.add_item(row)
    view = LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view
