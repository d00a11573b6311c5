"""The real documents with their hand-checked trees."""

from pathlib import Path

import pytest

from bot.sources.register import read
from tests.shared_cases import bytes_of, needs_cases, record_in, scorer, truths

pytestmark = needs_cases

KINDS = ("hn-", "lobsters-json", "reddit-json", "discourse-json", "wp-rest")


@pytest.mark.parametrize("truth", truths(*KINDS), ids=lambda truth: truth.stem)
def test_nothing_is_missed_and_nothing_invented(truth: Path) -> None:
    record = record_in(truth)
    found = [d.model_dump(mode="json") for d in read(bytes_of(record), location=record["file"])]
    score = scorer().score(record, scorer().choose(record, found))
    assert {key: score[key] for key in "RPEAD"} == dict.fromkeys("RPEAD", 1.0)
    assert score["inv"] == 0
