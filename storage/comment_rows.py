"""Rows of comments, whoever wrote them."""

import json
import sqlite3
from collections.abc import Sequence
from itertools import count
from typing import Any

from bot.domain.discussion import AuthorSource, Comment, CommentKind, Origin, Speaker
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import SEQUENCE_BITS, ArticleId, CommentId, CommentRecord, CommentState, GuildId
from storage.ordering import GAP
from storage.speakers import name_speakers
from storage.values import from_moment, known_instant, to_moment

#: Numbers that one article can give to comments.
MOST_COMMENTS = (1 << SEQUENCE_BITS) - 1

SELECT = """
SELECT comments.*, speakers.name AS speaker_name, speakers.member_id
FROM comments LEFT JOIN speakers ON speakers.id = comments.speaker_id
"""

INSERT = """
INSERT INTO comments (
  id, guild_id, article_id, parent_id, missing_parent, ord, depth, origin, key, kind, speaker_id, author_source,
  author_guess, evidence, posted_at, posted_utc, edited_at, markdown, text, score, confidence, state, attachments
) VALUES (
  :id, :guild_id, :article_id, :parent_id, :missing_parent, :ord, :depth, :origin, :key, :kind, :speaker_id,
  :author_source, :author_guess, :evidence, :posted_at, :posted_utc, :edited_at, :markdown, :text, :score,
  :confidence, 'live', :attachments
)
"""


def insert_comments(
    connection: sqlite3.Connection,
    guild_id: GuildId,
    article_id: ArticleId,
    comments: Sequence[Comment],
    *,
    site: str,
) -> dict[str, CommentId]:
    """The comments of an import, numbered 1, 2, 3 … in their order; key -> id.

    They stand in tree order, so a parent that is not among those before it is missing. Raises RefusedError
    when there are more than one article can hold.
    """
    if len(comments) > MOST_COMMENTS:
        raise _full()
    speakers = name_speakers(
        connection, guild_id, site, (comment.author for comment in comments if comment.author)
    )
    ids: dict[str, CommentId] = {}
    depths: dict[str | None, int] = {}
    rows: list[dict[str, Any]] = []
    for number, comment in zip(count(1), comments, strict=False):
        parent_id = ids.get(comment.parent) if comment.parent is not None else None
        ids[comment.key] = _id_of(article_id, number)
        depths[comment.key] = 0 if parent_id is None else depths[comment.parent] + 1
        rows.append(
            {
                **comment.model_dump(
                    include={
                        "key",
                        "kind",
                        "author_source",
                        "author_guess",
                        "evidence",
                        "markdown",
                        "text",
                        "score",
                        "confidence",
                    }
                ),
                "id": ids[comment.key],
                "guild_id": guild_id,
                "article_id": article_id,
                "parent_id": parent_id,
                "missing_parent": comment.parent if parent_id is None else None,
                "ord": number * GAP,
                "depth": depths[comment.key],
                "origin": Origin.SOURCE,
                "speaker_id": speakers.get(comment.author) if comment.author else None,
                "posted_at": from_moment(comment.posted_at),
                "posted_utc": known_instant(comment.posted_at),
                "edited_at": from_moment(comment.edited_at),
                "attachments": "[]",
            }
        )
    connection.executemany(INSERT, rows)
    return ids


def get_comment(connection: sqlite3.Connection, guild_id: GuildId, comment_id: CommentId) -> CommentRecord:
    """Raises NotFoundError when it isn't this guild's."""
    row = connection.execute(
        SELECT + "WHERE comments.id = :id AND comments.guild_id = :guild_id",
        {"id": comment_id, "guild_id": guild_id},
    ).fetchone()
    return to_record(_found(row))


def ids_by_key(connection: sqlite3.Connection, article_id: ArticleId) -> dict[str, CommentId]:
    """The article's imported comments, by the source's keys."""
    rows = connection.execute(
        "SELECT id, key FROM comments WHERE article_id = :article_id AND origin = 'source'",
        {"article_id": article_id},
    )
    return {row["key"]: CommentId(row["id"]) for row in rows}


def require_comment(
    connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId, comment_id: CommentId
) -> int:
    """The comment's depth. Raises NotFoundError when it isn't this guild's and this article's."""
    row = connection.execute(
        "SELECT depth FROM comments WHERE id = :id AND guild_id = :guild_id AND article_id = :article_id",
        {"id": comment_id, "guild_id": guild_id, "article_id": article_id},
    ).fetchone()
    return int(_found(row)["depth"])


def next_id(connection: sqlite3.Connection, article_id: ArticleId) -> CommentId:
    """The next number of an article. Raises RefusedError when it has none left."""
    (newest,) = connection.execute(
        "SELECT max(id) FROM comments WHERE id BETWEEN :first AND :last",
        {"first": _id_of(article_id, 1), "last": _id_of(article_id, MOST_COMMENTS)},
    ).fetchone()
    if newest == _id_of(article_id, MOST_COMMENTS):
        raise _full()
    return CommentId(newest + 1) if newest is not None else _id_of(article_id, 1)


def to_record(row: sqlite3.Row) -> CommentRecord:
    """A row of SELECT as the services see it."""
    return CommentRecord(
        id=CommentId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        parent_id=None if row["parent_id"] is None else CommentId(row["parent_id"]),
        number=row["id"] & MOST_COMMENTS,
        ord=row["ord"],
        depth=row["depth"],
        origin=Origin(row["origin"]),
        key=row["key"],
        kind=CommentKind(row["kind"]),
        speaker=Speaker(
            name=row["speaker_name"],
            member_id=row["member_id"],
            source=AuthorSource(row["author_source"]),
            guess=row["author_guess"],
        ),
        posted_at=to_moment(row["posted_at"]),
        edited_at=to_moment(row["edited_at"]),
        markdown=row["markdown"],
        text=row["text"],
        state=CommentState(row["state"]),
        confidence=row["confidence"],
        evidence=row["evidence"],
        score=row["score"],
        attachments=tuple(json.loads(row["attachments"])),
        missing_parent=row["missing_parent"],
    )


def _id_of(article_id: ArticleId, number: int) -> CommentId:
    return CommentId(article_id << SEQUENCE_BITS | number)


def _full() -> RefusedError:
    return RefusedError(f"An article holds {MOST_COMMENTS:,} comments at most; nothing was added.")


def _found(row: Any) -> sqlite3.Row:
    if row is None:
        raise NotFoundError("There is no such comment here.")
    assert isinstance(row, sqlite3.Row)
    return row
