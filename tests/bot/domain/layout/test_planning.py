"""Which layout an import gets, and what the plan says of itself."""

import pytest

from bot.domain import layout, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting
from bot.domain.outgoing import Layout, MessageKind
from tests.discussions import NOON, comment, discussion

CHOSEN = [layout for layout in Layout if layout is not Layout.AUTO]


def planned(comments, **changes):
    source = tree.importable(discussion(*(comment(str(n)) for n in range(comments))))
    setting = Setting(**{"rights": Rights.OWN, "in_forum": True, "now": NOON} | changes)
    nodes = tree.arrange(source.comments)
    return source, nodes, setting, layout.plan(source, nodes, quote=None, setting=setting)


@pytest.mark.parametrize(
    ("comments", "limit", "expected"),
    [
        (0, 60, Layout.REPLIES),
        (60, 60, Layout.REPLIES),
        (61, 60, Layout.CARDS),
        (3, 2, Layout.CARDS),
        (1, 0, Layout.CARDS),
    ],
)
def test_automatic_posts_few_one_by_one_and_many_on_pages(comments, limit, expected):
    _, _, _, plan = planned(comments, one_by_one_limit=limit)
    assert plan.layout is expected


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("comments", [0, 1, 200])
def test_what_is_chosen_is_what_is_planned(chosen, comments):
    _, _, _, plan = planned(comments, layout=chosen)
    assert plan.layout is chosen
    assert [message.ordinal for message in plan.messages] == list(range(len(plan.messages)))
    assert plan.messages[-1].kind is MessageKind.END


@pytest.mark.parametrize("chosen", Layout)
def test_no_layout_is_without_words(chosen):
    assert chosen.words


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("in_forum", [True, False])
@pytest.mark.parametrize("comments", [0, 1, 29, 30, 150])
def test_a_plan_makes_no_more_calls_than_it_must(chosen, in_forum, comments):
    source, nodes, setting, plan = planned(comments, layout=chosen, in_forum=in_forum)
    assert layout.calls(plan, setting) == layout.floor_calls(source, nodes, setting)


@pytest.mark.parametrize(
    ("chosen", "comments", "seconds"),
    [(Layout.REPLIES, 20, 22), (Layout.CARDS, 20, 4), (Layout.VOICES, 20, 8), (Layout.VOICES, 100, 200)],
)
def test_people_are_told_how_long_it_takes_at_an_even_pace(chosen, comments, seconds):
    *_, plan = planned(comments, layout=chosen, progress_from=10**6)
    assert layout.seconds(plan) == seconds


@pytest.mark.parametrize(
    ("chosen", "comments", "seconds"),
    [
        # The card opens the thread; with the end card so many messages follow in it.
        (Layout.REPLIES, 4, 0),
        (Layout.REPLIES, 5, 5),
        (Layout.REPLIES, 100, 100),
        (Layout.CARDS, 100, 5),
        (Layout.VOICES, 5, 0),
        (Layout.VOICES, 6, 2),
        (Layout.VOICES, 31, 60),
    ],
)
def test_a_window_opens_with_its_first_message(chosen, comments, seconds):
    *_, plan = planned(comments, layout=chosen, progress_from=10**6)
    assert layout.seconds_at_limit(plan) == seconds
