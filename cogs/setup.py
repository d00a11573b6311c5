"""`/rejoinder setup`: three steps, each of which can be skipped."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.ui import ActionRow, Button, ChannelSelect, Container, LayoutView, Select, TextDisplay

from bot.adapters.actions import Action
from bot.adapters.answers import explain
from bot.client import Rejoinder, Services
from bot.domain.cards import ACCENT_ARTICLE
from bot.domain.discussion import Rights
from bot.domain.limits import APPLIED_TAGS, SELECT_OPTIONS
from bot.domain.markdown import escape
from bot.domain.outgoing import Layout
from bot.errors import NotFoundError, RefusedError
from bot.ports.messenger import ForumTag
from bot.ports.records import (
    ArticleRecord,
    ChannelId,
    GuildId,
    GuildSettings,
    ImportState,
    UndoScope,
    UserId,
)
from cogs.announcing import guild_of
from cogs.import_preview import LAYOUTS, rights_line

_CHANNELS = {
    "articles": "Where do articles go?",
    "staff": "Where does staff read notices?",
    "announce": "Where do people talk? Quotes go there.",
}


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Setup(
    commands.GroupCog, group_name="rejoinder", group_description="How Rejoinder works in this server"
):
    """How Rejoinder works in this server."""

    def __init__(self, bot: Rejoinder) -> None:
        self._services = bot.services
        super().__init__()

    @app_commands.command()
    async def setup(self, interaction: discord.Interaction[Rejoinder]) -> None:
        """Set up in three steps, each of which can be skipped."""
        _need_the_right(interaction)
        await interaction.response.send_message(
            view=await step_view(self._services, guild_of(interaction), 1), ephemeral=True
        )


async def step_view(services: Services, guild_id: GuildId, step: int, *, note: str = "") -> LayoutView:
    """One of the three steps, with what is chosen so far."""
    settings = await services.store.guilds.get_settings(guild_id)
    build = {1: _articles_step, 2: _people_step, 3: _sample_step}[step]
    box: Container[Any] = Container(accent_colour=ACCENT_ARTICLE)
    build(box, services, settings, note)
    view = LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view


def _articles_step(box: "Container[Any]", services: Services, settings: GuildSettings, _: str) -> None:
    lines = ["## 1 of 3: where articles go", "A forum is best: each article becomes a post of its own."]
    tags: tuple[ForumTag, ...] = ()
    if settings.articles_channel is not None:
        try:
            place = services.importer.place(settings.guild_id, settings.articles_channel)
        except NotFoundError as problem:
            lines.append(f"**Rights:** {problem.message}")
        else:
            lines.append(rights_line(place))
            tags = place.tags
    box.add_item(TextDisplay("\n".join(lines)))
    kinds = [discord.ChannelType.forum, discord.ChannelType.text]
    box.add_item(ActionRow(_channel_select("articles", kinds, settings.articles_channel)))
    if tags:
        box.add_item(ActionRow(_tag_select(tags, settings.tags)))
    box.add_item(TextDisplay("How comments become messages, unless an import says otherwise:"))
    box.add_item(ActionRow(_layout_select(settings.layout)))
    box.add_item(ActionRow(_step_button("Next", 2), _step_button("Skip this step", 2, quiet=True)))


def _people_step(box: "Container[Any]", services: Services, settings: GuildSettings, _: str) -> None:
    contact = escape(settings.contact or services.contact or "nobody yet")
    box.add_item(
        TextDisplay(
            "## 2 of 3: people\nWhere staff reads notices, where quotes draw people in, and whom somebody may write to "
            f"who is not a member and wants a comment gone.\n**Contact on every card:** {contact}"
        )
    )
    text = [discord.ChannelType.text]
    box.add_item(ActionRow(_channel_select("staff", text, settings.staff_channel)))
    box.add_item(ActionRow(_channel_select("announce", text, settings.announce_channel)))
    box.add_item(
        ActionRow(
            Button(label="Contact…", custom_id="rj:setup-contact"),
            _step_button("Next", 3),
            _step_button("Skip this step", 3, quiet=True),
        )
    )


def _sample_step(box: "Container[Any]", _: Services, settings: GuildSettings, note: str) -> None:
    where = f"<#{settings.articles_channel}>" if settings.articles_channel else "the channel of step 1"
    text = (
        note
        or f"An invented article with two dozen comments goes into {where}, nobody is notified, and it can be removed again."
    )
    box.add_item(TextDisplay(f"## 3 of 3: try it\n{text}"))
    box.add_item(
        ActionRow(
            Button(
                label="Try the sample article", style=discord.ButtonStyle.primary, custom_id="rj:sample-post"
            ),
            Button(label="Remove it again", custom_id="rj:sample-remove"),
            _step_button("Back to the start", 1, quiet=True),
        )
    )


def _channel_select(
    which: str, kinds: list[discord.ChannelType], chosen: ChannelId | None
) -> "ChannelSelect[Any]":
    return ChannelSelect(
        custom_id=f"rj:setup-channel:{which}",
        channel_types=kinds,
        placeholder=_CHANNELS[which],
        min_values=0,
        default_values=[discord.SelectDefaultValue(id=chosen, type=discord.SelectDefaultValueType.channel)]
        if chosen is not None
        else [],
    )


def _step_button(label: str, step: int, *, quiet: bool = False) -> "Button[Any]":
    # Two buttons may lead to the same step, and custom ids must differ within a message.
    return Button(
        label=label,
        style=discord.ButtonStyle.secondary if quiet else discord.ButtonStyle.primary,
        custom_id=f"rj:setup-step:{step}:{'skip' if quiet else 'go'}",
    )


def _tag_select(tags: Sequence[ForumTag], chosen: Sequence[int]) -> "Select[Any]":
    offered = tags[:SELECT_OPTIONS]
    return Select(
        custom_id="rj:setup-tags",
        placeholder="Which tags does a post get?",
        min_values=0,
        max_values=min(APPLIED_TAGS, len(offered)),
        options=[
            discord.SelectOption(label=tag.name, value=str(tag.id), default=tag.id in chosen)
            for tag in offered
        ],
    )


def _layout_select(chosen: Layout) -> "Select[Any]":
    return Select(
        custom_id="rj:setup-layout",
        options=[
            discord.SelectOption(
                label=layout.words.capitalize(),
                value=layout.value,
                description=told,
                default=layout is chosen,
            )
            for layout, told in LAYOUTS.items()
        ],
    )


class _SetupAction(Action):
    """A press in the set-up. Who may open it may press in it; the right may be gone since."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        _need_the_right(interaction)
        await self.change(interaction, interaction.client.services, guild_of(interaction))

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """What the press changes."""
        raise NotImplementedError


class GoToStep(
    _SetupAction, discord.ui.DynamicItem["Button[Any]"], template="rj:setup-step:(?P<step>[123]):(go|skip)"
):
    """Next, or skip."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Show that step."""
        await interaction.response.edit_message(
            view=await step_view(services, guild_id, int(self.match["step"]))
        )


class ChooseChannel(
    _SetupAction,
    discord.ui.DynamicItem["ChannelSelect[Any]"],
    template="rj:setup-channel:(?P<which>articles|staff|announce)",
):
    """One of the channels."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Save it at once; there is no form to send off and lose."""
        values = self.item.values
        chosen = ChannelId(values[0].id) if values else None
        which = self.match["which"]
        # Tags belong to one forum.
        other = {"tags": ()} if which == "articles" else {}
        await save(interaction, services, guild_id, **{f"{which}_channel": chosen}, **other)
        step = 1 if which == "articles" else 2
        await interaction.response.edit_message(view=await step_view(services, guild_id, step))


class ChooseTags(_SetupAction, discord.ui.DynamicItem["Select[Any]"], template="rj:setup-tags"):
    """The tags that a forum's posts get."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Save them."""
        await save(interaction, services, guild_id, tags=tuple(int(value) for value in self.item.values))
        await interaction.response.edit_message(view=await step_view(services, guild_id, 1))


class ChooseLayout(_SetupAction, discord.ui.DynamicItem["Select[Any]"], template="rj:setup-layout"):
    """How comments become messages."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Save it."""
        await save(interaction, services, guild_id, layout=Layout(self.item.values[0]))
        await interaction.response.edit_message(view=await step_view(services, guild_id, 1))


class AskContact(_SetupAction, discord.ui.DynamicItem["Button[Any]"], template="rj:setup-contact"):
    """Whom people outside may write to."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Ask in a form."""
        settings = await services.store.guilds.get_settings(guild_id)
        await interaction.response.send_modal(ContactForm(settings.contact))


class ContactForm(discord.ui.Modal, title="Contact for people outside"):
    """One line: an address of any kind."""

    def __init__(self, now: str | None) -> None:
        super().__init__(custom_id="rj:contact-form")
        self.contact: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="contact", required=False, max_length=100, default=now
        )
        self.add_item(
            discord.ui.Label(
                text="Contact",
                description="Shown on every card. Leave it empty for none.",
                component=self.contact,
            )
        )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Save it and show the step again."""
        _need_the_right(interaction)
        services, guild_id = interaction.client.services, guild_of(interaction)
        await save(interaction, services, guild_id, contact=self.contact.value.strip() or None)
        await interaction.response.edit_message(view=await step_view(services, guild_id, 2))

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:  # type: ignore[override] # as Modal itself
        """Say it in words."""
        await explain(interaction, error)


class PostSample(_SetupAction, discord.ui.DynamicItem["Button[Any]"], template="rj:sample-post"):
    """Try the sample article."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Import it as any other, its words being our own."""
        settings = await services.store.guilds.get_settings(guild_id)
        if settings.articles_channel is None:
            raise RefusedError(
                "**Nothing was posted.** I do not know where articles go.",
                next_step="`Back to the start`, and choose a channel in step 1",
            )
        await interaction.response.defer()
        user = UserId(interaction.user.id)
        proposal = await services.importer.propose(
            guild_id, user, settings.articles_channel, services.sample, location=SAMPLE
        )
        place, twin = proposal.draft.place, proposal.draft.twin
        if twin is not None:
            raise RefusedError(
                f"**Nothing was posted.** It stands here already: <#{twin.thread_id or twin.channel_id}>.",
                next_step="answer it there, or press `Remove it again`",
            )
        first = [tag.id for tag in place.tags if not tag.moderated][:1] if place.tag_required else []
        proposal = await services.importer.choose(
            proposal.draft, rights=Rights.OWN, tags=proposal.draft.tags or first
        )
        run = await services.importer.post(proposal.draft)
        note = f"On its way into <#{run.channel_id}>. Answer a comment there: hold it and choose Reply."
        await interaction.edit_original_response(view=await step_view(services, guild_id, 3, note=note))


class RemoveSample(_SetupAction, discord.ui.DynamicItem["Button[Any]"], template="rj:sample-remove"):
    """Take it back."""

    async def change(
        self, interaction: discord.Interaction[Any], services: Services, guild_id: GuildId
    ) -> None:
        """Remove every sample that stands here, with its thread and what was answered in it."""
        await interaction.response.defer()
        articles = await services.store.articles.list_articles(guild_id, limit=1000)
        samples = [record for record in articles if record.source.location == SAMPLE]
        for record in samples:
            await _remove(services, record, actor=UserId(interaction.user.id))
        note = (
            "Removed, with its thread and all that was kept of it." if samples else "There is no sample here."
        )
        await interaction.edit_original_response(view=await step_view(services, guild_id, 3, note=note))


#: The location that marks the sample; no file or address is called so.
SAMPLE = "the sample article"


async def _remove(services: Services, record: ArticleRecord, *, actor: UserId) -> None:
    run = await services.store.imports.find_newest(record.guild_id, record.id)
    if run is None:
        return
    await services.undoer.begin(record.guild_id, run.id, UndoScope.EVERYTHING, actor=actor)
    await services.undoer.ended(run.id)
    run = await services.store.imports.get(record.guild_id, run.id)
    if run.state is not ImportState.UNDONE:
        raise RefusedError(
            f"**Not everything was removed.** {run.reason}",
            next_step="mend that, and press `Remove it again`",
        )


def _need_the_right(interaction: discord.Interaction[Any]) -> None:
    """Discord asks it only of the command, and as the server's settings have it; the buttons ask for themselves."""
    if not interaction.permissions.manage_guild:
        raise RefusedError("**Nothing was changed.** Set-up needs the right Manage Server.")


async def save(
    interaction: discord.Interaction[Any], services: Services, guild_id: GuildId, **changes: Any
) -> None:
    """Change some settings and leave the others."""
    settings = await services.store.guilds.get_settings(guild_id)
    await services.store.guilds.save_settings(
        replace(settings, **changes), actor=UserId(interaction.user.id), at=interaction.created_at
    )


async def setup(bot: Rejoinder) -> None:
    """Add the cog and its buttons."""
    await bot.add_cog(Setup(bot))
    bot.add_dynamic_items(
        GoToStep, ChooseChannel, ChooseTags, ChooseLayout, AskContact, PostSample, RemoveSample
    )
