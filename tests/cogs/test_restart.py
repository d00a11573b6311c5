"""Every button of ours works when the process that showed it is gone."""

import pytest

from bot.ports.records import ChannelId
from cogs import setup
from cogs.announcing import announce_button
from tests.conftest import answer, custom_id, texts

pytestmark = pytest.mark.asyncio


async def test_buttons_of_the_card_and_of_a_quote(room):
    thread = await room.import_page()
    article = await room.article()
    (passage, *_) = await room.bot.services.quoter.candidates(room.guild_id, article.id)
    await room.bot.services.quoter.post(
        room.guild_id, article.id, passage, channel_id=ChannelId(room.lounge.id), chosen_by=room.admin.id
    )
    await room.restart()
    card, quote = thread.history()[0], room.lounge.history()[0]
    assert "Contents" in texts(answer(await room.alice.click(card, label="Contents")))
    assert "**What is kept:**" in answer(await room.alice.click(card, label="Privacy")).content
    assert f"<#{thread.id}>" in answer(await room.alice.click(quote, label="Discuss")).content


async def test_the_announcement_with_a_chosen_channel(room):
    await room.import_page()
    article = await room.article()
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.admin.click(panel, label="Next")
    await room.admin.select(panel, [room.lounge], custom_id=custom_id(panel, "rj:setup-channel:announce"))
    shown = await room.admin.slash(room.lounge, "articles show", article=article.short_id)
    await room.restart()
    assert announce_button(article.id, room.bot, ChannelId(room.lounge.id)).label == "Announce in #lounge"
    await room.admin.click(shown.response, label="Announce in #lounge")
    assert len(room.lounge.history()) == 1


async def test_every_step_of_the_set_up(room):
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.restart()
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    await room.admin.click(panel, label="Next")
    await room.restart()
    form = await room.admin.click(panel, label="Contact…")
    await room.admin.submit_modal(form, {"contact": "keeper@example.org"})
    assert "**Contact on every card:** keeper@example.org" in texts(panel)
    await room.admin.click(panel, label="Next")
    await room.restart()
    await room.admin.click(panel, label="Try the sample article")
    assert len(room.forum.threads) == 1
    await room.restart()
    await room.admin.click(panel, label="Remove it again")
    assert room.forum.threads == []
    await room.admin.click(panel, label="Back to the start")
    assert "1 of 3" in texts(panel)
    assert setup.SAMPLE not in {
        a.source.location for a in await room.database.articles.list_articles(room.guild_id)
    }
