"""What a reader asks of an imported article: its branches, its newest comments, those that nobody answered."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import contents
from bot.domain.contents import Entry
from bot.domain.discussion import CommentKind, Origin, Speaker
from bot.domain.outgoing import Outgoing
from bot.domain.wording import shown
from bot.errors import NotFoundError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import (
    ArticleId,
    ArticleRecord,
    CommentId,
    CommentRecord,
    CommentState,
    Deletion,
    GuildId,
    Placement,
)
from bot.ports.store import Store


@dataclass(frozen=True, slots=True)
class _Discussion:
    """The stored tree of an article, and where its comments stand."""

    record: ArticleRecord
    tree: Sequence[CommentRecord]
    placements: dict[CommentId, Placement]


class Contents:
    """Reads the stored tree and says what is in it. Every method raises NotFoundError for another guild's article."""

    def __init__(self, *, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock

    async def render(self, guild_id: GuildId, article_id: ArticleId) -> Outgoing:
        """The branches of an article, each with a link to where it stands."""
        return await self._tell(
            guild_id,
            article_id,
            lambda found: contents.contents(found.record.article.title, article_id, self._branches(found)),
        )

    async def further(self, guild_id: GuildId, article_id: ArticleId, start: int) -> Outgoing:
        """The branches from a place on, counted from 0, to choose from."""
        return await self._tell(
            guild_id, article_id, lambda found: contents.further(article_id, self._branches(found), start)
        )

    async def branch(self, guild_id: GuildId, article_id: ArticleId, number: int) -> Outgoing:
        """The way to one comment. Raises NotFoundError where it stands nowhere any more."""

        def tell(found: _Discussion) -> Outgoing:
            meant = [comment for comment in found.tree if comment.number == number]
            for entry in self._entries(found, meant):
                return contents.branch(entry)
            raise NotFoundError(f"Comment {number} stands nowhere any more.")

        return await self._tell(guild_id, article_id, tell)

    async def labels(self, deletion: Deletion) -> dict[int, str]:
        """The hidden comments of a deletion as a select shows them to staff, by number."""
        hidden = [await self._store.comments.get(deletion.guild_id, comment) for comment in deletion.hidden]
        return {
            comment.number: Entry(comment.number, _speaker(comment), comment.text, "", 0).label
            for comment in hidden
        }

    async def latest(self, guild_id: GuildId, article_id: ArticleId) -> Outgoing:
        """The comments posted last, of either origin."""
        now = self._clock.now()
        return await self._tell(
            guild_id,
            article_id,
            lambda found: contents.latest(self._entries(found, _newest_first(found.tree)), now=now),
        )

    async def unanswered(self, guild_id: GuildId, article_id: ArticleId, start: int) -> Outgoing:
        """Comments without any answer from a place on: members' first, who wait for one."""
        now = self._clock.now()

        def tell(found: _Discussion) -> Outgoing:
            waiting = self._entries(found, _without_answer(found.tree))
            total = sum(map(_is_readable, found.tree))
            return contents.unanswered(article_id, waiting, start, comments=total, now=now)

        return await self._tell(guild_id, article_id, tell)

    async def _tell(
        self, guild_id: GuildId, article_id: ArticleId, tell: Callable[[_Discussion], Outgoing]
    ) -> Outgoing:
        found = _Discussion(
            record=await self._store.articles.get(guild_id, article_id),
            tree=await self._store.comments.tree(guild_id, article_id),
            placements=await self._store.messages.first_placements(guild_id, article_id),
        )
        # Words for thousands of comments: not on the loop (law 12).
        return await asyncio.to_thread(tell, found)

    def _branches(self, found: _Discussion) -> list[Entry]:
        return self._entries(found, (comment for comment in found.tree if comment.parent_id is None))

    def _entries(self, found: _Discussion, comments: Iterable[CommentRecord]) -> list[Entry]:
        """Those of the comments that stand somewhere, with their addresses."""
        answers = _answers_below(found.tree)
        return [
            Entry(
                number=comment.number,
                speaker=_speaker(comment),
                text=comment.text if _is_readable(comment) else None,
                address=self._messenger.url(comment.guild_id, at.channel_id, at.message_id),
                answers=answers[comment.id],
                posted_at=comment.posted_at,
            )
            for comment in comments
            if (at := found.placements.get(comment.id)) is not None
        ]


def _speaker(comment: CommentRecord) -> Speaker:
    return shown(comment.speaker, comment.confidence if comment.origin is Origin.SOURCE else 1.0)


def _is_readable(comment: CommentRecord) -> bool:
    return comment.state is CommentState.LIVE and comment.kind is not CommentKind.DELETED


def _answers_below(tree: Sequence[CommentRecord]) -> Counter[CommentId]:
    """How many comments stand under each; the tree's order has every parent before its children."""
    below: Counter[CommentId] = Counter()
    for comment in reversed(tree):
        if comment.parent_id is not None:
            below[comment.parent_id] += below[comment.id] + 1
    return below


def _newest_first(tree: Sequence[CommentRecord]) -> list[CommentRecord]:
    """Members wrote after the page was saved. Where a page's times can't be compared, its order is what there is."""
    ours = [comment for comment in tree if comment.origin is Origin.DISCORD and _is_readable(comment)]
    theirs = [comment for comment in tree if comment.origin is Origin.SOURCE and _is_readable(comment)]
    ours.sort(key=lambda comment: comment.number)
    if len({_kind_of_time(comment) for comment in theirs}) == 1 and theirs[0].posted_at is not None:
        theirs.sort(key=lambda comment: comment.posted_at)  # type: ignore[arg-type,return-value] # of one kind
    return [*reversed(ours), *reversed(theirs)]


def _kind_of_time(comment: CommentRecord) -> str:
    match comment.posted_at:
        case datetime(tzinfo=None):
            return "local"
        case datetime():
            return "instant"
        case date():
            return "date"
        case _:
            return "none"


def _without_answer(tree: Sequence[CommentRecord]) -> list[CommentRecord]:
    """Members' comments first, the newest of them first; then the page's, as they stand there."""
    answered = {comment.parent_id for comment in tree if _is_readable(comment)}
    alone = [comment for comment in tree if _is_readable(comment) and comment.id not in answered]
    ours = [comment for comment in alone if comment.origin is Origin.DISCORD]
    ours.sort(key=lambda comment: comment.number, reverse=True)
    return [*ours, *(comment for comment in alone if comment.origin is Origin.SOURCE)]
