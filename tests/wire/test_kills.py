"""Exactly once: an import whose process is killed at any moment looks, when it is done, as if nothing had happened.

Two hundred points are chosen by seed, over the three layouts and both kinds of place, half of them with two
requests in a hundred failing as well. A sample runs with all tests; ``make kills`` runs them all.
"""

import re
from pathlib import Path

import pytest

from bot.domain.outgoing import Layout
from tests.wire.importing import MOST_REFUSED
from tests.wire.kills import Line, Place, Point, article, kill_of, survive, undisturbed

pytestmark = pytest.mark.timeout(180)
POINTS, SAMPLE = 200, range(0, 200, 25)
#: History is read once to look for a message in doubt, once to catch up; then there is the list of webhooks.
LOOKS_BACK_PER_START = 4
Known = dict[tuple[Layout, Place], tuple[tuple[Line, ...], list[Point]]]


@pytest.fixture(scope="module")
def known() -> Known:
    return {}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "seed", [pytest.param(s, marks=() if s in SAMPLE else pytest.mark.slow) for s in range(POINTS)]
)
async def test_a_killed_import_ends_as_if_nothing_had_happened(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, known: Known, seed: int
):
    kill = kill_of(seed)
    where = kill.layout, kill.place
    if where not in known:
        known[where] = await undisturbed(tmp_path_factory.mktemp("undisturbed"), *where)
    expected, asked = known[where]
    outcome = await survive(tmp_path, kill, asked)
    assert outcome.story == expected, kill
    # A new process doesn't know what the old one has used up, and is told so once.
    assert outcome.invalid <= outcome.kills + MOST_REFUSED
    if not kill.stormy:
        assert outcome.looks_back <= LOOKS_BACK_PER_START * outcome.starts


def test_the_page_has_what_makes_it_hard():
    texts = [message.outgoing.content for message in article(Layout.REPLIES, "articles").plan.messages]
    assert sum(re.search(r"\n\\?\+1\n", text) is not None for text in texts) == 4
    assert sum("part 1 of" in text for text in texts) == 1
