"""What a reader asks of an imported article: its branches with links, its numbers."""

import asyncio
from collections import Counter

from bot.domain import cards
from bot.domain.discussion import Origin
from bot.domain.outgoing import Outgoing
from bot.domain.wording import shown
from bot.ports.messenger import Messenger
from bot.ports.records import (
    ArticleId,
    ArticleRecord,
    CommentId,
    CommentRecord,
    CommentState,
    GuildId,
    Placement,
)
from bot.ports.store import Store


class Contents:
    """Reads the stored tree and says what is in it."""

    def __init__(self, *, store: Store, messenger: Messenger) -> None:
        self._store = store
        self._messenger = messenger

    async def render(self, guild_id: GuildId, article_id: ArticleId) -> Outgoing:
        """The branches of an article, each with a link to where it stands. Raises NotFoundError."""
        record = await self._store.articles.get(guild_id, article_id)
        tree = await self._store.comments.tree(guild_id, article_id)
        placements = await self._store.messages.first_placements(guild_id, article_id)
        # Words for thousands of branches: not on the loop (law 12).
        return await asyncio.to_thread(self._panel, record, tree, placements)

    def _panel(
        self, record: ArticleRecord, tree: list[CommentRecord], placements: dict[CommentId, Placement]
    ) -> Outgoing:
        answers = _answers_below(tree)
        branches = [
            (
                _words(root),
                answers[root.id],
                self._messenger.url(record.guild_id, at.channel_id, at.message_id),
            )
            for root in tree
            if root.parent_id is None and (at := placements.get(root.id)) is not None
        ]
        return cards.contents(record.article.title, branches)


def _words(comment: CommentRecord) -> str:
    if comment.state is not CommentState.LIVE:
        return f"Comment {comment.number}, removed"
    confidence = comment.confidence if comment.origin is Origin.SOURCE else 1.0
    return cards.branch_words(shown(comment.speaker, confidence), comment.text)


def _answers_below(tree: list[CommentRecord]) -> Counter[CommentId]:
    """How many comments stand under each; the tree's order has every parent before its children."""
    below: Counter[CommentId] = Counter()
    for comment in reversed(tree):
        if comment.parent_id is not None:
            below[comment.parent_id] += below[comment.id] + 1
    return below
