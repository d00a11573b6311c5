"""What people read when something is refused: what was not done, why, and what to do next."""

import discord
import pytest

from tests.conftest import answer, custom_id, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


async def refused(room, **options):
    result = await room.admin.slash(room.lounge, "import article", **options)
    shown = answer(result)
    assert shown.ephemeral
    assert room.forum.threads == []
    return shown.content


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1:9/ferry", "file:///etc/hosts", "the ferry page", "http://[::1]/"]
)
async def test_an_address_that_is_no_public_page_is_refused_before_it_is_asked(room, link):
    said = await refused(room, link=link, channel=room.forum)
    assert said.startswith("**Nothing was posted.**")
    assert "**Next:**" in said
    assert "mistake of mine" not in said


async def test_a_file_and_an_address_are_one_too_many(room):
    said = await refused(
        room,
        link="https://harbour-lines.example/ferry",
        file=("page.txt", FERRY_PAGE.encode()),
        channel=room.forum,
    )
    assert "There was a file and an address." in said


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t \r\n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("archive.zip", b"PK\x03\x04" + bytes(400)),
    ],
)
async def test_what_is_no_page_is_refused_in_a_sentence(room, name, data):
    said = await refused(room, file=(name, data), channel=room.forum)
    assert said.startswith("**Nothing was posted.** ")
    assert "\n**Next:** " in said
    assert "Reference" in said
    assert "Traceback" not in said
    assert "mistake of mine" not in said


async def test_a_file_over_the_cap_is_refused_before_it_is_loaded(room):
    room.bot.services = room.bot.services.__class__(
        **{
            name: getattr(room.bot.services, name)
            for name in room.bot.services.__dataclass_fields__
            if name != "max_bytes"
        },
        max_bytes=10,
    )
    await room.bot.reload_extension("cogs.imports")
    said = await refused(room, file=("page.txt", FERRY_PAGE.encode()), channel=room.forum)
    assert "I read up to 10" in said


async def test_a_missing_right_is_named_with_its_channel_and_posts_nothing(room):
    silent = {room.bot.user: discord.PermissionOverwrite(create_public_threads=False)}
    channel = room.guild.create_text_channel("quiet", overwrites=silent)
    preview = await room.preview(channel=channel)
    assert f"**Missing:** Create Public Threads in <#{channel.id}>." in texts(preview)
    await room.admin.select(preview, ["own"], custom_id=custom_id(preview, "rj:rights:"))
    result = await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
    said = answer(result).content
    assert said.startswith("**Nothing was posted.**")
    assert f"Create Public Threads in <#{channel.id}>" in said
    assert channel.history() == []


async def test_an_old_preview_says_that_it_is_old(room):
    preview = await room.preview()
    await room.env.advance_time(16 * 60)
    for restarted in (False, True):
        if restarted:
            await room.restart()
        result = await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
        assert result.response.content.startswith(
            "This preview is 15 minutes old. Run the import again; nothing was posted.\n-# Reference "
        )
    assert room.forum.threads == []


async def test_a_preview_from_before_a_restart_says_so_instead_of_failing(room):
    preview = await room.preview()
    await room.restart()
    result = await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
    assert result.response.content.startswith("**Nothing was posted by this press.**")
    assert "I was restarted since" in result.response.content
    assert room.forum.threads == []


async def test_the_same_article_again_is_said_before_it_becomes_a_second_tree(room):
    thread = await room.import_page()
    shown = texts(await room.preview())
    assert f"this article stands in <#{thread.id}>" in shown
    assert "Post 4 comments a second time" in shown


async def test_members_do_not_see_the_command(room):
    with pytest.raises(Exception, match="default-member-permissions"):
        await room.alice.slash(room.lounge, "import status")
