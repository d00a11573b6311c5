"""The moderator's desk: `/import article`, the preview's answers, the announcement; all through Discord's surface."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from simcord import InteractionResult, ResponseMessage
from simcord.components import walk_components

from bot.demo.feed import Feed
from bot.demo.stage import Stage
from bot.domain.discussion import Rights
from bot.domain.markdown import plain
from bot.domain.wording import plural
from bot.errors import DeliveryError, RefusedError
from bot.ports.records import ImportRecord, ImportState

#: Seconds between two looks at an import that runs, and how many may pass without progress.
_LOOK_EVERY: Final = 0.2
_PATIENCE: Final = 60.0


class Desk:
    """What a moderator does to bring an article in, press for press."""

    def __init__(self, stage: Stage, feed: Feed) -> None:
        self._stage = stage
        self._feed = feed

    async def hand_over(self, page: bytes, name: str) -> ResponseMessage:
        """Run the command with a file. The preview; raises RefusedError with the bot's sentence if there is none."""
        world = self._stage.world
        async with self._stage.act():
            result = await world.moderator.slash(
                world.staff, "import article", file=(name, page), channel=world.forum
            )
        return _with_components(result)

    async def post(self, preview: ResponseMessage) -> None:
        """Say that the words are our own, as the sample's are, and press Post."""
        moderator = self._stage.world.moderator
        async with self._stage.act():
            await moderator.select(preview, [Rights.OWN.value], custom_id=_get_control(preview, "rj:rights:"))
        async with self._stage.act():
            await moderator.click(preview, custom_id=_get_control(preview, "rj:post:"))

    async def progress(self) -> AsyncIterator[ImportRecord]:
        """The newest import each time that it has moved, until it is done. Raises DeliveryError when it stops."""
        loop = asyncio.get_running_loop()
        sent, moved = -1, loop.time()
        while (run := await self._feed.find_newest_run()) is not None:
            if run.sent != sent:
                sent, moved = run.sent, loop.time()
                yield run
            if run.state is ImportState.DONE:
                return
            if run.state is ImportState.PAUSED or loop.time() - moved > _PATIENCE:
                count = f"{run.sent} of {plural(run.total, 'message')}"
                raise DeliveryError(f"The import stopped at {count}. {run.reason or ''}".strip())
            await asyncio.sleep(_LOOK_EVERY)

    async def announce(self, preview: ResponseMessage) -> bool:
        """Press the button that the preview has become: the best pull-quote goes where people are.

        False when there is none: a bot that was stopped during the import has forgotten the preview.
        """
        async with self._stage.act() as env:
            await env.settle()
            announce = _find_control(preview, "rj:announce:")
            if announce is not None:
                await self._stage.world.moderator.click(preview, custom_id=announce)
        return announce is not None


def _with_components(result: InteractionResult) -> ResponseMessage:
    answers = [answer for answer in (result.response, *result.followups) if answer is not None]
    for answer in answers:
        if answer.components:
            return answer
    # CommonMark knows no small print.
    told = "\n".join(plain(answer.content.replace("-# ", "")) for answer in answers)
    raise RefusedError(told or "The bot did not answer.")


def _get_control(message: ResponseMessage, prefix: str) -> str:
    """The custom id of a message's control. Raises RefusedError where the message has become another."""
    custom_id = _find_control(message, prefix)
    if custom_id is None:
        raise RefusedError("The bot's message does not offer that any more.")
    return custom_id


def _find_control(message: ResponseMessage, prefix: str) -> str | None:
    custom_ids = (str(component.get("custom_id", "")) for component in walk_components(message.components))
    return next((custom_id for custom_id in custom_ids if custom_id.startswith(prefix)), None)
