"""Stopping an import and taking it back, by command and by button, as people do it."""

import discord
import pytest

from bot.adapters.rendering import panel_view
from bot.domain.discussion import Origin
from bot.ports.records import ChannelId, ImportId, ImportState
from bot.services.status import Standing, notice
from cogs import import_undo
from tests.conftest import answer, texts

pytestmark = pytest.mark.asyncio


async def run_of(room, number=1):
    return await room.database.imports.get(room.guild_id, ImportId(number))


async def asked(room, number=1):
    """The question that `/import undo` shows."""
    return answer(await room.admin.slash(room.lounge, "import undo", **{"import": str(number)}))


async def test_what_goes_and_what_stays_is_shown_and_nothing_deleted(room):
    thread = await room.import_page()
    await room.alice.send(thread, "I was there.", reply_to=thread.history()[1])
    before = len(thread.history())
    question = await asked(room)
    assert question.ephemeral
    shown = texts(question)
    assert "## Take it back?\n**The ferry that never sailed**" in shown
    assert f"- 6 messages of mine in <#{thread.id}>\n" in shown
    assert "**Stays:** 1 answer of members, with its place in my archive" in shown
    assert "Delete my 6 messages\nDelete the thread, too…\nKeep everything" in shown
    assert len(thread.history()) == before


async def test_our_messages_go_and_the_answer_stays_in_discord_and_in_the_archive(room):
    thread = await room.import_page()
    article = await room.article()
    said = await room.alice.send(thread, "I was there.", reply_to=thread.history()[1])
    await room.admin.click(await asked(room), label="Delete my 6 messages")
    assert [message.id for message in thread.history()] == [said.id]
    run = await run_of(room)
    assert (run.state, run.undone_by) == (ImportState.UNDONE, room.admin.id)
    tree = await room.database.comments.tree(room.guild_id, article.id)
    assert [(c.origin, c.text) for c in tree] == [(Origin.SOURCE, ""), (Origin.DISCORD, "I was there.")]
    assert (
        "No article has been imported here yet."
        in answer(await room.alice.slash(room.lounge, "articles list")).content
    )
    assert "Taken back" in texts(answer(await room.admin.slash(room.lounge, "import status")))


async def test_in_a_thread_that_is_no_discussion_any_more_only_deletions_are_followed(room):
    thread = await room.import_page()
    article = await room.article()
    said = await room.alice.send(thread, "I was there.", reply_to=thread.history()[1])
    await room.admin.click(await asked(room), label="Delete my 6 messages")
    await room.restart()
    await room.bert.send(thread, "What happened here?", reply_to=said)
    await room.alice.edit(said, "I was there, in a manner of speaking.")
    live = [c for c in await room.database.comments.tree(room.guild_id, article.id) if c.text]
    assert [c.text for c in live] == ["I was there, in a manner of speaking."]
    await room.alice.delete(said)
    assert await room.database.comments.tree(room.guild_id, article.id) == []


async def test_where_nobody_answered_the_whole_thread_is_proposed(room):
    thread = await room.import_page()
    question = await asked(room)
    assert f"- 6 messages of mine in <#{thread.id}>, and the thread itself" in texts(question)
    await room.admin.click(question, label="Delete the thread with 6 messages")
    assert room.forum.threads == []
    assert "**Taken back:** deleted with its thread." in texts(question)


async def test_only_our_messages_where_somebody_wants_the_empty_thread(room):
    thread = await room.import_page()
    await room.admin.click(await asked(room), label="Delete only my messages")
    assert [t.id for t in room.forum.threads] == [thread.id]
    assert thread.history() == []


async def test_members_words_go_only_after_a_second_question_and_with_the_right(room):
    thread = await room.import_page()
    await room.alice.send(thread, "I was there.", reply_to=thread.history()[1])
    question = await asked(room)
    await room.admin.click(question, label="Delete the thread, too…")
    assert "## Delete what members wrote, too?" in texts(question)
    refused = await room.admin.click(question, label="Delete 7 messages, 1 of members")
    assert answer(refused).content.startswith(
        "**Nothing was deleted.** To delete what members wrote you need the right Manage Threads"
    )
    await room.admin.click(question, label="Back")
    assert "## Take it back?" in texts(question)
    warden = room.guild.add_member(
        room.env.create_user("noor"),
        roles=[
            room.guild.create_role(
                "Wardens", permissions=discord.Permissions(manage_guild=True, manage_threads=True)
            )
        ],
    )
    question = answer(await warden.slash(room.lounge, "import undo", **{"import": "1"}))
    await warden.click(question, label="Delete the thread, too…")
    await warden.click(question, label="Delete 7 messages, 1 of members")
    assert room.forum.threads == []
    assert await room.database.threads.list_tracked() == []


async def test_keep_everything_keeps_everything(room):
    thread = await room.import_page()
    question = await asked(room)
    await room.admin.click(question, label="Keep everything")
    assert "**Nothing was deleted.**" in texts(question)
    assert len(thread.history()) == 6


async def test_quotes_elsewhere_go_along(room):
    await room.import_page()
    article = await room.article()
    (passage, *_) = await room.bot.services.quoter.candidates(room.guild_id, article.id)
    await room.bot.services.quoter.post(
        room.guild_id, article.id, passage, channel_id=ChannelId(room.lounge.id), chosen_by=room.admin.id
    )
    question = await asked(room)
    assert f"- 1 message of mine in <#{room.lounge.id}>" in texts(question)
    await room.admin.click(question, label="Delete the thread with 7 messages")
    assert room.lounge.history() == []


async def test_the_question_outlives_a_restart(room):
    await room.import_page()
    question = await asked(room)
    await room.restart()
    await room.admin.click(question, label="Delete the thread with 6 messages")
    assert room.forum.threads == []


async def test_a_second_undo_says_that_it_is_done(room):
    await room.import_page()
    first, second = await asked(room), await asked(room)
    await room.admin.click(first, label="Delete the thread with 6 messages")
    again = await room.admin.click(second, label="Delete the thread with 6 messages")
    assert "taken back already" in answer(again).content


async def test_the_same_article_can_be_imported_anew(room):
    await room.import_page()
    await room.admin.click(await asked(room), label="Delete the thread with 6 messages")
    assert "Already here" not in texts(await room.preview())


@pytest.mark.parametrize(
    ("panel", "label"),
    [
        ("question", "Delete the thread with 6 messages"),
        ("question", "Delete only my messages"),
        ("question", "Keep everything"),
        ("last question", "Delete 6 messages, 0 of members"),
        ("last question", "Back"),
        ("status", "Undo…"),
    ],
)
async def test_a_member_takes_nothing_back(room, panel, label):
    """A panel of ours where everybody can press it; in earnest only its owner ever sees one."""
    thread = await room.import_page()
    prospect = await room.bot.services.undoer.look(room.guild_id, ImportId(1))
    shown = {
        "question": import_undo.question(prospect),
        "last question": import_undo.last_question(prospect),
        "status": notice(Standing(prospect.run, prospect.article.article), now=room.clock.now()),
    }[panel]
    message = await room.bot.get_channel(room.lounge.id).send(view=panel_view(shown))
    refused = answer(await room.alice.click(message, label=label))
    assert refused.content.startswith(
        "**Nothing was changed.** Imports are for those with the right Manage Server."
    )
    assert len(thread.history()) == 6


async def test_pause_and_resume_by_command_and_by_button(room):
    """The file says that it runs; the task is another matter."""
    await room.import_page()
    run = await run_of(room)
    for go_on in ("command", "button"):
        await room.database.imports.set_state(run.id, ImportState.RUNNING, at=room.clock.now())
        status = answer(await room.admin.slash(room.lounge, "import status"))
        if go_on == "button":
            await room.restart()
            await room.database.imports.set_state(run.id, ImportState.RUNNING, at=room.clock.now())
            await room.admin.click(status, label="Pause")
            assert f"**Paused at 6 of 6:** <@{room.admin.id}> paused it." in texts(status)
            await room.admin.click(status, label="Resume")
        else:
            paused = await room.admin.slash(room.lounge, "import pause", **{"import": "1"})
            assert answer(paused).content == "Paused at 6 of 6 messages. `/import resume` goes on."
            resumed = await room.admin.slash(room.lounge, "import resume", **{"import": "1"})
            assert answer(resumed).content == "Going on at 6 of 6 messages."
        assert (await run_of(room)).state is ImportState.DONE


async def test_what_does_not_run_is_neither_paused_nor_resumed(room):
    await room.import_page()
    for command, said in (("pause", "does not run"), ("resume", "is not paused")):
        refused = answer(await room.admin.slash(room.lounge, f"import {command}", **{"import": "1"}))
        assert refused.content.startswith(f"**Nothing was changed.** This import {said}.\n**Next:** ")


@pytest.mark.parametrize("command", ["pause", "resume", "undo"])
@pytest.mark.parametrize("typed", ["404", "ferry", "9" * 30, "-1", ""])
async def test_what_is_no_import_is_not_found(room, command, typed):
    await room.import_page()
    refused = answer(await room.admin.slash(room.lounge, f"import {command}", **{"import": typed}))
    assert "There is no such import here." in refused.content
    assert "Reference" in refused.content


@pytest.mark.parametrize(
    ("command", "state", "offered"),
    [
        ("pause", ImportState.RUNNING, True),
        ("pause", ImportState.PAUSED, False),
        ("resume", ImportState.PAUSED, True),
        ("resume", ImportState.DONE, False),
        ("undo", ImportState.DONE, True),
    ],
)
async def test_a_command_offers_what_it_can_be_about(room, command, state, offered):
    await room.import_page()
    await room.database.imports.set_state(ImportId(1), state, at=room.clock.now(), reason="Why.")
    found = await room.admin.autocomplete(room.lounge, f"import {command}", "import", "FERRY")
    assert [choice["name"] for choice in found] == (
        ["The ferry that never sailed, 6 of 6"] if offered else []
    )
    assert await room.admin.autocomplete(room.lounge, f"import {command}", "import", "tram") == []


async def test_stop_and_undo_stops_at_once(room):
    thread = await room.import_page()
    await room.database.imports.set_state(ImportId(1), ImportState.RUNNING, at=room.clock.now())
    status = answer(await room.admin.slash(room.lounge, "import status"))
    question = answer(await room.admin.click(status, label="Stop and undo…"))
    assert "## Take it back?" in texts(question)
    assert (await run_of(room)).state is ImportState.PAUSED
    await room.admin.click(question, label="Keep everything")
    assert "The import is paused at 6 of 6 messages." in texts(question)
    assert len(thread.history()) == 6
