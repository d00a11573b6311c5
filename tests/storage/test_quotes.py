from pathlib import Path

import pytest

from bot.domain.outgoing import MessageKind
from bot.errors import NotFoundError, StorageError
from bot.ports.records import MessageId, MessageState
from storage.database import Database
from tests.discussions import comment
from tests.storage.rows import everything
from tests.storage.world import HOME, LOUNGE, World, new_import, new_quote, outgoing

pytestmark = pytest.mark.asyncio


async def test_quote_and_card_are_committed_before_the_send(database: Database, world: World) -> None:
    new = new_quote(world, "q-1")
    quote, card = await database.quotes.add(new)
    for name in (
        "article_id",
        "comment_id",
        "block",
        "start",
        "end",
        "text",
        "speaker",
        "attribution",
        "chosen_by",
    ):
        assert getattr(quote, name) == getattr(new, name), name
    assert (card.kind, card.state, card.channel_id) == (MessageKind.QUOTE, MessageState.PENDING, LOUNGE)
    assert (card.nonce, card.outgoing, card.digest) == ("q-1", new.outgoing, outgoing("> city").digest)
    assert (card.message_id, card.import_id) == (None, None)


async def test_quotes_are_listed_oldest_first(database: Database, world: World) -> None:
    added = [(await database.quotes.add(new_quote(world, f"q-{number}")))[0] for number in range(3)]
    assert (await database.quotes.list_quotes(HOME, world.article_id))[-3:] == added


async def test_a_card_leads_to_its_quote_and_its_comment(database: Database, world: World) -> None:
    quote = await database.quotes.find_by_message(HOME, world.card)
    assert quote is not None
    assert (quote.id, quote.comment_id) == (world.quote_id, world.comments[0])
    (placement,) = await database.messages.placements_in(HOME, world.card)
    assert placement.comment_id == world.comments[0]
    assert await database.quotes.find_by_message(HOME, world.live_message) is None


async def test_a_card_of_the_article_holds_no_comment(database: Database, world: World) -> None:
    quote, card = await database.quotes.add(new_quote(world, "q-1"))
    await database.messages.mark_sent(card.id, MessageId(9))
    assert await database.messages.placements_in(HOME, MessageId(9)) == []
    assert await database.quotes.find_by_message(HOME, MessageId(9)) == quote


async def test_a_comment_of_another_article_is_not_quoted(
    database: Database, world: World, path: Path
) -> None:
    second = await database.imports.begin(new_import(comment("x"), nonce_key=9))
    (other,) = await database.comments.tree(HOME, second.article_id)
    before = everything(path)
    with pytest.raises(NotFoundError):
        await database.quotes.add(new_quote(world, "q-1", other.id))
    assert everything(path) == before


async def test_a_nonce_is_used_once(database: Database, world: World, path: Path) -> None:
    await database.quotes.add(new_quote(world, "q-1"))
    before = everything(path)
    with pytest.raises(StorageError, match="contradict"):
        await database.quotes.add(new_quote(world, "q-1"))
    assert everything(path) == before


async def test_a_quote_that_could_not_be_posted_leaves_nothing(
    database: Database, world: World, path: Path
) -> None:
    before = everything(path)
    quote, _ = await database.quotes.add(new_quote(world, "q-1", world.comments[0]))
    await database.quotes.delete(HOME, quote.id)
    assert everything(path) == before
    await database.quotes.delete(HOME, quote.id)
    assert everything(path) == before


async def test_a_card_that_was_posted_stays_known(database: Database, world: World) -> None:
    await database.quotes.delete(HOME, world.quote_id)
    assert world.quote_id not in [q.id for q in await database.quotes.list_quotes(HOME, world.article_id)]
    card = await database.messages.find(HOME, world.card)
    assert card is not None
    assert card.state is MessageState.SENT


async def test_only_cards_on_their_way_are_in_doubt(database: Database, world: World) -> None:
    quote, card = await database.quotes.add(new_quote(world, "q-1", world.comments[0]))
    assert (quote, card) in await database.quotes.list_in_doubt(HOME)
    await database.messages.mark_sent(card.id, MessageId(9))
    assert quote not in [doubtful for doubtful, _ in await database.quotes.list_in_doubt(HOME)]
