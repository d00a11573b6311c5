from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.domain.discussion import AuthorSource, CommentKind, Moment, Origin, Speaker
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import (
    Attached,
    ChannelId,
    CommentId,
    CommentState,
    LiveText,
    MessageId,
    MessageState,
    ThreadState,
)
from storage.comment_rows import MOST_COMMENTS
from storage.database import Database
from tests.discussions import comment
from tests.storage.rows import change, everything, select
from tests.storage.world import ALICE, BERT, FORUM, HOME, NOW, World, live, new_import, new_quote

pytestmark = pytest.mark.asyncio

LATER = NOW + timedelta(minutes=5)


async def test_an_imported_comment_comes_back_as_it_was_read(database: Database) -> None:
    written = comment(
        "a",
        author=None,
        author_source=AuthorSource.INFERRED,
        author_guess="venerable",
        evidence="named by the answer below",
        edited_at=date(2019, 2, 4),
        markdown="*a*\0b",
        text="a\0b",
        score=-3,
        confidence=0.25,
        kind=CommentKind.DELETED,
    )
    run = await database.imports.begin(new_import(written))
    (record,) = await database.comments.tree(HOME, run.article_id)
    for name in (
        "key",
        "kind",
        "evidence",
        "posted_at",
        "edited_at",
        "markdown",
        "text",
        "score",
        "confidence",
    ):
        assert getattr(record, name) == getattr(written, name), name
    assert record.speaker == written.speaker
    assert (record.origin, record.state, record.attachments) == (Origin.SOURCE, CommentState.LIVE, ())
    assert await database.comments.get(HOME, record.id) == record


@pytest.mark.parametrize(
    ("moment", "known"),
    [
        (None, None),
        (date(2019, 2, 3), None),
        (datetime(2019, 2, 3, 14, 30), None),  # noqa: DTZ001
        (
            datetime(2019, 2, 3, 14, 30, tzinfo=timezone(timedelta(hours=2))),
            "2019-02-03T12:30:00.000000+00:00",
        ),
    ],
)
async def test_no_instant_is_invented(
    database: Database, path: Path, moment: Moment | None, known: str | None
) -> None:
    run = await database.imports.begin(new_import(comment("a", posted_at=moment)))
    (record,) = await database.comments.tree(HOME, run.article_id)
    assert repr(record.posted_at) == repr(moment)
    assert select(path, "SELECT posted_utc FROM comments") == [(known,)]


async def test_a_name_on_one_site_is_one_speaker(database: Database, path: Path) -> None:
    for number in (1, 2):
        await database.imports.begin(
            new_import(comment("a", author="Nell"), comment("b", author="Nell"), nonce_key=number)
        )
    assert select(path, "SELECT site, name, member_id FROM speakers") == [("Harbour Lines", "Nell", None)]


async def test_an_answer_becomes_a_comment_of_its_member(database: Database, world: World) -> None:
    attached = await database.comments.add_live(
        live(world, 77, world.comments[1], member_id=BERT, attachments=("a.png", "ü.txt"), posted_at=LATER)
    )
    assert attached is not None
    record = await database.comments.get(HOME, attached.comment_id)
    assert attached == Attached(record.id, world.comments[1])
    assert (record.number, record.depth, record.parent_id) == (5, 2, world.comments[1])
    assert (record.origin, record.key, record.kind) == (Origin.DISCORD, "discord-77", CommentKind.COMMENT)
    assert record.speaker == Speaker(member_id=BERT, source=AuthorSource.HEADER)
    assert (record.posted_at, record.edited_at) == (LATER, None)
    assert (record.markdown, record.text) == ("*answer* 77", "answer 77")
    assert (record.attachments, record.state) == (("a.png", "ü.txt"), CommentState.LIVE)


async def test_answers_stand_behind_their_elder_siblings(database: Database, world: World) -> None:
    a, b, c = world.comments
    for number, parent in enumerate((None, a, b, world.live_id, c, a), start=1):
        await database.comments.add_live(live(world, number, parent))
    tree = await database.comments.tree(HOME, world.article_id)
    assert [(record.depth, record.key) for record in tree] == [
        (0, "a"),
        (1, "b"),
        (2, "discord-3"),
        (1, f"discord-{world.live_message}"),
        (2, "discord-4"),
        (1, "discord-2"),
        (1, "discord-6"),
        (0, "c"),
        (1, "discord-5"),
        (0, "discord-1"),
    ]
    assert [record.number for record in tree] == [1, 2, 7, 4, 8, 6, 10, 3, 9, 5]


async def test_an_article_without_comments_can_be_answered(database: Database, world: World) -> None:
    run = await database.imports.begin(new_import())
    await database.imports.set_thread(run.id, ChannelId(5))
    attached = await database.comments.add_live(
        live(world, 6, article_id=run.article_id, thread_id=ChannelId(5))
    )
    assert attached == Attached(CommentId(run.article_id << 20 | 1), None)
    record = await database.comments.get(HOME, attached.comment_id)
    assert (record.number, record.depth) == (1, 0)


async def test_a_known_message_moves_only_the_cursor(database: Database, world: World, path: Path) -> None:
    answer = live(world, 900_000, world.comments[0])
    assert await database.comments.add_live(answer) is not None
    before = everything(path)
    assert await database.comments.add_live(replace(answer, text="other", parent_id=None)) is None
    assert everything(path) == before
    # One of ours that is looked at again.
    assert await database.comments.add_live(live(world, world.card)) is None
    change(path, "UPDATE threads SET cursor = 5")
    assert await database.comments.add_live(answer) is None
    (thread,) = await database.threads.list_tracked()
    assert thread.cursor == 900_000


async def test_the_cursor_never_moves_back(database: Database, world: World) -> None:
    await database.comments.add_live(live(world, 900_000))
    await database.comments.add_live(live(world, 800_000))
    (thread,) = await database.threads.list_tracked()
    assert thread.cursor == 900_000


async def test_a_parent_must_be_of_the_same_article(
    database: Database, world: World, elsewhere: World, path: Path
) -> None:
    second = await database.imports.begin(new_import(comment("x"), nonce_key=9))
    before = everything(path)
    for parent in (second.article_id << 20 | 1, elsewhere.comments[0], 404):
        with pytest.raises(NotFoundError):
            await database.comments.add_live(live(world, 900_000, CommentId(parent)))
    assert everything(path) == before


async def test_a_thread_must_be_followed_and_of_the_same_article(
    database: Database, world: World, elsewhere: World, path: Path
) -> None:
    before = everything(path)
    for thread_id in (elsewhere.thread_id, FORUM):
        with pytest.raises(NotFoundError):
            await database.comments.add_live(live(world, 900_000, thread_id=thread_id))
    assert everything(path) == before


async def test_an_article_that_is_full_says_so(database: Database, world: World, path: Path) -> None:
    change(path, "DELETE FROM placements WHERE comment_id = ?", world.live_id)
    change(path, "DELETE FROM history")
    change(
        path, "UPDATE comments SET id = ? WHERE id = ?", world.article_id << 20 | MOST_COMMENTS, world.live_id
    )
    before = everything(path)
    with pytest.raises(RefusedError, match="1,048,575 comments at most"):
        await database.comments.add_live(live(world, 900_000))
    assert everything(path) == before


async def test_an_edit_keeps_the_old_text_in_history(database: Database, world: World, path: Path) -> None:
    edited = await database.comments.edit_live(
        HOME, world.live_message, markdown="*new*", text="new", at=LATER
    )
    assert edited is not None
    assert (edited.id, edited.markdown, edited.text, edited.edited_at) == (
        world.live_id,
        "*new*",
        "new",
        LATER,
    )
    assert await database.comments.get(HOME, world.live_id) == edited
    # The world's own edit came first.
    assert select(path, "SELECT markdown, text, replaced_at FROM history ORDER BY id") == [
        (
            f"*answer* {world.live_message}",
            f"answer {world.live_message}",
            "2026-03-01T12:00:00.000000+00:00",
        ),
        ("*better*", "better", "2026-03-01T12:05:00.000000+00:00"),
    ]


@pytest.mark.parametrize("message", ["the same text", "a comment of ours", "a card", "unknown"])
async def test_an_edit_that_changes_nothing_writes_nothing(
    database: Database, world: World, path: Path, message: str
) -> None:
    (ours, _) = await database.messages.placements_of(HOME, world.comments[0])
    message_id = {
        "the same text": world.live_message,
        "a comment of ours": ours.message_id,
        "a card": world.card,
        "unknown": MessageId(404),
    }[message]
    before = everything(path)
    assert (
        await database.comments.edit_live(HOME, message_id, markdown="*better*", text="better", at=LATER)
        is None
    )
    assert everything(path) == before


async def test_a_deleted_answer_loses_its_text_and_keeps_its_place(
    database: Database, world: World, path: Path
) -> None:
    child = await database.comments.add_live(live(world, 900_000, world.live_id))
    before = [record.id for record in await database.comments.tree(HOME, world.article_id)]
    assert (
        await database.comments.lose_messages(HOME, [world.live_message, MessageId(404)], at=LATER)
    ).comments == 1
    gone = await database.comments.get(HOME, world.live_id)
    assert (gone.state, gone.markdown, gone.text, gone.attachments) == (CommentState.DELETED, "", "", ())
    assert gone.speaker.member_id == ALICE
    assert [record.id for record in await database.comments.tree(HOME, world.article_id)] == before
    assert child is not None
    assert (await database.comments.get(HOME, child.comment_id)).parent_id == world.live_id
    assert select(path, "SELECT * FROM history") == []
    assert select(path, "SELECT state_at FROM comments WHERE state = 'deleted'") == [
        ("2026-03-01T12:05:00.000000+00:00",)
    ]
    message = await database.messages.find(HOME, world.live_message)
    assert message is not None
    assert message.state is MessageState.GONE


async def test_deleting_again_changes_nothing(database: Database, world: World, path: Path) -> None:
    await database.messages.mark_gone(HOME, [world.live_message])
    assert (await database.comments.lose_messages(HOME, [world.live_message], at=NOW)).comments == 1
    before = everything(path)
    assert (await database.comments.lose_messages(HOME, [world.live_message], at=LATER)).comments == 0
    assert everything(path) == before


async def test_a_deleted_answer_is_not_brought_back_by_a_late_edit(database: Database, world: World) -> None:
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    assert (
        await database.comments.edit_live(HOME, world.live_message, markdown="x", text="x", at=LATER) is None
    )
    assert (await database.comments.get(HOME, world.live_id)).text == ""


async def test_a_removal_by_a_moderator_outlasts_what_its_member_does(
    database: Database, world: World, path: Path
) -> None:
    change(
        path, "UPDATE comments SET state = 'removed', text = '', markdown = '' WHERE id = ?", world.live_id
    )
    assert (
        await database.comments.edit_live(HOME, world.live_message, markdown="x", text="x", at=LATER) is None
    )
    assert (await database.comments.lose_messages(HOME, [world.live_message], at=LATER)).comments == 0
    record = await database.comments.get(HOME, world.live_id)
    assert (record.state, record.text) == (CommentState.REMOVED, "")


async def test_imported_comments_outlast_their_messages(database: Database, world: World) -> None:
    (placement,) = await database.messages.placements_of(HOME, world.comments[1])
    assert (
        await database.comments.lose_messages(HOME, [placement.message_id, world.card], at=NOW)
    ).comments == 0
    record = await database.comments.get(HOME, world.comments[1])
    assert (record.state, record.text) == (CommentState.HIDDEN, "What b says about the ferry.")


async def test_quotes_of_a_deleted_answer_go_but_their_cards_are_known(
    database: Database, world: World, path: Path
) -> None:
    before = await database.quotes.list_quotes(HOME, world.article_id)
    _, sent = await database.quotes.add(new_quote(world, "q-sent", world.live_id))
    await database.messages.mark_sent(sent.id, MessageId(901))
    await database.quotes.add(new_quote(world, "q-pending", world.live_id))
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    assert await database.quotes.list_quotes(HOME, world.article_id) == before
    cards = "SELECT outgoing FROM messages WHERE kind = 'quote' AND nonce LIKE 'q-%'"
    assert select(path, cards) == [(None,)] * 3
    assert [
        placement.message_id for placement in await database.messages.placements_of(HOME, world.live_id)
    ] == [901]


async def test_an_edit_older_than_the_stored_text_changes_nothing(database: Database, world: World) -> None:
    await database.comments.edit_live(HOME, world.live_message, markdown="new", text="new", at=LATER)
    assert (
        await database.comments.edit_live(HOME, world.live_message, markdown="old", text="old", at=NOW)
        is None
    )
    assert (await database.comments.get(HOME, world.live_id)).text == "new"


async def test_a_lost_thread_takes_members_words_along_and_leaves_the_tree(
    database: Database, world: World, path: Path
) -> None:
    assert await database.comments.lose_thread(HOME, world.thread_id, at=LATER) == 1
    tree = await database.comments.tree(HOME, world.article_id)
    assert [(record.text == "", record.state) for record in tree] == [
        (False, CommentState.LIVE),
        (False, CommentState.LIVE),
        (True, CommentState.DELETED),
        (False, CommentState.LIVE),
    ]
    in_thread = f"channel_id = {world.thread_id} AND message_id IS NOT NULL"
    assert select(path, f"SELECT DISTINCT state FROM messages WHERE {in_thread}") == [("gone",)]  # noqa: S608
    (thread,) = await database.threads.list_tracked()
    assert thread.state is ThreadState.GONE


async def test_live_texts_are_those_that_stand_newer_than_an_id(database: Database, world: World) -> None:
    for number in (910, 900, 920):
        await database.comments.add_live(live(world, number * 1000))
    await database.comments.lose_messages(HOME, [MessageId(910_000)], at=NOW)
    found = await database.comments.list_live(HOME, world.thread_id, after=world.live_message)
    assert found == [LiveText(MessageId(number), f"*answer* {number}") for number in (900_000, 920_000)]


async def test_instants_are_utc_whatever_the_clock_says(database: Database, world: World) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=9)))
    attached = await database.comments.add_live(live(world, 900_000, posted_at=local))
    assert attached is not None
    record = await database.comments.get(HOME, attached.comment_id)
    assert isinstance(record.posted_at, datetime)
    assert record.posted_at == NOW
    assert record.posted_at.tzinfo is UTC
