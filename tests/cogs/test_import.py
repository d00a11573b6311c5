"""The main job as people do it: a file goes in, a thread comes out, members answer, SQLite knows."""

from dataclasses import replace

import discord
import pytest

from bot.domain.discussion import Dropped, Origin, Rights
from bot.domain.limits import PANEL_COMPONENTS, PREVIEW_CHARACTERS
from bot.errors import RefusedError
from bot.ports.messenger import ForumTag
from bot.ports.records import ChannelId, UserId
from cogs import import_preview
from tests.conftest import answer, custom_id, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


async def test_a_file_becomes_a_thread_with_the_whole_tree(room):
    thread = await room.import_page()
    messages = thread.history()
    assert thread.name == "The ferry that never sailed"
    assert [m.content.splitlines()[-1] for m in messages[1:5]] == [
        "-# Comment 1",
        "-# Comment 2, answers comment 1, level 1",
        "-# Comment 3, answers comment 2, level 2",
        "-# Comment 4",
    ]
    assert messages[2].reference.message_id == messages[1].id
    assert messages[3].reference.message_id == messages[2].id
    assert messages[-1].content.startswith("**That was everything: 4 comments.**")
    assert messages[0].attachments[0].filename == "ferry-that-never-sailed.txt"
    assert [c.number for c in await room.tree()] == [1, 2, 3, 4]


async def test_the_preview_says_what_would_be_posted_and_posts_nothing(room):
    preview = await room.preview()
    shown = texts(preview)
    assert preview.ephemeral
    assert "## Check before posting\n**The ferry that never sailed**" in shown
    assert "**4 comments**: 4 named people; deepest answer: level 2" in shown
    assert f"**Where:** new post in <#{room.forum.id}>" in shown
    assert "one message a comment, 6 messages, about 6 seconds, nobody is notified" in shown
    assert "**The first branch, as it will look**\n>>> **Tove Lind** · " in shown
    assert "donation" in shown
    assert room.forum.threads == []
    assert await room.database.articles.list_articles(room.guild_id) == []


async def test_post_before_the_question_whose_words_these_are_is_refused(room):
    preview = await room.preview()
    refused = await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
    assert "Choose first whose words these are." in answer(refused).content
    assert room.forum.threads == []


async def test_cancel_keeps_nothing(room):
    preview = await room.preview()
    post = custom_id(preview, "rj:post:")
    draft = post.removeprefix("rj:post:")
    await room.admin.click(preview, custom_id=custom_id(preview, "rj:cancel:"))
    with pytest.raises(RefusedError, match="answered already"):
        room.bot.services.importer.get_draft(draft, UserId(room.admin.id))
    assert room.forum.threads == []


async def test_quoted_words_carry_credit_and_no_file(room):
    thread = await room.import_page(rights=Rights.QUOTED)
    messages = thread.history()
    assert messages[0].attachments == []
    assert all("quoted from" in m.content for m in messages[1:5])


async def test_in_a_text_channel_the_comments_stand_in_a_thread_under_a_card(room):
    await room.import_page(channel=room.lounge)
    (thread,) = room.lounge.threads
    card = room.lounge.history()[0]
    assert card.content.startswith("**The ferry that never sailed**\n")
    comments = [m.content for m in thread.history() if m.content.startswith("**")]
    assert comments[0].startswith("**Tove Lind**")
    assert len(comments) == 5


async def test_answers_at_three_depths_an_edit_and_a_deletion_reach_the_tree(room):
    thread = await room.import_page()
    tove, _, ana = thread.history()[1:4]
    first = await room.alice.send(thread, "Six years? Then you met the band.", reply_to=tove)
    second = await room.bert.send(thread, "I have the receipt.", reply_to=first)
    await room.alice.send(thread, "Four pages!", reply_to=ana)
    await room.bert.send(thread, "About the article: a good read.")
    tree = await room.tree()
    live = {c.text: c for c in tree if c.origin is Origin.DISCORD}
    by_id = {c.id: c for c in tree}
    assert by_id[live["Six years? Then you met the band."].parent_id].number == 1
    assert live["I have the receipt."].parent_id == live["Six years? Then you met the band."].id
    assert live["I have the receipt."].depth == 2
    assert (live["Four pages!"].depth, by_id[live["Four pages!"].parent_id].number) == (3, 3)
    assert live["About the article: a good read."].parent_id is None
    assert [c.number for c in tree] == [1, 2, 3, 7, 5, 6, 4, 8]

    await room.bert.edit(second, "I have two receipts.")
    await room.alice.delete(first)
    tree = {c.number: c for c in await room.tree()}
    assert tree[6].text == "I have two receipts."
    assert (tree[5].text, tree[5].state.value) == ("", "deleted")
    assert tree[6].parent_id == tree[5].id


async def test_an_answer_after_a_restart_finds_the_comment_it_answers(room):
    thread = await room.import_page()
    tove = thread.history()[1]
    await room.restart()
    await room.alice.send(thread, "Written after the restart.", reply_to=tove)
    (answer,) = [c for c in await room.tree() if c.origin is Origin.DISCORD]
    assert (answer.text, answer.depth) == ("Written after the restart.", 1)


async def test_no_preview_has_more_components_or_characters_than_discord_takes(room):
    """The fullest there is: a twin, tags to choose, long lists, a branch."""
    page = "\n\n".join(["A very long title " * 30, FERRY_PAGE.split("\n\n", 1)[1]])
    await room.import_page(page)
    tags = tuple(ForumTag(number, "t" * 20, moderated=False) for number in range(20))
    importer = room.bot.services.importer
    proposal = await importer.propose(
        room.guild_id, UserId(room.admin.id), ChannelId(room.forum.id), page.encode(), location="page.txt"
    )
    noisy = proposal.draft.discussion.model_copy(
        update={
            "dropped": tuple(Dropped(text="…", reason=f"{n} {'reason ' * 40}") for n in range(500)),
            "warnings": tuple(f"{n} {'warning ' * 40}" for n in range(500)),
        }
    )
    place = replace(proposal.draft.place, tags=tags, tag_required=True)
    full = await importer.choose(replace(proposal.draft, id="0" * 16, discussion=noisy, place=place))
    assert full.draft.twin is not None
    view = import_preview.preview_view(full)
    shown = [item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]
    assert sum(map(len, shown)) <= PREVIEW_CHARACTERS
    assert len(list(view.walk_children())) <= PANEL_COMPONENTS
    assert any(text.startswith("**Left out: 500**") for text in shown)
    assert any(text.startswith("**Please look: 500**") for text in shown)
