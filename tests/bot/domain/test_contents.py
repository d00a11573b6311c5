from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contents import Entry, branch, contents, further, latest, unanswered
from bot.domain.discussion import AuthorSource, Speaker
from bot.domain.limits import PANEL_CHARACTERS, PANEL_COMPONENTS, SELECT_OPTION_TEXT, SELECT_OPTIONS
from bot.domain.panels import ButtonRow, SelectRow
from tests.bot.domain import hostile
from tests.discussions import NOON

TOVE = Speaker(name="Tove [Lind]", source=AuthorSource.HEADER)
ALICE = Speaker(member_id=5, source=AuthorSource.HEADER)


def entry(number, text="I worked on that quay for six years.", speaker=TOVE, answers=0, **more):
    return Entry(number, speaker, text, f"https://d/{number}", answers, **more)


def select_of(outgoing):
    (row,) = [block for block in outgoing.panel.blocks if isinstance(block, SelectRow)]
    return row


def test_contents_list_branches_with_links_and_the_ways_to_all_others():
    shown = contents("The *ferry*", 3, [entry(1, answers=2), entry(4, "Sell it.", ALICE)])
    assert shown.panel.texts[0].splitlines() == [
        "**Contents: The \\*ferry\\***",
        "- [Tove \\(Lind\\): I worked on that quay for six years.](https://d/1) · 2 answers",
        "- <@5>: [Sell it.](https://d/4)",
    ]
    select = select_of(shown)
    assert (select.custom_id, select.placeholder) == ("rj:jump:3", "Jump to branch")
    assert [(option.label, option.value, option.description) for option in select.options] == [
        ("Comment 1, Tove [Lind]: I worked on that quay for six years.", "1", "2 answers"),
        ("Comment 4, a member: Sell it.", "4", None),
    ]
    assert [(button.label, button.custom_id) for button in shown.panel.buttons] == [
        ("Latest", "rj:latest:3"),
        ("Unanswered", "rj:unanswered:3:0"),
    ]


def test_contents_say_how_many_branches_do_not_fit():
    (text,) = contents("Ferry", 3, [entry(n, "w" * 60, answers=1) for n in range(100)]).panel.texts
    assert len(text) <= PANEL_CHARACTERS
    *listed, rest = text.splitlines()[1:]
    assert rest == f"-# and {100 - len(listed)} more branches"


def test_contents_without_comments_say_so_and_offer_nothing():
    shown = contents("Ferry", 3, [])
    assert shown.panel.texts[0].endswith("No comments yet. Write in the thread to begin.")
    assert len(shown.panel.blocks) == 1


def test_every_branch_can_be_chosen_however_many_there_are():
    branches = [entry(number) for number in range(1, 131)]
    reached = []
    panel = contents("Ferry", 3, branches)
    while True:
        options = select_of(panel).options
        assert len(options) <= SELECT_OPTIONS
        reached += [int(option.value) for option in options if option.value.isdecimal()]
        more = [option for option in options if not option.value.isdecimal()]
        if not more:
            break
        assert more[0].label.startswith(f"More: branches {len(reached) + 1} to ")
        panel = further(3, branches, int(more[0].value.removeprefix("from ")))
    assert reached == [one.number for one in branches]
    assert further(3, branches, 9_999).panel.texts[0].startswith("**Branches 1 to 24 of 130**")


def test_twenty_five_branches_need_no_further_select():
    options = select_of(contents("Ferry", 3, [entry(number) for number in range(1, 26)])).options
    assert [option.value for option in options] == [str(number) for number in range(1, 26)]


def test_a_branch_is_a_link_and_a_button():
    shown = branch(entry(4, answers=1))
    assert shown.panel.texts[0].endswith("](https://d/4) · 1 answer")
    assert [(button.label, button.url) for button in shown.panel.buttons] == [
        ("Go to comment 4", "https://d/4")
    ]


def test_what_is_gone_is_named_by_its_number_only():
    gone = entry(11, text=None)
    assert gone.line == "[Comment 11, removed](https://d/11)"
    assert gone.label == "Comment 11, removed"
    assert entry(12, text=" ", speaker=ALICE).line == "<@5>: [(no text)](https://d/12)"


def test_latest_says_when():
    shown = latest(
        [
            entry(25, "Today.", ALICE, posted_at=NOON - timedelta(hours=1)),
            entry(2, "Then.", posted_at=datetime(2019, 2, 3, 14, 30)),  # noqa: DTZ001
            entry(3, "A day.", posted_at=date(2019, 2, 3)),
        ],
        now=NOON,
    )
    assert [line.rpartition(" · ")[2] for line in shown.panel.texts[0].splitlines()[1:]] == [
        f"<t:{int(NOON.timestamp()) - 3600}:f>",
        "3 February 2019, 14:30 site time",
        "3 February 2019",
    ]
    assert len(latest([entry(n) for n in range(50)], now=NOON).panel.texts[0].splitlines()) == 11
    assert latest([], now=NOON).panel.texts == ("**Latest**\nNo comments yet.",)


def test_unanswered_comes_ten_at_a_time():
    entries = [entry(number) for number in range(1, 14)]
    first = unanswered(3, entries, 0, comments=24, now=NOON)
    assert first.panel.texts[0].startswith("**Unanswered: 13 of 24 comments**\n- ")
    (button,) = first.panel.buttons
    assert (button.label, button.custom_id) == ("Next 3", "rj:unanswered:3:10")
    second = unanswered(3, entries, 10, comments=24, now=NOON)
    assert second.panel.texts[0].count("\n- ") == 3
    assert not [block for block in second.panel.blocks if isinstance(block, ButtonRow)]
    # Meanwhile they were answered.
    assert unanswered(3, entries[:2], 10, comments=24, now=NOON).panel.texts[0].count("\n- ") == 2
    done = unanswered(3, [], 0, comments=24, now=NOON)
    assert done.panel.texts == ("**Unanswered**\nEvery comment has an answer.",)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(lambda text, name: (text, name), hostile.TEXTS, hostile.TEXTS), min_size=1, max_size=40
    )
)
def test_no_words_make_a_panel_that_discord_refuses(found):
    entries = [
        entry(number, text, Speaker(name=name or None, source=AuthorSource.HEADER), answers=number)
        for number, (text, name) in enumerate(found, start=1)
    ]
    for shown in (
        contents(found[0][0] or "t", 3, entries),
        further(3, entries, 24),
        branch(entries[0]),
        latest(entries, now=NOON),
        unanswered(3, entries, 0, comments=40, now=NOON),
    ):
        assert shown.panel.characters <= PANEL_CHARACTERS
        assert shown.panel.components <= PANEL_COMPONENTS
        for block in shown.panel.blocks:
            if isinstance(block, SelectRow):
                assert all(0 < len(option.label) <= SELECT_OPTION_TEXT for option in block.options)
                assert len({option.value for option in block.options}) == len(block.options)
