"""From a file to an import that runs: read, preview, ask, commit."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain import layout
from bot.domain.discussion import Discussion, Rights
from bot.domain.layout import Setting
from bot.domain.limits import ACTIVE_THREADS, ACTIVE_THREADS_NEAR, APPLIED_TAGS
from bot.domain.outgoing import Layout, Plan
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
    GuildSettings,
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
    layout: Layout
    tags: tuple[int, ...] = ()
    #: Why the speakers' names can't stand above their words there, where that was wanted.
    silence: str | None = None


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
        self,
        guild_id: GuildId,
        user_id: UserId,
        channel_id: ChannelId,
        data: bytes,
        *,
        location: str,
        layout: Layout | None = None,
    ) -> Proposal:
        """Read a source for a place. Raises UnreadableError, NotFoundError, RefusedError; nothing is stored.

        Without a ``layout`` it is the guild's own.
        """
        place = await self._open_place(guild_id, channel_id)
        found = await self._reader.read(data, location=location)
        return await self._propose(place, user_id, _first(found), layout)

    async def propose_address(
        self,
        guild_id: GuildId,
        user_id: UserId,
        channel_id: ChannelId,
        address: str,
        *,
        layout: Layout | None = None,
    ) -> Proposal:
        """The same for a page and all that it leads to. Raises FetchError as well."""
        place = await self._open_place(guild_id, channel_id)
        found = await self._gatherer.gather(address)
        return await self._propose(place, user_id, _first(found), layout)

    async def _open_place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        place = self._messenger.place(guild_id, channel_id)
        if place.kind == "other":
            raise RefusedError(
                f"**Nothing was posted.** #{place.name} is no forum, text channel or thread, and articles go into those.",
                next_step="choose another channel: `/import article channel:`",
            )
        if place.kind == "thread":
            await self._refuse_taken(place)
        return place

    async def _refuse_taken(self, place: Place) -> None:
        """One thread holds one article: whom a plain message answers would be a guess otherwise."""
        if await self._store.threads.find(place.guild_id, place.channel_id) is not None:
            raise RefusedError(
                f"**Nothing was posted.** <#{place.channel_id}> belongs to another article already.",
                next_step="choose another thread, or a forum or text channel: `/import article channel:`",
            )

    async def _propose(
        self, place: Place, user_id: UserId, found: Discussion, wanted: Layout | None
    ) -> Proposal:
        guild_id = place.guild_id
        discussion, nodes, quote = await asyncio.to_thread(layout.prepare, found)
        article = discussion.article
        settings = await self._store.guilds.get_settings(guild_id)
        draft = Draft(
            id=_new_id(self._clock.now()),
            user_id=user_id,
            made_at=self._clock.now(),
            place=place,
            discussion=discussion,
            nodes=nodes,
            quote=quote,
            contact=settings.contact or self._contact,
            twin=await self._store.articles.find_same(guild_id, article),
            rights=await self._store.guilds.find_rights(guild_id, article.site) if article.site else None,
            layout=wanted or settings.layout,
            tags=_usual_tags(settings, place),
        )
        self._keep(draft)
        return await self._lay_out(draft)

    def place(self, guild_id: GuildId, channel_id: ChannelId) -> Place:
        """A channel as a place for articles. Raises NotFoundError."""
        return self._messenger.place(guild_id, channel_id)

    def get_draft(self, draft_id: str, user_id: UserId) -> Draft:
        """Raises RefusedError when it is too old, answered already, or somebody else's."""
        if self._clock.now() - _made_at(draft_id) >= DRAFT_LIFE:
            raise RefusedError("This preview is 15 minutes old. Run the import again; nothing was posted.")
        draft = self._drafts.get(draft_id)
        if draft is None:
            raise RefusedError(
                "**Nothing was posted by this press.** This preview was answered already, or I was restarted since.",
                next_step="`/import status` shows what is posted; otherwise run the import again",
            )
        if draft.user_id != user_id:
            raise RefusedError(
                "Only the person who started this import can answer its preview. Nothing was posted."
            )
        return draft

    async def choose(
        self,
        draft: Draft,
        *,
        rights: Rights | None = None,
        tags: Sequence[int] | None = None,
        layout: Layout | None = None,
        channel_id: ChannelId | None = None,
    ) -> Proposal:
        """Note answers given in the preview, and lay out anew what they change.

        Another channel has other tags: the guild's usual ones there. Raises NotFoundError and RefusedError for a
        channel that can't be posted into; then nothing is changed.
        """
        place = draft.place
        if channel_id is not None and channel_id != place.channel_id:
            place = await self._open_place(place.guild_id, channel_id)
            tags = _usual_tags(await self._store.guilds.get_settings(place.guild_id), place)
        # Two answers may come at the same moment: each changes the newest state of the draft, in one step.
        now = self._drafts.get(draft.id, draft)
        chosen = replace(
            now,
            place=now.place if place is draft.place else place,
            rights=rights or now.rights,
            layout=layout or now.layout,
            silence=None,
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
        if place.kind == "thread":
            await self._refuse_taken(place)
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
        now = self._clock.now()
        for old in [key for key, kept in self._drafts.items() if now - kept.made_at >= DRAFT_LIFE]:
            del self._drafts[old]
        while len(self._drafts) >= _MOST_DRAFTS:
            del self._drafts[next(iter(self._drafts))]
        self._drafts[draft.id] = draft

    async def _lay_out(self, draft: Draft) -> Proposal:
        if draft.layout is Layout.VOICES:
            silence = await self._messenger.refuses_voices(draft.place.channel_id)
            draft = replace(draft, silence=silence)
        # Thousands of comments take seconds: not on the loop (law 12).
        return await asyncio.to_thread(_proposal, draft, self._setting(draft))

    def _setting(self, draft: Draft) -> Setting:
        return Setting(
            rights=draft.rights or Rights.QUOTED,
            in_forum=draft.place.kind == "forum",
            in_thread=draft.place.kind == "thread",
            now=self._clock.now(),
            layout=Layout.REPLIES if draft.silence is not None else draft.layout,
            contact=draft.contact,
            progress_from=self._progress_from,
            one_by_one_limit=self._one_by_one_limit,
        )


def report_of(draft: Draft) -> str:
    """Everything left out or unsure, as text."""
    return report(draft.discussion, draft.nodes)


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
    shown = preview(
        draft.discussion, draft.nodes, plan, where=_where(draft), setting=setting, notes=_notes(draft)
    )
    return Proposal(draft, plan, shown)


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
    if draft.place.kind == "thread":
        return f"the thread {channel}, under what stands there; nothing else in it is touched"
    names = [tag.name for tag in draft.place.tags if tag.id in draft.tags]
    return f"new post in {channel}" + (f", tag {', '.join(names)}" if names else "")


def _notes(draft: Draft) -> list[str]:
    """What else to know about the place before something is posted there."""
    notes = []
    place = draft.place
    if draft.silence is not None:
        notes.append(f"**Not under their names, but one by one:** {draft.silence}")
    if place.kind != "thread" and place.active_threads >= ACTIVE_THREADS_NEAR:
        notes.append(
            f"**Threads:** {place.active_threads:,} are open in this server, and Discord allows about "
            f"{ACTIVE_THREADS:,}. Close some first, or it may refuse this one."
        )
    return notes


def _usual_tags(settings: GuildSettings, place: Place) -> tuple[int, ...]:
    """The guild's own choice, as far as this forum has it."""
    offered = {tag.id for tag in place.tags}
    return tuple(tag for tag in settings.tags if tag in offered)[:APPLIED_TAGS]


def _new_id(now: datetime) -> str:
    """16 hexadecimal digits. The first half says when, so that an old one is known as old after a restart, too."""
    return f"{int(now.timestamp()):08x}{secrets.token_hex(4)}"


def _made_at(draft_id: str) -> datetime:
    return datetime.fromtimestamp(int(draft_id[:8], 16), tz=UTC)
