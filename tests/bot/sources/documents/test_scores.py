"""The real documents with their hand-checked trees, which lie beside the checkout and nowhere else."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bot.sources.register import read

CASES = Path(__file__).parents[4] / ".." / "shared" / "cases"
KINDS = ("hn-", "lobsters-json", "reddit-json", "discourse-json", "wp-rest")

pytestmark = pytest.mark.skipif(
    not (CASES / "score.py").exists(), reason="the real documents are not beside the checkout"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CASES / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRUTHS = [path for path in sorted((CASES / "truth").glob("*.json")) if path.name.startswith(KINDS)]


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.stem)
def test_nothing_is_missed_and_nothing_invented(scorer: ModuleType, truth: Path) -> None:
    record = json.loads(truth.read_text(encoding="utf-8"))
    path = CASES / record["file"]
    found = [
        json.loads(discussion.model_dump_json()) for discussion in read(path.read_bytes(), location=path.name)
    ]
    score = scorer.score(record, scorer.choose(record, found))
    assert {key: score[key] for key in "RPEAD"} == dict.fromkeys("RPEAD", 1.0)
    assert score["inv"] == 0
