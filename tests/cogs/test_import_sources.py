"""The ways to hand over a page: the form, a message that carries it, and how much may be asked of them."""

import pytest

from tests.conftest import answer, texts
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio


async def test_with_neither_file_nor_link_a_form_asks_for_the_page(room):
    form = await room.admin.slash(room.lounge, "import article", channel=room.forum)
    assert form.modal["title"] == "Import an article"
    shown = await room.admin.submit_modal(form, {"file": [("page.txt", FERRY_PAGE.encode())], "text": ""})
    preview = answer(shown)
    assert f"new post in <#{room.forum.id}>" in texts(preview)
    assert "**4 comments**" in texts(preview)


async def test_the_form_takes_the_text_itself(room):
    form = await room.admin.slash(room.lounge, "import article", channel=room.forum)
    shown = await room.admin.submit_modal(form, {"file": [], "text": FERRY_PAGE})
    assert "**4 comments**" in texts(answer(shown))


async def test_an_empty_form_says_what_it_wants(room):
    form = await room.admin.slash(room.lounge, "import article", channel=room.forum)
    shown = await room.admin.submit_modal(form, {"file": [], "text": "  "})
    said = answer(shown).content
    assert said.startswith("**Nothing was posted.**")
    assert "neither a file nor text" in said


async def test_a_message_that_carries_a_page_can_be_imported(room):
    message = await room.alice.send(room.lounge, "Look!", attachments=[("page.txt", FERRY_PAGE.encode())])
    shown = await room.admin.context_menu(room.lounge, "Import this", message)
    assert "**4 comments**" in texts(answer(shown))
    assert f"a card in <#{room.lounge.id}>" in texts(answer(shown))


async def test_a_message_with_a_long_text_is_a_page_too(room):
    message = await room.alice.send(room.lounge, FERRY_PAGE)
    shown = await room.admin.context_menu(room.lounge, "Import this", message)
    assert "**The ferry that never sailed**" in texts(answer(shown))


async def test_a_message_without_anything_says_so(room):
    thread = await room.import_page()
    forwarded = await room.alice.forward(thread.history()[1], room.lounge)
    shown = await room.admin.context_menu(room.lounge, "Import this", forwarded)
    assert "carries neither a file nor text" in answer(shown).content


async def test_somebody_elses_preview_is_not_ones_own(room):
    await room.preview()
    (draft_id,) = room.bot.services.importer._drafts
    importer = room.bot.services.importer
    with pytest.raises(Exception, match="Only the person who started this import"):
        importer.get_draft(draft_id, room.alice.id)


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone free boats!",
        "[a bank](https://bank.example) and <@1234> and <#99> and <t:0:R>",
        "||hidden|| ~~gone~~ `code` **bold** # heading\n# heading\n-# small\n> quote",
        "\u202etxet desrever\u202c and zero\u200bwidth",
        "```\nopen fence",
        "APP Rejoinder: your account was moved",
    ],
)
async def test_imported_words_ping_nobody_and_imitate_nothing(room, hostile):
    page = FERRY_PAGE.replace("Ask who signed for the polish.", hostile.replace("\n", "\n\n    "))
    thread = await room.import_page(page)
    ours = [m for m in thread.history() if m.author.id == room.bot.user.id]
    assert len(ours) >= 6
    for message in ours:
        assert message.mentions == []
        assert not message.mention_everyone
        assert "](https://bank" not in message.content
        assert "\u202e" not in message.content
        assert "\u200b" not in message.content
        lines = message.content.splitlines()
        assert not any(line.startswith("# ") for line in lines)
    assert len(await room.tree()) >= 4
