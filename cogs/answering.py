"""The button beside a comment of a page: the comment as a message of its own, to be answered like any other."""

from typing import Any

import discord

from bot.adapters.actions import Action
from bot.adapters.answers import say
from bot.client import Rejoinder
from bot.domain.cards import ANSWER_ID
from bot.errors import RefusedError
from bot.ports.records import MessageId
from cogs.announcing import guild_of


class Answer(
    Action, discord.ui.DynamicItem["discord.ui.Button[Any]"], template=f"{ANSWER_ID}(?P<number>[0-9]{{1,7}})"
):
    """`Answer 7`: which comment is meant stands in the custom id, which article in the message that was pressed."""

    async def act(self, interaction: discord.Interaction[Any]) -> None:
        """Post the comment, or find it where it was posted before, and lead there."""
        _refuse_silenced(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        number = int(self.match["number"])
        page_id = MessageId(interaction.message.id if interaction.message is not None else 0)
        url = await interaction.client.services.unfolder.unfold(guild_of(interaction), page_id, number)
        await say(interaction, f"Reply to it here: [comment {number}]({url}).")


def _refuse_silenced(interaction: discord.Interaction[Any]) -> None:
    """Whoever may not write in the thread makes nothing appear in it either (law 13)."""
    member, thread = interaction.user, interaction.channel
    if isinstance(thread, discord.Thread):
        may_write = interaction.permissions.send_messages_in_threads
        closed = thread.locked and not interaction.permissions.manage_threads
    else:
        may_write, closed = interaction.permissions.send_messages, False
    if closed:
        raise RefusedError(
            "**Nothing was posted.** The thread is locked.", next_step="ask a moderator to unlock it"
        )
    if not may_write or (isinstance(member, discord.Member) and member.is_timed_out()):
        raise RefusedError("**Nothing was posted.** You may not write in this thread at the moment.")


async def setup(bot: Rejoinder) -> None:
    """Add the button."""
    bot.add_dynamic_items(Answer)
