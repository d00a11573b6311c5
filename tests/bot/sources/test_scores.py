"""The floors that real text dumps and real pages must keep."""

import json
from pathlib import Path

import pytest

from bot.domain.discussion import Discussion
from bot.sources.register import read
from tests.shared_cases import SHARED, bytes_of, needs_cases, record_in, scorer, truths

pytestmark = needs_cases

SYSTEMS = ("wp-html", "wpdiscuz-html", "blogger-html", "drupal-html", "lobsters-html")


def read_case(record: dict) -> dict:
    (discussion,) = read(bytes_of(record), location=record["file"])
    return discussion.model_dump(mode="json")


def test_the_seed_is_read_as_its_truth_says() -> None:
    record = record_in(truths("textdump__seed")[0])
    found = read_case(record)
    score = scorer().score(record, found)
    assert score["R"] >= 0.87
    assert score["P"] >= 0.88
    assert (score["E"], score["A"], score["D"], score["inv"]) == (1, 1, 1, 0)
    truth = json.loads((SHARED / "seed" / "truth.json").read_text(encoding="utf-8"))
    assert scorer().article_faults(truth, found["article"]) == []


def test_the_seed_s_pull_quote_is_anchored_where_it_recurs() -> None:
    truth = json.loads((SHARED / "seed" / "truth.json").read_text(encoding="utf-8"))
    found = Discussion.model_validate(read_case({"file": "../seed/article.txt"}))
    (quote,) = found.article.pull_quotes
    assert quote.block == truth["pull_quote_source_block"]
    assert quote.start is not None
    assert found.article.blocks[quote.block].text[quote.start : quote.end] in truth["pull_quote"]
    assert [block.kind.value for block in found.article.blocks] == [block["kind"] for block in truth["body"]]


def test_the_text_dumps_keep_their_floors_over_all() -> None:
    rows = []
    for truth in truths("textdump"):
        record = record_in(truth)
        rows.append(scorer().score(record, read_case(record)))
    comments = sum(row["n"] for row in rows)
    mean = {key: sum(row[key] * row["n"] for row in rows) / comments for key in "RPEA"}
    assert mean["R"] >= 0.85
    assert mean["P"] >= 0.90
    assert mean["E"] >= 0.97
    assert mean["A"] >= 0.97
    assert [row["inv"] for row in rows] == [0] * len(rows)


@pytest.mark.parametrize("truth", truths(*SYSTEMS), ids=lambda truth: truth.stem)
def test_a_page_of_a_known_system_is_read_whole(truth: Path) -> None:
    record = record_in(truth)
    score = scorer().score(record, read_case(record))
    assert min(score[key] for key in "RPEA") >= 0.995
    assert score["D"] >= 0.99
    assert score["inv"] == 0
