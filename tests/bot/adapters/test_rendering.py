"""What is sent comes back as what it was: blocks, buttons, and the digest that marks it as ours."""

import pytest

from bot.adapters import rendering
from bot.adapters.messenger import DiscordMessenger
from bot.domain.limits import PANEL_COMPONENTS
from bot.domain.outgoing import Outgoing, Persona
from bot.domain.panels import (
    Button,
    ButtonRow,
    Option,
    Panel,
    SectionBlock,
    SelectRow,
    SeparatorBlock,
    TextBlock,
)
from bot.ports.records import ChannelId

ANSWER = Button(label="Answer 4", custom_id="rj:a:4")
PANEL = Panel(
    accent=0x4F6D8F,
    blocks=(
        TextBlock(text="-# Comments 4 to 5 of 9"),
        SectionBlock(text="**Tove Lind**\n-# Comment 4\nEvery spring.", button=ANSWER),
        SeparatorBlock(),
        TextBlock(text="A text of its own."),
        ButtonRow(
            buttons=(Button(label="Back", url="https://a.example/"), Button(label="Go", custom_id="rj:go"))
        ),
        SelectRow(
            custom_id="rj:jump",
            placeholder="Jump to a branch",
            options=(Option(label="First", value="1", description="4 answers"),),
        ),
    ),
)


def test_a_panel_counts_what_discord_py_counts():
    view = rendering.panel_view(Outgoing(panel=PANEL))
    assert PANEL.components == view.total_children_count == 12
    assert PANEL.characters == view.content_length()


def test_a_panel_can_be_filled_to_the_last_component():
    blocks = [SectionBlock(text=str(n), button=Button(label=str(n), custom_id=f"b{n}")) for n in range(13)]
    full = Panel(blocks=tuple(blocks))
    assert full.components == PANEL_COMPONENTS
    rendering.panel_view(Outgoing(panel=full))
    with pytest.raises(ValueError, match="40"):
        rendering.panel_view(Outgoing(panel=Panel(blocks=(*blocks, TextBlock(text="one more")))))


def test_every_block_is_rendered_in_its_place():
    (container,) = rendering.panel_view(Outgoing(panel=PANEL)).to_components()
    assert container["accent_color"] == PANEL.accent
    heading, section, line, text, buttons, select = container["components"]
    assert (heading["content"], text["content"]) == ("-# Comments 4 to 5 of 9", "A text of its own.")
    assert section["components"][0]["content"].startswith("**Tove Lind**")
    assert (section["accessory"]["label"], section["accessory"]["custom_id"]) == ("Answer 4", "rj:a:4")
    assert line["type"] == 14
    assert [button.get("url") for button in buttons["components"]] == ["https://a.example/", None]
    assert select["components"][0]["options"] == [
        {"label": "First", "value": "1", "description": "4 answers", "default": False}
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "outgoing", [Outgoing(panel=PANEL), Outgoing(content="Two\nlines")], ids=["panel", "plain"]
)
async def test_a_message_of_ours_is_known_again_by_its_digest(room, outgoing):
    messenger = DiscordMessenger()
    messenger.attach(room.bot)
    lounge = ChannelId(room.lounge.id)
    await messenger.send(lounge, outgoing, nonce="n", reply_to=None)
    (seen,) = await messenger.history(room.guild_id, lounge, after=None, limit=1)
    assert seen.digest == outgoing.digest


@pytest.mark.asyncio
async def test_what_a_webhook_said_is_known_by_its_words_and_the_name_above_them(room):
    messenger = DiscordMessenger()
    messenger.attach(room.bot)
    webhook = await room.bot.get_channel(room.lounge.id).create_webhook(name="voices")
    await webhook.send("Every spring.", username="Tove Lind via Harbour Lines")
    (seen,) = await messenger.history(room.guild_id, ChannelId(room.lounge.id), after=None, limit=1)
    said = Outgoing(content="Every spring.", persona=Persona(name="Tove Lind via Harbour Lines"))
    assert seen.digest == said.digest
    assert seen.digest not in {
        Outgoing(content="Every spring.").digest,
        Outgoing(content="Every spring.", persona=Persona(name="Bo Sand via Harbour Lines")).digest,
    }
