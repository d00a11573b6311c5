"""Import runs: what is committed before the first message is sent, and how far it has come."""

import json
import sqlite3
from datetime import datetime

from bot.domain.outgoing import Layout, Plan
from bot.errors import NotFoundError, RefusedError
from bot.ports.records import (
    ArticleId,
    ChannelId,
    GuildId,
    ImportId,
    ImportRecord,
    ImportState,
    MessageId,
    NewImport,
    Progress,
    RowId,
    UndoScope,
    UserId,
)
from bot.ports.store import ImportStore
from storage import sending, undoing
from storage.articles import insert_article
from storage.audit import Action, log_action
from storage.comment_rows import ids_by_key, insert_comments
from storage.engine import Engine
from storage.guilds import remember_rights
from storage.message_rows import insert_plan
from storage.nonces import base36
from storage.threads import forget_thread, track
from storage.values import digest_of, from_instant, to_instant

_SELECT = """
SELECT imports.*, total - (
  SELECT count(*) FROM messages WHERE import_id = imports.id AND messages.state IN ('planned', 'pending')
) AS sent
FROM imports
"""


class Imports(ImportStore):
    """Tables imports and report."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def begin(self, new: NewImport) -> ImportRecord:
        """Commit article, comments, plan, rights and audit entry; the run is QUEUED.

        Comments get the numbers 1, 2, 3 … in their order; the plan's messages are PLANNED with nonces
        (base36 of ``nonce_key``, a hyphen, base36 of the ordinal: at most 25 characters).
        """
        discussion = new.discussion

        def unit(connection: sqlite3.Connection) -> ImportRecord:
            article_id = insert_article(connection, new)
            site = discussion.article.site or ""
            comment_ids = insert_comments(
                connection, new.guild_id, article_id, discussion.comments, site=site
            )
            import_id = _insert(connection, new, article_id)
            insert_plan(
                connection,
                new.guild_id,
                article_id,
                import_id,
                nonce_key=new.nonce_key,
                messages=new.plan.messages,
                comment_ids=comment_ids,
            )
            _insert_report(connection, new, import_id)
            _note_rights(connection, new, article_id)
            return _get(connection, new.guild_id, import_id)

        return await self._engine.write(unit)

    async def get(self, guild_id: GuildId, import_id: ImportId) -> ImportRecord:
        """Raises NotFoundError."""
        return await self._engine.read(lambda connection: _get(connection, guild_id, import_id))

    async def list_recent(self, guild_id: GuildId, *, limit: int = 10) -> list[ImportRecord]:
        """Newest first."""

        def query(connection: sqlite3.Connection) -> list[ImportRecord]:
            rows = connection.execute(
                _SELECT + "WHERE guild_id = :guild_id ORDER BY id DESC LIMIT :limit",
                {"guild_id": guild_id, "limit": limit},
            )
            return [_to_record(row) for row in rows]

        return await self._engine.read(query)

    async def list_unfinished(self) -> list[ImportRecord]:
        """QUEUED and RUNNING runs of all guilds, oldest first."""
        return await self._list("WHERE state IN ('queued', 'running') ORDER BY id")

    async def find_newest(self, guild_id: GuildId, article_id: ArticleId) -> ImportRecord | None:
        """The newest run of an article."""

        def query(connection: sqlite3.Connection) -> ImportRecord | None:
            row = connection.execute(
                _SELECT
                + "WHERE article_id = :article_id AND guild_id = :guild_id ORDER BY imports.id DESC LIMIT 1",
                {"guild_id": guild_id, "article_id": article_id},
            ).fetchone()
            return row and _to_record(row)

        return await self._engine.read(query)

    async def set_state(
        self, import_id: ImportId, state: ImportState, *, at: datetime, reason: str | None = None
    ) -> None:
        """Move a run on; DONE notes the time as its end.

        Raises NotFoundError, and RefusedError when the run is being taken back.
        """
        values = {
            "import_id": import_id,
            "state": state,
            "reason": reason,
            "finished_at": from_instant(at) if state is ImportState.DONE else None,
        }

        def unit(connection: sqlite3.Connection) -> None:
            moved = connection.execute(
                """
                UPDATE imports SET state = :state, reason = :reason, finished_at = :finished_at
                WHERE id = :import_id AND state NOT IN ('undoing', 'undone')
                """,
                values,
            )
            if not moved.rowcount:
                _find(connection, import_id)
                raise RefusedError(
                    "This import is being taken back.", next_step="`/import status` shows how far."
                )

        await self._engine.write(unit)

    async def begin_undo(
        self, guild_id: GuildId, import_id: ImportId, scope: UndoScope, *, actor: UserId, at: datetime
    ) -> ImportRecord:
        """The run is UNDOING, and the audit log knows who wants that. Raises NotFoundError.

        One that is taken back already stays as it is.
        """

        def unit(connection: sqlite3.Connection) -> ImportRecord:
            run = _get(connection, guild_id, import_id)
            undoing.begin(connection, guild_id, run.article_id, import_id, scope=scope, actor=actor, at=at)
            return _get(connection, guild_id, import_id)

        return await self._engine.write(unit)

    async def begin_anew(self, import_id: ImportId, plan: Plan, *, nonce_key: int) -> ImportRecord:
        """The run's thread is gone, and what stood in it: all of ``plan`` is to be sent, into a thread to come.

        Raises NotFoundError.
        """

        def unit(connection: sqlite3.Connection) -> ImportRecord:
            row = _find(connection, import_id)
            guild_id, article_id = GuildId(row["guild_id"]), ArticleId(row["article_id"])
            values = {
                "import_id": import_id,
                "article_id": article_id,
                "nonce_key": base36(nonce_key),
                "total": len(plan.messages),
            }
            forget_thread(connection, article_id)
            connection.execute("DELETE FROM messages WHERE import_id = :import_id", values)
            connection.execute(
                "UPDATE imports SET thread_id = NULL, nonce_key = :nonce_key, total = :total WHERE id = :import_id",
                values,
            )
            insert_plan(
                connection,
                guild_id,
                article_id,
                import_id,
                nonce_key=nonce_key,
                messages=plan.messages,
                comment_ids=ids_by_key(connection, article_id),
            )
            return _get(connection, guild_id, import_id)

        return await self._engine.write(unit)

    async def list_undoing(self) -> list[ImportRecord]:
        """UNDOING runs of all guilds, oldest first."""
        return await self._list("WHERE state = 'undoing' ORDER BY id")

    async def stop_undo(self, import_id: ImportId, *, reason: str) -> None:
        """Note why a run could not be taken back as a whole; it stays UNDOING. Raises NotFoundError."""

        def unit(connection: sqlite3.Connection) -> None:
            _find(connection, import_id)
            connection.execute(
                "UPDATE imports SET reason = :reason WHERE id = :import_id AND state = 'undoing'",
                {"import_id": import_id, "reason": reason},
            )

        await self._engine.write(unit)

    async def finish_undo(self, import_id: ImportId, scope: UndoScope, *, at: datetime) -> None:
        """The run is UNDONE, as far as ``scope`` says: its messages, quotes and imported words go.

        Its article is in no list any more. What members wrote stays, and so do the places above it, without their
        words; where nothing of members is left, the thread is followed no more. Raises NotFoundError.
        """

        def unit(connection: sqlite3.Connection) -> None:
            row = _find(connection, import_id)
            guild_id, article_id = GuildId(row["guild_id"]), ArticleId(row["article_id"])
            undoing.finish(connection, guild_id, article_id, import_id, scope=scope, at=at)

        await self._engine.write(unit)

    async def set_notice(self, import_id: ImportId, channel_id: ChannelId, message_id: MessageId) -> None:
        """Where staff reads how far the run is. Raises NotFoundError."""

        def unit(connection: sqlite3.Connection) -> None:
            _find(connection, import_id)
            connection.execute(
                """
                UPDATE imports SET notice_channel = :channel_id, notice_message = :message_id
                WHERE id = :import_id
                """,
                {"import_id": import_id, "channel_id": channel_id, "message_id": message_id},
            )

        await self._engine.write(unit)

    async def set_thread(
        self,
        import_id: ImportId,
        thread_id: ChannelId,
        *,
        card: tuple[RowId, MessageId] | None = None,
        after: MessageId | None = None,
    ) -> None:
        """The thread exists: note it on run and article, and track it. The ``card`` that made it stands in it.

        In a thread that was there before, what counts comes ``after`` a message.
        Raises NotFoundError, and StorageError when the thread is another article's.
        """
        values = {"import_id": import_id, "thread_id": thread_id}

        def unit(connection: sqlite3.Connection) -> None:
            row = connection.execute(
                "UPDATE imports SET thread_id = :thread_id WHERE id = :import_id RETURNING guild_id, article_id",
                values,
            ).fetchone()
            article_id = ArticleId(_found(row)["article_id"])
            connection.execute(
                "UPDATE articles SET thread_id = :thread_id WHERE id = :article_id",
                {**values, "article_id": article_id},
            )
            track(connection, GuildId(row["guild_id"]), article_id, thread_id, after=after)
            if card is not None:
                sending.confirm(connection, *card, channel_id=thread_id)

        await self._engine.write(unit)

    async def progress(self, import_id: ImportId) -> Progress:
        """How many of its comments and messages are sent."""
        return await self._engine.read(lambda connection: sending.progress(connection, import_id))

    async def _list(self, condition: str) -> list[ImportRecord]:
        def query(connection: sqlite3.Connection) -> list[ImportRecord]:
            return [_to_record(row) for row in connection.execute(_SELECT + condition)]

        return await self._engine.read(query)


def _insert(connection: sqlite3.Connection, new: NewImport, article_id: ArticleId) -> ImportId:
    (import_id,) = connection.execute(
        """
        INSERT INTO imports (
          guild_id, article_id, channel_id, state, layout, nonce_key, requested_by, started_at, tags, total
        ) VALUES (
          :guild_id, :article_id, :channel_id, 'queued', :layout, :nonce_key, :requested_by, :started_at, :tags, :total
        )
        RETURNING id
        """,
        {
            "guild_id": new.guild_id,
            "article_id": article_id,
            "channel_id": new.channel_id,
            "layout": new.plan.layout,
            "nonce_key": base36(new.nonce_key),
            "requested_by": new.requested_by,
            "started_at": from_instant(new.at),
            "tags": json.dumps(new.tags),
            "total": len(new.plan.messages),
        },
    ).fetchone()
    return ImportId(import_id)


def _insert_report(connection: sqlite3.Connection, new: NewImport, import_id: ImportId) -> None:
    keys = {"guild_id": new.guild_id, "import_id": import_id}
    dropped = (
        {**keys, "dropped": dropped.text, "reason": dropped.reason} for dropped in new.discussion.dropped
    )
    warnings = ({**keys, "dropped": None, "reason": warning} for warning in new.discussion.warnings)
    connection.executemany(
        """
        INSERT INTO report (guild_id, import_id, dropped, reason)
        VALUES (:guild_id, :import_id, :dropped, :reason)
        """,
        (*dropped, *warnings),
    )


def _note_rights(connection: sqlite3.Connection, new: NewImport, article_id: ArticleId) -> None:
    """Whose words these are, as the admin said: for the next import of the site, and for the audit log."""
    article = new.discussion.article
    if article.site is not None:
        remember_rights(connection, new.guild_id, article.site, new.rights, actor=new.requested_by, at=new.at)
    log_action(
        connection,
        new.guild_id,
        Action.IMPORT,
        actor=new.requested_by,
        at=new.at,
        article_id=article_id,
        rights=new.rights,
        digest=digest_of(article.url or new.discussion.source.location),
    )


def _get(connection: sqlite3.Connection, guild_id: GuildId, import_id: ImportId) -> ImportRecord:
    row = connection.execute(
        _SELECT + "WHERE id = :import_id AND guild_id = :guild_id",
        {"guild_id": guild_id, "import_id": import_id},
    ).fetchone()
    return _to_record(_found(row))


def _find(connection: sqlite3.Connection, import_id: ImportId) -> sqlite3.Row:
    """Whose a run is, whatever guild it belongs to. Raises NotFoundError."""
    row = connection.execute(
        "SELECT guild_id, article_id FROM imports WHERE id = :import_id", {"import_id": import_id}
    ).fetchone()
    return _found(row)


def _found(row: sqlite3.Row | None) -> sqlite3.Row:
    if row is None:
        raise NotFoundError(
            "There is no such import here.", next_step="`/import status` shows those that are."
        )
    return row


def _to_record(row: sqlite3.Row) -> ImportRecord:
    return ImportRecord(
        id=ImportId(row["id"]),
        guild_id=GuildId(row["guild_id"]),
        article_id=ArticleId(row["article_id"]),
        channel_id=ChannelId(row["channel_id"]),
        thread_id=None if row["thread_id"] is None else ChannelId(row["thread_id"]),
        state=ImportState(row["state"]),
        layout=Layout(row["layout"]),
        nonce_key=int(row["nonce_key"], 36),
        requested_by=UserId(row["requested_by"]),
        started_at=to_instant(row["started_at"]),
        finished_at=None if row["finished_at"] is None else to_instant(row["finished_at"]),
        tags=tuple(json.loads(row["tags"])),
        reason=row["reason"],
        sent=row["sent"],
        total=row["total"],
        undo=None if row["undo"] is None else UndoScope(row["undo"]),
        undone_by=None if row["undone_by"] is None else UserId(row["undone_by"]),
        notice_channel=None if row["notice_channel"] is None else ChannelId(row["notice_channel"]),
        notice_message=None if row["notice_message"] is None else MessageId(row["notice_message"]),
    )
