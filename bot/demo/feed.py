"""What the panel beside Discord shows: read from the SQLite file, never from the simulation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.discussion import Origin
from bot.domain.markdown import opening
from bot.domain.wording import UNNAMED, shown
from bot.ports.records import (
    ArticleId,
    ArticleRecord,
    CommentRecord,
    CommentState,
    GuildId,
    ImportRecord,
    MessageId,
)
from bot.ports.store import Store

#: Characters of a comment's first words.
_WORDS: Final = 140
_GONE: Final = {
    CommentState.DELETED: "deleted by its writer",
    CommentState.HIDDEN: "hidden by the moderators",
    CommentState.REMOVED: "text removed by the moderators",
    CommentState.ERASED: "erased on request",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One comment, as a line of the tree."""

    id: str
    number: int
    #: The message in which it begins, while there is one.
    message: str | None
    level: int
    who: str
    #: Written by a member in Discord.
    live: bool
    words: str
    edited: bool
    #: Why there are no words, in words.
    gone: str | None


@dataclass(frozen=True, slots=True)
class Tree:
    """An article with its counts and those of its comments that stand in Discord."""

    id: str
    title: str
    thread: str | None
    imported: int
    live: int
    #: Messages that the import has sent, of how many.
    sent: int
    total: int
    quotes: int
    #: Why the import waits, in words.
    waits: str | None
    branches: tuple[Branch, ...]


class Feed:
    """Reads the trees of one guild."""

    def __init__(self, store: Store, guild_id: GuildId, names: Mapping[int, str]) -> None:
        """``names`` are the members' display names: the database keeps ids only."""
        self._store = store
        self._guild_id = guild_id
        self._names = names

    async def articles(self) -> list[ArticleRecord]:
        """Newest first."""
        return await self._store.articles.list_articles(self._guild_id)

    async def comments(self, article_id: ArticleId) -> list[tuple[CommentRecord, MessageId | None]]:
        """The comments of an article, in display order, each with the message in which it begins.

        What the import has not posted yet is left out; what a member deleted stays, without a message.
        """
        placements = await self._store.messages.first_placements(self._guild_id, article_id)
        tree = await self._store.comments.tree(self._guild_id, article_id)
        begins = {comment_id: placement.message_id for comment_id, placement in placements.items()}
        return [
            (comment, begins.get(comment.id))
            for comment in tree
            if comment.id in begins or comment.origin is Origin.DISCORD
        ]

    async def find_newest_run(self) -> ImportRecord | None:
        """The import that was begun last."""
        return next(iter(await self._store.imports.list_recent(self._guild_id, limit=1)), None)

    async def tree(self, article_id: ArticleId) -> Tree:
        """An article as it stands in the file now. Raises NotFoundError."""
        record = await self._store.articles.get(self._guild_id, article_id)
        runs = await self._store.imports.list_recent(self._guild_id)
        run = next((each for each in runs if each.article_id == article_id), None)
        return Tree(
            id=str(article_id),
            title=record.article.title,
            thread=str(record.thread_id) if record.thread_id is not None else None,
            imported=record.imported,
            live=record.live,
            sent=run.sent if run else 0,
            total=run.total if run else 0,
            quotes=len(await self._store.quotes.list_quotes(self._guild_id, article_id)),
            waits=run.reason if run else None,
            branches=tuple(self._branch(*placed) for placed in await self.comments(article_id)),
        )

    def _branch(self, comment: CommentRecord, message_id: MessageId | None) -> Branch:
        live = comment.origin is Origin.DISCORD
        speaker = comment.speaker if live else shown(comment.speaker, comment.confidence)
        who = (
            self._names.get(speaker.member_id, "a member") if speaker.member_id is not None else speaker.name
        )
        return Branch(
            id=str(comment.id),
            number=comment.number,
            message=str(message_id) if message_id is not None else None,
            level=comment.depth,
            who=who or UNNAMED,
            live=live,
            words=opening(comment.text, _WORDS),
            edited=comment.edited_at is not None,
            gone=_GONE.get(comment.state),
        )
