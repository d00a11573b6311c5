import pytest

from bot.domain.limits import CONTENT
from tests.conftest import answer, custom_id, texts

pytestmark = pytest.mark.asyncio


async def test_lists_name_each_article_with_its_thread_and_numbers(room):
    empty = await room.alice.slash(room.lounge, "articles list")
    assert "No article has been imported here yet" in empty.response.content
    thread = await room.import_page()
    await room.alice.send(thread, "A good read.")
    listed = await room.alice.slash(room.lounge, "articles list")
    assert "**The ferry that never sailed**" in listed.response.content
    assert f"<#{thread.id}>, 4 comments from the page, 1 written here" in listed.response.content


async def test_show_gives_numbers_and_branches(room):
    thread = await room.import_page()
    shown = await room.alice.slash(room.lounge, "articles show", article=(await room.article()).short_id)
    head, contents = texts(shown.response), texts(shown.followups[0])
    assert "4 comments from the page, 0 written here" in head
    assert "Announce" not in head
    assert f"https://discord.com/channels/{room.guild.id}/{thread.id}/{thread.history()[1].id}" in contents
    assert "Tove Lind: I worked on that quay" in contents
    assert "· 2 answers" in contents


@pytest.mark.parametrize("where", ["forum", "lounge"])
async def test_the_contents_button_works_on_every_card_and_after_a_restart(room, where):
    parent = getattr(room, where)
    thread = await room.import_page(channel=parent)
    await room.restart()
    card = thread.history()[0] if where == "forum" else parent.history()[0]
    pressed = await room.alice.click(card, label="Contents")
    shown = answer(pressed)
    assert shown.ephemeral
    assert "**Contents: The ferry that never sailed**" in texts(shown)


async def test_privacy_says_what_is_kept_where_and_how_it_goes(room):
    thread = await room.import_page()
    pressed = await room.alice.click(thread.history()[0], label="Privacy")
    asked = await room.alice.slash(room.lounge, "privacy show")
    assert pressed.response.content == asked.response.content
    assert "delete your message, and its text is gone from the file too" in asked.response.content


async def test_status_tells_what_is_done_and_by_whom(room):
    thread = await room.import_page()
    shown = texts((await room.admin.slash(room.lounge, "import status")).response)
    assert f"**The ferry that never sailed** in <#{thread.id}>\nDone: 6 messages in " in shown
    assert f"by <@{room.admin.id}>" in shown


async def test_a_list_of_many_long_titles_fits_into_a_message_and_says_what_is_left(room):
    for number in range(14):
        title = f"{number} ferries and {'a very long story about each of them ' * 3}"
        await room.import_page(f"{title}\n\nThe story of ferry {number}.\n")
    listed = (await room.alice.slash(room.lounge, "articles list")).response.content
    *lines, rest = listed.splitlines()
    assert len(listed) <= CONTENT
    assert lines[0].split("**")[1].startswith("13 ferries")
    assert rest == "-# Older ones: `/articles show` finds each by words of its title."
    assert 0 < len(lines) < 14


async def test_whoever_manages_can_announce_long_after_the_import(room):
    await room.import_page()
    await room.restart()
    shown = await room.admin.slash(room.lounge, "articles show", article=(await room.article()).short_id)
    asked = answer(await room.admin.click(shown.response, label="Announce in a channel…"))
    await room.admin.select(asked, [room.lounge], custom_id=custom_id(asked, "rj:announce-in:"))
    assert len(room.lounge.history()) == 1
