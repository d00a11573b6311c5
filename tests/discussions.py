"""Small discussions of our own writing, for tests to vary."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.discussion import Article, AuthorSource, Block, BlockKind, Comment, Discussion, Source

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

FERRY = Article(
    title="The ferry that never sailed",
    url="https://harbour-lines.example/2019/02/ferry",
    site="Harbour Lines",
    byline="Ines Okafor",
    published=datetime(2019, 2, 3, 12, 0, tzinfo=UTC),
    published_source="metadata",
    language="en",
    lede="The city bought a ferry in 2011. It has never left the quay.",
    blocks=(
        Block(
            markdown="The city bought a ferry in 2011. It has never left the quay.",
            text="The city bought a ferry in 2011. It has never left the quay.",
        ),
        Block(
            markdown="Asked about it, the harbour master said:",
            text="Asked about it, the harbour master said:",
        ),
        Block(
            kind=BlockKind.QUOTE,
            markdown="A boat without a timetable is a very expensive bench, and we own the longest one in the country.",
            text="A boat without a timetable is a very expensive bench, and we own the longest one in the country.",
            speaker="Anton Reyes",
        ),
    ),
)


def comment(key: str, parent: str | None = None, **changes: Any) -> Comment:
    """A comment by somebody whose name a header gives."""
    text = changes.pop("text", f"What {key} says about the ferry.")
    values: dict[str, Any] = {
        "key": key,
        "parent": parent,
        "author": f"Reader {key}",
        "author_source": AuthorSource.HEADER,
        "posted_at": datetime(2019, 2, 3, 14, 30),  # noqa: DTZ001 - as pages give it: without a zone
        "markdown": text,
        "text": text,
    }
    return Comment(**values | changes)


def discussion(*comments: Comment, article: Article = FERRY) -> Discussion:
    """The ferry with these comments under it."""
    return Discussion(
        source=Source(kind="flattened-text", location="ferry.txt"), article=article, comments=comments
    )
