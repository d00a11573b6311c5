"""What a preview proposes, what its answers change, and what is refused before anything is posted."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot.adapters.fetching.fetcher import HttpFetcher
from bot.adapters.reading import SourceReader
from bot.domain.discussion import Rights
from bot.domain.limits import ACTIVE_THREADS
from bot.domain.outgoing import Layout
from bot.errors import NotFoundError, RefusedError
from bot.ports.messenger import ForumTag
from bot.ports.records import ChannelId, GuildId, GuildSettings, ImportState, UserId
from bot.services.gathering import Gatherer
from bot.services.importer import Importer
from bot.settings import FetchSettings
from storage.database import Database
from tests.bot.services.runs import publisher as publisher_of
from tests.discussions import NOON
from tests.fake_messenger import FakeMessenger
from tests.pages import FERRY_PAGE

pytestmark = pytest.mark.asyncio

GUILD, FORUM, LOUNGE, MIRA, BERT = GuildId(7), ChannelId(70), ChannelId(71), UserId(700), UserId(701)
TAGS = (ForumTag(5, "Articles", moderated=False), ForumTag(6, "Old", moderated=False))


class TurningClock:
    """Time that a test moves."""

    def __init__(self):
        self.passed = timedelta(0)

    def now(self):
        return NOON + self.passed

    async def sleep(self, seconds):
        await asyncio.sleep(0)


@pytest.fixture
def clock():
    return TurningClock()


@pytest.fixture
def messenger():
    return FakeMessenger()


@pytest_asyncio.fixture
async def store(tmp_path):
    async with Database.open(tmp_path / "a.sqlite3") as store:
        yield store


def importer_of(store, messenger, clock):
    publisher = publisher_of(store, messenger, clock)
    reader = SourceReader(max_bytes=1 << 20, timeout=20.0)
    importer = Importer(
        store=store,
        reader=reader,
        gatherer=Gatherer(fetcher=HttpFetcher(FetchSettings(), clock=clock), reader=reader),
        messenger=messenger,
        publisher=publisher,
        clock=clock,
        progress_from=30,
        one_by_one_limit=60,
        contact=None,
    )
    return importer, publisher


@pytest.fixture
def importer(store, messenger, clock):
    return importer_of(store, messenger, clock)[0]


async def proposed(importer, channel_id=FORUM, **options):
    return await importer.propose(
        GUILD, MIRA, channel_id, FERRY_PAGE.encode(), location="page.txt", **options
    )


async def settle_on(store, **settings):
    await store.guilds.save_settings(GuildSettings(GUILD, **settings), actor=MIRA, at=NOON)


async def test_an_import_begins_with_what_the_guild_has_chosen(importer, store, messenger):
    messenger.place_has = {"tags": TAGS}
    await settle_on(store, layout=Layout.CARDS, tags=(6, 404))
    proposal = await proposed(importer)
    assert (proposal.draft.layout, proposal.draft.tags) == (Layout.CARDS, (6,))
    assert proposal.plan.layout is Layout.CARDS
    assert "**Where:** new post in <#70>, tag Old" in proposal.shown.summary
    asked_for = await proposed(importer, layout=Layout.REPLIES)
    assert asked_for.plan.layout is Layout.REPLIES


async def test_every_change_is_laid_out_anew(importer, messenger):
    messenger.place_has = {"tags": TAGS}
    first = await proposed(importer)
    assert (first.draft.layout, first.plan.layout) == (Layout.AUTO, Layout.REPLIES)
    second = await importer.choose(first.draft, layout=Layout.CARDS, tags=[5])
    assert second.plan.layout is Layout.CARDS
    assert "on pages of several comments, 3 messages" in second.shown.summary
    assert "tag Articles" in second.shown.summary
    third = await importer.choose(second.draft, rights=Rights.QUOTED)
    assert third.plan.messages[0].outgoing.attachment is None
    assert (third.draft.layout, third.draft.tags) == (Layout.CARDS, (5,))


async def test_another_channel_has_other_tags(importer, store, messenger):
    messenger.place_has = {"tags": TAGS}
    await settle_on(store, tags=(6,))
    draft = (await importer.choose((await proposed(importer)).draft, tags=[5])).draft
    messenger.place_has = {"tags": TAGS[1:]}
    moved = await importer.choose(draft, channel_id=LOUNGE, tags=[5])
    assert (moved.draft.place.channel_id, moved.draft.tags) == (LOUNGE, (6,))
    messenger.kind = "text"
    messenger.place_has = {}
    again = await importer.choose(moved.draft, channel_id=FORUM)
    assert "**Where:** a card in <#70>, with the comments in a thread under it" in again.shown.summary


@pytest.mark.parametrize("kind", ["other", "nowhere"])
async def test_a_channel_that_takes_no_article_changes_nothing(importer, messenger, kind):
    draft = (await proposed(importer)).draft
    messenger.kind = kind
    if kind == "nowhere":
        messenger.guild_id = GuildId(8)
    with pytest.raises((RefusedError, NotFoundError)):
        await importer.choose(draft, channel_id=LOUNGE, layout=Layout.CARDS)
    kept = importer.get_draft(draft.id, MIRA)
    assert (kept.place.channel_id, kept.layout) == (FORUM, Layout.AUTO)


async def test_where_nothing_can_be_posted_under_their_names_it_goes_one_by_one_and_says_why(
    importer, messenger
):
    messenger.no_voices = "I lack Manage Webhooks in <#70>."
    proposal = await proposed(importer, layout=Layout.VOICES)
    assert proposal.plan.layout is Layout.REPLIES
    said = "**Not under their names, but one by one:** I lack Manage Webhooks in <#70>."
    assert said in proposal.shown.summary
    messenger.no_voices = None
    assert (await proposed(importer, layout=Layout.VOICES)).plan.layout is Layout.VOICES


@pytest.mark.parametrize(("open_threads", "told"), [(899, False), (900, True), (ACTIVE_THREADS, True)])
async def test_a_server_that_is_nearly_full_of_threads_is_told(importer, messenger, open_threads, told):
    messenger.place_has = {"active_threads": open_threads}
    said = f"**Threads:** {open_threads:,} are open in this server, and Discord allows about 1,000."
    assert (said in (await proposed(importer)).shown.summary) is told
    messenger.kind = "thread"
    assert "**Threads:**" not in (await proposed(importer)).shown.summary


async def test_a_forum_that_requires_a_tag_gets_none_without(importer, messenger):
    messenger.place_has = {"tags": TAGS, "tag_required": True}
    draft = (await importer.choose((await proposed(importer)).draft, rights=Rights.OWN)).draft
    with pytest.raises(RefusedError, match=r"requires a tag\. Choose one first\. Nothing was posted\."):
        await importer.post(draft)
    assert messenger.messages == []
    chosen = await importer.choose(draft, tags=[5])
    await importer.post(chosen.draft)


async def test_a_right_that_went_away_since_is_missed_before_anything_is_posted(importer, messenger):
    draft = (await importer.choose((await proposed(importer)).draft, rights=Rights.OWN)).draft
    messenger.place_has = {"missing": ("Attach Files",)}
    with pytest.raises(RefusedError, match="I lack a right there"):
        await importer.post(draft)
    assert messenger.messages == []
    messenger.place_has = {}
    await importer.post(importer.get_draft(draft.id, MIRA))


async def test_a_draft_answers_its_person_for_a_quarter_of_an_hour_and_once(store, messenger, clock):
    importer, _ = importer_of(store, messenger, clock)
    draft = (await proposed(importer)).draft
    assert importer.get_draft(draft.id, MIRA) == draft
    with pytest.raises(RefusedError, match="Only the person who started this import"):
        importer.get_draft(draft.id, BERT)
    importer.discard(draft)
    with pytest.raises(RefusedError, match="answered already, or I was restarted since"):
        importer.get_draft(draft.id, MIRA)
    clock.passed = timedelta(minutes=15)
    for whoever in (importer, importer_of(store, messenger, clock)[0]):
        with pytest.raises(
            RefusedError,
            match=r"^This preview is 15 minutes old\. Run the import again; nothing was posted\.$",
        ):
            whoever.get_draft(draft.id, MIRA)


async def test_a_thread_that_is_there_already_takes_the_card_and_nothing_else_is_touched(
    store, messenger, clock
):
    messenger.kind = "thread"
    importer, publisher = importer_of(store, messenger, clock)
    proposal = await proposed(importer, LOUNGE)
    assert "**Where:** the thread <#71>, under what stands there" in proposal.shown.summary
    card = proposal.plan.messages[0].outgoing
    assert card.content.startswith("**The ferry that never sailed**\n")
    run = await importer.post(replace(proposal.draft, rights=Rights.OWN))
    await publisher.ended(run.id)
    run = await store.imports.get(GUILD, run.id)
    assert (run.state, run.thread_id) == (ImportState.DONE, LOUNGE)
    assert {kept.channel_id for kept in messenger.messages} == {LOUNGE}
    assert messenger.threads == {}
    (thread,) = await store.threads.list_tracked()
    assert (thread.shared, thread.cursor) == (True, messenger.messages[0].id)
    with pytest.raises(RefusedError, match="belongs to another article already"):
        await proposed(importer, LOUNGE)


async def test_two_previews_for_one_thread_make_one_import(store, messenger, clock):
    messenger.kind = "thread"
    importer, publisher = importer_of(store, messenger, clock)
    first, second = await proposed(importer, LOUNGE), await proposed(importer, LOUNGE)
    run = await importer.post(replace(first.draft, rights=Rights.OWN))
    await publisher.ended(run.id)
    before = len(messenger.messages)
    with pytest.raises(RefusedError, match="belongs to another article already"):
        await importer.post(replace(second.draft, rights=Rights.OWN))
    assert len(messenger.messages) == before
