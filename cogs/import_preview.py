"""The preview of an import and its buttons (UI.md, section 6)."""

import io
from typing import Any

import discord
from discord.ui import ActionRow, Button, Container, LayoutView, Select, Separator, TextDisplay

from bot.adapters.actions import Action
from bot.adapters.answers import explain
from bot.client import Rejoinder
from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.discussion import Rights
from bot.domain.limits import APPLIED_TAGS, SELECT_OPTION_TEXT, SELECT_OPTIONS
from bot.domain.outgoing import Layout
from bot.domain.wording import plural
from bot.errors import RefusedError
from bot.ports.messenger import Place
from bot.ports.records import ArticleId, ChannelId, ImportRecord, ImportState, UserId
from bot.services.importer import Draft, Importer, Proposal, missing_sentence, report_of
from cogs.announcing import announce_button

_RIGHTS = {
    Rights.OWN: "Our own site",
    Rights.PERMISSION: "Site gave permission",
    Rights.QUOTED: "Public page, quoted to discuss",
}
#: In the order in which they are offered.
LAYOUTS = {
    Layout.AUTO: "One by one where they are few, on pages where they are many",
    Layout.REPLIES: "A message for each comment, with an arrow to what it answers; about one a second",
    Layout.CARDS: "About eight comments to a message, each with a button to answer it",
    Layout.VOICES: "A message for each comment under its speaker's name; no arrows; needs Manage Webhooks",
}
#: What an article can be posted into.
CHANNEL_TYPES = [
    discord.ChannelType.forum,
    discord.ChannelType.text,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
]
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
    box.add_item(TextDisplay(rights_line(draft.place)))
    box.add_item(ActionRow(_rights_select(draft)))
    if draft.place.tag_required:
        box.add_item(ActionRow(_tag_select(draft, required=True)))
    box.add_item(ActionRow(*_buttons(draft)))
    view = LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view


def rights_line(place: Place) -> str:
    """Whether the bot may do there what an import needs."""
    missing = missing_sentence(place)
    return f"**Missing:** {missing}" if missing else f"**Rights in <#{place.channel_id}>:** all there."


def _rights_select(draft: Draft) -> "Select[Any]":
    return Select(
        custom_id=f"rj:rights:{draft.id}",
        placeholder="Whose words are these?",
        options=[
            discord.SelectOption(label=label, value=rights.value, default=rights is draft.rights)
            for rights, label in _RIGHTS.items()
        ],
    )


def _tag_select(draft: Draft, *, required: bool) -> "Select[Any]":
    tags = draft.place.tags[:SELECT_OPTIONS]
    return Select(
        custom_id=f"rj:tags:{draft.id}",
        placeholder="Which tags? (this forum requires one)" if required else "Which tags?",
        min_values=1 if required else 0,
        max_values=min(APPLIED_TAGS, len(tags)),
        required=required,
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
        Button(label="Change…", custom_id=f"rj:change:{draft.id}"),
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


class Change(_DraftAction, discord.ui.DynamicItem["Button[Any]"], template=f"rj:change:{_DRAFT}"):
    """How, where, and with which tags."""

    async def answer(self, interaction: discord.Interaction[Any], draft: Draft) -> None:
        """Ask in a form."""
        await interaction.response.send_modal(ChangeForm(draft))


class ChangeForm(discord.ui.Modal, title="Change this import"):
    """What the preview proposed, to be changed; whatever is changed is laid out anew."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(custom_id=f"rj:change-form:{draft.id}")
        self._draft = draft
        self.layout: discord.ui.RadioGroup[Any] = discord.ui.RadioGroup(
            custom_id="layout",
            options=[
                discord.RadioGroupOption(
                    label=layout.words, value=layout.value, description=told, default=layout is draft.layout
                )
                for layout, told in LAYOUTS.items()
            ],
        )
        self.channel: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id="channel",
            channel_types=CHANNEL_TYPES,
            default_values=[
                discord.SelectDefaultValue(
                    id=draft.place.channel_id, type=discord.SelectDefaultValueType.channel
                )
            ],
        )
        self.add_item(discord.ui.Label(text="How", component=self.layout))
        where = "A forum is best. In a thread, nothing else that stands there is touched."
        self.add_item(discord.ui.Label(text="Where", description=where, component=self.channel))
        self.tags: Select[Any] | None = None
        if draft.place.tags:
            self.tags = _tag_select(draft, required=draft.place.tag_required)
            about = f"Of #{draft.place.name}; another forum has its own."
            self.add_item(
                discord.ui.Label(text="Tags", description=about[:SELECT_OPTION_TEXT], component=self.tags)
            )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Lay it out anew and show the preview again."""
        importer: Importer = interaction.client.services.importer
        draft = importer.get_draft(self._draft.id, UserId(interaction.user.id))
        chosen = self.channel.values[0]
        channel = interaction.guild.get_channel_or_thread(chosen.id) if interaction.guild else None
        if channel is not None:
            need_the_right(interaction, channel)
        await interaction.response.defer()
        proposal = await importer.choose(
            draft,
            layout=Layout(self.layout.value or draft.layout),
            channel_id=ChannelId(chosen.id),
            tags=[int(value) for value in self.tags.values] if self.tags is not None else None,
        )
        await interaction.edit_original_response(view=preview_view(proposal))

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override] # as Modal itself
        """Say it in words."""
        await explain(interaction, error)


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


ACTIONS = (ChooseRights, ChooseTags, Change, Report, Cancel, Post)


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


def need_the_right(
    interaction: discord.Interaction[Any], channel: discord.abc.GuildChannel | discord.Thread
) -> None:
    """A server may give imports to people without Manage Server; they get no further with them than by hand."""
    if interaction.permissions.manage_guild or not isinstance(interaction.user, discord.Member):
        return
    rights = channel.permissions_for(interaction.user)
    in_thread = isinstance(channel, discord.Thread)
    if not (rights.view_channel and (rights.send_messages_in_threads if in_thread else rights.send_messages)):
        raise RefusedError(
            f"**Nothing was posted.** You may not post in {channel.mention} yourself.",
            next_step="choose another channel, or ask somebody with the right Manage Server",
        )
