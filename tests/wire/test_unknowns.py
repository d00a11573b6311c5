"""Whatever Discord's unknown figures are, an import ends whole and is hardly ever told that it is too fast.

On the clock that jumps, with the real bot in this process.
"""

from pathlib import Path

import pytest

from bot.domain.outgoing import Layout
from tests.wire import virtual
from tests.wire.committing import lay
from tests.wire.ground import ground
from tests.wire.pages import LONG_PAGE
from tests.wire.unknowns import Unknowns, each_otherwise

SWITCHED = [("as measured", Unknowns()), *each_otherwise()]
#: That threads are counted together can only be learned by being refused: each import once.
LEARNED = 3


async def three_imports(directory: Path, unknowns: Unknowns) -> None:
    """One in every layout, at once, and then all of it is there."""
    laid = {
        layout: lay(LONG_PAGE.encode(), layout) for layout in (Layout.REPLIES, Layout.CARDS, Layout.VOICES)
    }
    async with ground(directory, unknowns=unknowns) as here:
        runs = {layout: await here.begin(article) for layout, article in laid.items()}
        await here.finished(*runs.values())
        threads = sorted(here.room.guild.threads.values(), key=lambda thread: len(thread.messages))
        planned = sorted(len(article.plan.messages) for article in laid.values())
        assert [len(thread.messages) for thread in threads] == planned
        struck = here.wire.limits.struck
        assert struck["global"] == 0
        assert struck["user"] <= (0 if unknowns == Unknowns() else LEARNED)


@pytest.mark.parametrize(("switch", "unknowns"), SWITCHED, ids=[name for name, _ in SWITCHED])
def test_imports_end_whole_under_every_answer(tmp_path: Path, switch: str, unknowns: Unknowns):
    virtual.run(three_imports(tmp_path, unknowns))
