import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import layout, tree
from bot.domain.discussion import AuthorSource, Dropped, Rights
from bot.domain.layout import Setting
from bot.domain.limits import FILE_BYTES, PANEL_CHARACTERS, PREVIEW_CHARACTERS
from bot.domain.outgoing import Layout
from bot.domain.preview import preview, report
from tests.bot.domain import hostile
from tests.discussions import FERRY, NOON, comment, discussion

HERE = Setting(rights=Rights.OWN, in_forum=True, now=NOON)
#: What the cog adds: the bot's rights there, and where the article stands already.
ELSEWHERE = 400


def shown(source, *, where="new post in <#1>, tag Articles", notes=(), **changes):
    setting = Setting(**{"rights": Rights.OWN, "in_forum": True, "now": NOON} | changes)
    source = tree.importable(source)
    nodes = tree.arrange(source.comments)
    plan = layout.plan(source, nodes, quote=None, setting=setting)
    return preview(source, nodes, plan, where=where, setting=setting, notes=notes)


def texts(found):
    every = (found.head, found.summary, found.branch, found.left_out, found.please_look)
    return [text for text in every if text is not None]


def noted(source, dropped=(), warnings=()):
    return source.model_copy(
        update={"dropped": tuple(Dropped(text="…", reason=r) for r in dropped), "warnings": tuple(warnings)}
    )


def test_the_preview_reads_as_specified():
    lost = {"author": None, "author_source": AuthorSource.UNKNOWN}
    page = noted(
        discussion(
            comment("a", author="Tove Lind"), comment("b", "a", author="Bo Sand"), comment("c", "b", **lost)
        ),
        ["a donation box under the article", "a comment that the site still holds back"],
    )
    found = shown(page)
    assert found.head == (
        "## Check before posting\n**The ferry that never sailed**\nHarbour Lines, by Ines Okafor, <t:1549195200:D>"
    )
    assert found.summary == (
        "**3 comments**: 2 named people, 1 without a name; deepest answer: level 2\n"
        "**Where:** new post in <#1>, tag Articles\n"
        "**How:** one message a comment, 5 messages, about 5 seconds, nobody is notified"
    )
    assert found.left_out == (
        "**Left out: 2**\n- a donation box under the article\n- a comment that the site still holds back"
    )
    assert found.please_look == (
        "**Please look: 1**\n- comment 3: name lost in the file, shown as Unnamed reader"
    )


def test_the_first_branch_is_shown_as_it_will_be_posted():
    source = discussion(comment("a"), comment("b", author="Tove Lind"), comment("c", "b", author="Bo Sand"))
    plan = layout.plan(source, tree.arrange(source.comments), quote=None, setting=HERE)
    second, third = (message.outgoing.content for message in plan.messages[2:4])
    assert shown(source).branch == f"**The first branch, as it will look**\n>>> {second}\n\n{third}"


@pytest.mark.parametrize(
    ("comments", "words"),
    [(1, "3 seconds"), (24, "26 seconds"), (58, "1 minute"), (98, "1 minute 40"), (1000, "16 minutes")],
)
def test_the_time_is_what_discord_s_limit_makes_of_it(comments, words):
    """UI.md: 24 comments, 26 messages; one a second."""
    page = discussion(*(comment(str(n)) for n in range(comments)))
    found = shown(page, layout=Layout.REPLIES, progress_from=10_000)
    assert f"one message a comment, {comments + 2:,} messages, about {words}, nobody" in found.summary


def test_pages_are_shown_as_the_first_one_will_begin():
    found = shown(discussion(comment("a"), comment("b", "a")), layout=Layout.CARDS)
    assert "on pages of several comments, 3 messages" in found.summary
    assert found.branch == (
        "**The first page, as it will begin**\n>>> -# Comments 1 to 2 of 2\n\n"
        "**Reader a** · 3 February 2019, 14:30 site time\n-# Comment 1\nWhat a says about the ferry.\n\n"
        "**Reader b** · 3 February 2019, 14:30 site time\n-# Comment 2, answers Reader a (1), level 1\n"
        "What b says about the ferry.\n\n"
        "-# If a button does not answer, write here all the same: a plain message always finds its place."
    )


def test_voices_are_shown_with_the_names_above_them():
    found = shown(discussion(comment("a"), comment("b", "a")), layout=Layout.VOICES)
    assert "one message a comment, under its speaker's name, 4 messages" in found.summary
    assert (
        ">>> **Reader a via Harbour Lines**\nWhat a says about the ferry.\n-# Comment 1 · 3 February"
        in found.branch
    )


def test_what_matters_at_the_place_stands_below_it():
    found = shown(discussion(comment("a")), notes=["**Threads:** 950 are open in this server."])
    assert found.summary.endswith("nobody is notified\n**Threads:** 950 are open in this server.")


def test_comments_that_are_not_shown_as_they_were_written_are_named_by_number():
    lost = {"author": None, "author_source": AuthorSource.UNKNOWN}
    page = noted(
        discussion(
            comment("a", **lost),
            comment("b", "nowhere"),
            comment(
                "c", author=None, author_source=AuthorSource.INFERRED, author_guess="quay_rat", confidence=0.5
            ),
            comment("d", author="Kit", author_source=AuthorSource.INFERRED, confidence=1.0),
        ),
        warnings=["2 of 4 comments stand without a header."],
    )
    found = shown(page)
    assert found.please_look == (
        "**Please look: 5**\n"
        "- comments 1, 3: name lost in the file, shown as Unnamed reader\n"
        "- comment 4: name known from an answer only\n"
        "- comment 2: lost its parent, shown at the top\n"
        "- 2 of 4 comments stand without a header."
    )


def test_a_line_names_a_dozen_and_the_report_all():
    lost = {"author": None, "author_source": AuthorSource.UNKNOWN}
    page = tree.importable(discussion(*(comment(str(n), **lost) for n in range(30))))
    line = "comments 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 18 more: name lost in the file, shown as Unnamed reader"
    assert shown(page).please_look == f"**Please look: 30**\n- {line}"
    assert ", 29, 30: name lost in the file" in report(page, tree.arrange(page.comments))


def test_a_long_comment_is_cut_in_the_preview_and_says_so():
    branch = shown(discussion(comment("a", text="polished every spring " * 100))).branch
    assert len(branch) <= 900
    assert branch.endswith("…")


def test_nothing_left_out_and_nothing_unsure_need_no_words():
    found = shown(discussion(comment("a")))
    assert (found.left_out, found.please_look) == (None, None)
    assert "no answers among them" in found.summary


def test_the_same_reason_is_said_once_with_its_number():
    found = shown(noted(discussion(comment("a")), ["button", "donation box", "button"]))
    assert found.left_out == "**Left out: 3**\n- button (2)\n- donation box"


def test_a_list_stops_after_five_lines_and_says_how_many_more():
    found = shown(noted(discussion(comment("a")), warnings=[f"warning {n}" for n in range(17)]))
    assert found.please_look.splitlines()[-2:] == ["- warning 4", "- and 12 more, in the report"]


def test_an_article_alone_says_what_would_be_posted():
    found = shown(discussion())
    assert found.summary.startswith("**No comments**: only the article would be posted\n")
    assert found.summary.endswith("**How:** 2 messages, about 2 seconds, nobody is notified")
    assert found.branch is None


def test_a_file_that_discord_would_refuse_is_left_off_and_said():
    huge = discussion(comment("a", markdown="Short.", text="x" * FILE_BYTES))
    assert "without the file of all comments, which is larger than Discord takes" in shown(huge).summary
    assert "without the file" not in shown(huge, rights=Rights.QUOTED).summary


def test_five_hundred_long_warnings_stay_within_the_budget_of_the_screen():
    page = noted(
        discussion(
            comment("a", text="A long story. " * 300),
            article=FERRY.model_copy(update={"title": "A very long title " * 40}),
        ),
        [f"{n}: {'something else that was left out ' * 9}" for n in range(500)],
        [f"{n}: {'something that is not quite certain ' * 9}" for n in range(500)],
    )
    assert sum(map(len, texts(shown(page)))) <= PREVIEW_CHARACTERS - ELSEWHERE


@settings(max_examples=60, deadline=None)
@given(hostile.discussions(), st.sampled_from(Rights))
def test_no_page_makes_a_preview_that_discord_refuses(page, rights):
    found = shown(page, rights=rights, where="w" * 200)
    assert sum(map(len, texts(found))) <= PANEL_CHARACTERS - ELSEWHERE
    assert all(text.strip() for text in texts(found))


def test_the_report_holds_every_word_that_the_screen_cuts():
    page = noted(
        discussion(comment("a", text="Polished every spring.", evidence="an answer says so", confidence=0.6)),
        ["a donation box"],
        ["w" * 300],
    )
    said = report(page, tree.arrange(page.comments))
    assert "Left out: 1\n- a donation box: …" in said
    assert "Please look: 1\n- " + "w" * 300 in said
    assert "- Polished every spring.: an answer says so (60% sure of where it begins)" in said
