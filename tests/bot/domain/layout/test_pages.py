"""Pages word for word as UI.md has them, complete, in order, and within Discord's limits."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import layout, tree
from bot.domain.discussion import AuthorSource, CommentKind, Rights
from bot.domain.layout import Setting, pages
from bot.domain.layout.packing import Span
from bot.domain.layout.phrases import Terms
from bot.domain.limits import MESSAGE_ADDRESS, PANEL_CHARACTERS, PANEL_COMPONENTS, SECTION_TEXT
from bot.domain.outgoing import Layout, MessageKind, Outgoing
from bot.domain.panels import SectionBlock, TextBlock
from tests.bot.domain import hostile
from tests.discussions import FERRY, NOON, comment, discussion

#: As long as an address of a message can be.
ADDRESS = f"https://discord.com/channels/{2**64 - 1}/{2**64 - 1}/{2**64 - 1}"
FOOT = "-# If a button does not answer, write here all the same: a plain message always finds its place."
LONG = "The contract is public. It names a harbour, a colour and a date, and it does not name a price. " * 3


def on_pages(*comments, rights=Rights.OWN, article=FERRY, **changes):
    source = tree.importable(discussion(*comments, article=article))
    setting = Setting(rights=rights, in_forum=True, now=NOON, layout=Layout.CARDS, **changes)
    return layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)


def panels(plan):
    """The pages as they are sent, with every link at its full length."""
    return [
        message.outgoing.bound(lambda _: ADDRESS).panel
        for message in plan.messages
        if message.kind is MessageKind.PAGE
    ]


def held(plan):
    return [place for m in plan.messages if m.kind is MessageKind.PAGE for place in m.placements]


def test_a_page_reads_as_specified():
    plan = on_pages(
        comment("a", author="Tove Lind", text="Polished every spring."),
        comment("b", "a", author=None, author_source=AuthorSource.UNKNOWN, text=LONG),
        comment("c", "b", author="Bo Sand", text="Then somebody owes us a river."),
    )
    (page,) = panels(plan)
    assert page.accent == 0x4F6D8F
    assert page.texts == (
        "-# Comments 1 to 3 of 3",
        "**Tove Lind** · 3 February 2019, 14:30 site time\n-# Comment 1\nPolished every spring.",
        "**Unnamed reader** · 3 February 2019, 14:30 site time\n-# Comment 2, answers Tove Lind (1), level 1",
        LONG.strip(),
        (
            "**Bo Sand** · 3 February 2019, 14:30 site time\n"
            "-# Comment 3, answers Unnamed reader (2), level 2\nThen somebody owes us a river."
        ),
        FOOT,
    )
    assert [(b.label, b.custom_id) for b in page.buttons] == [
        ("Answer 1", "rj:a:1"),
        ("Answer 2", "rj:a:2"),
        ("Answer 3", "rj:a:3"),
        ("Contents", "rj:contents"),
    ]


def chain(count):
    """Comments each of which answers the one before it."""
    return [comment(str(n), str(n - 1) if n else None) for n in range(count)]


def test_a_later_page_says_which_it_is_and_links_back():
    first, second = panels(on_pages(*chain(14)))
    assert first.texts[0] == "-# Comments 1 to 12 of 14 · page 1 of 2"
    assert second.texts[0] == "-# Comments 13 to 14 of 14 · page 2 of 2"
    assert [button.label for button in first.buttons[-2:]] == ["Answer 12", "Contents"]
    assert [(button.label, button.url) for button in second.buttons[-2:]] == [
        ("Previous page", ADDRESS),
        ("Contents", None),
    ]
    assert FOOT in second.texts
    assert FOOT not in first.texts


def test_what_is_answered_is_linked_only_where_it_stands_in_another_message():
    plan = on_pages(*chain(14))
    first, second = (m.outgoing for m in plan.messages if m.kind is MessageKind.PAGE)
    assert first.linked == ()
    bound = second.bound(lambda ordinal: f"https://discord.com/{ordinal}").panel
    assert "-# Comment 13, answers [Reader 11 (12)](https://discord.com/1), level 12\n" in bound.texts[1]
    assert "-# Comment 14, answers Reader 12 (13), level 13\n" in bound.texts[2]
    assert bound.buttons[-2].url == "https://discord.com/1"


def test_brackets_in_a_name_do_not_break_its_link():
    before = chain(13)[:-1]
    before[-1] = comment("11", "10", author="Quay [rat] (old)")
    _, second = panels(on_pages(*before, comment("last", "11")))
    assert f"answers [Quay \\(rat\\) (old) (12)]({ADDRESS}), level" in second.texts[1]


def test_a_pages_order_is_the_trees_and_a_comment_alone_is_said_in_the_singular():
    page, last = panels(on_pages(*(comment(str(n), text="x" * 3400) for n in range(2))))
    assert (page.texts[0], last.texts[0]) == (
        "-# Comment 1 of 2 · page 1 of 2",
        "-# Comment 2 of 2 · page 2 of 2",
    )


@pytest.mark.parametrize(
    "text", ["👍", "x", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"]
)
def test_a_comment_of_one_sign_is_a_comment(text):
    (page,) = panels(on_pages(comment("a", text=text)))
    assert page.texts[1].splitlines()[-1] == text


@pytest.mark.parametrize(("length", "beside"), [(SECTION_TEXT, True), (SECTION_TEXT + 1, False)])
def test_only_a_short_text_stands_beside_its_button(length, beside):
    (page,) = panels(on_pages(comment("a", text="x" * length)))
    section, after = page.blocks[1:3]
    assert isinstance(section, SectionBlock)
    assert section.text.endswith("x" * SECTION_TEXT) == beside
    assert (after == TextBlock(text="x" * length)) != beside


def test_a_removed_comment_keeps_its_place_without_a_button():
    (page,) = panels(on_pages(comment("a", kind=CommentKind.DELETED, text=""), comment("b", "a")))
    assert page.texts[1] == (
        "**Removed comment** · 3 February 2019, 14:30 site time\n-# Comment 1\n"
        "-# This comment was removed on the site. Its answers stay."
    )
    assert "answers a removed comment (1), level 1" in page.texts[2]
    assert [button.label for button in page.buttons] == ["Answer 2", "Contents"]


def test_notes_stand_in_the_small_line():
    edited = datetime(2019, 2, 4, 9, 0, tzinfo=UTC)
    (page,) = panels(
        on_pages(
            comment("a", "gone", edited_at=edited),
            comment("b", author=None, author_source=AuthorSource.UNKNOWN, author_guess="quay_rat"),
        )
    )
    assert page.texts[1].splitlines()[:2] == [
        "**Reader a** · 3 February 2019, 14:30 site time, edited on the site <t:1549270800:D>",
        "-# Comment 1, lost its parent",
    ]
    assert page.texts[2].splitlines()[1] == "-# Comment 2, name lost; perhaps “quay\\_rat”"


def test_quoted_words_carry_credit_and_link_on_every_page():
    pages_of = panels(on_pages(*chain(30), rights=Rights.QUOTED))
    credit = " · quoted from [Harbour Lines](<https://harbour-lines.example/2019/02/ferry>)"
    assert len(pages_of) > 2
    assert all(page.texts[0].endswith(credit) for page in pages_of)


def test_a_comment_longer_than_a_page_is_parted_over_pages_and_loses_no_word():
    words = " ".join(f"word{n}" for n in range(1500))
    plan = on_pages(comment("a", text="Short."), comment("b", "a", text=words), comment("c", "b"))
    parts = [part for key, part in held(plan) if key == "b"]
    assert parts == list(range(len(parts)))
    assert len(parts) > 2
    texts = [text for page in panels(plan) for text in page.texts]
    heads = [text for text in texts if text.splitlines()[-1].startswith("-# Comment 2,")]
    assert heads[0].endswith(f"-# Comment 2, answers Reader a (1), level 1, part 1 of {len(parts)}")
    assert heads[1].endswith(f"-# Comment 2, part 2 of {len(parts)}")
    assert " ".join(text for text in texts if text.startswith("word")).split() == words.split()
    assert [len({b.custom_id for b in page.buttons}) == len(page.buttons) for page in panels(plan)]
    # The answer stands below the last part, so it needs no link.
    assert any(
        text.startswith("**Reader c**") and "answers Reader b (2), level 2\n" in text for text in texts
    )


def test_the_ends_and_the_cards_words_suit_pages():
    later = datetime(2019, 2, 9, 8, 0)  # noqa: DTZ001 - as pages give it
    plan = on_pages(*chain(13), comment("last", "12", posted_at=later))
    card, end = plan.messages[0].outgoing.content, plan.messages[-1].outgoing.content
    assert "**Join in:** press Answer beside a comment, or write here: a plain message always works." in card
    assert "Press Answer beside a comment, or write here to answer the article itself." in end
    assert plan.messages[-1].outgoing.linked == (0, 1, 2)


@settings(max_examples=40, deadline=None)
@given(hostile.discussions(), st.sampled_from(Rights), st.integers(1, 12))
def test_every_comment_stands_once_in_order_and_no_page_is_more_than_discord_takes(page, rights, copies):
    comments = [
        one.model_copy(
            update={"key": f"{copy}-{one.key}", "parent": one.parent and f"{copy // 2}-{one.parent}"}
        )
        for copy in range(copies)
        for one in page.comments
    ]
    source = tree.importable(page.model_copy(update={"comments": tuple(comments)}))
    nodes = tree.arrange(source.comments)
    setting = Setting(rights=rights, in_forum=False, now=NOON, layout=Layout.CARDS)
    plan = layout.plan(source, nodes, quote=None, setting=setting)
    placed = held(plan)
    assert [key for key, part in placed if part == 0] == [node.comment.key for node in nodes]
    for (key, part), (next_key, next_part) in pairwise(placed):
        assert next_part == (part + 1 if next_key == key else 0)
    for sent in panels(plan):
        assert sent.components <= PANEL_COMPONENTS
        assert 0 < sent.characters <= PANEL_CHARACTERS
        ids = [button.custom_id for button in sent.buttons if button.custom_id]
        assert len(set(ids)) == len(ids)
        assert all(text.strip() for text in sent.texts)
    for message in plan.messages:
        assert all(ordinal < message.ordinal for ordinal in message.outgoing.linked)


def fewest_pages(nodes, terms):
    """An exact dynamic program over (page, place) with every candidate page built and measured: nothing of the packer."""
    pieces = pages.pieces_of(nodes, terms)
    starts = {piece.node.number: 1 for piece in pieces}
    measured = {}

    def fits(span):
        key = (
            span.start,
            span.end,
            span.page == 1,
            len(str(span.page)),
            span.pages == 1,
            len(str(span.pages)),
        )
        if key not in measured:
            built = Outgoing(panel=pages.panel(pieces, terms, span, 1, starts)).bound(lambda _: ADDRESS).panel
            ids = [button.custom_id for button in built.buttons if button.custom_id]
            measured[key] = (
                built.components <= PANEL_COMPONENTS
                and built.characters <= PANEL_CHARACTERS
                and len(set(ids)) == len(ids)
            )
        return measured[key]

    for total in range(1, len(pieces) + 1):
        reached = {0}
        for page in range(1, total + 1):
            reached = {
                end
                for start in reached
                for end in range(start + 1, min(len(pieces), start + 14) + 1)
                if fits(Span(start, end, page, total))
            }
        if len(pieces) in reached:
            return total
    return 0


@st.composite
def discussions(draw):
    """Comments of all lengths, the longest over a page, that answer one another near and far."""
    comments = []
    for number in range(draw(st.integers(0, 18))):
        length = draw(st.sampled_from([10, 150, 900, 1800, 4100]))
        parent = draw(st.sampled_from([None, *range(max(0, number - 5), number)]))
        comments.append(
            comment(
                str(number),
                None if parent is None else str(parent),
                author=draw(st.sampled_from(["Bo", "W" * 32, None])),
                text=("word " * length)[:length],
            )
        )
    return discussion(*comments)


@settings(max_examples=20, deadline=None)
@given(discussions(), st.sampled_from([Rights.OWN, Rights.QUOTED]))
def test_no_plan_has_fewer_pages(source, rights):
    source = tree.importable(source)
    nodes = tree.arrange(source.comments)
    setting = Setting(rights=rights, in_forum=True, now=NOON, layout=Layout.CARDS)
    plan = layout.plan(source, nodes, quote=None, setting=setting)
    needed = fewest_pages(nodes, Terms.of(source.article, rights, NOON))
    assert len(panels(plan)) == needed
    assert layout.calls(plan, setting) == layout.floor_calls(source, nodes, setting)


def test_an_address_of_a_message_has_at_most_the_length_that_is_reckoned_with():
    assert len(ADDRESS) == MESSAGE_ADDRESS
