"""The floors that real pages must keep; those pages lie beside the checkout, and nowhere else."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from bot.domain.discussion import Discussion
from bot.sources.register import read

SHARED = Path(__file__).parents[3] / ".." / "shared"
CASES = SHARED / "cases"

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


def read_case(record: dict) -> dict:
    path = CASES / record["file"]
    (discussion,) = read(path.read_bytes(), location=path.name)
    return json.loads(discussion.model_dump_json())


def test_the_seed_is_read_as_its_truth_says(scorer: ModuleType) -> None:
    record = json.loads((CASES / "truth" / "textdump__seed.json").read_text(encoding="utf-8"))
    found = read_case(record)
    score = scorer.score(record, found)
    assert score["R"] >= 0.87
    assert score["P"] >= 0.88
    assert (score["E"], score["A"], score["D"], score["inv"]) == (1, 1, 1, 0)
    truth = json.loads((SHARED / "seed" / "truth.json").read_text(encoding="utf-8"))
    assert scorer.article_faults(truth, found["article"]) == []


def test_the_seed_s_pull_quote_is_anchored_where_it_recurs() -> None:
    truth = json.loads((SHARED / "seed" / "truth.json").read_text(encoding="utf-8"))
    found = Discussion.model_validate(read_case({"file": "../seed/article.txt"}))
    (quote,) = found.article.pull_quotes
    assert quote.block == truth["pull_quote_source_block"]
    assert quote.start is not None
    assert found.article.blocks[quote.block].text[quote.start : quote.end] in truth["pull_quote"]
    assert [block.kind.value for block in found.article.blocks] == [block["kind"] for block in truth["body"]]


def test_the_text_dumps_keep_their_floors_over_all(scorer: ModuleType) -> None:
    rows = []
    for path in sorted((CASES / "truth").glob("textdump*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        rows.append(scorer.score(record, read_case(record)))
    comments = sum(row["n"] for row in rows)
    mean = {key: sum(row[key] * row["n"] for row in rows) / comments for key in "RPEA"}
    assert mean["R"] >= 0.85
    assert mean["P"] >= 0.90
    assert mean["E"] >= 0.97
    assert mean["A"] >= 0.97
    assert [row["inv"] for row in rows] == [0] * len(rows)
