"""Which messages become comments: the table of docs/tracking.md, acted out."""

import pytest

from bot.domain.discussion import Origin
from bot.ports.records import CommentState

pytestmark = pytest.mark.asyncio


async def live(room):
    return [c for c in await room.tree() if c.origin is Origin.DISCORD]


async def test_a_plain_message_answers_the_article(room):
    thread = await room.import_page()
    await room.alice.send(thread, "A good read.")
    (answer,) = await live(room)
    assert (answer.parent_id, answer.depth, answer.number) == (None, 0, 5)


async def test_what_the_same_person_adds_within_minutes_continues_it(room):
    thread = await room.import_page()
    await room.alice.send(thread, "A good read.", reply_to=thread.history()[1])
    await room.env.advance_time(60)
    await room.alice.send(thread, "And one thing more:")
    first, second = sorted(await live(room), key=lambda c: c.number)
    assert second.parent_id == first.id


@pytest.mark.parametrize("wait", [0, 8 * 60])
async def test_another_person_or_a_later_hour_begins_anew(room, wait):
    thread = await room.import_page()
    await room.alice.send(thread, "A good read.")
    await room.env.advance_time(wait)
    await (room.alice if wait else room.bert).send(thread, "Something else.")
    assert [c.parent_id for c in await live(room)] == [None, None]


async def test_an_answer_to_the_card_or_to_the_end_answers_the_article(room):
    thread = await room.import_page()
    card, end = thread.history()[0], thread.history()[-1]
    await room.alice.send(thread, "To the card.", reply_to=card)
    await room.bert.send(thread, "To the end.", reply_to=end)
    assert [c.parent_id for c in await live(room)] == [None, None]


async def test_an_answer_to_any_part_of_a_long_comment_answers_that_comment(room):
    page = "A long story\n\nThe story itself.\n\nComments\n\nTove Lind | February 3, 2019 at 2:30 pm\n\n"
    thread = await room.import_page(page + "It goes on and on. " * 200)
    last_part = next(m for m in reversed(thread.history()) if "part" in m.content)
    await room.alice.send(thread, "All of it?", reply_to=last_part)
    (answer,) = await live(room)
    assert (answer.depth, answer.parent_id) == (1, (await room.tree())[0].id)


async def test_files_are_kept_by_name_and_never_by_bytes(room):
    thread = await room.import_page()
    await room.alice.send(thread, "See here.", attachments=[("quay.jpg", b"not kept anywhere")])
    (answer,) = await live(room)
    assert answer.attachments == ("quay.jpg",)
    assert b"not kept anywhere" not in room.settings.database.path.read_bytes()


async def test_forwards_and_other_bots_and_webhooks_are_no_comments(room):
    thread = await room.import_page()
    elsewhere = await room.alice.send(room.lounge, "From the lounge.")
    await room.alice.forward(elsewhere, thread)
    robot = room.guild.add_member(room.env.create_user("robot", bot=True))
    await robot.send(thread, "beep")
    assert await live(room) == []


async def test_messages_outside_our_threads_are_not_kept(room):
    await room.import_page()
    await room.alice.send(room.lounge, "Private matters.")
    assert await live(room) == []
    assert b"Private matters" not in room.settings.database.path.read_bytes()


async def test_a_deleted_message_takes_its_words_along_and_leaves_its_place(room):
    thread = await room.import_page()
    first = await room.alice.send(thread, "I take this back tomorrow.", reply_to=thread.history()[1])
    await room.bert.send(thread, "Too late.", reply_to=first)
    await room.alice.edit(first, "I take this back today.")
    await room.alice.delete(first)
    gone, answer = sorted(await live(room), key=lambda c: c.number)
    assert (gone.text, gone.markdown, gone.state) == ("", "", CommentState.DELETED)
    assert (answer.parent_id, answer.text) == (gone.id, "Too late.")


async def test_the_same_event_twice_is_one_comment(room):
    thread = await room.import_page()
    message = await room.alice.send(thread, "Once.")
    room.bot.dispatch("message", message)
    await room.env.settle()
    assert len(await live(room)) == 1


async def test_reactions_are_votes_on_a_comment(room):
    thread = await room.import_page()
    tove = thread.history()[1]
    answer = await room.alice.send(thread, "Me too.", reply_to=tove)
    await room.alice.react(tove, "👍")
    await room.bert.react(tove, "👍")
    await room.bert.react(tove, "⭐")
    await room.alice.react(answer, "⭐")
    first = (await room.tree())[0]
    assert await votes(room) == {first.id: 2}
    await room.bert.unreact(tove, "👍")
    assert await votes(room) == {first.id: 2}
    await room.bert.unreact(tove, "⭐")
    assert await votes(room) == {first.id: 1}


async def votes(room):
    return await room.database.votes.count(room.guild_id, (await room.article()).id)
