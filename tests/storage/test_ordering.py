"""Display order, against a tree that is kept in memory."""

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ports.records import CommentId, MessageId
from storage.comments import Comments
from storage.database import Database
from storage.ordering import GAP, place_between
from tests.discussions import comment
from tests.storage.rows import select
from tests.storage.world import HOME, NOW, World, live, new_import, settle

#: From room for a single answer to what is really used.
GAPS = [2, 3, 5, 300, GAP]


@dataclass
class Node:
    """A comment as the model has it."""

    id: CommentId
    depth: int
    text: str
    message_id: MessageId | None = None
    children: list["Node"] = field(default_factory=list)


def preorder(roots: list[Node]) -> list[tuple[CommentId, int, str]]:
    found: list[tuple[CommentId, int, str]] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting.pop()
        found.append((node.id, node.depth, node.text))
        waiting.extend(reversed(node.children))
    return found


#: What happens, and to which of the comments there are by then.
STEPS = st.lists(
    st.tuples(st.sampled_from(["answer", "answer", "answer", "edit", "delete"]), st.integers(0, 10**6)),
    max_size=40,
)


class Play:
    """The same steps on the database and on the model."""

    def __init__(self, database: Database, world: World, gap: int) -> None:
        self.database = database
        self.world = world
        self.comments = Comments(database.comments._engine, gap=gap)
        self.gap = gap
        self.nodes: list[Node] = []
        self.roots: list[Node] = []

    async def start(self, nonce_key: int) -> None:
        """A new article in the same thread: x, y below it, z."""
        run = await self.database.imports.begin(
            new_import(comment("x"), comment("y", "x"), comment("z"), nonce_key=nonce_key)
        )
        await self.database.imports.set_thread(run.id, self.world.thread_id + nonce_key)
        first = run.article_id << 20 | 1

        def tighten(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE comments SET ord = ord / ? * ? WHERE article_id = ?", (GAP, self.gap, run.article_id)
            )

        await self.database.comments._engine.write(tighten)
        x, y, z = (
            Node(CommentId(first + place), depth, f"What {key} says about the ferry.")
            for place, (key, depth) in enumerate((("x", 0), ("y", 1), ("z", 0)))
        )
        x.children.append(y)
        self.nodes, self.roots = [x, y, z], [x, z]
        self.world = World(
            **{
                **vars(self.world),
                "article_id": run.article_id,
                "thread_id": self.world.thread_id + nonce_key,
            }
        )

    async def step(self, action: str, pick: int, message_id: int) -> None:
        if action == "answer":
            await self.answer(pick, message_id)
            return
        node = self.nodes[pick % len(self.nodes)]
        message = node.message_id or MessageId(0)
        if action == "edit":
            edited = await self.comments.edit_live(HOME, message, markdown="new", text=f"new {pick}", at=NOW)
            assert (edited is not None) == (
                node.message_id is not None and node.text not in {"", f"new {pick}"}
            )
            if edited is not None:
                node.text = f"new {pick}"
        else:
            deleted = await self.comments.lose_messages(HOME, [message], at=NOW)
            assert deleted.comments == (node.message_id is not None and node.text != "")
            if deleted.comments:
                node.text = ""

    async def answer(self, pick: int, message_id: int) -> None:
        place = pick % (len(self.nodes) + 1)
        parent = self.nodes[place] if place < len(self.nodes) else None
        attached = await self.comments.add_live(live(self.world, message_id, parent.id if parent else None))
        assert attached is not None
        record = await self.comments.get(HOME, attached.comment_id)
        node = Node(record.id, parent.depth + 1 if parent else 0, record.text, MessageId(message_id))
        (parent.children if parent else self.roots).append(node)
        self.nodes.append(node)
        assert record.number == len(self.nodes)

    async def check(self) -> None:
        tree = await self.comments.tree(HOME, self.world.article_id)
        assert [(record.id, record.depth, record.text) for record in tree] == preorder(self.roots)
        places = [record.ord for record in tree]
        assert places == sorted(set(places))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.Runner, Database, World]]:
    path: Path = tmp_path_factory.mktemp("ordering") / "rejoinder.sqlite3"
    opened = Database.open(path)
    with asyncio.Runner() as runner:
        database = runner.run(opened.__aenter__())
        yield runner, database, runner.run(settle(database))
        runner.run(opened.__aexit__(None, None, None))


fresh = count(1)


@pytest.mark.parametrize("gap", GAPS)
@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_any_sequence_keeps_the_order_of_the_tree(
    stage: tuple[asyncio.Runner, Database, World], gap: int, steps: list[tuple[str, int]]
) -> None:
    runner, database, world = stage

    async def play() -> None:
        article = next(fresh)
        scene = Play(database, world, gap)
        await scene.start(article)
        for number, (action, pick) in enumerate(steps):
            await scene.step(action, pick, article * 1_000_000 + number)
        await scene.check()

    runner.run(play())


@pytest.mark.asyncio
async def test_when_no_room_is_left_the_places_are_dealt_out_anew(path: Path) -> None:
    async with Database.open(path) as database:
        scene = Play(database, await settle(database), gap=2)
        await scene.start(1)
        await scene.answer(0, 501)
        assert [ord_ for (ord_,) in places(path, scene)] == [2, 4, 5, 6]
        await scene.answer(0, 502)
        assert [ord_ for (ord_,) in places(path, scene)] == [2, 4, 6, 7, 8]
        await scene.check()


def places(path: Path, scene: Play) -> list[tuple[int]]:
    return select(path, "SELECT ord FROM comments WHERE article_id = ? ORDER BY ord", scene.world.article_id)


def test_thousands_of_answers_fit_before_the_next_comment() -> None:
    before, answers = GAP, 0
    while (place := place_between(before, 2 * GAP)) is not None:
        before, answers = place, answers + 1
    assert answers > 5_000


def test_answers_to_answers_find_room_five_levels_deep() -> None:
    before, after = GAP, 2 * GAP
    for _ in range(5):
        first = place_between(before, after)
        assert first is not None
        second = place_between(first, after)
        assert second is not None
        before, after = first, second


@pytest.mark.parametrize(("before", "after", "place"), [(4, 5, None), (4, 6, 5), (4, 7, 5), (0, 1025, 4)])
def test_a_place_lies_between_its_neighbours(before: int, after: int, place: int | None) -> None:
    assert place_between(before, after) == place
