from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.limits import CONTENT
from bot.domain.outgoing import Layout
from bot.ports.records import ArticleId, ChannelId, GuildId, ImportId, ImportRecord, ImportState, UserId
from cogs.import_status import render
from tests.discussions import FERRY, NOON

RUN = ImportRecord(
    id=ImportId(1),
    guild_id=GuildId(2),
    article_id=ArticleId(3),
    channel_id=ChannelId(4),
    thread_id=ChannelId(5),
    state=ImportState.RUNNING,
    layout=Layout.REPLIES,
    nonce_key=6,
    requested_by=UserId(7),
    started_at=NOON - timedelta(minutes=1),
    finished_at=None,
    tags=(),
    reason=None,
    sent=45,
    total=123,
)
STARTED = "started <t:1772366340:R> by <@7>"


def shown(*changes):
    return render([(replace(RUN, **change), FERRY) for change in changes], now=NOON).splitlines()


@pytest.mark.parametrize(
    ("change", "line", "next_step"),
    [
        (
            {},
            f"in <#5>: 45 of 123 messages sent, {STARTED}. Done about <t:1772366478:t>.",
            "nothing needs doing",
        ),
        (
            {"state": ImportState.QUEUED, "thread_id": None, "sent": 0},
            f"in <#4>: 0 of 123 messages sent, {STARTED}. Done about <t:1772366523:t>.",
            "after a restart too",
        ),
        (
            {"state": ImportState.PAUSED, "reason": "The thread is locked."},
            f"in <#5>: **paused**, 45 of 123 messages sent, {STARTED}. The thread is locked.",
            "`/import resume`",
        ),
        (
            {"state": ImportState.DONE, "sent": 123},
            f"in <#5>: done, 123 of 123 messages sent, {STARTED}.",
            "`/articles show`",
        ),
        (
            {"state": ImportState.UNDONE},
            f"in <#4>: removed again, {STARTED}.",
            "`/import article`",
        ),
    ],
)
def test_each_state_names_the_article_and_what_to_do_next(change, line, next_step):
    said, last = shown(change)
    assert said == f"**The ferry that never sailed** {line}"
    assert last.startswith("**Next:** ")
    assert next_step in last


def test_a_paused_import_is_what_needs_somebody():
    assert (
        "`/import resume`"
        in shown({"state": ImportState.DONE}, {"state": ImportState.PAUSED, "reason": "Why."})[-1]
    )


def test_ten_paused_imports_with_long_reasons_fit_into_a_message():
    lines = shown(*[{"state": ImportState.PAUSED, "reason": "A long reason. " * 30}] * 10)
    assert len("\n".join(lines)) <= CONTENT
    assert lines[-2].endswith("older imports")
    assert lines[-1].startswith("**Next:** ")
