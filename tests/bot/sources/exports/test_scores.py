"""What real exports and feeds must keep; those files lie beside the checkout, and nowhere else."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain.discussion import CommentKind
from bot.sources.exports import read
from bot.sources.material import Material

CASES = Path(__file__).parents[4] / ".." / "shared" / "cases"
#: A comment there is a picture with a line above and below; the truth leaves out its alternative text.
WITH_A_PICTURE = {"wxr__themeunit-Template-Comments": 0.94}
KINDS = ("wxr", "disqus-xml", "blogger-atom", "wp-comments-rss", "reddit-rss")

pytestmark = pytest.mark.skipif(
    not (CASES / "score.py").exists(), reason="the real pages are not beside the checkout"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CASES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_held(record: dict, held: set[str]) -> dict:
    """The truth counts comments that wait for approval as comments; they are no such thing here."""
    kept = [comment for comment in record["comments"] if f"comment-{comment['id']}" not in held]
    return {**record, "comments": kept}


@pytest.mark.parametrize(
    "truth",
    [path for kind in KINDS for path in sorted((CASES / "truth").glob(f"{kind}__*.json"))],
    ids=lambda path: path.stem,
)
def test_a_real_file_is_read_whole(scorer: ModuleType, truth: Path) -> None:
    record = json.loads(truth.read_text(encoding="utf-8"))
    found = read(Material((CASES / record["file"]).read_bytes(), ""))
    chosen = scorer.choose(record, [discussion.model_dump(mode="json") for discussion in found])
    held = {comment["key"] for comment in chosen["comments"] if comment["kind"] == CommentKind.HELD}
    score = scorer.score(without_held(record, held), chosen)
    floor = WITH_A_PICTURE.get(truth.stem, 1)
    assert min(score["R"], score["P"]) >= floor
    assert (score["E"], score["A"], score["D"], score["inv"]) == (1, 1, 1, 0)
