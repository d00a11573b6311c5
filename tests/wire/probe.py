"""A small bot on stock discord.py that shows whether the wire is Discord enough: ``python -m tests.wire.probe``."""

import io
import os
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

Interaction = discord.Interaction[Any]


class Counter(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"count:(?P<number>[0-9]+)"):
    """A button that knows its number by its id, so that it outlives the process."""

    def __init__(self, number: int) -> None:
        super().__init__(discord.ui.Button(label=f"Pressed {number}", custom_id=f"count:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: Any, match: Any, /) -> "Counter":
        return cls(int(match["number"]))

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(view=Panel(self.number + 1))


class Form(discord.ui.Modal, title="Answer"):
    """One field and a file."""

    answer = discord.ui.Label(text="Your answer", component=discord.ui.TextInput(custom_id="answer"))
    page = discord.ui.Label(
        text="A page", component=discord.ui.FileUpload(custom_id="page", required=False, min_values=0)
    )

    async def on_submit(self, interaction: Interaction) -> None:
        assert isinstance(self.answer.component, discord.ui.TextInput)
        assert isinstance(self.page.component, discord.ui.FileUpload)
        sizes = [len(await file.read()) for file in self.page.component.values]
        await interaction.response.send_message(f"{self.answer.component.value}, files of {sizes}")


class Panel(discord.ui.LayoutView):
    """Components V2: a text, a button beside it, and a select."""

    def __init__(self, count: int = 0) -> None:
        super().__init__(timeout=None)
        beside: discord.ui.Section[Any] = discord.ui.Section("Press it", accessory=Counter(count))
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="colour",
            placeholder="Choose a colour",
            options=[discord.SelectOption(label="Deep blue", value="blue")],
        )
        select.callback = self.chosen  # type: ignore[method-assign]  # as discord.py has it
        self.select = select
        self.add_item(discord.ui.Container(beside, discord.ui.ActionRow(select)))

    async def chosen(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send(f"chose {self.select.values[0]}", ephemeral=True)


probe = app_commands.Group(name="probe", description="What the wire is asked")


@probe.command(description="One message sent twice under one nonce")
async def twice(interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True)
    sent = [await interaction.channel.send("only once", nonce="n-1") for _ in range(2)]
    await interaction.followup.send("one" if sent[0].id == sent[1].id else "two")


@probe.command(description="A forum post with a file")
async def post(interaction: Interaction, forum: discord.ForumChannel) -> None:
    await interaction.response.defer()
    file = discord.File(io.BytesIO(b"every comment"), "comments.txt", description="All of them")
    made = await forum.create_thread(name="A post", content="first", file=file)
    await interaction.followup.send(
        f"{made.thread.id == made.message.id} {made.message.attachments[0].filename}"
    )


@probe.command(description="Read a file")
async def read(interaction: Interaction, file: discord.Attachment) -> None:
    data = await file.read()
    await interaction.response.send_message(f"{file.filename}: {data.decode()}", ephemeral=True)


@probe.command(description="Many messages")
async def burst(interaction: Interaction, count: int) -> None:
    await interaction.response.send_message("as you wish")
    for number in range(count):
        await interaction.channel.send(f"message {number}")


@probe.command(description="A panel")
async def panel(interaction: Interaction) -> None:
    await interaction.response.send_message(view=Panel())


@probe.command(description="Speak through a webhook")
async def voice(interaction: Interaction) -> None:
    assert isinstance(interaction.channel, discord.TextChannel)
    webhook = await interaction.channel.create_webhook(name="Voices")
    row = discord.ui.View()
    row.add_item(discord.ui.Button(label="Its parent", url="https://lamp.example/1"))
    said = await webhook.send("I was the electrician.", username="Ida Brekke", view=row, wait=True)
    await interaction.response.send_message(said.author.name)


@probe.command(description="A form")
async def form(interaction: Interaction) -> None:
    await interaction.response.send_modal(Form())


class Probe(commands.AutoShardedBot):
    """Echoes what members say, and tells what it sees."""

    async def setup_hook(self) -> None:
        self.tree.add_command(probe)
        self.add_dynamic_items(Counter)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user and message.content.startswith("echo "):
            await message.reply(message.content.removeprefix("echo "))

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        print("bulk", len(payload.message_ids), flush=True)  # noqa: T201 - read by the test

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        print("edit", payload.message.content, flush=True)  # noqa: T201 - as above

    async def on_thread_create(self, thread: discord.Thread) -> None:
        print("thread", thread.name, flush=True)  # noqa: T201 - as above


def main() -> None:
    Route.BASE = os.environ["PROBE_API_BASE"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["PROBE_GATEWAY"])
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    bot = Probe("?", intents=intents, guild_ready_timeout=0.05, max_messages=None)
    bot.run(os.environ["PROBE_TOKEN"])


if __name__ == "__main__":
    main()
