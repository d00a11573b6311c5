from pathlib import Path

import pytest

from bot.domain.outgoing import Attachment, MessageKind, Outgoing, Plan, PlannedMessage, link_to
from bot.errors import NotFoundError, StorageError
from bot.ports.records import CommentId, MessageId, MessageState, Placement, RowId
from storage.database import Database
from tests.discussions import comment
from tests.storage.rows import everything, select
from tests.storage.world import HOME, LOUNGE, World, live, new_import, new_quote, outgoing, take_next

pytestmark = pytest.mark.asyncio


async def test_messages_are_sent_in_the_order_of_the_plan(database: Database) -> None:
    run = await database.imports.begin(new_import(comment("a"), comment("b")))
    told = []
    message = await take_next(database, run.id, LOUNGE)
    while message is not None:
        told.append((message.ordinal, message.kind, message.after, message.reply_to, message.in_doubt))
        sent = message.row, MessageId(100 + message.ordinal)
        message = await take_next(database, run.id, LOUNGE, sent=sent)
    assert told == [
        (0, MessageKind.CARD, None, None, False),
        (1, MessageKind.COMMENT, 100, 100, False),
        (2, MessageKind.COMMENT, 101, 100, False),
    ]


async def test_a_message_in_doubt_comes_before_what_was_not_tried(database: Database, world: World) -> None:
    doubtful = await database.messages.find_in_doubt(world.import_id)
    assert doubtful is not None
    assert (doubtful.row, doubtful.channel_id) == (world.row, world.thread_id)
    again = await take_next(database, world.import_id, world.thread_id)
    assert again == doubtful
    assert again.in_doubt
    assert again.outgoing == outgoing("c says")
    await database.messages.mark_sent(world.row, MessageId(9))
    assert await database.messages.find_in_doubt(world.import_id) is None
    assert await take_next(database, world.import_id, world.thread_id) is None


async def test_what_is_sent_is_what_was_committed_before(database: Database, path: Path) -> None:
    linking = Outgoing(content=f"see {link_to(0)}", attachment=Attachment(filename="all.txt", text="ä\n"))
    messages = (
        PlannedMessage(ordinal=0, kind=MessageKind.CARD, outgoing=outgoing("The card")),
        PlannedMessage(ordinal=1, kind=MessageKind.END, outgoing=linking),
    )
    run = await database.imports.begin(new_import(plan=Plan(messages=messages)))
    card = await take_next(database, run.id, LOUNGE)
    assert card is not None
    end = await take_next(database, run.id, LOUNGE, sent=(card.row, MessageId(100)))
    assert end is not None
    bound = linking.model_copy(update={"content": f"see {(int(LOUNGE), 100)}"})
    assert end.outgoing == bound
    assert select(path, "SELECT state, channel_id, digest, outgoing FROM messages WHERE ordinal = 1") == [
        ("pending", int(LOUNGE), bound.digest, bound.model_dump_json())
    ]


async def test_what_was_deleted_is_neither_answered_nor_linked_but_keeps_its_place(
    database: Database,
) -> None:
    run = await database.imports.begin(new_import(comment("a")))
    card = await take_next(database, run.id, LOUNGE)
    assert card is not None
    await database.messages.mark_sent(card.row, MessageId(100))
    await database.messages.mark_gone(HOME, [MessageId(100)])
    message = await take_next(database, run.id, LOUNGE)
    assert message is not None
    assert (message.reply_to, message.after) == (None, 100)


async def test_a_message_that_can_not_be_confirmed_marks_no_other(
    database: Database, world: World, path: Path
) -> None:
    before = everything(path)
    with pytest.raises(StorageError, match="can't be the message"):
        await take_next(database, world.import_id, world.thread_id, sent=(world.row, world.live_message))
    assert everything(path) == before


async def test_a_confirmed_message_holds_its_digest_but_no_text(
    database: Database, world: World, path: Path
) -> None:
    await database.messages.mark_sent(world.row, MessageId(9))
    row = await database.messages.find(HOME, MessageId(9))
    assert row is not None
    assert (row.state, row.outgoing, row.digest) == (MessageState.SENT, None, outgoing("c says").digest)
    assert select(
        path, "SELECT count(*) FROM messages WHERE outgoing IS NOT NULL AND import_id IS NOT NULL"
    ) == [(0,)]


async def test_confirming_twice_is_confirming_once(database: Database, world: World, path: Path) -> None:
    await database.messages.mark_sent(world.row, MessageId(9))
    before = everything(path)
    await database.messages.mark_sent(world.row, MessageId(9))
    assert everything(path) == before


async def test_a_message_that_is_deleted_already_does_not_come_back(database: Database, world: World) -> None:
    await database.messages.mark_sent(world.row, MessageId(9))
    await database.messages.mark_gone(HOME, [MessageId(9)])
    await database.messages.mark_sent(world.row, MessageId(9))
    row = await database.messages.find(HOME, MessageId(9))
    assert row is not None
    assert row.state is MessageState.GONE


async def test_one_message_in_discord_is_one_row(database: Database, world: World, path: Path) -> None:
    before = everything(path)
    with pytest.raises(StorageError, match="can't be the message"):
        await database.messages.mark_sent(world.row, world.live_message)
    assert everything(path) == before


async def test_one_row_is_one_message_in_discord(database: Database, world: World) -> None:
    await database.messages.mark_sent(world.row, MessageId(9))
    with pytest.raises(StorageError, match="can't be the message"):
        await database.messages.mark_sent(world.row, MessageId(10))


async def test_a_row_that_is_gone_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        await database.messages.mark_sent(RowId(404), MessageId(9))


async def test_a_message_is_found_by_its_ordinal_while_it_stands(database: Database, world: World) -> None:
    first = await database.messages.find_sent(world.import_id, 1)
    assert first is not None
    assert first.message_id is not None
    assert await database.messages.find_sent(world.import_id, 3) is None
    await database.messages.mark_gone(HOME, [first.message_id])
    assert await database.messages.find_sent(world.import_id, 1) is None


async def test_a_members_message_is_a_message(database: Database, world: World) -> None:
    row = await database.messages.find(HOME, world.live_message)
    assert row is not None
    assert (row.kind, row.state, row.channel_id) == (MessageKind.LIVE, MessageState.SENT, world.thread_id)
    assert (row.nonce, row.outgoing, row.import_id, row.ordinal) == (None, None, None, None)
    assert await database.messages.placements_in(HOME, world.live_message) == [
        Placement(world.live_id, world.live_message, world.thread_id, 0)
    ]


async def test_a_page_holds_many_comments_and_a_comment_stands_in_many_messages(database: Database) -> None:
    page = PlannedMessage(
        ordinal=0, kind=MessageKind.COMMENT, outgoing=outgoing("1"), placements=(("b", 0), ("a", 0), ("c", 0))
    )
    rest = PlannedMessage(ordinal=1, kind=MessageKind.COMMENT, outgoing=outgoing("2"), placements=(("c", 1),))
    run = await database.imports.begin(
        new_import(comment("a"), comment("b"), comment("c"), plan=Plan(messages=(page, rest)))
    )
    a, b, c = (record.id for record in await database.comments.tree(HOME, run.article_id))
    assert await database.messages.placements_of(HOME, c) == []
    for message_id in (MessageId(71), MessageId(70)):
        message = await take_next(database, run.id, LOUNGE)
        assert message is not None
        await database.messages.mark_sent(message.row, message_id)
    assert await database.messages.placements_in(HOME, MessageId(71)) == [
        Placement(comment_id, MessageId(71), LOUNGE, 0) for comment_id in (a, b, c)
    ]
    parts = [Placement(c, MessageId(71), LOUNGE, 0), Placement(c, MessageId(70), LOUNGE, 1)]
    assert await database.messages.placements_of(HOME, c) == parts
    assert (await database.messages.first_placements(HOME, run.article_id))[c] == parts[0]


async def test_the_first_message_of_a_comment_is_no_card_that_quotes_it(
    database: Database, world: World
) -> None:
    quoted = world.comments[0]
    first, card = await database.messages.placements_of(HOME, quoted)
    assert (first.channel_id, card.message_id) == (world.thread_id, world.card)
    placements = await database.messages.first_placements(HOME, world.article_id)
    # The third imported comment is still on its way.
    assert placements.keys() == {*world.comments[:2], world.live_id}
    assert placements[quoted] == first


async def test_a_deleted_message_carries_nothing_but_is_remembered(database: Database, world: World) -> None:
    (placement,) = await database.messages.placements_of(HOME, world.comments[1])
    await database.messages.mark_gone(HOME, [placement.message_id, MessageId(404)])
    assert await database.messages.placements_of(HOME, world.comments[1]) == []
    assert world.comments[1] not in await database.messages.first_placements(HOME, world.article_id)
    # Somebody may answer it a moment before it vanishes.
    assert await database.messages.placements_in(HOME, placement.message_id) == [placement]


async def test_what_stands_of_ours_is_sent_and_not_gone(database: Database, world: World) -> None:
    standing = await database.messages.list_standing(HOME, world.article_id)
    base = int(world.thread_id)
    assert [(row.channel_id, row.message_id) for row in standing] == [
        (LOUNGE, world.card),
        (world.thread_id, base + 2),
        (world.thread_id, base + 1),
        (world.thread_id, base),
    ]
    await database.messages.mark_gone(HOME, [world.card])
    await database.quotes.add(new_quote(world, "q-pending"))
    assert len(await database.messages.list_standing(HOME, world.article_id)) == 3


async def test_a_plan_that_names_an_unknown_comment_is_a_mistake_of_ours(
    database: Database, path: Path
) -> None:
    with pytest.raises(KeyError):
        await database.imports.begin(
            new_import(
                comment("a"),
                plan=Plan(
                    messages=(
                        PlannedMessage(
                            ordinal=0,
                            kind=MessageKind.COMMENT,
                            outgoing=outgoing("1"),
                            placements=(("z", 0),),
                        ),
                    )
                ),
            )
        )
    assert select(path, "SELECT count(*) FROM articles") == [(0,)]


async def test_an_answer_knows_no_message_of_another_thread(database: Database, world: World) -> None:
    attached = await database.comments.add_live(live(world, 5, CommentId(world.comments[0])))
    assert attached is not None
    assert (await database.messages.placements_of(HOME, attached.comment_id))[0].channel_id == world.thread_id
