"""An import put into the bot's database without anybody pressing a button: in any layout, for any place."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain import layout, quotes, tree
from bot.domain.discussion import Discussion, Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout, Plan
from bot.domain.tree import Node
from bot.ports.records import ChannelId, GuildId, ImportRecord, NewImport, UserId
from bot.ports.store import Store
from bot.sources.register import read
from tests.wire.world import Channel, ChannelType

#: When everything is laid out: plans must not depend on the day of the test.
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Laid:
    """A discussion in a layout, with the messages that it takes."""

    discussion: Discussion
    nodes: Sequence[Node]
    setting: Setting
    plan: Plan

    @property
    def floor_calls(self) -> int:
        """The fewest calls that would do."""
        return layout.floor_calls(self.discussion, self.nodes, self.setting)


def lay(data: bytes, form: Layout, *, in_forum: bool = True, which: int = 0) -> Laid:
    """One of the articles that a source holds, as it would be posted."""
    return lay_out(read(data, location="source")[which], form, in_forum=in_forum)


def lay_out(found: Discussion, form: Layout, *, in_forum: bool = True) -> Laid:
    """The same for a discussion that was read."""
    discussion = tree.importable(found)
    nodes = tree.arrange(discussion.comments)
    passage = next(iter(quotes.candidates(discussion.article, discussion.comments)), None)
    setting = Setting(rights=Rights.OWN, in_forum=in_forum, now=NOW, layout=form)
    return Laid(discussion, nodes, setting, layout.plan(discussion, nodes, quote=passage, setting=setting))


async def commit(store: Store, article: Laid, place: Channel, *, by: int, at: datetime) -> ImportRecord:
    """The import, QUEUED: a bot that starts takes it up."""
    assert article.setting.in_forum == (place.type is ChannelType.FORUM)
    return await store.imports.begin(
        NewImport(
            guild_id=GuildId(place.guild_id),
            channel_id=ChannelId(place.id),
            requested_by=UserId(by),
            rights=article.setting.rights,
            discussion=article.discussion,
            plan=article.plan,
            nonce_key=secrets.randbits(64),
            tags=(),
            at=at,
        )
    )
