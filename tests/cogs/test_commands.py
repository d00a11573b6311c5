"""What Discord shows of our commands before anybody runs one."""

import discord
import pytest
from discord import app_commands

from bot.domain.limits import CONTEXT_MENUS

pytestmark = pytest.mark.asyncio

#: Characters of a description. discord-api-docs: interactions/application-commands.
DESCRIPTION = 100


def leaves(room):
    return [c for c in room.bot.tree.walk_commands() if isinstance(c, app_commands.Command)]


async def test_every_command_and_every_option_says_what_it_is(room):
    found = leaves(room)
    assert {c.qualified_name for c in found} >= {"import article", "articles show", "rejoinder setup"}
    for command in found:
        assert 10 <= len(command.description) <= DESCRIPTION, command.qualified_name
        for option in command.parameters:
            told = str(option.description)
            assert 10 <= len(told) <= DESCRIPTION, f"{command.qualified_name} {option.display_name}: {told}"


async def test_what_changes_something_is_offered_only_to_those_who_manage(room):
    manage = discord.Permissions(manage_guild=True)
    rights = {c.name: c.default_permissions for c in room.bot.tree.get_commands()}
    assert rights == {
        "import": manage,
        "Import this": manage,
        "rejoinder": manage,
        "articles": None,
        "quote": None,
        "privacy": None,
    }
    assert len(room.bot.tree.get_commands(type=discord.AppCommandType.message)) <= CONTEXT_MENUS


async def test_no_command_works_outside_a_server(room):
    assert all(command.guild_only for command in room.bot.tree.get_commands())
