"""A whole discussion from one address: the page, and where the page says that more of it is."""

import asyncio

import structlog

from bot.domain.discussion import Discussion
from bot.errors import FetchError, UnreadableError
from bot.ports.fetching import Fetched, Fetcher
from bot.ports.reading import DiscussionReader
from bot.sources.merging import merge
from bot.sources.trails import MOST_PAGES, REST_PAGE, Trails

log = structlog.get_logger()


class Gatherer:
    """Fetches a page, and follows what it says of the rest of its comments."""

    def __init__(self, *, fetcher: Fetcher, reader: DiscussionReader) -> None:
        self._fetcher = fetcher
        self._reader = reader

    async def gather(self, address: str) -> list[Discussion]:
        """The discussions at an address, those with comments first.

        Raises FetchError when the page itself can't be had and UnreadableError when nobody understands it. What
        it leads to and can't be had is a warning: the page is worth having without.
        """
        page = await self._fetcher.fetch(address)
        found = await self._reader.read(page.data, location=page.address, charset=page.charset)
        if len(found) != 1 or not _is_html(page):
            return found
        ahead = await self._reader.trails(page.data, location=page.address)
        parts, missed = await self._follow(ahead, found[0])
        whole = await asyncio.to_thread(merge, found[0], parts) if parts else found[0]
        return [whole.model_copy(update={"warnings": (*whole.warnings, *missed)})]

    async def _follow(self, ahead: Trails, page: Discussion) -> tuple[list[Discussion], list[str]]:
        """The rest of the comments: by the site's interface, else page by page, else what its feed still has."""
        if ahead.rest is not None and (parts := await self._rest(ahead)):
            return parts, []
        if ahead.comment_pages:
            return await self._pages(ahead, page)
        if ahead.feed is not None and not page.comments and (part := await self._part(ahead.feed)):
            return [part], [
                "Only the newest comments were found: the page shows none, and its feed shows the newest."
            ]
        return [], []

    async def _rest(self, ahead: Trails) -> list[Discussion]:
        parts: list[Discussion] = []
        for number in range(1, MOST_PAGES + 1):
            part = await self._part(ahead.rest_page(number))
            if part is None:
                break
            parts.append(part)
            if len(part.comments) < REST_PAGE:
                break
        return parts

    async def _pages(self, ahead: Trails, page: Discussion) -> tuple[list[Discussion], list[str]]:
        """All of them in their order, and the page itself in its place."""
        parts = [
            page if place == ahead.here else await self._part(address)
            for place, address in enumerate(ahead.comment_pages)
        ]
        missed = parts.count(None)
        further = len(parts) - (ahead.here is not None)
        warnings = [f"{missed} of {further} further comment pages could not be read."] if missed else []
        return [part for part in parts if part is not None], warnings

    async def _part(self, address: str) -> Discussion | None:
        try:
            page = await self._fetcher.fetch(address)
            found = await self._reader.read(page.data, location=page.address, charset=page.charset)
        except (FetchError, UnreadableError) as problem:
            log.info("part not read", problem=type(problem).__name__)
            return None
        return found[0] if found else None


def _is_html(page: Fetched) -> bool:
    return page.content_type in {"text/html", "application/xhtml+xml", None}
