"""What Discord and the network refuse, as sentences for people and decisions for services."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import aiohttp
import discord

from bot.domain.cards import duration
from bot.errors import DeliveryError

#: Discord's error codes that we tell apart. docs: opcodes and status codes, JSON error codes.
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK = 10003, 10008, 10015
TOO_MANY_WEBHOOKS, TAG_REQUIRED = 30007, 40067
MISSING_ACCESS, MISSING_PERMISSIONS, INVALID_FORM, THREAD_ARCHIVED = 50001, 50013, 50035, 50083
THREAD_EXISTS, THREAD_LOCKED, TOO_MANY_THREADS, HARMFUL_LINK = 160004, 160005, 160006, 240000

#: Code -> (what is the matter, what to do about it).
_SENTENCES: Final[dict[int, tuple[str, str | None]]] = {
    UNKNOWN_CHANNEL: (
        "The thread or channel is not there any more.",
        "resume, and everything is posted anew in a new thread; or take the import back.",
    ),
    UNKNOWN_MESSAGE: ("The message is not there any more.", None),
    30013: ("This server has as many channels as Discord allows.", "delete one that nobody needs."),
    TOO_MANY_WEBHOOKS: (
        "The channel has 15 webhooks, as many as Discord allows.",
        "delete one under channel settings, Integrations.",
    ),
    TAG_REQUIRED: (
        "This forum requires a tag on every post.",
        "undo this import and start it again with a tag, or lift that rule in the forum's settings.",
    ),
    MISSING_ACCESS: (
        "I can't see the channel.",
        "give me View Channel there (channel settings, Permissions).",
    ),
    MISSING_PERMISSIONS: ("I lack a right there.", "give it back to me (channel settings, Permissions)."),
    INVALID_FORM: (
        "Discord does not take the form of a message, which is a mistake of mine.",
        "tell whoever runs this bot; the log has the details.",
    ),
    THREAD_ARCHIVED: ("The thread is closed and locked.", "reopen and unlock it."),
    THREAD_LOCKED: ("The thread is locked.", "unlock it."),
    TOO_MANY_THREADS: (
        "This server has as many open threads as Discord allows.",
        "close some that nobody writes in any more.",
    ),
    HARMFUL_LINK: ("Discord takes a link in the message for harmful and refuses it.", None),
}


@asynccontextmanager
async def plain_errors(
    *,
    passing: int | None = None,
    absent_is_fine: bool = False,
    lacking: Callable[[], str | None] = lambda: None,
) -> AsyncIterator[None]:
    """Discord's and the network's refusals as DeliveryError.

    ``passing`` is a code that is left as it is; ``lacking`` names the rights that the bot lacks, where one is missing.
    """
    try:
        yield
    except discord.HTTPException as problem:
        if passing is not None and problem.code == passing:
            raise
        if absent_is_fine and problem.status == HTTPStatus.NOT_FOUND:
            return
        raise _refusal(problem, lacking) from problem
    except discord.RateLimited as problem:
        sentence = f"Discord asks me to wait {duration(problem.retry_after)}."
        raise DeliveryError(sentence, wait=problem.retry_after) from problem
    except (OSError, TimeoutError, aiohttp.ClientError) as problem:
        raise DeliveryError("Discord could not be reached.", retry=True, in_doubt=True) from problem


def sentence_of(code: int) -> tuple[str, str | None]:
    """What one of Discord's codes means, and what to do about it."""
    return _SENTENCES[code]


def _refusal(problem: discord.HTTPException, lacking: Callable[[], str | None]) -> DeliveryError:
    failed = problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    sentence, next_step = _SENTENCES.get(problem.code, (f"Discord answered {problem.status}.", None))
    if problem.code in {MISSING_ACCESS, MISSING_PERMISSIONS} and (rights := lacking()):
        sentence, next_step = f"I lack {rights}.", "give it back to me (channel settings, Permissions)."
    if failed:
        sentence = f"Discord has trouble of its own (it answered {problem.status})."
    return DeliveryError(
        sentence,
        next_step=next_step,
        retry=failed or problem.status == HTTPStatus.TOO_MANY_REQUESTS,
        in_doubt=failed,
        absent=problem.code == UNKNOWN_CHANNEL,
    )
