"""Whole feeds of our own, in several languages, against what a careful reader sees in them."""

import json
from pathlib import Path

import pytest

from bot.sources.exports import read
from bot.sources.material import Material

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.xml")), ids=lambda page: page.stem)
def test_a_feed_is_read_as_people_read_it(page: Path) -> None:
    found = list(read(Material(page.read_bytes(), "")))
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert [discussion.model_dump(mode="json", exclude_defaults=True) for discussion in found] == expected
