"""Pages end to end: posted, pressed, answered, after a restart too."""

from datetime import timedelta

import discord
import pytest
from pydantic import SecretStr

from bot.domain.discussion import Origin
from bot.domain.outgoing import Layout
from bot.settings import DatabaseSettings, DiscordSettings, ImportSettings, Settings
from tests.conftest import answer, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


@pytest.fixture
def settings(tmp_path):
    return Settings(
        discord=DiscordSettings(token=SecretStr("simulated.token.only"), guild_ready_timeout=0.05),
        database=DatabaseSettings(path=tmp_path / "rejoinder.sqlite3"),
        imports=ImportSettings(one_by_one_limit=3),
    )


def long_page(comments):
    """A page with so many comments, each an answer to the first."""
    head, _, _ = FERRY_PAGE.partition("Tove Lind |")
    answers = [
        f"    Reader {n} in reply to Tove Lind. | February 4, 2019 at 9:{n:02} am\n\n    The number {n} bench is empty."
        for n in range(comments - 1)
    ]
    first = "Tove Lind | February 3, 2019 at 2:30 pm\n\nI worked on that quay for six years."
    return "\n\n".join([head.rstrip(), first, *answers]) + "\n"


async def live(room):
    return sorted((c for c in await room.tree() if c.origin is Origin.DISCORD), key=lambda c: c.number)


async def press(room, person, page, number):
    return answer(await person.click(page, custom_id=f"rj:a:{number}"))


async def test_many_comments_stand_on_pages_and_the_import_knows_it(room):
    thread = await room.import_page(long_page(20))
    card, first, second, end = thread.history()
    assert "press Answer beside a comment" in card.content
    assert texts(first).splitlines()[1] == "-# Comments 1 to 12 of 20 · page 1 of 2"
    assert f"answers [Tove Lind (1)]({first.jump_url}), level 1" in texts(second)
    assert "a plain message always finds its place" in texts(second)
    assert "Press Answer beside a comment" in end.content
    (run,) = await room.database.imports.list_recent(room.guild_id)
    assert run.layout is Layout.CARDS


async def test_a_press_unfolds_the_comment_and_a_reply_to_it_takes_its_place(room):
    thread = await room.import_page()
    page = thread.history()[1]
    said = await press(room, room.alice, page, 2)
    unfolded = thread.history()[-1]
    assert unfolded.content.splitlines()[0].startswith("**Bo Sand** to Tove Lind · ")
    assert said.content == f"Reply to it here: [comment 2]({unfolded.jump_url})."
    assert said.ephemeral
    await room.alice.send(thread, "Signed by whom?", reply_to=unfolded)
    (reply,) = await live(room)
    tree = await room.tree()
    assert reply.parent_id == next(c.id for c in tree if c.number == 2)
    assert reply.depth == 2


async def test_the_next_press_leads_to_the_same_message(room):
    thread = await room.import_page()
    page = thread.history()[1]
    first, second = await press(room, room.alice, page, 1), await press(room, room.bert, page, 1)
    assert first.content == second.content
    assert len([m for m in thread.history() if m.content.startswith("**Tove Lind**")]) == 1


async def test_buttons_work_after_a_restart(room):
    thread = await room.import_page()
    page = thread.history()[1]
    await room.restart()
    said = await press(room, room.alice, page, 4)
    assert "Reply to it here: [comment 4]" in said.content
    await room.restart()
    assert (await press(room, room.alice, page, 4)).content == said.content


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Comment 3 is the one I mean.", 3),
        ("Ana Reis, which four pages?", 3),
        ("Two buses that run on time!", 4),
        ("So true.", 1),
    ],
)
async def test_a_reply_to_the_page_itself_goes_to_the_comment_that_it_means(room, words, number):
    thread = await room.import_page()
    await room.alice.send(thread, words, reply_to=thread.history()[1])
    (reply,) = await live(room)
    assert reply.parent_id == next(c.id for c in await room.tree() if c.number == number)


async def test_whoever_may_not_write_here_makes_nothing_appear(room):
    silent = discord.PermissionOverwrite(send_messages_in_threads=False)
    channel = room.guild.create_text_channel("reading", overwrites={room.bert: silent})
    thread = await room.import_page(channel=channel)
    page = next(message for message in thread.history() if "-# Comments 1 to" in texts(message))
    before = len(thread.history())
    guild = room.bot.get_guild(room.guild.id)
    await (await guild.fetch_member(room.alice.id)).timeout(timedelta(minutes=10))
    for person in (room.alice, room.bert):
        said = await press(room, person, page, 1)
        assert said.content.startswith("**Nothing was posted.** You may not write in this thread")
    assert len(thread.history()) == before


async def test_in_a_locked_thread_the_press_says_what_to_do(room):
    thread = await room.import_page()
    page = thread.history()[1]
    before = len(thread.history())
    await room.bot.get_channel(thread.id).edit(locked=True)
    said = await press(room, room.alice, page, 1)
    assert said.content.startswith("**Nothing was posted.** The thread is locked.\n**Next:** ask a moderator")
    assert len(thread.history()) == before
