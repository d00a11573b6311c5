from datetime import date

import pytest

from bot.domain.discussion import Article, Block, BlockKind, PullQuote, Rights, Source
from bot.errors import NotFoundError
from bot.ports.records import ArticleRecord, UndoScope
from storage.database import Database
from tests.discussions import FERRY, comment
from tests.storage.world import FORUM, HOME, NOW, World, live, new_import

pytestmark = pytest.mark.asyncio

FULL = Article(
    title="Every field has its place",
    url="https://harbour-lines.example/every-field",
    site="Harbour Lines",
    byline="Ines Okafor",
    published=date(2025, 2, 12),
    published_source="inferred",
    language="de",
    lede="In short.",
    blocks=(
        Block(kind=BlockKind.HEADING, markdown="## First", text="First"),
        Block(kind=BlockKind.QUOTE, markdown="> *Second*", text="Second", speaker="Anton Reyes"),
    ),
    pull_quotes=(
        PullQuote(text="Second", source="lede", block=1, start=0, end=6),
        PullQuote(text="Nowhere", source="inferred"),
    ),
)


async def imported(database: Database, article: Article, nonce_key: int = 1) -> ArticleRecord:
    run = await database.imports.begin(new_import(comment("a"), article=article, nonce_key=nonce_key))
    return await database.articles.get(HOME, run.article_id)


async def test_an_article_comes_back_whole(database: Database) -> None:
    record = await imported(database, FULL)
    assert await database.articles.get_article(HOME, record.id) == FULL


async def test_a_bare_article_comes_back_bare(database: Database) -> None:
    record = await imported(database, Article(title="Bare"))
    assert await database.articles.get_article(HOME, record.id) == Article(title="Bare")


async def test_a_record_says_where_the_article_stands(database: Database, world: World) -> None:
    record = await database.articles.get(HOME, world.article_id)
    assert record.article == FERRY.model_copy(update={"blocks": ()})
    assert record.source == Source(
        kind="flattened-text", location="ferry.txt", declared_comments=4, complete=False
    )
    assert (record.rights, record.created_at) == (Rights.OWN, NOW)
    assert (record.channel_id, record.thread_id) == (FORUM, world.thread_id)
    assert (record.imported, record.live) == (3, 1)


async def test_an_answer_that_was_deleted_is_not_counted(database: Database, world: World) -> None:
    await database.comments.add_live(live(world, 5))
    await database.comments.lose_messages(HOME, [world.live_message], at=NOW)
    record = await database.articles.get(HOME, world.article_id)
    assert (record.imported, record.live) == (3, 1)


async def test_it_is_found_by_its_short_id_as_people_type_it(database: Database, world: World) -> None:
    typed = f" {world.article.short_id.upper()} "
    assert (await database.articles.get_by_short_id(HOME, typed)).id == world.article_id


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", [3, 2, 1]), ("FERRY", [2, 1]), ("ferry that", [1]), ("straße", [2]), ("tram", [])],
)
async def test_the_list_is_searched_without_case_newest_first(
    database: Database, text: str, numbers: list[int]
) -> None:
    for number, title in enumerate(("The Ferry that never sailed", "STRASSE zur ferry", "A bench"), start=1):
        await imported(database, Article(title=title), nonce_key=number)
    assert [record.id for record in await database.articles.list_articles(HOME, text=text)] == numbers


@pytest.mark.parametrize(
    ("text", "hits"), [("50%", 1), ("%", 1), ("f_s", 1), ("n\\", 1), ("f%s", 0), ("5_%", 0)]
)
async def test_signs_of_sql_are_only_signs(database: Database, text: str, hits: int) -> None:
    await imported(database, Article(title="50% off_season\\"))
    assert len(await database.articles.list_articles(HOME, text=text)) == hits


async def test_the_list_ends_at_its_limit(database: Database) -> None:
    for number in range(1, 5):
        await imported(database, Article(title=f"Part {number}"), nonce_key=number)
    found = await database.articles.list_articles(HOME, limit=2)
    assert [record.article.title for record in found] == ["Part 4", "Part 3"]


async def test_the_same_address_is_the_same_article(database: Database) -> None:
    record = await imported(database, FULL)
    same = await database.articles.find_same(HOME, Article(title="Renamed", url=FULL.url))
    assert same == record
    assert (
        await database.articles.find_same(HOME, FULL.model_copy(update={"url": "https://other.example/"}))
        is None
    )


async def test_without_an_address_title_and_text_decide(database: Database) -> None:
    nameless = FULL.model_copy(update={"url": None})
    record = await imported(database, nameless)
    assert await database.articles.find_same(HOME, nameless.model_copy(update={"byline": None})) == record
    assert await database.articles.find_same(HOME, nameless.model_copy(update={"title": "Another"})) is None
    assert (
        await database.articles.find_same(HOME, nameless.model_copy(update={"blocks": FULL.blocks[:1]}))
        is None
    )


async def test_of_two_the_newer_is_found(database: Database) -> None:
    await imported(database, FULL, nonce_key=1)
    second = await imported(database, FULL, nonce_key=2)
    assert await database.articles.find_same(HOME, FULL) == second


async def test_one_that_was_taken_back_is_in_no_list_and_no_twin(database: Database, world: World) -> None:
    await database.imports.finish_undo(world.import_id, UndoScope.MESSAGES, at=NOW)
    assert await database.articles.list_articles(HOME) == []
    assert await database.articles.find_same(HOME, FERRY) is None
    with pytest.raises(NotFoundError):
        await database.articles.get_by_short_id(HOME, world.article.short_id)
    assert (await database.articles.get(HOME, world.article_id)).undone_at == NOW
