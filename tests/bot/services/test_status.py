from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.limits import PANEL_CHARACTERS, PANEL_COMPONENTS
from bot.domain.outgoing import Layout
from bot.ports.records import (
    ArticleId,
    ChannelId,
    GuildId,
    ImportId,
    ImportRecord,
    ImportState,
    UndoScope,
    UserId,
)
from bot.services.status import Standing, notice, overview
from tests.discussions import FERRY, NOON

RUN = ImportRecord(
    id=ImportId(1),
    guild_id=GuildId(2),
    article_id=ArticleId(3),
    channel_id=ChannelId(4),
    thread_id=ChannelId(5),
    layout=Layout.REPLIES,
    state=ImportState.RUNNING,
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
STATES = [
    (
        {},
        "in <#5>",
        f"45 of 123 messages sent, {STARTED}. Done about <t:1772366478:t>.",
        "nothing needs doing",
        ["Pause", "Stop and undo…"],
    ),
    (
        {"state": ImportState.QUEUED, "thread_id": None, "sent": 0},
        "in <#4>",
        f"0 of 123 messages sent, {STARTED}. Done about <t:1772366523:t>.",
        "after a restart too",
        ["Pause", "Stop and undo…"],
    ),
    (
        {"reason": "Discord asks me to wait 4 minutes."},
        "in <#5>",
        "Paused at 45 of 123: Discord asks me to wait 4 minutes. I go on by myself.",
        "nothing needs doing",
        ["Pause", "Stop and undo…"],
    ),
    (
        {"state": ImportState.PAUSED, "reason": "The thread is locked."},
        "in <#5>",
        f"**Paused at 45 of 123:** The thread is locked. It was {STARTED}.",
        "press Resume",
        ["Resume", "Stop and undo…"],
    ),
    (
        {"state": ImportState.DONE, "sent": 123, "finished_at": NOON},
        "in <#5>",
        f"Done: 123 messages in 1 minute, {STARTED}.",
        "`/articles show`",
        ["Undo…"],
    ),
    (
        {"state": ImportState.UNDOING, "undo": UndoScope.MESSAGES, "undone_by": UserId(8)},
        "in <#5>",
        "Being taken back: 12 messages left.",
        "goes on by itself",
        [],
    ),
    (
        {"state": ImportState.UNDOING, "reason": "3 messages in <#9> could not be deleted: No right."},
        "in <#5>",
        "**Not taken back as a whole.** 3 messages in <#9> could not be deleted: No right.",
        "press Try again",
        ["Try again…"],
    ),
    (
        {
            "state": ImportState.UNDONE,
            "undo": UndoScope.MESSAGES,
            "undone_by": UserId(8),
            "finished_at": NOON,
        },
        "in <#5>",
        "Taken back <t:1772366400:R> by <@8>: my messages are deleted; what others wrote stays where it is.",
        "`/import article`",
        [],
    ),
    (
        {"state": ImportState.UNDONE, "undo": UndoScope.THREAD, "undone_by": UserId(8)},
        "in <#5>",
        "Taken back by <@8>: deleted with its thread.",
        "`/import article`",
        [],
    ),
]


def standing(**change):
    return Standing(replace(RUN, **change), FERRY, left=12)


def panel(*changes):
    return overview([standing(**change) for change in changes], now=NOON).panel


@pytest.mark.parametrize(("change", "where", "said", "next_step", "labels"), STATES)
def test_each_state_names_the_article_and_what_to_do_next(change, where, said, next_step, labels):
    first, last = panel(change).texts
    assert first == f"**The ferry that never sailed** {where}\n{said}"
    assert last.startswith("**Next:** ")
    assert next_step in last


@pytest.mark.parametrize(("change", "where", "said", "_", "labels"), STATES)
def test_the_notice_says_the_same_with_its_buttons(change, where, said, _, labels):
    shown = notice(standing(**change), now=NOON).panel
    assert shown.texts == (f"**The ferry that never sailed** {where}\n{said}",)
    assert [button.label for button in shown.buttons] == labels
    assert all(button.custom_id.endswith(":1") for button in shown.buttons)


def test_the_notice_of_an_import_that_runs_is_as_small_as_planned():
    """UI.md, section 7: 5 components, 166 characters."""
    shown = notice(Standing(RUN, FERRY, pace=1.0), now=NOON).panel
    assert shown.components == 5
    assert shown.characters < 170
    assert "45 of 123 messages sent, 1.0 a second, started" in shown.texts[0]
    assert [button.style for button in shown.buttons] == ["secondary", "danger"]


def test_a_measured_pace_tells_the_end():
    slow = notice(Standing(RUN, FERRY, pace=0.5), now=NOON).panel
    assert f"Done about <t:{int(NOON.timestamp()) + 156}:t>." in slow.texts[0]


@pytest.mark.parametrize(
    "change",
    [
        {"state": ImportState.PAUSED, "reason": "Why."},
        {"state": ImportState.UNDOING, "reason": "Why."},
    ],
)
def test_what_waits_for_somebody_decides_what_is_next(change):
    assert "mend " in panel({"state": ImportState.DONE}, change).texts[-1]


def test_ten_paused_imports_with_long_reasons_fit_into_a_panel():
    shown = panel(*[{"state": ImportState.PAUSED, "reason": "A long reason. " * 60}] * 10)
    assert shown.characters <= PANEL_CHARACTERS
    assert shown.components <= PANEL_COMPONENTS
    assert shown.texts[-2].endswith("older imports")
    assert shown.texts[-1].startswith("**Next:** ")


def test_ten_running_imports_have_buttons_as_far_as_they_fit():
    shown = panel(*[{}] * 10)
    assert shown.components <= PANEL_COMPONENTS
    assert [button.label for button in shown.buttons].count("Pause") == 5
