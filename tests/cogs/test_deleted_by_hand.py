"""Somebody deletes a message of ours in Discord: staff hears of it, nothing shows the words any more, and they can come back."""

from dataclasses import replace

import discord
import pytest
import pytest_asyncio

from bot.domain.discussion import Rights
from bot.ports.records import ChannelId, CommentState, ImportId, ImportState
from cogs.deletions import read_numbers
from tests.conftest import answer, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def desk(room):
    """The channel in which staff reads notices."""
    channel = room.guild.create_text_channel("staff")
    settings = await room.database.guilds.get_settings(room.guild_id)
    await room.database.guilds.save_settings(
        replace(settings, staff_channel=ChannelId(channel.id)), actor=room.admin.id, at=room.clock.now()
    )
    return channel


async def delete(room, thread, *messages):
    """As a moderator does it in Discord."""
    if len(messages) == 1:
        room.env.backend.delete_message(thread.id, messages[0].id)
    else:
        room.env.backend.bulk_delete_messages(thread.id, [message.id for message in messages])
    await room.env.settle()
    await room.bot.services.redrawer.ended()
    await room.env.settle()


async def states(room):
    return {comment.number: comment.state for comment in await room.tree()}


def notice(desk):
    """The newest message in the staff channel."""
    return desk.history()[-1]


def starting(thread, words):
    return next(message for message in thread.history() if message.content.startswith(words))


async def file_of(thread):
    """The file on the card, as people read it."""
    (attachment,) = thread.history()[0].attachments
    return (await attachment.read()).decode("utf-8-sig")


async def test_the_page_is_told_to_staff_and_its_comments_are_hidden(room, desk):
    thread = await room.import_page(layout="cards")
    await delete(room, thread, thread.history()[1])
    assert (
        f"**The ferry that never sailed** in <#{thread.id}>\n"
        "Page 1 with comments 1 to 4 was deleted in Discord. I treat them as hidden."
    ) in texts(notice(desk))
    assert set((await states(room)).values()) == {CommentState.HIDDEN}


async def test_the_file_and_the_card_hold_nothing_of_it_any_more(room, desk):
    thread = await room.import_page()
    assert "polished every spring" in await file_of(thread)
    await delete(room, thread, starting(thread, "**Tove Lind**"))
    assert (await states(room))[1] is CommentState.HIDDEN
    told = await file_of(thread)
    assert "polished every spring" not in told
    assert "Tove Lind" not in told.split("[2]")[0]
    assert "[1] (hidden by the moderators)" in told
    assert "The band was the cheapest part." in told
    assert "From a saved page" in thread.history()[0].content


async def test_the_rest_of_a_comment_that_is_longer_than_a_page_goes_from_the_next_page(room, desk):
    long = "The boat was polished every spring, by two people, with a brass band. " * 100
    page = FERRY_PAGE.replace("I worked on that quay for six years.", f"I worked on that quay. {long}")
    thread = await room.import_page(page, layout="cards")
    pages = [
        message
        for message in thread.history()[1:]
        if "page 1 of" in texts(message) or "of 4 · page" in texts(message)
    ]
    assert len(pages) > 1
    assert "brass band" in texts(pages[1])
    await delete(room, thread, pages[0])
    now = next(message for message in thread.history() if message.id == pages[1].id)
    assert "brass band" not in texts(now)
    assert "-# Comment 1 was hidden by the moderators. Its answers stay." in texts(now)
    assert "Comment 2" in texts(now)


async def test_a_quote_of_it_goes_wherever_it_stands(room, desk):
    thread = await room.import_page()
    article = await room.article()
    passage = await room.bot.services.quoter.find(
        room.guild_id, article.id, "Sell it, buy two buses, and let them run on time for once."
    )
    await room.bot.services.quoter.post(
        room.guild_id, article.id, passage, channel_id=ChannelId(room.lounge.id), chosen_by=room.admin.id
    )
    assert len(room.lounge.history()) == 1
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    assert room.lounge.history() == []
    assert await room.database.quotes.list_quotes(room.guild_id, article.id) == []


async def test_many_at_once_are_one_notice(room, desk):
    thread = await room.import_page()
    before = len(desk.history())
    await delete(room, thread, *thread.history()[1:4])
    assert len(desk.history()) == before + 1
    assert "3 messages with comments 1 to 3 were deleted in Discord." in texts(notice(desk))


async def test_answers_to_a_hidden_comment_stay_where_they_are(room, desk):
    thread = await room.import_page()
    tove = starting(thread, "**Tove Lind**")
    await room.alice.send(thread, "I was there.", reply_to=tove)
    await delete(room, thread, tove)
    by_text = {comment.text: comment for comment in await room.tree()}
    assert by_text["I was there."].state is CommentState.LIVE
    assert by_text["I was there."].parent_id == (await room.tree())[0].id


async def test_all_but_one_come_back_at_the_end_of_the_thread(room, desk):
    thread = await room.import_page(layout="cards")
    await delete(room, thread, thread.history()[1])
    await room.restart()
    form = await room.admin.click(notice(desk), label="Put back all but…")
    await room.admin.submit_modal(form, {"but": ["4"]})
    await room.bot.services.redrawer.ended()
    assert await states(room) == {
        1: CommentState.LIVE,
        2: CommentState.LIVE,
        3: CommentState.LIVE,
        4: CommentState.HIDDEN,
    }
    last = [message.content for message in thread.history()][-3:]
    assert [text.splitlines()[-1] for text in last] == [
        "-# Comment 1",
        "-# Comment 2, answers comment 1, level 1",
        "-# Comment 3, answers comment 2, level 2",
    ]
    messages = thread.history()
    assert messages[-2].reference.message_id == messages[-3].id
    assert "comment 4 stays hidden" in texts(notice(desk))
    told = await file_of(thread)
    assert "polished every spring" in told
    assert "two buses" not in told
    run = await room.database.imports.get(room.guild_id, ImportId(1))
    assert (run.state, run.total) == (ImportState.DONE, 6)


async def test_an_answer_to_what_was_put_back_finds_its_comment(room, desk):
    thread = await room.import_page()
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    form = await room.admin.click(notice(desk), label="Put back all but…")
    await room.admin.submit_modal(form, {})
    said = await room.bert.send(thread, "Three buses.", reply_to=starting(thread, "**Ravi Menon**"))
    by_text = {comment.text: comment for comment in await room.tree()}
    assert (
        by_text["Three buses."].parent_id
        == by_text["Sell it, buy two buses, and let them run on time for once."].id
    )
    assert said is not None


async def test_left_hidden_they_can_still_be_put_back(room, desk):
    thread = await room.import_page()
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    await room.admin.click(notice(desk), label="Leave hidden")
    assert f"It stays hidden: <@{room.admin.id}> decided so." in texts(notice(desk))
    assert (await states(room))[4] is CommentState.HIDDEN
    form = await room.admin.click(notice(desk), label="Put back all but…")
    await room.admin.submit_modal(form, {"but": []})
    assert (await states(room))[4] is CommentState.LIVE
    assert "Comment 4 is put back" in texts(notice(desk))
    assert "Put back" not in texts(notice(desk)).replace("put back", "")


async def test_without_a_staff_channel_the_status_asks(room):
    thread = await room.import_page()
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    status = answer(await room.admin.slash(room.lounge, "import status"))
    assert "A message with comment 4 was deleted in Discord. I treat it as hidden." in texts(status)
    assert "**Next:** decide what becomes of the comments that were deleted" in texts(status)
    await room.admin.click(status, label="Leave hidden")
    assert "deleted in Discord" not in texts(status)
    assert "**Next:** draw people in" in texts(status)
    assert "Done: 6 messages" in texts(status)


@pytest.mark.parametrize("label", ["Put back all but…", "Leave hidden"])
async def test_a_member_decides_nothing(room, desk, label):
    thread = await room.import_page()
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    refused = answer(await room.alice.click(notice(desk), label=label))
    assert refused.content.startswith(
        f"**Nothing was changed.** To decide that you need the right Manage Messages in <#{room.forum.id}>."
    )


async def test_a_guild_decides_nothing_of_another(room, desk):
    thread = await room.import_page()
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    guild = room.env.create_guild("Next door")
    hall = guild.create_text_channel("hall")
    rights = discord.Permissions(manage_guild=True, manage_messages=True)
    noor = guild.add_member(
        room.env.create_user("noor"), roles=[guild.create_role("Staff", permissions=rights)]
    )
    for wrong in ("rj:put-back:1", "rj:leave-hidden:1"):
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Forged", custom_id=wrong))
        message = await room.bot.get_channel(hall.id).send(view=view)
        refused = answer(await noor.click(message, label="Forged"))
        assert "There is no such notice here any more." in refused.content


async def test_what_the_bot_deletes_itself_is_no_notice(room, desk):
    await room.import_page()
    before = len(desk.history())
    asked = answer(await room.admin.slash(room.lounge, "import undo", **{"import": "1"}))
    await room.admin.click(asked, label="Delete only my messages")
    await room.bot.services.redrawer.ended()
    assert len(desk.history()) == before


async def test_a_page_of_quoted_words_has_no_file_to_rewrite(room, desk):
    thread = await room.import_page(rights=Rights.QUOTED)
    await delete(room, thread, starting(thread, "**Ravi Menon**"))
    assert thread.history()[0].attachments == []
    assert (await states(room))[4] is CommentState.HIDDEN


async def test_what_a_crash_left_undone_is_done_at_the_next_start(room, desk):
    thread = await room.import_page()
    ravi = starting(thread, "**Ravi Menon**")
    # The process hears of it, and dies before it can do anything.
    await room.database.comments.lose_messages(room.guild_id, [ravi.id], at=room.clock.now())
    room.env.backend.delete_message(thread.id, ravi.id)
    assert "two buses" in await file_of(thread)
    await room.restart()
    await room.bot.services.redrawer.ended()
    assert "two buses" not in await file_of(thread)
    assert "A message with comment 4 was deleted in Discord." in texts(notice(desk))
    assert await room.database.deletions.list_unapplied(room.guild_id) == []


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", set()),
        ("21, 24-26", {21, 24, 25, 26}),
        ("21;24 to 25", {21, 24, 25}),
        (" 7 ", {7}),
        ("seven", None),
        ("9-7", None),
        ("1-9999999", None),
    ],
)
async def test_numbers_are_read_as_people_type_them(typed, numbers):
    assert read_numbers(typed) == numbers
