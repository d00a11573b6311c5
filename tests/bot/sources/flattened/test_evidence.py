"""Every sign has a place where it is seen, and where it is not."""

import pytest

from bot.sources.flattened.evidence import WEIGHTS, Gap, Page, Sign, ratio, signs
from bot.sources.flattened.headers import Header
from bot.sources.flattened.outline import Outline, Run

#: Sign, the comment above, the paragraph below that shows it, and one that doesn't.
CASES = [
    (Sign.OPEN_ENDING, ["Three things to bring:"], "A rope.", None),
    (Sign.UNCLOSED, ["He wrote “the rope is here"], "and the lamp is there”.", "The lamp."),
    (Sign.SALUTATION, ["Hi Wanda,"], "The rope is here.", None),
    (Sign.QUOTATION_ABOVE, ["“The rope is here.”"], "It never was.", "“Nor the lamp.”"),
    (Sign.UNSTOPPED, ["see you at the quay then"], "The rope is here.", None),
    (Sign.LINK, ["See this."], "https://rope.example/a", "See https://rope.example/a too."),
    (Sign.SIGN_OFF, ["See this."], "Kind regards", "Kind people wrote to me about the rope yesterday."),
    (Sign.POSTSCRIPT, ["See this."], "PS: bring a lamp", "Plain ropes."),
    (Sign.CONNECTIVE, ["See this."], "However, nobody came.", "Nobody came."),
    (Sign.TEASER, ["The harbour master has a list of them."], "He let me copy it.…", "He let me copy it…"),
    (Sign.POINTING_BACK, ["See this."], "That rope is mine.", "My rope is here."),
    (Sign.LISTED, ["See this."], "- a lamp", "a lamp"),
    (Sign.SHARED_WORDS, ["My capstan creaks."], "Oil the capstan.", "Oil the hinge."),
    (Sign.GREETING, ["See this."], "Hello everybody!", "Everybody left."),
    (Sign.THANKS, ["See this."], "Vielen Dank dafür!", "Thankless work."),
    (Sign.PRAISE, ["See this."], "Great article!", "Greater men have tried."),
    (Sign.ADDRESS, ["See this."], "@Wanda: no", "Wanda left."),
    (Sign.CALLS_AUTHOR, ["See this."], "Una Kell, it is gone.", "Wanda, it is gone."),
    (
        Sign.QUOTES_ABOVE,
        ["The rope is in the shed."],
        "“The rope is in the shed.” Is it?",
        "The shed is empty.",
    ),
    (
        Sign.QUOTES_ARTICLE,
        ["See this."],
        "“The ferry never sailed at all.” Ha!",
        "“Some other words entirely.”",
    ),
    (Sign.EXPERIENCE, ["See this."], "I finally made it to the quay.", "I am here."),
    (Sign.FIRST_PERSON, ["See this."], "Ich sehe das Seil.", "Ichthyology is a science."),
    (Sign.QUOTED_BELOW, ["See this."], "Whoever paints a capstan must like green a lot.", "Whoever came."),
    (Sign.TWIN, ["See this."], "The harbour master knows about it all along.", "The harbour."),
    (Sign.QUOTATION, ["See this."], "“So they say.”", "So they say."),
    (Sign.SIGNED, ["The rope is here. Thanks again!"], "Nobody came.", None),
    (Sign.CLOSING_LINE, ["Read more"], "Nobody came.", None),
    (Sign.GAP, ["See this."], "Nobody came.", None),
    (Sign.ADDRESSED, ["@Wanda: no"], "Nobody came.", None),
    (Sign.OPENER, ["Great article!"], "Nobody came.", None),
    (Sign.ENUMERATED, ["red rope"], "green lamp", "Nobody came."),
    (Sign.NAME_ONLY, ["See this."], "Wanda", "Nobody came."),
    (Sign.SAME_YOU, ["You came late."], "Your rope is here.", "My rope is here."),
    (Sign.SAME_WE, ["We came late."], "Our rope is here.", "US customs came."),
    (Sign.FIGURES, ["It cost 400 crowns."], "The lamp cost 20.", "The lamp was free."),
    (Sign.THANKS_AHEAD, ["Where is the rope?"], "Thanks!", "Nobody came."),
    (Sign.ELLIPSIS, ["And then the rope …"], "Nobody came.", None),
    (Sign.CLAIMED, ["See this."], "Nobody came.", None),
]


@pytest.fixture
def page() -> Page:
    def run(*texts: str, depth: int = 0, header: Header | None = None) -> Run:
        return Run(depth=depth, parent=None, header=header, texts=list(texts), gaps=[1] * len(texts))

    runs = [
        run("The harbour master knows about it.", "The capstan is oiled.", "Read more"),
        run("“Whoever paints a capstan must like green.” True.", "Read more", depth=1),
        run("My capstan creaks.", "Read more"),
        run(
            "I have counted the ropes.…",
            "Twelve.",
            "Read more",
            header=Header("Wanda Kell", None, None, 40, 20),
        ),
    ]
    return Page(Outline(runs=runs), topic="The ferry", body="The ferry never sailed at all. I know.")


def gap(sign: Sign, above: list[str], below: str) -> Gap:
    blank_lines = 3 if sign is Sign.GAP else 1
    return Gap(above[0], above, below, blank_lines, claimed=sign is Sign.CLAIMED, author="Una Kell")


@pytest.mark.parametrize(("sign", "above", "shown", "not_shown"), CASES, ids=[case[0].name for case in CASES])
def test_a_sign_is_seen_where_it_is(
    page: Page, sign: Sign, above: list[str], shown: str, not_shown: str | None
) -> None:
    assert sign in signs(gap(sign, above, shown), page)
    if not_shown is not None:
        assert sign not in signs(gap(sign, above, not_shown), page)


@pytest.mark.parametrize("sign", [case[0] for case in CASES if case[3] is None], ids=lambda sign: sign.name)
def test_a_sign_of_what_stands_above_is_not_seen_elsewhere(page: Page, sign: Sign) -> None:
    plain = Gap("See this there.", ["See this there."], "Nobody came.", 1, claimed=False)
    assert sign not in signs(plain, page)


@pytest.mark.parametrize(
    "below", ["@Wanda: oil the capstan.", "“Oil the capstan.” Why?", "Wanda, you oil the capstan."]
)
def test_an_answer_takes_up_the_words_that_it_answers(page: Page, below: str) -> None:
    above = Gap("My capstan creaks.", ["My capstan creaks."], below, 1, claimed=False)
    assert Sign.SHARED_WORDS not in signs(above, page)


@pytest.mark.parametrize(
    "thanks",
    [
        "Thanks for any help!",
        "Vielen Dank für eure Hilfe!",
        "Merci d’avance pour tout",
        "Gracias por su respuesta.",
    ],
)
def test_thanks_for_what_is_hoped_for_end_a_question(page: Page, thanks: str) -> None:
    seen = signs(Gap("Where is it?", ["Where is it?"], thanks, 1, claimed=False), page)
    assert Sign.SIGN_OFF in seen
    assert Sign.THANKS not in seen


@pytest.mark.parametrize("thanks", ["Thanks for your help, it floats again!", "Vielen Dank für den Artikel!"])
def test_thanks_for_the_piece_begin(page: Page, thanks: str) -> None:
    assert Sign.THANKS in signs(Gap("See this.", ["See this."], thanks, 1, claimed=False), page)


def test_a_missing_stop_says_little_where_stops_are_often_missing() -> None:
    careless, careful = (
        Page(Outline(runs=[Run(0, None, None, texts=[text] * 9, gaps=[1] * 9)]), topic="", body="")
        for text in ("no stop here", "A stop is here.")
    )
    gap = Gap("see you there", ["see you there"], "Nobody came.", 1, claimed=False)
    assert ratio(gap, careless, [Sign.UNSTOPPED]) < ratio(gap, careful, [Sign.UNSTOPPED]) - 0.5


def test_a_name_below_the_words_signs_them(page: Page) -> None:
    signed = Gap("See this.", ["See this.", "Wanda"], "Nobody came.", 1, claimed=False, paragraphs=2)
    called = Gap("Wanda", ["Wanda"], "Nobody came.", 1, claimed=False, paragraphs=1)
    assert Sign.SIGNED in signs(signed, page)
    assert Sign.SIGNED not in signs(called, page)


def test_who_posts_twice_shares_all_words_and_none_count(page: Page) -> None:
    words = "My capstan creaks whenever the wind turns."
    seen = signs(Gap(words, [words], words, 1, claimed=False), page)
    assert Sign.TWIN in seen
    assert Sign.SHARED_WORDS not in seen


@pytest.mark.parametrize(
    "below", ["All in all, a poor rope.", "Alles in allem ein Seil.", "En résumé, une corde."]
)
def test_a_conclusion_goes_on(page: Page, below: str) -> None:
    assert Sign.CONNECTIVE in signs(Gap("See this.", ["See this."], below, 1, claimed=False), page)


def test_the_items_of_a_list_need_no_stop(page: Page) -> None:
    item = Gap("Bring:", ["- a rope"], "Nobody came with a lamp that night.", 1, claimed=False)
    assert Sign.UNSTOPPED not in signs(item, page)


def closes(above: str, page: Page) -> bool:
    return Sign.CLOSING_LINE in signs(Gap(above, [above], "Nobody came.", 1, claimed=False), page)


@pytest.mark.parametrize(
    "above", ["Reblogged this on Ropes and Knots.", "Hat dies auf Seil und Tau rebloggt."]
)
def test_a_post_repeated_elsewhere_without_a_word_is_a_whole_comment(page: Page, above: str) -> None:
    assert closes(above, page)


@pytest.mark.parametrize(
    "above", ["Reblogged this on Ropes and Knots and commented:", "I reblogged this on my own page."]
)
def test_a_post_repeated_with_a_word_goes_on(page: Page, above: str) -> None:
    assert not closes(above, page)


def test_a_long_comment_goes_on(page: Page) -> None:
    short = Gap("See this.", ["See this."], "Nobody came.", 1, claimed=False, paragraphs=1)
    long = Gap("See this.", ["See this."], "Nobody came.", 1, claimed=False, paragraphs=5)
    assert ratio(long, page, []) < ratio(short, page, [])


def test_every_sign_has_a_weight_and_a_case() -> None:
    assert set(WEIGHTS) == set(Sign)
    assert {case[0] for case in CASES} == set(Sign)


def test_what_a_fold_leaves_in_sight_may_be_two_short_paragraphs(page: Page) -> None:
    short = Gap("Oh!", ["Oh!"], "He let me copy it.…", 1, claimed=False)
    assert Sign.TEASER not in signs(short, page)
