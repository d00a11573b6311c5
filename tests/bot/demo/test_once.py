"""`rejoinder demo --once`, as people run it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

SEED = Path(__file__).parents[4] / "shared" / "seed" / "article.txt"
LAST_LINE = re.compile(
    r"imported ([0-9]+) comments, ([0-9]+) messages, ([0-9]+) pull-quotes, ([0-9]+) live replies tracked$"
)


def play(*options: str) -> list[int]:
    """The four counts of the last line."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--once", *options],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = LAST_LINE.search(done.stdout.splitlines()[-1])
    assert found, done.stdout
    return [int(count) for count in found.groups()]


def test_the_sample_is_imported_quoted_and_answered() -> None:
    # The card, 24 comments and the end; three answers while the bot was there and one while it was not.
    assert play() == [24, 26, 1, 4]


@pytest.mark.skipif(not SEED.exists(), reason="../shared is not beside this checkout")
def test_the_seed_does_the_same() -> None:
    comments, messages, quotes, live = play("--source", str(SEED))
    assert comments >= 14
    assert messages >= comments + 2
    assert (quotes, live) == (1, 4)


def test_without_a_page_its_packages_are_not_wanted() -> None:
    program = "import sys, bot.demo.main; print(sorted({'PIL', 'simcord.preview'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
