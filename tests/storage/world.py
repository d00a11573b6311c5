"""Two guilds with an article each: imported comments, answers, a quote, and messages in every state."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.discussion import Article, Block, Comment, Discussion, Dropped, PullQuote, Rights, Source
from bot.domain.outgoing import MessageKind, Outgoing, Plan, PlannedMessage
from bot.ports.records import (
    ArticleId,
    ArticleRecord,
    ChannelId,
    CommentId,
    GuildId,
    GuildSettings,
    ImportId,
    LiveComment,
    MessageId,
    NewImport,
    NewQuote,
    NewUnfolding,
    NextMessage,
    QuoteId,
    RowId,
    UserId,
    Vote,
)
from bot.ports.store import Store
from tests.discussions import FERRY, comment, discussion

HOME, AWAY = GuildId(100), GuildId(200)
FORUM, LOUNGE = ChannelId(11), ChannelId(12)
MIRA, ALICE, BERT = UserId(1), UserId(2), UserId(3)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

LIGHTHOUSE = Article(
    title="Straße of Lights",
    site="Harbour Lines",
    blocks=(Block(markdown="The *lamp* burns.", text="The lamp burns."),),
    pull_quotes=(PullQuote(text="The lamp burns.", source="markup", block=0, start=0, end=15),),
)
FERRY_WITH_QUOTE = FERRY.model_copy(
    update={"pull_quotes": (PullQuote(text="the longest one", source="markup", block=2, start=59, end=74),)}
)


@dataclass(frozen=True)
class World:
    """What stands in one guild."""

    guild_id: GuildId
    article: ArticleRecord
    article_id: ArticleId
    import_id: ImportId
    thread_id: ChannelId
    #: Imported: the first one, its answer, the second one.
    comments: tuple[CommentId, ...]
    live_id: CommentId
    live_message: MessageId
    quote_id: QuoteId
    card: MessageId
    #: Of a message that is PENDING.
    row: RowId
    #: The message of the second comment.
    second: MessageId
    #: A comment that is unfolded in two messages, neither of them sent, and the row of the first.
    unfolded: CommentId
    unfolding: RowId


def outgoing(text: str) -> Outgoing:
    return Outgoing(content=text)


def plan(*keys: str) -> Plan:
    """A card, then a message for every comment."""
    card = PlannedMessage(ordinal=0, kind=MessageKind.CARD, outgoing=outgoing("The card"))
    comments = (
        PlannedMessage(
            ordinal=ordinal,
            kind=MessageKind.COMMENT,
            outgoing=outgoing(f"{key} says"),
            placements=((key, 0),),
            reply_to=0,
        )
        for ordinal, key in enumerate(keys, start=1)
    )
    return Plan(messages=(card, *comments))


def new_import(
    *comments: Comment, guild_id: GuildId = HOME, nonce_key: int = 1, article: Article = FERRY, **changes: Any
) -> NewImport:
    """An import of these comments, each in a message of its own."""
    of_these = discussion(*comments, article=article)
    values: dict[str, Any] = {
        "guild_id": guild_id,
        "channel_id": FORUM,
        "requested_by": MIRA,
        "rights": Rights.OWN,
        "discussion": of_these,
        "plan": plan(*(one.key for one in comments)),
        "nonce_key": nonce_key,
        "tags": (),
        "at": NOW,
    }
    return NewImport(**values | changes)


def live(world: World, message_id: int, parent: CommentId | None = None, **changes: Any) -> LiveComment:
    """An answer of Alice."""
    values: dict[str, Any] = {
        "guild_id": world.guild_id,
        "article_id": world.article_id,
        "thread_id": world.thread_id,
        "message_id": MessageId(message_id),
        "member_id": ALICE,
        "parent_id": parent,
        "markdown": f"*answer* {message_id}",
        "text": f"answer {message_id}",
        "posted_at": NOW + timedelta(seconds=1),
    }
    return LiveComment(**values | changes)


def new_quote(world: World, nonce: str, comment_id: CommentId | None = None) -> NewQuote:
    return NewQuote(
        guild_id=world.guild_id,
        article_id=world.article_id,
        comment_id=comment_id,
        block=None if comment_id else 0,
        start=4,
        end=8,
        text="city",
        speaker="Ines Okafor",
        attribution=None,
        chosen_by=BERT,
        channel_id=LOUNGE,
        nonce=nonce,
        outgoing=outgoing("> city"),
        at=NOW,
    )


async def take_next(
    store: Store, import_id: ImportId, channel_id: ChannelId, *, sent: tuple[RowId, MessageId] | None = None
) -> NextMessage | None:
    """Links become the ids of the messages that they lead to."""
    return await store.messages.take_next(
        import_id,
        channel_id=channel_id,
        bind=lambda outgoing, addresses: outgoing.bound(lambda ordinal: str(addresses.get(ordinal))),
        sent=sent,
    )


def new_unfolding(world: World, comment_id: CommentId, nonce: str) -> NewUnfolding:
    """A long comment in two parts."""
    return NewUnfolding(
        guild_id=world.guild_id,
        article_id=world.article_id,
        comment_id=comment_id,
        channel_id=world.thread_id,
        parts=((outgoing("part 1"), f"{nonce}-1"), (outgoing("part 2"), f"{nonce}-2")),
    )


async def settle(store: Store, guild_id: GuildId = HOME) -> World:
    """Fill a guild. Ids in Discord grow with the guild's id, so that no two guilds share one."""
    base = guild_id * 1000
    await store.guilds.save_settings(
        GuildSettings(guild_id, FORUM, LOUNGE, LOUNGE, "mira@harbour.example"), actor=MIRA, at=NOW
    )
    await store.facts.keep("commands", "0")
    run = await store.imports.begin(
        new_import(
            comment("a"),
            comment("b", "a"),
            comment("c"),
            guild_id=guild_id,
            nonce_key=base,
            discussion=Discussion(
                source=Source(
                    kind="flattened-text", location="ferry.txt", declared_comments=4, complete=False
                ),
                article=LIGHTHOUSE if guild_id == AWAY else FERRY_WITH_QUOTE,
                comments=(comment("a"), comment("b", "a"), comment("c")),
                dropped=(Dropped(text="DONATE", reason="donation box"),),
                warnings=("3 of 4 comments are in this page",),
            ),
        )
    )
    thread_id = ChannelId(base)
    await store.imports.set_thread(run.id, thread_id)
    last = await take_next(store, run.id, thread_id)
    for message_id in (base, base + 1, base + 2):
        assert last is not None
        last = await take_next(store, run.id, thread_id, sent=(last.row, MessageId(message_id)))
    assert last is not None
    article = await store.articles.get(guild_id, run.article_id)
    first = CommentId(run.article_id << 20 | 1)
    world = World(
        guild_id=guild_id,
        article=article,
        article_id=run.article_id,
        import_id=run.id,
        thread_id=thread_id,
        comments=(first, CommentId(first + 1), CommentId(first + 2)),
        live_id=CommentId(first + 3),
        live_message=MessageId(base + 50),
        quote_id=QuoteId(0),
        card=MessageId(base + 60),
        row=last.row,
        second=MessageId(base + 2),
        unfolded=CommentId(first + 2),
        unfolding=last.row,
    )
    answer = live(world, base + 50, first, attachments=("map.png",))
    await store.comments.add_live(answer)
    await store.votes.add(guild_id, Vote(answer.message_id, BERT, "⭐"))
    await store.comments.edit_live(guild_id, answer.message_id, markdown="*better*", text="better", at=NOW)
    quote, card = await store.quotes.add(new_quote(world, f"q-{base}", first))
    await store.messages.mark_sent(card.id, world.card)
    # A second one, whose card was on its way when the process ended.
    await store.quotes.add(new_quote(world, f"doubt-{base}", first))
    # A comment that was to be unfolded when the process ended.
    first_part, _ = await store.unfoldings.begin(new_unfolding(world, world.comments[2], f"u-{base}"))
    return World(**{**vars(world), "quote_id": quote.id, "unfolding": first_part.id})
