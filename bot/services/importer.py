"""From a file to an import that runs: read, preview, ask, commit."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain import layout
from bot.domain.discussion import Discussion, Rights
from bot.domain.layout import Setting
from bot.domain.limits import APPLIED_TAGS
from bot.domain.outgoing import Plan
from bot.domain.preview import Preview, preview, report
from bot.domain.quotes import Passage
from bot.domain.tree import Node
from bot.errors import RefusedError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger, Place
from bot.ports.reading import DiscussionReader
from bot.ports.records import (
    ArticleRecord,
    ChannelId,
    GuildId,
    ImportRecord,
    NewImport,
    UserId,
)
from bot.ports.store import Store
from bot.services.gathering import Gatherer
from bot.services.publisher import Finished, Publisher

#: An interaction's token dies after 15 minutes, and a preview with it.
DRAFT_LIFE: Final = timedelta(minutes=15)
_MOST_DRAFTS: Final = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """An import that somebody looks at before it is posted."""

    id: str
    user_id: UserId
    made_at: datetime
    place: Place
    discussion: Discussion
    nodes: Sequence[Node]
    quote: Passage | None
    contact: str | None
    #: The same article, imported here before.
    twin: ArticleRecord | None
    #: What was answered for this site before, or has been chosen in this preview.
    rights: Rights | None
    tags: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft with what its answers so far would post."""

    draft: Draft
    plan: Plan
    shown: Preview


class Importer:
    """Keeps the drafts, and turns one into an import when everything is said."""

    def __init__(
        self,
        *,
        store: Store,
        reader: DiscussionReader,
        gatherer: Gatherer,
        messenger: Messenger,
        publisher: Publisher,
        clock: Clock,
        progress_from: int,
        one_by_one_limit: int,
        contact: str | None,
    ) -> None:
        """``contact`` is shown where a guild names nobody."""
        self._store = store
        self._reader = reader
        self._gatherer = gatherer
        self._messenger = messenger
        self._publisher = publisher
        self._clock = clock
        self._progress_from = progress_from
        self._one_by_one_limit = one_by_one_limit
        self._contact = contact
        self._drafts: dict[str, Draft] = {}

    async def propose(
        self, guild_id: GuildId, user_id: UserId, channel_id: ChannelId, data: bytes, *, location: str
    ) -> Proposal:
        """Read a source for a place. Raises UnreadableError, NotFoundError, RefusedError; nothing is stored."""
        place = self._open_place(guild_id, channel_id)
        found = await self._reader.read(data, location=location)
        return await self._propose(place, user_id, _first(found))

    async def propose_address(
        self, guild_id: GuildId, user_id: UserId, channel_id: ChannelId, address: str
    ) -> Proposal:
        """The same for a page and all that it leads to. Raises FetchError as well."""
        place = self._open_place(guild_id, channel_id)
        found = await self._gatherer.gather(address)
        return await self._propose(place, user_id, _first(found))

    def _open_place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        place = self._messenger.place(guild_id, channel_id)
        if place.kind == "other":
            raise RefusedError(
                f"I can post articles into a forum or a text channel; #{place.name} is neither.",
                next_step="choose another channel: `/import article channel:`",
            )
        return place

    async def _propose(self, place: Place, user_id: UserId, found: Discussion) -> Proposal:
        guild_id = place.guild_id
        discussion, nodes, quote = await asyncio.to_thread(layout.prepare, found)
        article = discussion.article
        settings = await self._store.guilds.get_settings(guild_id)
        draft = Draft(
            id=secrets.token_hex(8),
            user_id=user_id,
            made_at=self._clock.now(),
            place=place,
            discussion=discussion,
            nodes=nodes,
            quote=quote,
            contact=settings.contact or self._contact,
            twin=await self._store.articles.find_same(guild_id, article),
            rights=await self._store.guilds.find_rights(guild_id, article.site) if article.site else None,
        )
        self._keep(draft)
        return await self._lay_out(draft)

    def place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        """A channel as a place for articles. Raises NotFoundError."""
        return self._messenger.place(guild_id, channel_id)

    def get_draft(self, draft_id: str, user_id: UserId) -> Draft:
        """Raises RefusedError when it is too old, answered already, or somebody else's."""
        draft = self._drafts.get(draft_id)
        if draft is None or self._is_old(draft):
            raise RefusedError(
                "This preview is 15 minutes old or was answered already.",
                next_step="run the import again; this press posted nothing.",
            )
        if draft.user_id != user_id:
            raise RefusedError(
                "Only the person who started this import can answer its preview. Nothing was posted."
            )
        return draft

    async def choose(
        self, draft: Draft, *, rights: Rights | None = None, tags: Sequence[int] | None = None
    ) -> Proposal:
        """Note an answer given in the preview, and what it changes."""
        # Two answers may come at the same moment: each changes the newest state of the draft, before any await.
        now = self._drafts.get(draft.id, draft)
        chosen = replace(
            now,
            rights=rights or now.rights,
            tags=now.tags if tags is None else tuple(tags[:APPLIED_TAGS]),
        )
        self._drafts[draft.id] = chosen
        return await self._lay_out(chosen)

    def discard(self, draft: Draft) -> None:
        """Forget it."""
        self._drafts.pop(draft.id, None)

    async def post(self, draft: Draft, *, then: Finished | None = None) -> ImportRecord:
        """Commit the import and start it. Raises RefusedError with what is missing; then nothing was posted."""
        place = self._messenger.place(draft.place.guild_id, draft.place.channel_id)
        rights = _refuse_unready(draft, place)
        # Gone before anything is awaited: a second press must not post a second time.
        self.discard(draft)
        try:
            proposal = await self._lay_out(draft)
            run = await self._store.imports.begin(
                NewImport(
                    guild_id=place.guild_id,
                    channel_id=place.channel_id,
                    requested_by=draft.user_id,
                    rights=rights,
                    discussion=draft.discussion,
                    plan=proposal.plan,
                    nonce_key=secrets.randbits(64),
                    tags=draft.tags,
                    at=self._clock.now(),
                )
            )
        except BaseException:
            self._drafts[draft.id] = draft
            raise
        self._publisher.start(run, then=then)
        return run

    def _keep(self, draft: Draft) -> None:
        for old in [key for key, kept in self._drafts.items() if self._is_old(kept)]:
            del self._drafts[old]
        while len(self._drafts) >= _MOST_DRAFTS:
            del self._drafts[next(iter(self._drafts))]
        self._drafts[draft.id] = draft

    async def _lay_out(self, draft: Draft) -> Proposal:
        # Thousands of comments take seconds: not on the loop (law 12).
        return await asyncio.to_thread(_proposal, draft, self._setting(draft))

    def _is_old(self, draft: Draft) -> bool:
        return self._clock.now() - draft.made_at >= DRAFT_LIFE

    def _setting(self, draft: Draft) -> Setting:
        return Setting(
            rights=draft.rights or Rights.QUOTED,
            in_forum=draft.place.kind == "forum",
            now=self._clock.now(),
            contact=draft.contact,
            progress_from=self._progress_from,
            one_by_one_limit=self._one_by_one_limit,
        )


def report_of(draft: Draft) -> str:
    """Everything left out or unsure, as text."""
    return report(draft.discussion)


def missing_sentence(place: Place) -> str | None:
    """Which rights the bot lacks at a place, with the mend; None when it has all."""
    if not place.missing:
        return None
    rights = ", ".join(place.missing)
    return f"{rights} in <#{place.channel_id}>. Ask for it in channel settings, Permissions."


def _first(found: Sequence[Discussion]) -> Discussion:
    """The discussion that is imported; those with comments stand first."""
    first = max(found, key=lambda discussion: bool(discussion.comments))
    if len(found) == 1:
        return first
    others = f"this source holds {len(found)} articles; only this one would be posted"
    return first.model_copy(update={"warnings": (others, *first.warnings)})


def _proposal(draft: Draft, setting: Setting) -> Proposal:
    plan = layout.plan(draft.discussion, draft.nodes, quote=draft.quote, setting=setting)
    return Proposal(
        draft, plan, preview(draft.discussion, draft.nodes, plan, where=_where(draft), setting=setting)
    )


def _refuse_unready(draft: Draft, place: Place) -> Rights:
    if draft.rights is None:
        raise RefusedError("Choose first whose words these are.")
    if (missing := missing_sentence(place)) is not None:
        raise RefusedError("**Nothing was posted.** I lack a right there.", next_step=f"Missing: {missing}")
    if place.tag_required and not draft.tags:
        raise RefusedError(f"<#{place.channel_id}> requires a tag. Choose one first. Nothing was posted.")
    return draft.rights


def _where(draft: Draft) -> str:
    channel = f"<#{draft.place.channel_id}>"
    if draft.place.kind == "text":
        return f"a card in {channel}, with the comments in a thread under it"
    names = [tag.name for tag in draft.place.tags if tag.id in draft.tags]
    return f"new post in {channel}" + (f", tag {', '.join(names)}" if names else "")
