"""Buttons and selects that work after a restart: what they do is said by their custom id alone."""

import re
from typing import Any, Self

import discord

from bot.adapters.answers import explain


class Action:
    """Mixed into a `discord.ui.DynamicItem`: keeps the match and answers for what goes wrong.

    discord.py only logs an exception in a dynamic item, and the person sees "This interaction failed".
    """

    match: re.Match[str]

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Made anew for every press."""
        made = cls(item)  # type: ignore[call-arg]
        made.match = match
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Act, or say in words what was not done."""
        try:
            await self.act(interaction)
        except Exception as problem:  # noqa: BLE001 - the last place where it can be said
            await explain(interaction, problem)

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """What the press does."""
        raise NotImplementedError
