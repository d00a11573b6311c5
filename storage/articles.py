"""Imported articles with their blocks."""

import sqlite3
from typing import Any

from bot.domain.discussion import Article, Block, PullQuote, Rights, Source
from bot.errors import NotFoundError
from bot.ports.records import ArticleId, ArticleRecord, ChannelId, GuildId, NewImport
from bot.ports.store import ArticleStore
from storage.engine import Engine
from storage.short_ids import as_typed, new_short_id
from storage.values import digest_of, folded, from_instant, from_moment, to_instant, to_moment

_SELECT = """
SELECT articles.*,
  (SELECT count(*) FROM comments WHERE article_id = articles.id AND origin = 'source') AS imported,
  (SELECT count(*) FROM comments
   WHERE article_id = articles.id AND origin = 'discord' AND state = 'live') AS live
FROM articles
"""


class Articles(ArticleStore):
    """Tables articles, blocks and pull_quotes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def list_articles(
        self, guild_id: GuildId, *, text: str = "", limit: int = 25
    ) -> list[ArticleRecord]:
        """Newest first; with ``text``, those whose title holds it (case folded)."""

        def query(connection: sqlite3.Connection) -> list[ArticleRecord]:
            rows = connection.execute(
                _SELECT
                + "WHERE guild_id = :guild_id AND undone_at IS NULL AND instr(title_folded, :text) > 0 "
                "ORDER BY id DESC LIMIT :limit",
                {"guild_id": guild_id, "text": folded(text), "limit": limit},
            )
            return [_to_record(row) for row in rows]

        return await self._engine.read(query)

    async def get(self, guild_id: GuildId, article_id: ArticleId) -> ArticleRecord:
        """Raises NotFoundError when it isn't this guild's."""
        return await self._engine.read(
            lambda connection: get_article_record(connection, guild_id, article_id)
        )

    async def get_by_short_id(self, guild_id: GuildId, short_id: str) -> ArticleRecord:
        """Raises NotFoundError when it isn't this guild's."""

        def query(connection: sqlite3.Connection) -> ArticleRecord:
            row = connection.execute(
                _SELECT + "WHERE guild_id = :guild_id AND short_id = :short_id AND undone_at IS NULL",
                {"guild_id": guild_id, "short_id": as_typed(short_id)},
            ).fetchone()
            return _to_record(_found(row))

        return await self._engine.read(query)

    async def get_article(self, guild_id: GuildId, article_id: ArticleId) -> Article:
        """The whole article with its blocks. Raises NotFoundError."""

        def query(connection: sqlite3.Connection) -> Article:
            article = get_article_record(connection, guild_id, article_id).article
            keys = {"article_id": article_id}
            blocks = connection.execute(
                "SELECT kind, markdown, text, speaker FROM blocks WHERE article_id = :article_id ORDER BY position",
                keys,
            )
            pull_quotes = connection.execute(
                """
                SELECT text, source, block, start, "end" FROM pull_quotes
                WHERE article_id = :article_id ORDER BY position
                """,
                keys,
            )
            return article.model_copy(
                update={
                    "blocks": tuple(Block(**row) for row in blocks),
                    "pull_quotes": tuple(PullQuote(**row) for row in pull_quotes),
                }
            )

        return await self._engine.read(query)

    async def find_same(self, guild_id: GuildId, article: Article) -> ArticleRecord | None:
        """An article of this guild with the same address or, where it has none, the same title and text.

        The newest, where an admin chose to have it twice.
        """
        same = "url = :url" if article.url is not None else "body_digest = :body_digest"
        values = {"guild_id": guild_id, "url": article.url, "body_digest": _body_digest(article)}

        def query(connection: sqlite3.Connection) -> ArticleRecord | None:
            row = connection.execute(
                _SELECT
                + f"WHERE guild_id = :guild_id AND {same} AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
                values,
            ).fetchone()
            return _to_record(row) if row else None

        return await self._engine.read(query)


def get_article_record(
    connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId
) -> ArticleRecord:
    """Raises NotFoundError when it isn't this guild's."""
    row = connection.execute(
        _SELECT + "WHERE guild_id = :guild_id AND id = :article_id",
        {"guild_id": guild_id, "article_id": article_id},
    ).fetchone()
    return _to_record(_found(row))


def require_article(connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId) -> None:
    """Raises NotFoundError when it isn't this guild's."""
    get_body_digest(connection, guild_id, article_id)


def insert_article(connection: sqlite3.Connection, new: NewImport) -> ArticleId:
    """The article of an import with its blocks and the passages that its source pulled out."""
    article, source = new.discussion.article, new.discussion.source
    cursor = connection.execute(
        """
        INSERT INTO articles (
          guild_id, short_id, title, title_folded, url, site, byline, published, published_source, language,
          lede, body_digest, source_kind, source_location, declared_comments, complete, rights, created_at,
          channel_id
        ) VALUES (
          :guild_id, :short_id, :title, :title_folded, :url, :site, :byline, :published, :published_source,
          :language, :lede, :body_digest, :source_kind, :source_location, :declared_comments, :complete, :rights,
          :created_at, :channel_id
        )
        """,
        {
            **article.model_dump(
                include={"title", "url", "site", "byline", "published_source", "language", "lede"}
            ),
            "guild_id": new.guild_id,
            "short_id": new_short_id(lambda candidate: _is_taken(connection, candidate)),
            "title_folded": folded(article.title),
            "published": from_moment(article.published),
            "body_digest": _body_digest(article),
            "source_kind": source.kind,
            "source_location": source.location,
            "declared_comments": source.declared_comments,
            "complete": source.complete,
            "rights": new.rights,
            "created_at": from_instant(new.at),
            "channel_id": new.channel_id,
        },
    )
    assert cursor.lastrowid is not None
    article_id = ArticleId(cursor.lastrowid)
    keys = {"guild_id": new.guild_id, "article_id": article_id}
    connection.executemany(
        """
        INSERT INTO blocks (guild_id, article_id, position, kind, markdown, text, speaker)
        VALUES (:guild_id, :article_id, :position, :kind, :markdown, :text, :speaker)
        """,
        (
            {**keys, "position": position, **block.model_dump()}
            for position, block in enumerate(article.blocks)
        ),
    )
    connection.executemany(
        """
        INSERT INTO pull_quotes (guild_id, article_id, position, text, source, block, start, "end")
        VALUES (:guild_id, :article_id, :position, :text, :source, :block, :start, :end)
        """,
        (
            {**keys, "position": position, **quote.model_dump()}
            for position, quote in enumerate(article.pull_quotes)
        ),
    )
    return article_id


def _is_taken(connection: sqlite3.Connection, short_id: str) -> bool:
    row = connection.execute(
        "SELECT 1 FROM articles WHERE short_id = :short_id", {"short_id": short_id}
    ).fetchone()
    return row is not None


def _body_digest(article: Article) -> str:
    return digest_of("\n".join((article.title, *(block.text for block in article.blocks))))


def get_body_digest(connection: sqlite3.Connection, guild_id: GuildId, article_id: ArticleId) -> str:
    """SHA-256 of title and text, for the audit log. Raises NotFoundError when it isn't this guild's."""
    row = connection.execute(
        "SELECT body_digest FROM articles WHERE guild_id = :guild_id AND id = :article_id",
        {"guild_id": guild_id, "article_id": article_id},
    ).fetchone()
    return str(_found(row)["body_digest"])


def _found(row: Any) -> sqlite3.Row:
    if row is None:
        raise NotFoundError(
            "There is no such article here.", next_step="`/articles list` shows those that are."
        )
    assert isinstance(row, sqlite3.Row)
    return row


def _to_record(row: sqlite3.Row) -> ArticleRecord:
    return ArticleRecord(
        id=ArticleId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        short_id=row["short_id"],
        article=Article(
            title=row["title"],
            url=row["url"],
            site=row["site"],
            byline=row["byline"],
            published=to_moment(row["published"]),
            published_source=row["published_source"],
            language=row["language"],
            lede=row["lede"],
        ),
        source=Source(
            kind=row["source_kind"],
            location=row["source_location"],
            declared_comments=row["declared_comments"],
            complete=row["complete"],
        ),
        rights=Rights(row["rights"]),
        created_at=to_instant(row["created_at"]),
        channel_id=ChannelId(row["channel_id"]),
        thread_id=None if row["thread_id"] is None else ChannelId(row["thread_id"]),
        imported=row["imported"],
        live=row["live"],
        undone_at=None if row["undone_at"] is None else to_instant(row["undone_at"]),
    )
