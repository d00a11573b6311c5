import pytest

from tests.conftest import answer, custom_id, texts

pytestmark = pytest.mark.asyncio


async def open_setup(room):
    return (await room.admin.slash(room.lounge, "rejoinder setup")).response


async def test_three_steps_each_can_be_skipped(room):
    panel = await open_setup(room)
    assert "1 of 3: where articles go" in texts(panel)
    await room.admin.click(panel, label="Skip this step")
    assert "2 of 3: people" in texts(panel)
    await room.admin.click(panel, label="Skip this step")
    assert "3 of 3: try it" in texts(panel)
    settings = await room.database.guilds.get_settings(room.guild_id)
    assert settings.articles_channel is None


async def test_what_is_chosen_is_kept_at_once_and_shown_with_its_rights(room):
    panel = await open_setup(room)
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    assert f"**Rights in <#{room.forum.id}>:** all there." in texts(panel)
    await room.admin.click(panel, label="Next")
    await room.admin.select(panel, [room.lounge], custom_id=custom_id(panel, "rj:setup-channel:announce"))
    form = await room.admin.click(panel, label="Contact…")
    await room.admin.submit_modal(form, {"contact": "keeper@example.org"})
    settings = await room.database.guilds.get_settings(room.guild_id)
    assert settings.articles_channel == room.forum.id
    assert settings.announce_channel == room.lounge.id
    assert settings.contact == "keeper@example.org"
    thread = await room.import_page()
    assert "Not a member, and a comment should go? keeper@example.org" in thread.history()[0].content


async def test_the_sample_comes_and_goes_without_a_trace(room):
    panel = await open_setup(room)
    await room.admin.select(panel, [room.forum], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    await room.admin.click(panel, label="Skip this step")
    await room.admin.click(panel, label="Skip this step")
    await room.admin.click(panel, label="Try the sample article")
    (thread,) = room.forum.threads
    assert len(thread.history()) > 20
    await room.alice.send(thread, "Is this real?", reply_to=thread.history()[2])
    again = await room.admin.click(panel, label="Try the sample article")
    assert "It stands here already" in answer(again).content
    await room.admin.click(panel, label="Remove it again")
    assert room.forum.threads == []
    assert await room.database.articles.list_articles(room.guild_id) == []
    await room.admin.click(panel, label="Remove it again")
    assert "There is no sample here." in texts(panel)


async def test_the_sample_in_a_text_channel_goes_with_its_card(room):
    panel = await open_setup(room)
    await room.admin.select(panel, [room.lounge], custom_id=custom_id(panel, "rj:setup-channel:articles"))
    await room.admin.click(panel, label="Skip this step")
    await room.admin.click(panel, label="Skip this step")
    await room.admin.click(panel, label="Try the sample article")
    assert any("From a saved page" in m.content or "From **" in m.content for m in room.lounge.history())
    await room.admin.click(panel, label="Remove it again")
    assert not any("written there by its readers" in m.content for m in room.lounge.history())


async def test_without_a_channel_the_sample_is_refused_with_the_mend(room):
    panel = await open_setup(room)
    await room.admin.click(panel, label="Skip this step")
    await room.admin.click(panel, label="Skip this step")
    refused = await room.admin.click(panel, label="Try the sample article")
    assert refused.response.content.startswith(
        "**Nothing was posted.** I do not know where articles go.\n**Next:** "
    )
