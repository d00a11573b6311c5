from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import layout, tree
from bot.domain.discussion import AuthorSource, CommentKind, Rights
from bot.domain.layout import Setting
from bot.domain.limits import CONTENT, FILE_BYTES, PANEL_CHARACTERS
from bot.domain.outgoing import MessageKind
from tests.bot.domain import hostile
from tests.discussions import FERRY, NOON, comment, discussion

HERE = Setting(rights=Rights.OWN, in_forum=True, now=NOON)


def planned(*comments, setting=HERE, article=FERRY):
    source = tree.importable(discussion(*comments, article=article))
    return layout.plan(source, tree.arrange(source.comments), quote=None, setting=setting)


def contents(plan):
    return [m.outgoing.content for m in plan.messages if m.kind is MessageKind.COMMENT]


def test_a_root_says_who_when_what_and_which_and_nothing_else():
    plan = planned(comment("a", author="Tove Lind", text="Polished every spring."))
    assert contents(plan) == [
        "**Tove Lind** · 3 February 2019, 14:30 site time\nPolished every spring.\n-# Comment 1"
    ]


def test_an_answer_names_its_parent_its_level_and_points_the_arrow_at_it():
    plan = planned(
        comment("a", author="Tove Lind"), comment("b", "a", author="Bo Sand", text="Ask who signed.")
    )
    answer = plan.messages[2]
    assert answer.outgoing.content == (
        "**Bo Sand** to Tove Lind · 3 February 2019, 14:30 site time\nAsk who signed.\n"
        "-# Comment 2, answers comment 1, level 1"
    )
    assert answer.reply_to == 1
    assert answer.placements == (("b", 0),)


@pytest.mark.parametrize(
    ("posted_at", "shown"),
    [
        (datetime(2019, 2, 3, 14, 30, tzinfo=UTC), " · <t:1549204200:D>"),
        (datetime(2026, 2, 27, 9, 0, tzinfo=UTC), " · <t:1772182800:f>"),
        (date(2019, 2, 3), " · 3 February 2019"),
        (None, ""),
    ],
)
def test_a_time_is_shown_as_exactly_as_it_is_known(posted_at, shown):
    (content,) = contents(planned(comment("a", author="Bo", posted_at=posted_at)))
    assert content.splitlines()[0] == f"**Bo**{shown}"


@pytest.mark.parametrize(
    ("changes", "head", "note"),
    [
        ({"author": None, "author_source": AuthorSource.UNKNOWN}, "**Unnamed reader**", ""),
        (
            {"author": None, "author_source": AuthorSource.UNKNOWN, "author_guess": "quay_rat"},
            "**Unnamed reader**",
            ", name lost; perhaps “quay\\_rat”",
        ),
        (
            {"author": "quay_rat", "author_source": AuthorSource.INFERRED, "confidence": 0.97},
            "**quay\\_rat**",
            ", name known from an answer to it",
        ),
        (
            {"author": "quay_rat", "author_source": AuthorSource.INFERRED, "confidence": 0.8},
            "**Unnamed reader**",
            ", name lost; perhaps “quay\\_rat”",
        ),
    ],
)
def test_a_guess_never_stands_in_the_names_place(changes, head, note):
    (content,) = contents(planned(comment("a", posted_at=None, **changes)))
    assert content.splitlines()[0] == head
    assert content.splitlines()[-1] == f"-# Comment 1{note}"


def test_a_long_comment_becomes_parts_that_hang_on_each_other_and_lose_no_word():
    words = " ".join(f"word{n}" for n in range(900))
    plan = planned(comment("a", text=words), comment("b", "a"))
    parts = [m for m in plan.messages if m.placements and m.placements[0][0] == "a"]
    assert len(parts) > 1
    assert [m.placements[0][1] for m in parts] == list(range(len(parts)))
    assert [m.reply_to for m in parts] == [None, *(m.ordinal for m in parts[:-1])]
    assert parts[1].outgoing.content.splitlines()[-1] == f"-# Comment 1, part 2 of {len(parts)}"
    body = " ".join(" ".join(m.outgoing.content.splitlines()[1:-1]) for m in parts)
    assert body.split() == words.split()
    answer = plan.messages[parts[-1].ordinal + 1]
    assert answer.reply_to == parts[0].ordinal
    assert all(len(m.outgoing.content) <= 2000 for m in plan.messages if m.outgoing.content)


def test_a_comment_removed_on_the_site_stays_as_a_place_for_its_answers():
    first, second = contents(planned(comment("a", kind=CommentKind.DELETED, text=""), comment("b", "a")))
    assert first.startswith("**Removed comment**")
    assert "Its answers stay." in first
    assert second.startswith("**Reader b** to a removed comment")


def test_an_orphan_says_that_it_lost_its_parent():
    (content,) = contents(planned(comment("a", "gone")))
    assert content.endswith("-# Comment 1, lost its parent")


def test_quoted_words_carry_credit_and_link_and_no_file_goes_with_them():
    plan = planned(comment("a"), setting=Setting(rights=Rights.QUOTED, in_forum=True, now=NOON))
    (content,) = contents(plan)
    assert content.endswith("quoted from [Harbour Lines](<https://harbour-lines.example/2019/02/ferry>)")
    assert plan.messages[0].outgoing.attachment is None


def test_all_comments_go_with_the_card_as_one_file():
    plan = planned(comment("a", text="First."), comment("b", "a", text="Second."))
    attachment = plan.messages[0].outgoing.attachment
    assert attachment.filename == "ferry-that-never-sailed.txt"
    assert "[1] Reader a, 3 February 2019, 14:30\nFirst." in attachment.text
    assert "  [2] Reader b, 3 February 2019, 14:30, answers 1\n  Second." in attachment.text


def test_from_thirty_comments_on_the_second_message_tells_how_far_it_is():
    assert [m.kind for m in planned(*(comment(str(n)) for n in range(29))).messages[:2]] == [
        MessageKind.CARD,
        MessageKind.COMMENT,
    ]
    assert planned(*(comment(str(n)) for n in range(30))).messages[1].kind is MessageKind.PROGRESS


def test_the_end_links_to_the_top_the_longest_branch_and_the_latest_comment():
    plan = planned(
        comment("a"),
        comment("b"),
        comment("c", "b", posted_at=datetime(2019, 2, 9, 8, 0)),  # noqa: DTZ001 - as pages give it
    )
    end = plan.messages[-1]
    assert end.kind is MessageKind.END
    assert end.outgoing.linked == (0, 2, 3)
    bound = end.outgoing.bound(lambda ordinal: f"https://discord.com/{ordinal}")
    assert "[longest branch](https://discord.com/2)" in bound.content
    assert "[latest comment](https://discord.com/3)" in bound.content


def test_a_page_without_comments_is_still_an_article():
    plan = planned()
    assert [m.kind for m in plan.messages] == [MessageKind.CARD, MessageKind.END]
    assert "without comments" in plan.messages[0].outgoing.content


def test_names_of_any_length_leave_room_for_the_text():
    name = "e\u0301\u0301\u0301" * 200
    plan = planned(
        comment("a", author=name, text="x " * 1500), comment("b", "a", author=name, text="y " * 1500)
    )
    assert all(len(content) <= 2000 for content in contents(plan))


def test_a_file_that_discord_would_refuse_is_left_off():
    plan = planned(comment("a", markdown="Short.", text="x" * FILE_BYTES))
    assert plan.messages[0].outgoing.attachment is None


def test_an_address_that_would_break_the_line_is_no_link_in_the_credit():
    setting = Setting(rights=Rights.QUOTED, in_forum=True, now=NOON)
    odd = FERRY.model_copy(update={"url": "https://harbour-lines.example/" + "a" * 3000})
    (content,) = contents(planned(comment("a"), setting=setting, article=odd))
    assert content.endswith("-# Comment 1, quoted from Harbour Lines")


@settings(max_examples=60, deadline=None)
@given(hostile.discussions(), hostile.passages(), st.sampled_from(Rights), st.booleans())
def test_no_page_makes_a_message_that_discord_refuses(page, quote, rights, in_forum):
    setting = Setting(rights=rights, in_forum=in_forum, now=NOON, contact="_" * 100, progress_from=2)
    source = tree.importable(page)
    nodes = tree.arrange(source.comments)
    plan = layout.plan(source, nodes, quote=quote, setting=setting)
    address = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
    for message in plan.messages:
        sent = message.outgoing.bound(lambda _: address)
        assert all(ordinal < message.ordinal for ordinal in message.outgoing.linked)
        assert message.reply_to is None or message.reply_to < message.ordinal
        if sent.panel is not None:
            assert 0 < sum(map(len, sent.panel.texts)) <= PANEL_CHARACTERS
        else:
            assert 0 < len(sent.content.strip()) <= CONTENT
    assert {key for message in plan.messages for key, _ in message.placements} == {
        n.comment.key for n in nodes
    }
