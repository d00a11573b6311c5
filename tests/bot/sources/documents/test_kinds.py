"""Every kind in its real form against what a careful reader sees in it.

The expected trees stand beside the documents; ``REJOINDER_UPDATE_EXPECTED=1`` writes them anew, to be read before
they are kept.
"""

import os
from pathlib import Path

import pytest

from bot.domain.discussion import Comment, Discussion
from bot.sources.register import read

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = sorted(FIXTURES.glob("*.json"))


def summary(discussion: Discussion) -> str:
    article, source = discussion.article, discussion.source
    published = f"{article.published.isoformat()} ({article.published_source})" if article.published else None
    facts = {
        "source": f"{source.kind}, {source.declared_comments} declared, {'all' if source.complete else 'not all'} here",
        "title": article.title,
        "url": article.url,
        "site": article.site,
        "byline": article.byline,
        "published": published,
        "language": article.language,
        "lede": article.lede,
    }
    lines = [f"{name:<10} {value}" for name, value in facts.items() if value is not None]
    lines += [f"{block.kind.value:<10} {flat(block.markdown)}" for block in article.blocks]
    lines += ["", *(line(comment) for comment in discussion.comments), ""]
    lines += [f"dropped    {dropped.reason}: {flat(dropped.text)}" for dropped in discussion.dropped]
    lines += [f"warning    {warning}" for warning in discussion.warnings]
    return "\n".join(lines).rstrip() + "\n"


def line(comment: Comment) -> str:
    who = comment.author or "?"
    when = comment.posted_at.isoformat() if comment.posted_at else "no date"
    edited = f", edited {comment.edited_at.isoformat()}" if comment.edited_at else ""
    score = f", {comment.score:+}" if comment.score is not None else ""
    markdown = "" if comment.markdown == comment.text else f" [{flat(comment.markdown)}]"
    kind = "" if comment.kind.value == "comment" else f" {comment.kind.value}"
    above = f" under {comment.parent}" if comment.parent and not comment.depth else ""
    return (
        f"{'    ' * comment.depth}{comment.key}{above}{kind} | {who}, {comment.author_source.value} | {when}{edited}"
        f"{score} | {flat(comment.text)}{markdown}"
    )


def flat(text: str) -> str:
    return text.replace("\n", " / ")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_a_document_is_read_as_people_read_it(document: Path) -> None:
    found = "\n".join(map(summary, read(document.read_bytes(), location=document.name)))
    expected = document.with_suffix(".expected")
    if os.environ.get("REJOINDER_UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
