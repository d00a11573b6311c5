"""Answers to a person's click or command: ephemeral, and in words (UI.md, section 9)."""

from typing import Any

import discord
import structlog

from bot.errors import RejoinderError
from bot.logs import reference

log = structlog.get_logger()


async def say(interaction: discord.Interaction[Any], text: str, **more: Any) -> None:
    """Answer the person alone, whether or not the interaction was deferred."""
    if interaction.response.is_done():
        await interaction.followup.send(text, ephemeral=True, suppress_embeds=True, **more)
    else:
        await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True, **more)


async def explain(interaction: discord.Interaction[Any], problem: BaseException) -> None:
    """Say what was and was not done, what to do next, and a reference that stands in the log too."""
    mark = reference()
    if isinstance(problem, RejoinderError):
        log.info("refused", reference=mark, problem=type(problem).__name__, sentence=problem.message)
        lines = [problem.message]
        if problem.next_step:
            lines.append(f"**Next:** {problem.next_step}")
    else:
        log.error("failed", reference=mark, exc_info=problem)
        lines = [
            "**That did not work, by a mistake of mine.** What was posted before stays as it is.",
            "**Next:** try again; if it fails again, tell the person who runs this bot the reference below.",
        ]
    lines.append(f"-# Reference {mark}, also in the bot's log")
    try:
        await say(interaction, "\n".join(lines))
    except discord.HTTPException as unanswered:
        log.warning("could not answer", reference=mark, status=unanswered.status)
