"""Display order: every comment of an article has a place, and there is room between any two.

An answer goes behind everything that stands below its parent. It takes only a small part of the room there, so
that thousands of answers to one comment fit before the places of the article are dealt out anew.
"""

import sqlite3

from bot.ports.records import ArticleId, CommentId

#: Room between imported comments. An article has at most 2 ** 20 comments (SEQUENCE_BITS), so its last place
#: is at most 2 ** 60 and fits into SQLite's 63 bits.
GAP = 1 << 40
#: An answer takes a 256th of the room: about 5,800 answers fit before the first comment that follows, and
#: answers to answers still find room five levels deep.
_SHARE = 8


def place_for_answer(
    connection: sqlite3.Connection, article_id: ArticleId, parent_id: CommentId | None, *, gap: int = GAP
) -> int:
    """A free place behind the parent's last descendant, or behind everything for an answer to the article."""
    place = _free_place(connection, article_id, parent_id, gap)
    if place is None:
        _deal_out_anew(connection, article_id, gap)
        place = _free_place(connection, article_id, parent_id, gap)
    assert place is not None
    return place


def place_between(before: int, after: int) -> int | None:
    """The place that an answer takes between two others; None where they stand side by side."""
    room = after - before - 1
    return before + 1 + (room - 1 >> _SHARE) if room else None


def _free_place(
    connection: sqlite3.Connection, article_id: ArticleId, parent_id: CommentId | None, gap: int
) -> int | None:
    """None where no room is left."""
    before = _last_below(connection, article_id, parent_id)
    (after,) = connection.execute(
        "SELECT min(ord) FROM comments WHERE article_id = :article_id AND ord > :before",
        {"article_id": article_id, "before": before},
    ).fetchone()
    return before + gap if after is None else place_between(before, after)


def _last_below(connection: sqlite3.Connection, article_id: ArticleId, parent_id: CommentId | None) -> int:
    """The place of the last comment of a subtree: the last child of the last child, and so on."""
    if parent_id is None:
        sql = "SELECT coalesce(max(ord), 0) FROM comments WHERE article_id = :article_id"
    else:
        sql = """
        WITH RECURSIVE line (id, ord) AS (
          SELECT id, ord FROM comments WHERE id = :parent_id
          UNION ALL
          SELECT comments.id, comments.ord FROM line JOIN comments ON comments.id = (
            SELECT id FROM comments WHERE parent_id = line.id ORDER BY ord DESC LIMIT 1
          )
        )
        SELECT max(ord) FROM line
        """
    (place,) = connection.execute(sql, {"article_id": article_id, "parent_id": parent_id}).fetchone()
    return int(place)


def _deal_out_anew(connection: sqlite3.Connection, article_id: ArticleId, gap: int) -> None:
    """Full gaps everywhere. Places are unique, so the new ones are dealt out below zero first."""
    connection.execute(
        """
        UPDATE comments SET ord = -:gap * dealt.rank
        FROM (
          SELECT id, row_number() OVER (ORDER BY ord) AS rank FROM comments WHERE article_id = :article_id
        ) AS dealt
        WHERE comments.id = dealt.id
        """,
        {"article_id": article_id, "gap": gap},
    )
    connection.execute(
        "UPDATE comments SET ord = -ord WHERE article_id = :article_id AND ord < 0",
        {"article_id": article_id},
    )
