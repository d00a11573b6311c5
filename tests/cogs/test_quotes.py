import discord
import pytest

from tests.conftest import answer, custom_id, texts

pytestmark = pytest.mark.asyncio


async def announce_button(room):
    """The result of an import, which offers to announce it."""
    preview = await room.preview()
    await room.admin.select(preview, ["own"], custom_id=custom_id(preview, "rj:rights:"))
    await room.admin.click(preview, custom_id=custom_id(preview, "rj:post:"))
    assert "**Posted:**" in texts(preview)
    return preview


async def test_the_best_quote_goes_where_people_are_and_leads_into_the_thread(room):
    result = await announce_button(room)
    asked = await room.admin.click(result, custom_id=custom_id(result, "rj:announce:"))
    await room.admin.select(
        asked.response, [room.lounge], custom_id=custom_id(asked.response, "rj:announce-in:")
    )
    (card,) = [m for m in room.lounge.history() if m.author.id == room.bot.user.id]
    shown = texts(room.env.backend.get_message(room.lounge.id, card.id))
    assert "### “" in shown
    assert "Found word for word in" in shown
    assert "Read it in place" in shown
    pressed = await room.alice.click(card, label="Discuss")
    assert f"<#{room.forum.threads[0].id}>" in pressed.response.content


async def test_with_a_chosen_channel_one_press_is_enough(room):
    panel = (await room.admin.slash(room.lounge, "rejoinder setup")).response
    await room.admin.click(panel, label="Next")
    await room.admin.select(panel, [room.lounge], custom_id=custom_id(panel, "rj:setup-channel:announce"))
    result = await announce_button(room)
    assert "Announce in #lounge" in texts(result)
    pressed = await room.admin.click(result, custom_id=custom_id(result, "rj:announce:"))
    assert "Announced: https://discord.com/channels/" in answer(pressed).content


async def test_a_passage_is_posted_only_if_the_article_holds_it(room):
    await room.import_page()
    short_id = (await room.article()).short_id
    bad = await room.admin.slash(room.lounge, "quote pick", article=short_id, text="The ferry sails at noon.")
    assert "These words are not in the original. Nothing was posted." in answer(bad).content
    good = await room.admin.slash(
        room.lounge,
        "quote pick",
        article=short_id,
        text="The city bought a ferry in 2011, and it has never left the quay.",
    )
    assert "Posted: https://" in answer(good).content
    (quote,) = await room.database.quotes.list_quotes(room.guild_id, (await room.article()).id)
    article = await room.database.articles.get_article(room.guild_id, (await room.article()).id)
    assert article.blocks[quote.block].text[quote.start : quote.end] == quote.text


async def test_autocomplete_offers_passages_worth_quoting(room):
    await room.import_page()
    short_id = (await room.article()).short_id
    offered = await room.admin.autocomplete(room.lounge, "quote pick", "text", "bench", article=short_id)
    assert offered
    assert all("bench" in choice["name"] for choice in offered)
    posted = await room.admin.slash(room.lounge, "quote pick", article=short_id, text=offered[0]["value"])
    assert "Posted: https://" in answer(posted).content


async def test_a_member_may_not_post_a_quote(room):
    await room.import_page()
    refused = await room.alice.slash(
        room.lounge, "quote pick", article=(await room.article()).short_id, text="a very expensive bench"
    )
    assert "Manage Messages" in refused.response.content


async def test_a_passage_longer_than_a_card_is_refused_with_its_length(room):
    await room.import_page()
    short_id = (await room.article()).short_id
    refused = await room.admin.slash(room.lounge, "quote pick", article=short_id, text="bench " * 50)
    assert answer(refused).content.startswith(
        "**Nothing was posted.** A quote has at most 240 characters; this has 300."
    )


async def test_where_the_bot_may_not_write_nothing_is_posted_and_it_says_so(room):
    await room.import_page()
    silent = {room.bot.user: discord.PermissionOverwrite(send_messages=False)}
    quiet = room.guild.create_text_channel("quiet", overwrites=silent)
    asked = {"article": (await room.article()).short_id, "text": "it has never left the quay"}
    refused = answer(await room.admin.slash(room.lounge, "quote pick", channel=quiet, **asked)).content
    assert refused.startswith("**Nothing was posted.** I lack ")
    assert "\n**Next:** let me see " in refused
    assert await room.database.quotes.list_quotes(room.guild_id, (await room.article()).id) == []
