"""What real exports and feeds must keep."""

from pathlib import Path

import pytest

from bot.domain.discussion import CommentKind
from bot.sources.exports import read
from bot.sources.material import Material
from tests.shared_cases import bytes_of, needs_cases, record_in, scorer, truths

pytestmark = needs_cases

#: A comment there is a picture with a line above and below; the truth leaves out its alternative text.
WITH_A_PICTURE = {"wxr__themeunit-Template-Comments": 0.94}
KINDS = ("wxr", "disqus-xml", "blogger-atom", "wp-comments-rss", "reddit-rss")


def without_held(record: dict, held: set[str]) -> dict:
    """The truth counts comments that wait for approval as comments; they are no such thing here."""
    kept = [comment for comment in record["comments"] if f"comment-{comment['id']}" not in held]
    return {**record, "comments": kept}


@pytest.mark.parametrize("truth", truths(*KINDS), ids=lambda path: path.stem)
def test_a_real_file_is_read_whole(truth: Path) -> None:
    record = record_in(truth)
    found = list(read(Material(bytes_of(record), "")))
    chosen = scorer().choose(record, [discussion.model_dump(mode="json") for discussion in found])
    held = {comment["key"] for comment in chosen["comments"] if comment["kind"] == CommentKind.HELD}
    score = scorer().score(without_held(record, held), chosen)
    floor = WITH_A_PICTURE.get(truth.stem, 1)
    assert min(score["R"], score["P"]) >= floor
    assert (score["E"], score["A"], score["D"], score["inv"]) == (1, 1, 1, 0)
