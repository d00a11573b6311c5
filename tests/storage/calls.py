"""Every public method of every store, called once. A test fails when one is missing here: add yours."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.discussion import Rights
from bot.errors import NotFoundError
from bot.ports.records import (
    ChannelId,
    DeletionId,
    GuildId,
    GuildSettings,
    ImportState,
    Lost,
    MessageId,
    MessageRecord,
    ThreadState,
    UndoScope,
    Vote,
)
from bot.ports.store import Store
from tests.discussions import comment
from tests.storage.world import (
    BERT,
    MIRA,
    NOW,
    World,
    live,
    new_import,
    new_quote,
    new_unfolding,
    plan,
    take_next,
)


@dataclass(frozen=True)
class Call:
    """A method called with a guild's id and with what stands in a world."""

    name: str
    run: Callable[[Store, GuildId, World], Awaitable[Any]]
    writes: bool = False
    #: What must have happened before there is anything to call it about.
    before: Callable[[Store, World], Awaitable[object]] | None = None
    #: What another guild gets: a value, or NotFoundError. Methods that take no guild have none.
    elsewhere: Any = ...

    def __str__(self) -> str:
        return self.name

    async def prepare(self, store: Store, world: World) -> None:
        """Bring the world to where it can be called."""
        if self.before is not None:
            await self.before(store, world)


def _in(guild_id: GuildId, world: World) -> World:
    return World(**{**vars(world), "guild_id": guild_id})


async def _stop_undo(store: Store, world: World) -> None:
    """There is something to stop only once it has begun."""
    await store.imports.begin_undo(world.guild_id, world.import_id, UndoScope.MESSAGES, actor=MIRA, at=NOW)
    await store.imports.stop_undo(world.import_id, reason="no right")


async def _begin_again(store: Store, guild_id: GuildId, world: World) -> list[MessageRecord]:
    """The comment's own message was deleted by hand, and somebody presses again."""
    await store.messages.mark_gone(guild_id, [world.second])
    return await store.unfoldings.begin(new_unfolding(_in(guild_id, world), world.comments[1], "u-again"))


async def _delete_by_hand(store: Store, world: World) -> None:
    lost = await store.comments.lose_messages(world.guild_id, [world.second], at=NOW)
    assert lost.deletion is not None


#: The number of the first deletion in a file.
FIRST = DeletionId(1)

CALLS = [
    Call(
        "guilds.get_settings", lambda s, g, w: s.guilds.get_settings(g), elsewhere=GuildSettings(GuildId(300))
    ),
    Call(
        "guilds.save_settings",
        lambda s, g, w: s.guilds.save_settings(GuildSettings(g, contact="new"), actor=MIRA, at=NOW),
        writes=True,
        elsewhere=None,
    ),
    Call("guilds.find_rights", lambda s, g, w: s.guilds.find_rights(g, "Harbour Lines"), elsewhere=None),
    Call("articles.list_articles", lambda s, g, w: s.articles.list_articles(g), elsewhere=[]),
    Call("articles.get", lambda s, g, w: s.articles.get(g, w.article_id), elsewhere=NotFoundError),
    Call(
        "articles.get_by_short_id",
        lambda s, g, w: s.articles.get_by_short_id(g, w.article.short_id),
        elsewhere=NotFoundError,
    ),
    Call(
        "articles.get_article",
        lambda s, g, w: s.articles.get_article(g, w.article_id),
        elsewhere=NotFoundError,
    ),
    Call("articles.find_same", lambda s, g, w: s.articles.find_same(g, w.article.article), elsewhere=None),
    Call(
        "imports.begin",
        lambda s, g, w: s.imports.begin(
            new_import(comment("z"), guild_id=g, nonce_key=77, rights=Rights.QUOTED)
        ),
        writes=True,
    ),
    Call("imports.get", lambda s, g, w: s.imports.get(g, w.import_id), elsewhere=NotFoundError),
    Call("imports.list_recent", lambda s, g, w: s.imports.list_recent(g), elsewhere=[]),
    Call("imports.list_unfinished", lambda s, g, w: s.imports.list_unfinished()),
    Call("imports.find_newest", lambda s, g, w: s.imports.find_newest(g, w.article_id), elsewhere=None),
    Call("imports.list_undoing", lambda s, g, w: s.imports.list_undoing()),
    Call(
        "imports.begin_undo",
        lambda s, g, w: s.imports.begin_undo(g, w.import_id, UndoScope.MESSAGES, actor=MIRA, at=NOW),
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call(
        "imports.set_notice",
        lambda s, g, w: s.imports.set_notice(w.import_id, ChannelId(12), MessageId(8)),
        writes=True,
    ),
    Call("imports.stop_undo", lambda s, g, w: _stop_undo(s, w), writes=True),
    Call(
        "imports.finish_undo",
        lambda s, g, w: s.imports.finish_undo(w.import_id, UndoScope.MESSAGES, at=NOW),
        writes=True,
    ),
    Call(
        "imports.set_state",
        lambda s, g, w: s.imports.set_state(w.import_id, ImportState.PAUSED, at=NOW, reason="lunch"),
        writes=True,
    ),
    Call(
        "imports.set_thread", lambda s, g, w: s.imports.set_thread(w.import_id, ChannelId(999)), writes=True
    ),
    Call(
        "imports.begin_anew",
        lambda s, g, w: s.imports.begin_anew(w.import_id, plan("a", "b"), nonce_key=78),
        writes=True,
    ),
    Call("imports.progress", lambda s, g, w: s.imports.progress(w.import_id)),
    Call(
        "messages.take_next",
        lambda s, g, w: take_next(s, w.import_id, w.thread_id, sent=(w.row, MessageId(9))),
        writes=True,
    ),
    Call("messages.find_in_doubt", lambda s, g, w: s.messages.find_in_doubt(w.import_id)),
    Call("messages.mark_sent", lambda s, g, w: s.messages.mark_sent(w.row, MessageId(9)), writes=True),
    Call(
        "messages.mark_gone",
        lambda s, g, w: s.messages.mark_gone(g, [w.live_message, w.card]),
        writes=True,
        elsewhere=None,
    ),
    Call("messages.find", lambda s, g, w: s.messages.find(g, w.live_message), elsewhere=None),
    Call("messages.find_sent", lambda s, g, w: s.messages.find_sent(w.import_id, 1)),
    Call("messages.list_pages", lambda s, g, w: s.messages.list_pages(w.import_id)),
    Call("messages.placements_in", lambda s, g, w: s.messages.placements_in(g, w.live_message), elsewhere=[]),
    Call("messages.placements_of", lambda s, g, w: s.messages.placements_of(g, w.live_id), elsewhere=[]),
    Call("messages.list_standing", lambda s, g, w: s.messages.list_standing(g, w.article_id), elsewhere=[]),
    Call(
        "messages.first_placements",
        lambda s, g, w: s.messages.first_placements(g, w.article_id),
        elsewhere={},
    ),
    Call("comments.tree", lambda s, g, w: s.comments.tree(g, w.article_id), elsewhere=[]),
    Call("comments.get", lambda s, g, w: s.comments.get(g, w.comments[0]), elsewhere=NotFoundError),
    Call(
        "comments.add_live",
        lambda s, g, w: s.comments.add_live(live(_in(g, w), 7777, w.comments[0])),
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call(
        "comments.edit_live",
        lambda s, g, w: s.comments.edit_live(g, w.live_message, markdown="new", text="new", at=NOW),
        writes=True,
        elsewhere=None,
    ),
    Call(
        "comments.lose_messages",
        lambda s, g, w: s.comments.lose_messages(g, [w.live_message], at=NOW),
        writes=True,
        elsewhere=Lost(0, None),
    ),
    Call(
        "comments.lose_thread",
        lambda s, g, w: s.comments.lose_thread(g, w.thread_id, at=NOW),
        writes=True,
        elsewhere=0,
    ),
    Call(
        "comments.list_live",
        lambda s, g, w: s.comments.list_live(g, w.thread_id, after=MessageId(0)),
        elsewhere=[],
    ),
    Call("threads.find", lambda s, g, w: s.threads.find(g, w.thread_id), elsewhere=None),
    Call("threads.list_tracked", lambda s, g, w: s.threads.list_tracked()),
    Call(
        "threads.move_cursor",
        lambda s, g, w: s.threads.move_cursor(w.thread_id, MessageId(10**9)),
        writes=True,
    ),
    Call(
        "threads.set_state",
        lambda s, g, w: s.threads.set_state(w.thread_id, ThreadState.LOCKED),
        writes=True,
    ),
    Call(
        "votes.add",
        lambda s, g, w: s.votes.add(g, Vote(w.live_message, MIRA, "👍")),
        writes=True,
        elsewhere=None,
    ),
    Call(
        "votes.remove",
        lambda s, g, w: s.votes.remove(g, Vote(w.live_message, BERT, "⭐")),
        writes=True,
        elsewhere=None,
    ),
    Call("votes.clear", lambda s, g, w: s.votes.clear(g, w.live_message), writes=True, elsewhere=None),
    Call(
        "votes.replace",
        lambda s, g, w: s.votes.replace(g, w.live_message, "⭐", [MIRA]),
        writes=True,
        elsewhere=None,
    ),
    Call("votes.counts", lambda s, g, w: s.votes.counts(g, w.thread_id, after=MessageId(0)), elsewhere={}),
    Call("votes.count", lambda s, g, w: s.votes.count(g, w.article_id), elsewhere={}),
    Call(
        "quotes.add",
        lambda s, g, w: s.quotes.add(new_quote(_in(g, w), "q-new", w.comments[0])),
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call("quotes.list_quotes", lambda s, g, w: s.quotes.list_quotes(g, w.article_id), elsewhere=[]),
    Call("quotes.find_by_message", lambda s, g, w: s.quotes.find_by_message(g, w.card), elsewhere=None),
    Call("unfoldings.find", lambda s, g, w: s.unfoldings.find(g, w.unfolded), elsewhere=[]),
    Call(
        "unfoldings.begin",
        _begin_again,
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call("unfoldings.list_unfinished", lambda s, g, w: s.unfoldings.list_unfinished(g), elsewhere=[]),
    Call("unfoldings.mark_pending", lambda s, g, w: s.unfoldings.mark_pending(w.unfolding), writes=True),
    Call(
        "unfoldings.newest_before", lambda s, g, w: s.unfoldings.newest_before(g, w.unfolding), elsewhere=None
    ),
    Call(
        "unfoldings.forget",
        lambda s, g, w: s.unfoldings.forget(g, w.unfolded),
        writes=True,
        elsewhere=None,
    ),
    Call(
        "deletions.get",
        lambda s, g, w: s.deletions.get(g, FIRST),
        before=_delete_by_hand,
        elsewhere=NotFoundError,
    ),
    Call(
        "deletions.list_open",
        lambda s, g, w: s.deletions.list_open(g, limit=5),
        before=_delete_by_hand,
        elsewhere=[],
    ),
    Call(
        "deletions.list_unapplied",
        lambda s, g, w: s.deletions.list_unapplied(g),
        before=_delete_by_hand,
        elsewhere=[],
    ),
    Call(
        "deletions.mark_applied",
        lambda s, g, w: s.deletions.mark_applied(FIRST, at=NOW),
        before=_delete_by_hand,
        writes=True,
    ),
    Call(
        "deletions.set_notice",
        lambda s, g, w: s.deletions.set_notice(FIRST, ChannelId(12), MessageId(8)),
        before=_delete_by_hand,
        writes=True,
    ),
    Call(
        "deletions.leave_hidden",
        lambda s, g, w: s.deletions.leave_hidden(g, FIRST, actor=MIRA, at=NOW),
        before=_delete_by_hand,
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call(
        "deletions.put_back",
        lambda s, g, w: s.deletions.put_back(g, FIRST, [w.comments[1]], [], actor=MIRA, at=NOW),
        before=_delete_by_hand,
        writes=True,
        elsewhere=NotFoundError,
    ),
    Call("facts.find", lambda s, g, w: s.facts.find("commands")),
    Call("facts.keep", lambda s, g, w: s.facts.keep("commands", "new"), writes=True),
    Call("quotes.list_in_doubt", lambda s, g, w: s.quotes.list_in_doubt(g), elsewhere=[]),
    Call("quotes.delete", lambda s, g, w: s.quotes.delete(g, w.quote_id), writes=True, elsewhere=None),
]
