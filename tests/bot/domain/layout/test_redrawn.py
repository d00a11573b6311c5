"""A page that stands is drawn anew from the stored tree: as it was, but for what was hidden since."""

import pytest

from bot.domain import layout, tree
from bot.domain.discussion import Rights
from bot.domain.layout import Setting, Terms, pieces_of, redrawn
from bot.domain.limits import PANEL_CHARACTERS
from bot.domain.outgoing import Layout, MessageKind
from tests.discussions import NOON, comment, discussion

LONG = "A boat without a timetable is a very expensive bench. " * 120


def source():
    comments = [comment(f"c{n}", f"c{n - 1}" if n % 3 else None) for n in range(30)]
    comments[4] = comment("c4", "c3", text=LONG)
    return tree.importable(discussion(*comments))


def drawn(rights):
    found = source()
    nodes = tree.arrange(found.comments)
    setting = Setting(rights=rights, in_forum=True, now=NOON, layout=Layout.CARDS)
    plan = layout.plan(found, nodes, quote=None, setting=setting)
    pages = [message for message in plan.messages if message.kind is MessageKind.PAGE]
    bound = {
        page.ordinal: page.outgoing.bound(lambda ordinal: f"https://d/{ordinal}").panel for page in pages
    }
    return found, nodes, pages, bound


def draw(plan, page, rights, hidden=()):
    found, nodes, pages, _ = plan
    starts = {key: each.ordinal for each in reversed(pages) for key, part in each.placements if part == 0}
    terms = Terms.of(found.article, rights, NOON)
    place = pages.index(page)
    return redrawn(
        pieces_of(nodes, terms),
        terms,
        set(page.placements),
        page=(place + 1, len(pages)),
        hidden=hidden,
        address_of=lambda number: f"https://d/{starts[nodes[number - 1].comment.key]}",
        previous=f"https://d/{pages[place - 1].ordinal}" if place else None,
    )


@pytest.mark.parametrize("rights", Rights)
def test_where_nothing_is_hidden_a_page_is_what_it_was(rights):
    plan = drawn(rights)
    _, _, pages, bound = plan
    assert len(pages) > 3
    for page in pages:
        assert draw(plan, page, rights) == bound[page.ordinal]


def test_of_a_hidden_comment_only_its_number_is_left_on_every_page_that_held_a_part():
    plan = drawn(Rights.OWN)
    _, _, pages, bound = plan
    holding = [page for page in pages if any(key == "c4" for key, _ in page.placements)]
    assert len(holding) > 1
    for page in holding:
        panel = draw(plan, page, Rights.OWN, hidden={5})
        told = "\n".join(panel.texts)
        assert "-# Comment 5 was hidden by the moderators. Its answers stay." in told
        assert "timetable" not in told
        assert "Answer 5" not in [button.label for button in panel.buttons]
        assert len(panel.blocks) <= len(bound[page.ordinal].blocks)
        assert panel.characters <= PANEL_CHARACTERS
