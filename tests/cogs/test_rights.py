"""Who may press what. Discord's own check covers commands only, and a server's settings can change it."""

import discord
import pytest
import pytest_asyncio

from bot.ports.records import ChannelId, UserId
from cogs import import_preview, setup
from cogs.announcing import announce_button
from tests.conftest import answer, custom_id, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio

PASSAGE = "The city bought a ferry in 2011, and it has never left the quay."


async def show_everybody(room, view):
    """A panel of ours where everybody can press it; in earnest only its owner ever sees one."""
    return await room.bot.get_channel(room.lounge.id).send(view=view)


async def allow(room, member, command):
    """What an admin can do in Server Settings, Integrations."""
    (known,) = [c for c in await room.bot.tree.fetch_commands() if c.name == command]
    room.guild.set_command_permissions(known, {member: True})


@pytest.fixture
def closed(room):
    """A channel that only staff and the bot may see."""
    hidden = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True, send_messages=True)
    return room.guild.create_text_channel(
        "backstage",
        overwrites={room.guild.default_role: hidden, room.bot.user: seen, room.admin: seen},
    )


@pytest_asyncio.fixture
async def panels(room):
    """Somebody else's preview, its set-up, and the offer to announce, all where a member can press them."""
    await room.import_page()
    proposal = await room.bot.services.importer.propose(
        room.guild_id,
        UserId(room.admin.id),
        ChannelId(room.forum.id),
        FERRY_PAGE.encode(),
        location="page.txt",
    )
    announce = discord.ui.View(timeout=None)
    announce.add_item(announce_button((await room.article()).id, room.bot, ChannelId(room.lounge.id)))
    return {
        "preview": await show_everybody(room, import_preview.preview_view(proposal)),
        "step 1": await show_everybody(room, await setup.step_view(room.bot.services, room.guild_id, 1)),
        "step 2": await show_everybody(room, await setup.step_view(room.bot.services, room.guild_id, 2)),
        "step 3": await show_everybody(room, await setup.step_view(room.bot.services, room.guild_id, 3)),
        "announce": await show_everybody(room, announce),
    }


@pytest.mark.parametrize(
    ("panel", "label", "said"),
    [
        ("preview", "Post 4 comments a second time", "Only the person who started this import"),
        ("preview", "Cancel", "Only the person who started this import"),
        ("preview", "Report as file", "Only the person who started this import"),
        ("step 1", "Next", "Set-up needs the right Manage Server."),
        ("step 2", "Contact…", "Set-up needs the right Manage Server."),
        ("step 3", "Try the sample article", "Set-up needs the right Manage Server."),
        ("step 3", "Remove it again", "Set-up needs the right Manage Server."),
        ("announce", "Announce in #lounge", "Announcing needs the right Manage Server."),
    ],
)
async def test_a_member_presses_somebody_elses_button_in_vain(room, panels, panel, label, said):
    before = len(room.lounge.history())
    refused = answer(await room.alice.click(panels[panel], label=label))
    assert refused.ephemeral
    assert said in refused.content
    assert "Nothing was" in refused.content
    assert len(room.lounge.history()) == before
    assert len(room.forum.threads) == 1


@pytest.mark.parametrize("prefix", ["rj:rights:", "rj:setup-channel:articles"])
async def test_a_member_chooses_in_somebody_elses_panel_in_vain(room, panels, prefix):
    panel = panels["preview" if prefix == "rj:rights:" else "step 1"]
    shown = room.env.backend.get_message(room.lounge.id, panel.id)
    values = ["own"] if prefix == "rj:rights:" else [room.lounge]
    refused = answer(await room.alice.select(panel, values, custom_id=custom_id(shown, prefix)))
    assert "Nothing was" in refused.content
    assert (await room.database.guilds.get_settings(room.guild_id)).articles_channel is None


async def test_set_up_opened_to_a_member_says_at_once_what_is_missing(room):
    await allow(room, room.alice, "rejoinder")
    refused = await room.alice.slash(room.lounge, "rejoinder setup")
    assert refused.response.content.startswith(
        "**Nothing was changed.** Set-up needs the right Manage Server."
    )


async def test_import_opened_to_a_member_reaches_no_channel_where_they_may_not_post(room):
    await allow(room, room.alice, "import")
    silent = discord.PermissionOverwrite(send_messages=False)
    speaks = discord.PermissionOverwrite(send_messages=True)
    notices = room.guild.create_text_channel(
        "notices", overwrites={room.guild.default_role: silent, room.bot.user: speaks}
    )
    page = ("page.txt", FERRY_PAGE.encode())
    refused = answer(await room.alice.slash(room.lounge, "import article", file=page, channel=notices))
    assert refused.content.startswith(
        f"**Nothing was posted.** You may not post in <#{notices.id}> yourself."
    )
    allowed = answer(await room.alice.slash(room.lounge, "import article", file=page, channel=room.forum))
    assert "## Check before posting" in texts(allowed)
    preview = answer(await room.admin.slash(room.lounge, "import article", file=page, channel=notices))
    assert "## Check before posting" in texts(preview)


async def test_articles_of_a_closed_channel_are_known_to_nobody_outside_it(room, closed):
    await room.import_page(channel=closed)
    short_id = (await room.article()).short_id
    listed = await room.alice.slash(room.lounge, "articles list")
    assert listed.response.content == "No article has been imported here yet."
    shown = answer(await room.alice.slash(room.lounge, "articles show", article=short_id))
    assert "There is no such article here." in shown.content
    assert await room.alice.autocomplete(room.lounge, "articles show", "article", "") == []
    assert await room.alice.autocomplete(room.lounge, "quote pick", "text", "", article=short_id) == []
    assert "The ferry" in (await room.admin.slash(room.lounge, "articles list")).response.content


async def test_a_quote_needs_the_right_where_the_card_will_stand(room):
    await room.import_page()
    mine = {room.bert: discord.PermissionOverwrite(manage_messages=True)}
    desk = room.guild.create_text_channel("desk", overwrites=mine)
    asked = {"article": (await room.article()).short_id, "text": PASSAGE}
    refused = answer(await room.bert.slash(desk, "quote pick", channel=room.lounge, **asked))
    assert refused.content.startswith(
        f"**Nothing was posted.** Posting a quote needs the right Manage Messages in <#{room.lounge.id}>."
    )
    assert room.lounge.history() == []
    posted = answer(await room.bert.slash(desk, "quote pick", **asked))
    assert "Posted: https://" in posted.content
