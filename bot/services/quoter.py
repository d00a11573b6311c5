"""Pull-quotes: choosing, proving and posting them where people are."""

import asyncio
import secrets

import structlog

from bot.domain import cards, quotes
from bot.domain.discussion import Article, Comment, Origin
from bot.domain.limits import HISTORY_PAGE
from bot.domain.quotes import Passage
from bot.errors import DeliveryError, NotFoundError, RefusedError
from bot.ports.clock import Clock
from bot.ports.messenger import Messenger
from bot.ports.records import (
    SEQUENCE_BITS,
    ArticleId,
    ArticleRecord,
    ChannelId,
    CommentId,
    CommentState,
    GuildId,
    MessageId,
    NewQuote,
    QuoteRecord,
    UserId,
)
from bot.ports.store import Store

log = structlog.get_logger()


class Quoter:
    """Posts passages that it has found word for word in the stored text, and no others."""

    def __init__(self, *, store: Store, messenger: Messenger, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock

    async def candidates(self, guild_id: GuildId, article_id: ArticleId) -> list[Passage]:
        """Passages worth quoting, the best first; those that stand in a card already are left out."""
        article, comments = await self._texts(guild_id, article_id)
        posted = {quote.text for quote in await self._store.quotes.list_quotes(guild_id, article_id)}
        # Seconds for thousands of comments: not on the loop (law 12).
        found = await asyncio.to_thread(quotes.candidates, article, list(comments.values()))
        return [passage for passage in found if passage.text not in posted]

    async def find(self, guild_id: GuildId, article_id: ArticleId, words: str) -> Passage:
        """The passage that somebody picked, with its proof. Raises RefusedError when the text does not hold it."""
        article, comments = await self._texts(guild_id, article_id)
        if found := await asyncio.to_thread(quotes.occurrences, words, article, comments.values()):
            return found[0]
        texts = [block.text for block in article.blocks] + [comment.text for comment in comments.values()]
        nearest = await asyncio.to_thread(quotes.closest, words, "\n".join(texts))
        hint = f"Closest: “{nearest}”" if nearest else None
        raise RefusedError("These words are not in the original. Nothing was posted.", next_step=hint)

    async def post(
        self,
        guild_id: GuildId,
        article_id: ArticleId,
        passage: Passage,
        *,
        channel_id: ChannelId,
        chosen_by: UserId,
    ) -> tuple[QuoteRecord, str]:
        """Post a passage as a card into a channel; the quote and the card's address.

        Raises RefusedError, NotFoundError, DeliveryError; then nothing was posted and nothing is kept.
        """
        record = await self._store.articles.get(guild_id, article_id)
        article, comments = await self._texts(guild_id, article_id)
        if not quotes.verify(passage, article, list(comments.values())):
            raise RefusedError("These words are not in the original any more. Nothing was posted.")
        comment_id = next((key for key, comment in comments.items() if comment.key == passage.comment), None)
        outgoing = cards.pull_quote(
            article,
            passage,
            place=_place(passage, comments.get(comment_id) if comment_id else None, comment_id),
            read_url=await self._read_url(record, comment_id),
            chosen_by=chosen_by,
            now=self._clock.now(),
        )
        nonce = f"q-{secrets.token_hex(10)}"
        quote, message = await self._store.quotes.add(
            NewQuote(
                guild_id=guild_id,
                article_id=article_id,
                comment_id=comment_id,
                block=passage.block,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                speaker=passage.speaker,
                attribution=passage.attribution,
                chosen_by=chosen_by,
                channel_id=channel_id,
                nonce=nonce,
                outgoing=outgoing,
                at=self._clock.now(),
            )
        )
        try:
            sent = await self._messenger.send(channel_id, outgoing, nonce=nonce, reply_to=None)
        except DeliveryError as problem:
            # After a lost answer the card may be there: it stays in doubt, and the next start settles it.
            if not problem.in_doubt:
                await self._store.quotes.delete(guild_id, quote.id)
            raise
        await self._store.messages.mark_sent(message.id, sent)
        log.info("quote posted", guild_id=guild_id, quote_id=quote.id)
        return quote, self._messenger.url(guild_id, channel_id, sent)

    async def settle(self, guild_id: GuildId) -> None:
        """Cards that were on their way when the process ended: what arrived is confirmed, the rest forgotten."""
        for quote, card in await self._store.quotes.list_in_doubt(guild_id):
            try:
                newest = await self._messenger.history(
                    guild_id, card.channel_id or ChannelId(0), after=None, limit=HISTORY_PAGE
                )
            except DeliveryError as problem:
                log.warning("not known whether a quote arrived", quote_id=quote.id, reason=problem.message)
                continue
            arrived = next((seen for seen in newest if seen.ours and seen.digest == card.digest), None)
            if arrived is not None:
                await self._store.messages.mark_sent(card.id, arrived.message_id)
            else:
                await self._store.quotes.delete(guild_id, quote.id)

    async def quoted_article(self, guild_id: GuildId, message_id: MessageId) -> ArticleRecord:
        """The article that a quote card was taken from. Raises NotFoundError."""
        quote = await self._store.quotes.find_by_message(guild_id, message_id)
        if quote is None:
            raise NotFoundError("I do not know this card any more.")
        return await self._store.articles.get(guild_id, quote.article_id)

    async def _texts(
        self, guild_id: GuildId, article_id: ArticleId
    ) -> tuple[Article, dict[CommentId, Comment]]:
        """What may be quoted: the article, and imported comments that nobody took back."""
        article = await self._store.articles.get_article(guild_id, article_id)
        stored = await self._store.comments.tree(guild_id, article_id)
        keys = {record.id: record.key for record in stored}
        comments = {
            record.id: record.as_comment(keys.get(record.parent_id) if record.parent_id is not None else None)
            for record in stored
            if record.state is CommentState.LIVE and record.origin is Origin.SOURCE
        }
        return article, comments

    async def _read_url(self, record: ArticleRecord, comment_id: CommentId | None) -> str:
        if comment_id is not None:
            # A comment stands in its quote cards, too; its own place is in the thread.
            for placement in await self._store.messages.placements_of(record.guild_id, comment_id):
                if placement.channel_id == record.thread_id:
                    return self._messenger.url(record.guild_id, placement.channel_id, placement.message_id)
        return self._messenger.url(record.guild_id, record.thread_id or record.channel_id)


def _place(passage: Passage, comment: Comment | None, comment_id: CommentId | None) -> str:
    """Where the passage stands, as the card says it: people count from one."""
    if comment is not None and comment_id is not None:
        return f"comment {comment_number(comment_id)}"
    return f"paragraph {passage.block + 1}" if passage.block is not None else "the article"


def comment_number(comment_id: CommentId) -> int:
    """What people call a comment: the low part of its id (DESIGN.md, Identity)."""
    return comment_id & ((1 << SEQUENCE_BITS) - 1)
