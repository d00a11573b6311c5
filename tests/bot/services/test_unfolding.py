"""A comment of a page becomes a message of its own, once, whatever happens meanwhile."""

import asyncio

import pytest
import pytest_asyncio

from bot.domain import layout, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout, MessageKind
from bot.errors import DeliveryError, NotFoundError, RefusedError
from bot.ports.records import (
    ChannelId,
    CommentId,
    GuildId,
    LiveComment,
    MessageId,
    NewImport,
    UndoScope,
    UserId,
)
from bot.services.quoter import comment_number
from bot.services.unfolding import Unfolder
from storage.database import Database
from tests.bot.services.runs import publisher
from tests.discussions import NOON, comment, discussion
from tests.fake_messenger import Crashed, FakeMessenger, Kept

pytestmark = pytest.mark.asyncio

GUILD, FORUM, ADMIN, ALICE = GuildId(7), ChannelId(70), UserId(700), UserId(701)
LONG = " ".join(f"word{n}" for n in range(560))


class StillClock:
    """Time that does not pass."""

    def now(self):
        return NOON

    async def sleep(self, seconds):
        await asyncio.sleep(0)


class Desk:
    """An article whose pages stand in a thread."""

    def __init__(self, store, messenger):
        self.store, self.messenger = store, messenger
        self.unfolder = Unfolder(store=store, messenger=messenger, clock=StillClock())
        #: Where each comment begins.
        self.pages = {}

    async def imported(self, *, rights=Rights.OWN):
        source = tree.importable(
            discussion(
                comment("a", author="Tove Lind", text="Every spring."),
                comment("b", "a", author="Bo Sand", text="Ask who signed."),
                comment("c", "b", text=LONG),
                comment("d", "lost", text="Alone."),
            )
        )
        setting = Setting(rights=rights, in_forum=True, now=NOON, layout=Layout.CARDS)
        plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)
        self.run = await self.store.imports.begin(
            NewImport(GUILD, FORUM, ADMIN, rights, source, plan, nonce_key=1, tags=(), at=NOON)
        )
        publishing = publisher(self.store, self.messenger)
        publishing.start(self.run)
        await publishing.ended(self.run.id)
        self.run = await self.store.imports.get(GUILD, self.run.id)
        self.thread = self.run.thread_id
        for number in range(1, 5):
            begins, *_ = await self.store.messages.placements_of(GUILD, self.comment(number))
            self.pages[number] = begins.message_id
        self.before = len(self.messenger.messages)
        self.messenger.calls = 0

    def comment(self, number):
        return CommentId(self.run.article_id << 20 | number)

    async def press(self, number, *, page=None, unfolder=None):
        return await (unfolder or self.unfolder).unfold(
            GUILD, page or self.pages.get(number, self.pages[1]), number
        )

    @property
    def unfolded(self):
        """What was posted since: the texts, and where their arrows point."""
        return [
            (kept.outgoing.content, kept.reply_to)
            for kept in self.messenger.messages[self.before :]
            if kept.author == 1
        ]


@pytest.fixture
def messenger():
    return FakeMessenger()


@pytest_asyncio.fixture
async def desk(tmp_path, messenger):
    async with Database.open(tmp_path / "a.sqlite3") as store:
        desk = Desk(store, messenger)
        await desk.imported()
        yield desk


async def test_a_press_posts_the_comment_as_layout_replies_does(desk, messenger):
    url = await desk.press(2)
    assert desk.unfolded == [
        (
            (
                "**Bo Sand** to Tove Lind · 3 February 2019, 14:30 site time\nAsk who signed.\n"
                "-# Comment 2, answers comment 1, level 1"
            ),
            desk.pages[2],
        )
    ]
    newest = messenger.messages[-1].id
    assert url == messenger.url(GUILD, desk.thread, newest)
    (placement,) = await desk.store.messages.placements_in(GUILD, newest)
    assert (placement.comment_id, placement.part) == (desk.comment(2), 0)
    assert (await desk.store.messages.find(GUILD, newest)).kind is MessageKind.UNFOLDED


async def test_a_second_press_leads_to_the_message_that_is_there(desk):
    assert await desk.press(1) == await desk.press(1)
    assert len(desk.unfolded) == 1


async def test_two_presses_at_once_make_one_message(desk):
    addresses = await asyncio.gather(*(desk.press(3) for _ in range(4)))
    assert len(set(addresses)) == 1
    parts = [content for content, _ in desk.unfolded]
    assert len(parts) == len(set(parts)) > 1


async def test_the_arrow_points_to_what_is_answered_where_that_stands_alone(desk, messenger):
    await desk.press(1)
    parent = messenger.messages[-1].id
    await desk.press(2)
    assert [arrow for _, arrow in desk.unfolded] == [desk.pages[1], parent]


async def test_a_long_comment_is_posted_in_parts_that_hang_on_each_other(desk, messenger):
    await desk.press(3)
    parts = desk.unfolded
    assert len(parts) > 2
    ids = [kept.id for kept in messenger.messages[desk.before :]]
    assert [arrow for _, arrow in parts] == [desk.pages[3], *ids[:-1]]
    words = " ".join(" ".join(content.splitlines()[1:-1]) for content, _ in parts)
    assert words.split() == LONG.split()


async def test_what_the_source_does_not_hold_is_still_said(desk):
    await desk.press(4)
    ((content, _),) = desk.unfolded
    assert content.endswith("-# Comment 4, lost its parent")


async def test_quoted_words_carry_credit_and_link(tmp_path, messenger):
    async with Database.open(tmp_path / "quoted.sqlite3") as store:
        desk = Desk(store, messenger)
        await desk.imported(rights=Rights.QUOTED)
        await desk.press(1)
        ((content, _),) = desk.unfolded
    assert content.endswith(
        "-# Comment 1, quoted from [Harbour Lines](<https://harbour-lines.example/2019/02/ferry>)"
    )


async def test_a_message_deleted_by_hand_is_posted_anew(desk, messenger):
    await desk.press(1)
    await desk.store.messages.mark_gone(GUILD, [messenger.messages[-1].id])
    await desk.press(1)
    assert len(desk.unfolded) == 2


async def test_a_members_answer_is_a_message_already(desk, messenger):
    message = MessageId(messenger._next())
    live = LiveComment(GUILD, desk.run.article_id, desk.thread, message, ALICE, "Yes.", "Yes.", NOON)
    number = comment_number((await desk.store.comments.add_live(live)).comment_id)
    assert await desk.press(number) == messenger.url(GUILD, desk.thread, message)
    assert desk.unfolded == []


async def test_an_unknown_page_and_an_unknown_comment_are_no_mystery(desk):
    with pytest.raises(NotFoundError, match="I do not know this page any more"):
        await desk.press(1, page=MessageId(999_999))
    for number in (77, 1 << 20, (1 << 20) + 1):
        with pytest.raises(NotFoundError, match="no such comment"):
            await desk.press(number)
    with pytest.raises(NotFoundError):
        await desk.unfolder.unfold(GuildId(8), desk.pages[1], 1)
    assert desk.unfolded == []


async def test_an_article_that_is_taken_back_unfolds_no_more(desk):
    await desk.store.imports.begin_undo(GUILD, desk.run.id, UndoScope.MESSAGES, actor=ADMIN, at=NOON)
    with pytest.raises(RefusedError, match="being taken back"):
        await desk.press(1)
    assert desk.unfolded == []


async def test_a_member_who_deleted_an_answer_is_not_asked_again(desk, messenger):
    message = MessageId(messenger._next())
    live = LiveComment(GUILD, desk.run.article_id, desk.thread, message, ALICE, "Yes.", "Yes.", NOON)
    number = comment_number((await desk.store.comments.add_live(live)).comment_id)
    await desk.store.comments.lose_messages(GUILD, [message], at=NOON)
    with pytest.raises(
        RefusedError, match=r"Comment 5 was deleted by the member who wrote it\. Its answers stay"
    ):
        await desk.press(number)


async def test_what_discord_refuses_is_said_and_nothing_is_kept(desk, messenger):
    class Locked(FakeMessenger):
        async def send(self, *args, **options):
            raise DeliveryError("The thread is locked.")

    locked = Unfolder(store=desk.store, messenger=Locked(), clock=StillClock())
    with pytest.raises(RefusedError, match=r"\*\*Nothing was posted\.\*\* The thread is locked\.") as refused:
        await desk.press(1, unfolder=locked)
    assert "a plain message" in refused.value.next_step
    assert await desk.store.unfoldings.find(GUILD, desk.comment(1)) == []
    await desk.press(1)
    assert len(desk.unfolded) == 1


async def test_a_refusal_in_the_middle_leaves_the_rest_for_the_next_press(desk, messenger):
    class Full(FakeMessenger):
        async def send(self, *args, **options):
            if self.calls == 1:
                raise DeliveryError("I lack a right there.")
            return await super().send(*args, **options)

    full = Full(messages=messenger.messages, _ids=messenger._ids)
    with pytest.raises(RefusedError, match="Only a part of it was posted"):
        await desk.press(3, unfolder=Unfolder(store=desk.store, messenger=full, clock=StillClock()))
    assert len(desk.unfolded) == 1
    messenger._ids = full._ids
    await desk.press(3)
    contents = [content for content, _ in desk.unfolded]
    assert len(contents) == len(set(contents)) > 2


@pytest.mark.parametrize("settled_by", ["press", "start"])
@pytest.mark.parametrize("heard", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("forgetful", [False, True], ids=["nonce", "no-nonce"])
@pytest.mark.parametrize("crash_at", [1, 2, 3])
async def test_a_crash_at_every_call_leaves_nothing_missing_and_nothing_double(
    tmp_path, settled_by, heard, forgetful, crash_at
):
    messenger = FakeMessenger(remembers_nonces=not forgetful)
    async with Database.open(tmp_path / "a.sqlite3") as store:
        desk = Desk(store, messenger)
        await desk.imported()
        messenger.crash_at, messenger.after = crash_at, heard
        with pytest.raises(Crashed):
            await desk.press(3)
    messenger.crash_at = None
    # People went on writing meanwhile: more than one answer to a question about history.
    for _ in range(150):
        messenger.messages.append(
            Kept(
                MessageId(messenger._next()),
                desk.thread,
                desk.messenger.messages[0].outgoing,
                None,
                None,
                ALICE,
            )
        )
    async with Database.open(tmp_path / "a.sqlite3") as store:
        again = Unfolder(store=store, messenger=messenger, clock=StillClock())
        if settled_by == "start":
            await again.finish(GUILD)
        else:
            await again.unfold(GUILD, desk.pages[3], 3)
        assert await store.unfoldings.list_unfinished(GUILD) == []
    parts = [content for content, _ in desk.unfolded]
    assert len(parts) == len(set(parts)) == 3
    assert " ".join(" ".join(part.splitlines()[1:-1]) for part in parts).split() == LONG.split()


async def test_a_lost_answer_is_not_called_a_failure(desk, messenger):
    messenger.failing = 1
    with pytest.raises(RefusedError, match="It is not certain whether it was posted") as refused:
        await desk.press(1)
    assert "press Answer again" in refused.value.next_step
    await desk.press(1)
    assert len(desk.unfolded) == 1


async def test_what_cannot_be_finished_at_the_start_is_let_go(desk, messenger):
    messenger.failing = 1
    with pytest.raises(RefusedError):
        await desk.press(1)

    class Gone(FakeMessenger):
        async def history(self, *args, **options):
            raise DeliveryError("The channel or thread is not there any more.")

    await Unfolder(store=desk.store, messenger=Gone(), clock=StillClock()).finish(GUILD)
    assert await desk.store.unfoldings.list_unfinished(GUILD) == []
