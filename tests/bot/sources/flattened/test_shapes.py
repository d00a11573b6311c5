"""Each shape of header, in the languages that it is known in, and the prose that looks like it."""

from datetime import datetime

import pytest

from bot.domain.discussion import Comment
from bot.sources.flattened.reading import read

ABOVE = "The Quiet Weir\n\nThe weir has been quiet since the miller went.\n\nNobody opens it now.\n\n"
HALF_PAST_TWO = datetime.fromisoformat("2019-02-03T14:30")


def comments(*headers: str, button: str = "Reply", above: str = ABOVE) -> tuple[Comment, ...]:
    """The comments of a page whose comments stand under ``headers`` and above a ``button`` each."""
    words = ("It was louder once.", "My aunt fished there.", "Open it, then.", "No, leave it.")
    blocks = [f"{header}\n\n{said}\n\n{button}\n" for header, said in zip(headers, words, strict=False)]
    return read(above + "\n".join(blocks))[0].comments


@pytest.mark.parametrize(
    "header",
    [
        "{} says:\nFebruary 3, 2019 at 2:30 pm",
        "{} says:\n\nFebruary 3, 2019 at 2:30 pm",
        "{} says: February 3, 2019 at 2:30 pm",
        "{} sagt:\n3. Februar 2019 um 14:30 Uhr",
        "{} schrieb am 3. Februar 2019 um 14:30:",
        "Am 3. Februar 2019 um 14:30 schrieb {}:",
        "{} a dit :\n3 février 2019 à 14:30",
        "{} a dit :\n3 février 2019 à 14 h 30",
        "Le 3 février 2019 à 14:30, {} a écrit :",
        "{} dice:\n3 febrero, 2019 a las 14:30",
        "El 3 de febrero de 2019 a las 14:30, {} escribió:",
        "{} on February 3, 2019 at 2:30 pm said:",
        "February 3, 2019 at 2:30 pm, {} wrote:",
        "On February 3, 2019 at 2:30 pm, {} wrote:",
        "By {} on February 3, 2019 at 2:30 pm",
        "Submitted by {} on 3 February 2019 - 14:30",
        "Kommentar von {} — 3. Februar 2019 um 14:30 Uhr",
        "Par {} le 3 février 2019 à 14:30",
        "Por {} el 3 de febrero de 2019, 14:30",
        "{} · February 3, 2019 at 2:30 pm",
        "{} – 3. Februar 2019, 14:30",
        "{}, February 3, 2019 at 2:30 pm",
        "{}, 3 de febrero de 2019, 14:30",
        "{} (3 February 2019, 14:30)",
        "{}\nFebruary 3, 2019 at 2:30 pm",
        "{}\n3. Februar 2019, 14:30 Uhr",
        "{}\n\n3 février 2019 à 14:30",
        "{}\nFebruary 3, 2019 at 2:30 pm Permalink",
        "{}\nFebruary 3, 2019 at 2:30 pm (edited)",
        "#12 {}, February 3, 2019 at 2:30 pm",
        "#12 {}\n3 de febrero de 2019 14:30",
        "12. {} says:\nFebruary 3, 2019 at 2:30 pm",
        "* {} says:\nFebruary 3, 2019 at 2:30 pm",
    ],
)
def test_a_shape_that_the_page_repeats_is_its_header(header: str) -> None:
    found = comments(header.format("Ada Lindqvist"), header.format("bo_77"))
    assert [(comment.author, comment.posted_at) for comment in found] == [
        ("Ada Lindqvist", HALF_PAST_TWO),
        ("bo_77", HALF_PAST_TWO),
    ]
    assert [comment.text for comment in found] == ["It was louder once.", "My aunt fished there."]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("{} • 3 years ago", "3 years ago"),
        ("{} • a year ago • edited", "a year ago"),
        ("{} • vor 3 Jahren", "vor 3 Jahren"),
        ("{} • il y a 3 ans • modifié", "il y a 3 ans"),
        ("{} • hace 3 años", "hace 3 años"),
        ("{} says:\n3 years ago", "3 years ago"),
        ("{}\nhace 3 años", "hace 3 años"),
    ],
)
def test_an_age_is_no_date_and_is_said_in_words(header: str, words: str) -> None:
    page = ABOVE + "".join(f"{header.format(name)}\n\nIt was loud.\n\nReply\n\n" for name in ("Ada", "bo_77"))
    (discussion,) = read(page)
    assert [(comment.author, comment.posted_at) for comment in discussion.comments] == [
        ("Ada", None),
        ("bo_77", None),
    ]
    assert words in (discussion.comments[0].evidence or "")
    assert (
        f"The times of 2 of 2 comments have no day (“{words}”); they stand without a date."
        in discussion.warnings
    )


@pytest.mark.parametrize(
    "header", ["{} says:\nFebruary 3, 2019", "By {} on February 3, 2019", "{}, 3 February 2019"]
)
def test_one_comment_is_known_by_its_button(header: str) -> None:
    assert [comment.author for comment in comments(header.format("Ada"))] == ["Ada"]


@pytest.mark.parametrize(
    "prose",
    [
        "The miller says:\n\nI open it when it rains.",
        "Berlin, 5 May 2020\n\nThe weir stood.\n\nParis, 6 May 2020\n\nIt fell.",
        "Spring Flood\n5 May 2020\n\nThe weir stood.\n\nAutumn Flood\n6 May 2020\n\nIt fell.",
        "The miller on 5 May 2020: no.\n\nThe council on 6 May 2020: yes.",
        "By noon on 5 May 2020 the weir was shut.\n\nBy dusk on 6 May 2020 it was open.",
        "The flood, in short, came 3 years ago\n\nThe weir – it stood – fell 2 years ago",
        "The first flood – 30 years ago\n\nIt took the bridge.\n\nThe second flood – 20 years ago\n\nIt took the mill.",
        "Ada Quill said:\n3 March 2021\n\nI never saw it.\n\nBo Sand said:\n4 March 2021\n\nIt was there.\n\nAda Quill said:\n5 March 2021\n\nNo.",
        "Ada Quill wrote:\n\n“I never saw it.”\n\nBo Sand wrote:\n\n“It was there.”",
        "Ada Quill: When did you see it?\n\nBo Sand: In March 2021.\n\nAda Quill: And before?\n\nBo Sand: In March 2019.",
        "The old mill 3 years ago | a photograph\n\nThe new mill 2 years ago | another photograph",
        "Related\n\nThe mill burns\n3 years ago\n\nThe miller returns\n2 years ago\n\nThe weir again\n1 year ago\n\nNo end\n5 years ago",
        "High water\n3 h\n\nLow water\n9 h\n\nThat is how it goes.\n\nLike\n\nmany others.",
        "Ada\n3 m\n\nBo\n5 m\n\nKim\n4 m",
        "Like\nShare\n3 min\n\nThe mill burns.\n\nLike\nShare\n5 min\n\nThe miller returns.",
    ],
)
def test_prose_of_that_shape_is_no_comment(prose: str) -> None:
    assert read(f"{ABOVE}{prose}\n\nThat is all there is to say about it.\n")[0].comments == ()


def test_what_was_said_on_a_day_below_a_heading_of_comments_is_a_comment() -> None:
    said = "".join(f"{name} says:\n3 March 2021\n\nI never saw it.\n\n" for name in ("Ada", "Bo"))
    assert len(read(f"{ABOVE}2 Comments\n\n{said}")[0].comments) == 2


def test_a_shape_inside_the_comments_of_another_shape_is_text() -> None:
    page = f"""{ABOVE}Comments

Ada | May 5, 2020 at 3:14 pm

On May 4, 2020 at 1:00 pm, Bo wrote:

It was louder once.

    Bo in reply to Ada. | May 5, 2020 at 4:00 pm

    So I did.
"""
    assert {comment.author for comment in read(page)[0].comments} <= {"Ada", "Bo", None}
    assert "Bo wrote:" in read(page)[0].comments[0].text


def test_the_end_of_a_text_above_a_date_is_no_name() -> None:
    page = ABOVE + "".join(
        f"{name}\n3 February 2019, 14:30\n\nI came and\nsaw\n4 February 2019\n\nReply\n\n"
        for name in ("Ada", "Bo")
    )
    assert [comment.author for comment in read(page)[0].comments] == ["Ada", "Bo"]


def test_an_answer_by_name_hangs_under_the_only_comment_of_that_name() -> None:
    first, answer, second = comments("Ada • 3 years ago", "Cy • 3 years ago", "Bo  Ada • 2 years ago")
    assert (answer.author, answer.parent, answer.confidence) == ("Bo", first.key, 1.0)
    assert (second.author, second.parent) == ("Cy", None)


def test_an_answer_to_a_name_with_several_comments_hangs_in_its_thread_and_is_unsure() -> None:
    found = comments("Ada • 3 years ago", "Cy • 3 years ago", "Ada • 3 years ago", "Bo ▶ Ada • 2 years ago")
    assert (found[3].author, found[3].parent) == ("Bo", found[2].key)
    assert found[3].confidence < 0.75
    assert "2 comments above it" in (found[3].evidence or "")


def test_an_answer_to_a_name_outside_its_thread_stays_at_the_top() -> None:
    page = ABOVE + "".join(
        f"{header} • 3 years ago\nIt was loud.\nReply\n\n"
        for header in ("Ada", "Ada", "Cy", "Bo  Ada", "Di  Eve")
    )
    (discussion,) = read(page)
    assert [comment.parent for comment in discussion.comments] == [None] * 5
    assert discussion.warnings[-1].startswith("2 of 5 comments answer somebody")


@pytest.mark.parametrize(
    "quote",
    [
        "Ada wrote:\nIt was louder once.",
        "Ada schrieb:\n„It was louder once.“",
        "Ada a écrit :\n> It was louder once.",
        "Ada escribió: «It was louder once.»",
        "Originally posted by Ada\nIt was louder once.",
        "Zitat von Ada:\nIt was louder once.",
        "Quote:\nAda wrote on 3 February 2019, 14:30:\nIt was louder once.",
    ],
)
def test_a_quotation_leads_to_the_one_comment_that_has_its_words(quote: str) -> None:
    page = f"{ABOVE}Ada, 3 May 2019, 10:00\n\nIt was louder once. Much.\n\nReply\n\n"
    page += f"Ada, 3 May 2019, 10:05\n\nAnd wetter.\n\nReply\n\nBo, 3 May 2019, 11:00\n\n{quote}\n\nIt was.\n\nReply\n"
    first, answer, second = read(page)[0].comments
    assert (answer.author, answer.parent, second.text) == ("Bo", first.key, "And wetter.")


@pytest.mark.parametrize("words", ["It was never loud at all.", "Loud."])
def test_a_quotation_that_nobody_wrote_gives_no_parent(words: str) -> None:
    page = f"{ABOVE}#1 Ada, 3 May 2019, 10:00\n\nLoud. It was.\n\nReply\n\n#2 Bo, 3 May 2019, 11:00\n\nAda wrote:\n{words}\n\nNo.\n\nReply\n"
    assert [comment.parent for comment in read(page)[0].comments] == [None, None]


@pytest.mark.parametrize("quoted_twice", ["It was louder once.", "it was LOUDER once"])
def test_a_quotation_of_words_that_stand_twice_gives_no_parent(quoted_twice: str) -> None:
    post = "Ada, 3 May 2019, 10:00\n\nIt was louder once.\n\nReply\n\n"
    page = f"{ABOVE}{post}{post}Bo, 3 May 2019, 11:00\n\nAda wrote:\n{quoted_twice}\n\nNo.\n\nReply\n"
    assert [comment.parent for comment in read(page)[0].comments] == [None] * 3


def test_a_byline_of_the_comments_shape_is_the_article_s() -> None:
    page = (
        "The Quiet Weir\n\nBy Wilma Sand on 1 May 2019\n\nThe weir is quiet.\n\nComments\n\n"
        "By Ada on 2 May 2019\n\nIs it?\n\nReply\n\nBy Bo on 3 May 2019\n\nYes.\n\nReply\n"
    )
    (discussion,) = read(page)
    assert discussion.article.byline == "Wilma Sand"
    assert [comment.author for comment in discussion.comments] == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Reply", "button of a comment"),
        ("Permalink", "button of a comment"),
        ("Antworten", "button of a comment"),
        ("Répondre", "button of a comment"),
        ("Responder", "button of a comment"),
        ("Like", "button of a comment"),
        ("Share ›", "button of a comment"),
        ("Report", "button of a comment"),
        ("Log in to reply", "button of a comment"),
        ("Like · Reply · Share", "button of a comment"),
        ("− ⚑", "pictures of buttons"),
        ("see more", "fold of a long comment"),
        ("Mehr anzeigen", "fold of a long comment"),
        ("(Edited)", "mark of an edited comment"),
        ("3 replies", "count of replies"),
        ("View 3 more replies", "count of replies"),
        ("3 Antworten anzeigen", "count of replies"),
        ("Afficher les 3 réponses", "count of replies"),
        ("▲ 12 ▼", "vote count"),
        ("12 votes", "vote count"),
        ("12", "vote count"),
    ],
)
def test_furniture_is_left_out_with_its_reason(line: str, reason: str) -> None:
    page = f"{ABOVE}Ada says:\n3 May 2019\n\nIt was.\n{line}\nReply\n\nBo says:\n4 May 2019\n\nNo.\n\nReply\n"
    (discussion,) = read(page)
    assert [comment.text for comment in discussion.comments] == ["It was.", "No."]
    assert (line, reason) in [(drop.text, drop.reason) for drop in discussion.dropped]


@pytest.mark.parametrize(
    "words", ["12", "+1", "👍", "Best", "I like the reply", "Report it to the council, then."]
)
def test_short_words_are_a_comment(words: str) -> None:
    assert (
        read(f"{ABOVE}Ada says:\n3 May 2019 at 10:00\n\n{words}\n\nBo says:\n4 May 2019 at 11:00\n\nNo.\n")[0]
        .comments[0]
        .text
        == words
    )


def test_a_list_of_another_kind_inside_a_numbered_comment_is_its_text() -> None:
    page = "T\n\nBody.\n\n  1. Bring:\n\n      1) a lamp\n\n      b. a rope\n\n    1. Why?\n\n      1. For the dark.\n\n  2. No.\n"
    found = read(page)[0].comments
    assert [(comment.depth, comment.text) for comment in found] == [
        (0, "Bring:\n\n1) a lamp\n\nb. a rope"),
        (1, "Why?"),
        (2, "For the dark."),
        (0, "No."),
    ]


def test_a_line_above_a_date_further_off_than_in_the_headers_is_text() -> None:
    post = "{}\n3 May 2019\n\nI recall:\n\nThe Big Flood\n\n3 May 1950\n\nIt was bad.\n\nReply\n\n"
    page = f"{ABOVE}Comments\n\n{post.format('Ada')}Bo\n4 May 2019\n\nYes.\n\nReply\n"
    assert [comment.author for comment in read(page)[0].comments] == ["Ada", "Bo"]


def test_two_names_with_a_space_are_parted_only_where_it_is_proved() -> None:
    flat = comments(
        "Ada • 3 years ago", "Karla Ada • 3 years ago", "Cy Sand • 2 years ago", "Karla • 1 year ago"
    )
    assert [(c.author, c.parent is not None) for c in flat] == [
        ("Ada", False),
        ("Karla", True),
        ("Cy Sand", False),
        ("Karla", False),
    ]
    unproved = comments("Ada • 3 years ago", "Karla Ada • 3 years ago", "Cy Sand • 2 years ago")
    assert [c.author for c in unproved] == ["Ada", "Karla Ada", "Cy Sand"]


def test_an_indent_under_its_parent_proves_the_second_name() -> None:
    page = (
        f"{ABOVE}Ada • 3 years ago\n\nNo.\n\nReply\n\n    Karla Ada • 2 years ago\n\n    Yes.\n\n    Reply\n"
    )
    first, answer = read(page)[0].comments
    assert (answer.author, answer.parent) == ("Karla", first.key)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("bo_77 3 hours ago | next [–]", "bo_77"),
        ("bo_77 on March 3, 2019 | root | parent | prev [–]", "bo_77"),
        ("bo_77 3 hours ago | parent | prev | next [5 more]", "bo_77"),
        ("[–]bo_77 1 point 3 hours ago", "bo_77"),
        ("[–]bo_77[S] 12 points 3 hours ago* (2 children)", "bo_77"),
        ("[–]bo_77 the miller 1.2k points 3 hours ago", "bo_77"),
        ("[–]bo_77 [score hidden] 3 hours ago", "bo_77"),
        ("[–][deleted] 3 points 3 hours ago", None),
        ("[–][deleted] 3 hours ago", None),
    ],
)
def test_boards_are_read_as_they_are_copied(header: str, name: str | None) -> None:
    found = comments("Ada 4 hours ago | next [–]", header, button="reply")
    if header.startswith("[–]"):
        found = comments("[–]Ada 4 points 4 hours ago", header, button="permalink embed save report reply")
    assert [comment.author for comment in found] == ["Ada", name]
    assert [comment.text for comment in found] == ["It was louder once.", "My aunt fished there."]


@pytest.mark.parametrize("foot", ["Like\nReply\n3y", "3y\nLike\nReply", "Like · Reply · 3y", "3y Like Reply", "Gefällt mir\nAntworten\n3 J.", "J’aime Répondre 3 ans", "Like\nReply\n3y\n12"])  # fmt: skip
def test_a_time_below_the_words_ends_a_comment(foot: str) -> None:
    page = f"{ABOVE}Ada Lind\nIt was loud.\n{foot}\n\nBo Sand\nIt was.\nTwice.\n{foot}\n"
    (discussion,) = read(page)
    assert [(c.author, c.text) for c in discussion.comments] == [
        ("Ada Lind", "It was loud."),
        ("Bo Sand", "It was.\nTwice."),
    ]
    assert discussion.article.blocks[-1].text == "Nobody opens it now."


def test_badges_between_a_name_and_its_time_belong_to_neither() -> None:
    found = comments("ada_l\nOP\n•\n3h ago", "bo_77\n•\n2h ago")
    assert [comment.author for comment in found] == ["ada_l", "bo_77"]
    assert "3h ago" in (found[0].evidence or "")


def test_a_second_line_is_a_parent_only_where_that_name_has_a_comment() -> None:
    found = comments(
        "Ada\n3 years ago", "Bo\nAda\n2 years ago", "Cy\nMillers only\n2 years ago", "Dan\n1 year ago"
    )
    assert [(c.author, c.parent == found[0].key) for c in found] == [
        ("Ada", False),
        ("Bo", True),
        ("Dan", False),
    ]


def test_a_page_that_keeps_the_headers_of_short_names_lost_none() -> None:
    page = f"{ABOVE}Comments\n\nAda | May 5, 2020 at 3:14 pm\n\nIt was.\n\nThanks for this!\n\nHello all.\n\nBo | May 6, 2020 at 3:14 pm\n\nNo.\n"
    found = read(page)[0].comments
    assert [(c.author, c.confidence) for c in found] == [("Ada", 1.0), ("Bo", 1.0)]
    assert found[0].text == "It was.\n\nThanks for this!\n\nHello all."


LOUDER = "It was so much louder once."


@pytest.mark.parametrize(
    "quoted",
    [
        f"> {LOUDER}",
        f"On May 3, 2019 at 10:00 am, Ada wrote:\n> {LOUDER}",
        f"Am 3. Mai 2019 um 10:00 schrieb Ada:\n> {LOUDER}",
        f"Le 3 mai 2019 à 10:00, Ada a écrit :\n{LOUDER}",
    ],
)
def test_a_quotation_as_in_mail_tells_the_parent(quoted: str) -> None:
    page = f"{ABOVE}2 Comments\n\nAda, 3 May 2019, 10:00\n\n{LOUDER}\n\nBo, 3 May 2019, 11:00\n\n{quoted}\n\nNo.\n"
    first, answer = read(page)[0].comments
    assert (answer.author, answer.parent) == ("Bo", first.key)


@pytest.mark.parametrize("quoted", ["> It was loud.", "> Nobody here has said these words at all."])
def test_a_marked_line_that_is_short_or_strange_tells_none(quoted: str) -> None:
    page = f"{ABOVE}2 Comments\n\nAda, 3 May 2019, 10:00\n\nIt was loud.\n\nBo, 3 May 2019, 11:00\n\n{quoted}\n\nNo.\n"
    assert [comment.parent for comment in read(page)[0].comments] == [None, None]


def test_who_only_quoted_the_words_did_not_say_them() -> None:
    page = "".join(
        f"{name}, 3 May 2019, 1{hour}:00\n\n{said}\n\n"
        for hour, (name, said) in enumerate(
            [("Ada", LOUDER), ("Bo", f"> {LOUDER}\n\nNo."), ("Cy", f"> {LOUDER}\n\nYes.")]
        )
    )
    first, *answers = read(f"{ABOVE}3 Comments\n\n{page}")[0].comments
    assert [answer.parent for answer in answers] == [first.key, first.key]
