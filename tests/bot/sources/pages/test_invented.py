"""Invented pages in the forms of real systems and themes, each beside the outline that a person would draw of it."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.domain.discussion import Comment, CommentKind, Discussion
from bot.sources.register import read

INVENTED = Path(__file__).parent / "invented"
PAGES = sorted(path.stem for path in INVENTED.glob("*.html"))


def discussion_of(name: str) -> Discussion:
    path = INVENTED / f"{name}.html"
    (discussion,) = read(path.read_bytes(), location=path.name)
    return discussion


def outline(discussion: Discussion) -> str:
    source = discussion.source
    declared = "none" if source.declared_comments is None else source.declared_comments
    head = f"{source.kind}, {declared} declared, {'complete' if source.complete else 'incomplete'}"
    return "\n".join([head, *map(line, discussion.comments)])


def line(comment: Comment) -> str:
    kind = "" if comment.kind is CommentKind.COMMENT else f"{comment.kind.value} "
    key = "*" if re.fullmatch("t[0-9a-f]{20}", comment.key) else comment.key
    text = comment.text.replace("\n\n", " // ").replace("\n", " / ").replace("\u00a0", " ")
    return (
        f"{'  ' * comment.depth}{kind}{key} | {comment.author or '-'} | {moment(comment.posted_at)} | {text}"
    )


def moment(posted_at: date | None) -> str:
    return posted_at.isoformat() if posted_at else "-"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_a_person_would(name: str) -> None:
    expected = (INVENTED / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    assert outline(discussion_of(name)).splitlines() == expected.splitlines()
