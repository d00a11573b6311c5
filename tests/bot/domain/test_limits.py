import discord
import pytest
from discord import app_commands

from bot.domain import limits


def test_the_parts_of_a_message_leave_its_content_within_the_limit():
    assert limits.COMMENT_HEAD + limits.COMMENT_FOOTER + limits.COMMENT_TEXT <= limits.CONTENT
    card = limits.CARD_FROM + limits.CARD_LINKS + limits.CARD_LEDE + limits.CARD_QUOTE
    assert card + limits.CARD_JOIN_IN + limits.CARD_NOTICE <= limits.CONTENT
    assert limits.PREVIEW_CHARACTERS <= limits.PANEL_CHARACTERS


def test_a_passage_fits_on_its_card():
    assert 0 < limits.PASSAGE_SHORTEST < limits.PASSAGE_LONGEST <= limits.CARD_QUOTE


def test_the_library_refuses_one_more_component():
    view = discord.ui.LayoutView()
    for _ in range(limits.PANEL_COMPONENTS):
        view.add_item(discord.ui.TextDisplay("x"))
    with pytest.raises(ValueError, match="maximum"):
        view.add_item(discord.ui.TextDisplay("one too many"))


def test_the_library_refuses_one_more_context_menu():
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    def menu(number):
        async def answer(interaction: discord.Interaction, message: discord.Message) -> None: ...

        return app_commands.ContextMenu(name=f"menu {number}", callback=answer)

    for number in range(limits.CONTEXT_MENUS):
        tree.add_command(menu(number))
    with pytest.raises(app_commands.CommandLimitReached):
        tree.add_command(menu("too many"))
