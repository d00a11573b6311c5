"""Every card word for word as UI.md has it, and no card over Discord's limits."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import cards, tree
from bot.domain.limits import BUTTON_URL, BUTTONS_PER_ROW, CONTENT, PANEL_CHARACTERS
from bot.domain.quotes import Passage
from tests.bot.domain import hostile
from tests.discussions import FERRY, NOON, comment

BENCH = "A boat without a timetable is a very expensive bench."
WRITERS = Passage(text=BENCH, block=2, start=0, end=len(BENCH), speaker="Ines Okafor")
THIRDS = WRITERS.model_copy(
    update={"speaker": "A. Reyes", "attribution": "speaker named by the sentence before it"}
)
READERS = Passage(text=BENCH, comment="a", start=0, end=len(BENCH), speaker="Tove Lind")
NOBODYS = WRITERS.model_copy(update={"speaker": None})


def card(article=FERRY, **changes):
    values = {"comments": 24, "quote": None, "in_forum": True, "contact": None, "now": NOON}
    return cards.article(article, **values | changes)


def without(**changes):
    return FERRY.model_copy(update=changes)


def test_the_article_card_in_a_forum_reads_as_specified():
    lede = "The city bought a ferry in 2011. It has never left the quay."
    assert card(quote=WRITERS, contact="keeper@example.org").content == (
        "From **Harbour Lines**, by Ines Okafor, <t:1549195200:D>\n"
        "[Article](<https://harbour-lines.example/2019/02/ferry>) and 24 comments, written there by its readers, "
        "not by members here.\n\n"
        f"{lede}\n\n"
        "> “A boat without a timetable is a very expensive bench.”\n"
        "-# Ines Okafor, in the article\n\n"
        "**Join in:** hold any comment and choose Reply. Your answer takes its place under it.\n"
        "-# Answers in this thread are kept in the bot's archive (/privacy). "
        "Not a member, and a comment should go? keeper@example.org"
    )


def test_in_a_text_channel_the_title_comes_first():
    first, second, *_ = card(in_forum=False).content.splitlines()
    assert first == "**The ferry that never sailed**"
    assert second.startswith("From **Harbour Lines**")


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (without(byline=None), "From **Harbour Lines**, <t:1549195200:D>"),
        (without(site=None), "From a saved page, by Ines Okafor, <t:1549195200:D>"),
        (without(site=None, byline=None, published=None), "From a saved page"),
        (
            without(published_source="inferred"),
            "From **Harbour Lines**, by Ines Okafor, about <t:1549195200:D>",
        ),
        (without(site="@everyone *now*", byline=None, published=None), "From **everyone \\*now\\***"),
    ],
)
def test_what_the_source_does_not_tell_is_left_out(article, line):
    assert card(article).content.splitlines()[0] == line


@pytest.mark.parametrize(
    ("url", "line"),
    [
        (None, "The article and 1 comment, written there by its readers, not by members here."),
        (
            "https://harbour-lines.example/>) hello",
            "The article and 1 comment, written there by its readers, not by members here.",
        ),
    ],
)
def test_without_an_address_that_can_be_linked_there_is_no_link(url, line):
    assert card(without(url=url), comments=1).content.splitlines()[1] == line


@pytest.mark.parametrize(
    ("quote", "said_by"),
    [
        (WRITERS, "-# Ines Okafor, in the article"),
        (THIRDS, "-# A. Reyes, quoted in the article"),
        (READERS, "-# Tove Lind, in the comments"),
        (NOBODYS, "-# in the article"),
        (READERS.model_copy(update={"speaker": None}), "-# a reader, in the comments"),
    ],
)
def test_the_cards_quote_says_whose_it_is(quote, said_by):
    lines = card(quote=quote).content.splitlines()
    assert lines[lines.index(f"> “{BENCH}”") + 1] == said_by


def test_a_quote_brings_no_second_pair_of_quotation_marks():
    marked = WRITERS.model_copy(update={"text": f"“{BENCH}”"})
    assert f"\n> “{BENCH}”\n" in card(quote=marked).content


def test_buttons_of_a_card_are_those_that_have_something_to_show():
    assert [(b.label, b.custom_id) for b in card().buttons] == [
        ("Contents", "rj:contents"),
        ("Privacy", "rj:privacy"),
    ]
    assert [b.label for b in card(comments=0).buttons] == ["Privacy"]


def test_an_article_without_comments_asks_to_be_answered():
    content = card(comments=0).content
    assert "[Article](<https://harbour-lines.example/2019/02/ferry>); it came without comments." in content
    assert "**Join in:** write here to answer the article.\n" in content


def test_what_a_card_must_say_stands_before_what_it_may():
    long = without(
        title="*" * 250,
        url="https://harbour-lines.example/" + "a" * 480,
        site="_" * 32,
        byline="_" * 32,
        lede="*" * 900,
    )
    shown = card(
        long, quote=WRITERS.model_copy(update={"text": "*" * 240}), in_forum=False, contact="_" * 100
    )
    assert len(shown.content) <= CONTENT
    assert "**Join in:**" in shown.content
    assert "(/privacy)" in shown.content


@pytest.mark.parametrize(
    ("done", "seconds", "text"),
    [
        (
            43,
            80,
            "**Placing comments: 43 of 120**\n-# One a second, the pace that Discord allows. About 1 minute 20 left.",
        ),
        (
            119,
            1,
            "**Placing comments: 119 of 120**\n-# One a second, the pace that Discord allows. About 1 second left.",
        ),
    ],
)
def test_progress_reads_as_specified_and_has_no_buttons(done, seconds, text):
    shown = cards.progress(done, 120, seconds_left=seconds)
    assert shown.panel.texts == (f"{text} You can read and answer already.",)
    assert shown.panel.buttons == ()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "1 second"),
        (25, "25 seconds"),
        (60, "1 minute"),
        (80, "1 minute 20"),
        (599, "9 minutes 59"),
        (600, "10 minutes"),
        (754, "12 minutes"),
        (6000, "1 hour 40"),
        (7200, "2 hours"),
    ],
)
def test_a_duration_is_said_as_a_person_would(seconds, said):
    assert cards.duration(seconds) == said


def test_the_end_card_reads_as_specified():
    nodes = tree.arrange([comment("a"), comment("b", "a"), comment("c")])
    shown = cards.end(FERRY, nodes, {1: 1, 2: 2, 3: 3}).bound(
        lambda ordinal: f"https://discord.com/{ordinal}"
    )
    assert shown.content == (
        "**That was everything from Harbour Lines: 3 comments.** From here on it is us.\n"
        "Hold a comment and choose Reply, or write here to answer the article itself.\n"
        "-# [Back to the top](https://discord.com/0) · [longest branch](https://discord.com/1) · "
        "[latest comment](https://discord.com/1)"
    )


def test_times_that_cannot_be_compared_make_the_last_comment_the_latest():
    nodes = tree.arrange([comment("a", posted_at=datetime(2030, 1, 1, tzinfo=UTC)), comment("b")])
    assert cards.end(FERRY, nodes, {1: 1, 2: 2}).linked == (0, 2)


def test_the_end_of_an_article_alone_says_that_there_were_no_comments():
    assert cards.end(FERRY, [], {}).content.startswith(
        "**That was the article from Harbour Lines; it came without comments.** From here on it is us."
    )


@pytest.mark.parametrize(
    ("article", "passage", "place", "first"),
    [
        (FERRY, WRITERS, "paragraph 3", "**Ines Okafor** writes in *The ferry that never sailed*:"),
        (
            FERRY,
            THIRDS,
            "paragraph 3",
            "**A. Reyes**, quoted by Ines Okafor in *The ferry that never sailed*:",
        ),
        (
            without(byline=None),
            THIRDS,
            "paragraph 3",
            "**A. Reyes**, quoted in *The ferry that never sailed*:",
        ),
        (FERRY, NOBODYS, "paragraph 3", "From *The ferry that never sailed*:"),
        (FERRY, READERS, "comment 1", "**Tove Lind** writes under *The ferry that never sailed*:"),
        (
            FERRY,
            READERS.model_copy(update={"speaker": None}),
            "comment 1",
            "A reader writes under *The ferry that never sailed*:",
        ),
    ],
)
def test_the_speaker_comes_first_on_a_quote_card(article, passage, place, first):
    who, words, notes = quoted(article, passage, place).panel.texts
    assert who == first
    assert words == f"### “{BENCH}”"
    middle = " · speaker named by the sentence before it" if passage is THIRDS else ""
    assert notes == (
        f"-# Found word for word in {place} · Harbour Lines, <t:1549195200:D>{middle} · chosen by <@7>"
    )


def test_a_quote_card_leads_into_the_thread_to_the_page_and_to_the_talk():
    read, page, discuss = quoted(FERRY, WRITERS).panel.buttons
    assert (read.label, read.url) == ("Read it in place", "https://discord.com/1")
    assert page.label == "Source page"
    assert page.url.startswith("https://harbour-lines.example/2019/02/ferry#:~:text=A%20boat%20without")
    assert (discuss.label, discuss.custom_id) == ("Discuss", "rj:discuss")


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://harbour-lines.example/" + "a" * 470])
def test_without_a_source_address_that_fits_there_is_no_second_button(url):
    assert [b.label for b in quoted(without(url=url), WRITERS).panel.buttons] == [
        "Read it in place",
        "Discuss",
    ]


@settings(deadline=None)
@given(
    hostile.articles(),
    hostile.passages(),
    st.booleans(),
    st.sampled_from([0, 24, 9_999]),
    st.sampled_from([None, "_" * 100]),
)
def test_no_page_makes_an_article_card_that_discord_refuses(article, passage, in_forum, comments, contact):
    shown = card(article, quote=passage, in_forum=in_forum, comments=comments, contact=contact)
    assert len(shown.content) <= CONTENT
    assert not shown.linked


@settings(deadline=None)
@given(hostile.articles(), hostile.passages().filter(bool))
def test_no_page_makes_a_quote_card_that_discord_refuses(article, passage):
    shown = quoted(article, passage).panel
    assert sum(map(len, shown.texts)) <= PANEL_CHARACTERS
    assert len(shown.buttons) <= BUTTONS_PER_ROW
    assert all(len(button.url or "") <= BUTTON_URL for button in shown.buttons)


def quoted(article, passage, place="paragraph 3"):
    return cards.pull_quote(
        article, passage, place=place, read_url="https://discord.com/1", chosen_by=7, now=NOON
    )
