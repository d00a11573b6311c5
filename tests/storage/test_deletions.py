"""Messages of ours that somebody deletes in Discord hide what no other message shows any more."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.outgoing import MessageKind, PlannedMessage
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import (
    ArticleId,
    ChannelId,
    CommentId,
    CommentState,
    ImportId,
    ImportState,
    MessageId,
    NewUnfolding,
    UndoScope,
)
from storage.database import Database
from tests.discussions import comment
from tests.storage.rows import select
from tests.storage.world import (
    ALICE,
    AWAY,
    HOME,
    MIRA,
    NOW,
    new_import,
    outgoing,
    plan,
    take_next,
)

pytestmark = pytest.mark.asyncio

THREAD = ChannelId(77)


async def lose(database: Database, *messages: int) -> Any:
    lost = await database.comments.lose_messages(HOME, [MessageId(one) for one in messages], at=NOW)
    return lost.deletion


async def posted(database: Database, *messages: PlannedMessage) -> tuple[ImportId, tuple[CommentId, ...]]:
    """An import of a, b, c with these messages, all sent; their ids are 1,000 and so on."""
    whole = plan().model_copy(update={"messages": messages})
    run = await database.imports.begin(new_import(comment("a"), comment("b", "a"), comment("c"), plan=whole))
    await database.imports.set_thread(run.id, THREAD)
    sent = await take_next(database, run.id, THREAD)
    for message_id in range(1000, 1000 + len(messages)):
        assert sent is not None
        sent = await take_next(database, run.id, THREAD, sent=(sent.row, MessageId(message_id)))
    await database.imports.set_state(run.id, ImportState.DONE, at=NOW)
    return run.id, tuple(one.id for one in await database.comments.tree(HOME, run.article_id))


def message(ordinal: int, kind: MessageKind, *placements: tuple[str, int]) -> PlannedMessage:
    return PlannedMessage(
        ordinal=ordinal, kind=kind, outgoing=outgoing(f"message {ordinal}"), placements=placements
    )


CARD = message(0, MessageKind.CARD)


async def state(database: Database, comment_id: CommentId) -> CommentState:
    return (await database.comments.get(HOME, comment_id)).state


async def test_the_comments_of_a_page_are_hidden_and_the_page_is_named(database: Database) -> None:
    run, (a, b, c) = await posted(
        database,
        CARD,
        message(1, MessageKind.PAGE, ("a", 0)),
        message(2, MessageKind.PAGE, ("b", 0), ("c", 0)),
    )
    deletion = await lose(database, 1002)
    assert (deletion.subject, deletion.hidden, deletion.put_back) == ("Page 2", (b, c), ())
    assert (deletion.import_id, deletion.applied, deletion.decided_by) == (run, False, None)
    assert await state(database, a) is CommentState.LIVE
    hidden = await database.comments.get(HOME, b)
    assert (hidden.state, hidden.text) == (CommentState.HIDDEN, "What b says about the ferry.")
    assert await database.deletions.list_open(HOME, limit=5) == [deletion]
    assert await database.deletions.list_unapplied(HOME) == [deletion]


@pytest.mark.parametrize(
    ("gone", "subject"), [((1001,), "A message"), ((1001, 1002), "2 messages"), ((1003, 1004), "2 pages")]
)
async def test_what_was_deleted_is_named(database: Database, gone: tuple[int, ...], subject: str) -> None:
    await posted(
        database,
        CARD,
        message(1, MessageKind.COMMENT, ("a", 0)),
        message(2, MessageKind.COMMENT, ("b", 0)),
        message(3, MessageKind.PAGE, ("c", 0)),
        message(4, MessageKind.PAGE, ("c", 1)),
    )
    assert (await lose(database, *gone)).subject == subject


async def test_a_comment_that_lost_a_part_is_hidden_as_a_whole(database: Database) -> None:
    _, (a, *_) = await posted(
        database,
        CARD,
        message(1, MessageKind.COMMENT, ("a", 0)),
        message(2, MessageKind.COMMENT, ("a", 1)),
    )
    assert (await lose(database, 1002)).hidden == (a,)


async def test_what_stands_whole_elsewhere_is_not_hidden(database: Database) -> None:
    """Of a page and a message of its own each shows the comment."""
    _, (a, b, c) = await posted(
        database,
        CARD,
        message(1, MessageKind.PAGE, ("a", 0), ("b", 0)),
        message(2, MessageKind.PAGE, ("c", 0)),
    )
    for part, row in enumerate(await database.unfoldings.begin(_unfolding(a, "u"))):
        await database.messages.mark_sent(row.id, MessageId(2000 + part))
    for part, row in enumerate(await database.unfoldings.begin(_unfolding(c, "v"))):
        await database.messages.mark_sent(row.id, MessageId(3000 + part))
    assert await lose(database, 3001) is None
    assert await state(database, c) is CommentState.LIVE
    assert (await lose(database, 1001)).hidden == (b,)
    assert (await lose(database, 2000)).hidden == (a,)
    assert (await lose(database, 1002)).hidden == (c,)


def _unfolding(comment_id: CommentId, nonce: str) -> NewUnfolding:
    return NewUnfolding(
        guild_id=HOME,
        article_id=ArticleId(comment_id >> 20),
        comment_id=comment_id,
        channel_id=THREAD,
        parts=((outgoing("part 1"), f"{nonce}-1"), (outgoing("part 2"), f"{nonce}-2")),
    )


@pytest.mark.parametrize("gone", [(1000,), (404,), ()])
async def test_what_shows_no_comment_hides_none(database: Database, gone: tuple[int, ...]) -> None:
    await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    assert await lose(database, *gone) is None


async def test_it_is_noted_once(database: Database) -> None:
    await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    assert await lose(database, 1001) is not None
    assert await lose(database, 1001) is None


async def test_what_an_undo_deletes_is_no_deletion(database: Database) -> None:
    run, _ = await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    await database.imports.begin_undo(HOME, run, UndoScope.MESSAGES, actor=MIRA, at=NOW)
    assert await lose(database, 1001) is None


async def test_an_undo_takes_the_notices_along(database: Database, path: Path) -> None:
    run, _ = await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    deletion = await lose(database, 1001)
    await database.imports.finish_undo(run, UndoScope.MESSAGES, at=NOW)
    with pytest.raises(NotFoundError):
        await database.deletions.get(HOME, deletion.id)
    assert select(path, "SELECT * FROM deleted_comments") == []


async def test_what_is_not_posted_yet_of_a_hidden_comment_stays_unposted(database: Database) -> None:
    whole = plan().model_copy(
        update={
            "messages": (
                CARD,
                message(1, MessageKind.COMMENT, ("a", 0)),
                message(2, MessageKind.COMMENT, ("a", 1)),
                message(3, MessageKind.COMMENT, ("b", 0)),
            )
        }
    )
    run = await database.imports.begin(new_import(comment("a"), comment("b"), plan=whole))
    await database.imports.set_thread(run.id, THREAD)
    sent = await take_next(database, run.id, THREAD)
    for message_id in (1000, 1001):
        assert sent is not None
        await database.messages.mark_sent(sent.row, MessageId(message_id))
        if message_id == 1000:
            sent = await take_next(database, run.id, THREAD)
    assert (await lose(database, 1001)).hidden == (
        (await database.comments.tree(HOME, run.article_id))[0].id,
    )
    following = await take_next(database, run.id, THREAD)
    assert following is not None
    assert following.outgoing == outgoing("message 3")


async def test_left_hidden_is_a_decision(database: Database, path: Path) -> None:
    await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    deletion = await lose(database, 1001)
    decided = await database.deletions.leave_hidden(HOME, deletion.id, actor=ALICE, at=NOW)
    assert (decided.decided_by, decided.hidden) == (ALICE, deletion.hidden)
    assert await database.deletions.list_open(HOME, limit=5) == []
    assert select(path, "SELECT actor FROM audit WHERE action = 'leave_hidden'") == [(ALICE,)]


async def test_put_back_comes_at_the_end_of_the_plan(database: Database, path: Path) -> None:
    run, (a, b, _) = await posted(
        database, CARD, message(1, MessageKind.PAGE, ("a", 0), ("b", 0)), message(2, MessageKind.END)
    )
    deletion = await lose(database, 1001)
    await database.deletions.mark_applied(deletion.id, at=NOW)
    again = message(3, MessageKind.COMMENT, ("a", 0))
    decided = await database.deletions.put_back(HOME, deletion.id, [a], [again], actor=ALICE, at=NOW)
    assert (decided.hidden, decided.put_back, decided.decided_by) == ((b,), (a,), ALICE)
    assert not decided.applied
    assert await state(database, a) is CommentState.LIVE
    record = await database.imports.get(HOME, run)
    assert (record.state, record.total, record.sent, record.finished_at) == (ImportState.QUEUED, 4, 3, None)
    following = await take_next(database, run, THREAD)
    assert following is not None
    assert (following.ordinal, following.outgoing) == (3, outgoing("message 3"))
    await database.messages.mark_sent(following.row, MessageId(1003))
    assert [at.message_id for at in await database.messages.placements_of(HOME, a)] == [1003]
    assert select(path, "SELECT actor FROM audit WHERE action = 'put_back'") == [(ALICE,)]


async def test_what_was_put_back_can_be_deleted_again_and_put_back_again(database: Database) -> None:
    run, (a, *_) = await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    for ordinal in (2, 3):
        deletion = await lose(database, 999 + ordinal)
        assert deletion.hidden == (a,)
        again = message(ordinal, MessageKind.COMMENT, ("a", 0))
        await database.deletions.put_back(HOME, deletion.id, [a], [again], actor=ALICE, at=NOW)
        following = await take_next(database, run, THREAD)
        assert following is not None
        await database.messages.mark_sent(following.row, MessageId(1000 + ordinal))
        assert await state(database, a) is CommentState.LIVE


async def test_two_at_once_do_not_take_the_same_place(database: Database) -> None:
    _, (a, b, _) = await posted(
        database, CARD, message(1, MessageKind.COMMENT, ("a", 0)), message(2, MessageKind.COMMENT, ("b", 0))
    )
    first, second = await lose(database, 1001), await lose(database, 1002)
    await database.deletions.put_back(
        HOME, first.id, [a], [message(3, MessageKind.COMMENT, ("a", 0))], actor=ALICE, at=NOW
    )
    with pytest.raises(RefusedError, match="at the same moment"):
        await database.deletions.put_back(
            HOME, second.id, [b], [message(3, MessageKind.COMMENT, ("b", 0))], actor=ALICE, at=NOW
        )
    assert await state(database, b) is CommentState.HIDDEN


async def test_nothing_comes_back_into_an_article_that_is_taken_back(database: Database) -> None:
    run, (a, *_) = await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    deletion = await lose(database, 1001)
    await database.imports.begin_undo(HOME, run, UndoScope.MESSAGES, actor=MIRA, at=NOW)
    with pytest.raises(RefusedError, match="being taken back"):
        await database.deletions.put_back(
            HOME, deletion.id, [a], [message(2, MessageKind.COMMENT, ("a", 0))], actor=ALICE, at=NOW
        )


async def test_another_guild_decides_nothing(database: Database) -> None:
    await posted(database, CARD, message(1, MessageKind.COMMENT, ("a", 0)))
    deletion = await lose(database, 1001)
    for wrong in (
        database.deletions.get(AWAY, deletion.id),
        database.deletions.leave_hidden(AWAY, deletion.id, actor=MIRA, at=NOW),
        database.deletions.put_back(AWAY, deletion.id, [], [], actor=MIRA, at=NOW),
    ):
        with pytest.raises(NotFoundError):
            await wrong
