"""Laws that hold for every text, however broken."""

import re
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.flattened.reading import read

VOCABULARY = (
    "the river rises and we said: “no, thank you” Hello Ada, @Bo — https://a.example/x 12. - * | … "
    "Comments 3 Comments DONATE Share Reply in reply to ? ! „ja“ danke \u200f\u202e @everyone [here](http://x) APP"
)
WORDS = st.sampled_from(VOCABULARY.split())
TEXT = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
NAME = st.sampled_from(["Ada", "Bo van Dijk", "C. D. Eck", "ümit", "@everyone", "APP"])
DATE = st.sampled_from(["May 5, 2020 at 3:14 pm", "6. Mai 2020 um 8:00 Uhr", "2020-05-07", "2 days ago"])
HEADER = st.one_of(
    st.builds("{} | {}".format, NAME, DATE), st.builds("{} in reply to {}. | {}".format, NAME, NAME, DATE)
)
LINE = st.builds(
    lambda indent, content: indent + content,
    st.sampled_from(["", "", "    ", "      ", "        ", "\t", "  ", "\u00a0\u00a0"]),
    st.one_of(TEXT, HEADER, st.sampled_from(["", "", "1. one", "2. two", "Comments", "A title"])),
)
PAGE = st.builds(
    lambda lines, end: end.join(lines),
    st.lists(LINE, max_size=40),
    st.sampled_from(["\n", "\n\n", "\r\n\r\n"]),
)


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def kept(discussion: Discussion) -> str:
    article = discussion.article
    texts = [article.title, article.byline or "", article.site or ""]
    texts += [block.text for block in article.blocks] + [quote.text for quote in article.pull_quotes]
    texts += [comment.text for comment in discussion.comments] + [drop.text for drop in discussion.dropped]
    return "\n".join(map(letters, texts))


def is_header(line: str) -> bool:
    return bool(
        re.search(r"\| (May 5, 2020 at 3:14 pm|6\. Mai 2020 um 8:00 Uhr|2020-05-07|2 days ago)$", line)
    )


def is_byline_or_date(line: str, discussion: Discussion) -> bool:
    article = discussion.article
    return bool(article.byline and article.byline in line) or article.published_source == "header"


@settings(max_examples=150, deadline=None)
@given(PAGE)
@example(
    "\nAda | May 5, 2020 at 3:14 pm\nthe\nthe\n    Ada in reply to Bo van Dijk. | May 5, 2020 at 3:14 pm"
)
def test_no_line_is_lost_in_silence(page: str) -> None:
    try:
        (discussion,) = read(page)
    except UnreadableError:
        assert not letters(page)
        return
    found = kept(discussion)
    for line in page.splitlines():
        content = letters(re.sub(r"^\s*\d{1,6}[.)]\s+", "", line))
        assert content in found or is_header(line.strip()) or is_byline_or_date(line, discussion), line


@settings(max_examples=100, deadline=None)
@given(PAGE)
def test_the_tree_is_sound(page: str) -> None:
    try:
        (discussion,) = read(page)
    except UnreadableError:
        return
    depths: dict[str, int] = {}
    for comment in discussion.comments:
        assert comment.key not in depths
        assert comment.depth == (0 if comment.parent is None else depths[comment.parent] + 1)
        assert (comment.author is None) == (comment.author_source == "unknown")
        assert comment.author_source != "inferred" or comment.evidence
        depths[comment.key] = comment.depth
    for quote in discussion.article.pull_quotes:
        if quote.block is not None:
            passage = discussion.article.blocks[quote.block].text[quote.start : quote.end]
            assert letters(passage) == letters(quote.text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    if letters(text):
        assert len(read(text)) == 1
    else:
        with suppress(UnreadableError):
            read(text)


PLAIN = """A Quiet Street

Nothing happened here today.

Comments

Rosalind Farthingale | May 5, 2020 at 3:14 pm

It was quiet yesterday too.

    Bartholomew Quince in reply to Rosalind Farthingale. | May 5, 2020 at 4:00 pm

    It was loud on Monday.
"""


def keys(page: str) -> list[str]:
    return [comment.key for comment in read(page)[0].comments]


def test_keys_outlive_names_and_dates() -> None:
    renamed = PLAIN.replace("Rosalind Farthingale", "R. F. of Number Nine").replace("May 5", "June 6")
    assert keys(renamed) == keys(PLAIN)


def test_keys_tell_the_same_words_at_two_places_apart() -> None:
    doubled = PLAIN + "\n" + PLAIN.split("Comments\n")[1]
    assert len(set(keys(doubled))) == 4
    assert keys(doubled)[:2] == keys(PLAIN)


def test_dates_stay_naive_and_publication_is_a_plain_day() -> None:
    (discussion,) = read(PLAIN)
    assert discussion.comments[0].posted_at == datetime.fromisoformat("2020-05-05T15:14")
    assert discussion.article.published == date(2020, 5, 5)
    assert discussion.article.published_source == "inferred"


def test_a_page_without_comments_is_an_article_with_a_warning() -> None:
    (discussion,) = read("A Quiet Street\n\nNothing happened here today.\n\nNor will it tomorrow.\n")
    assert discussion.comments == ()
    assert [block.text for block in discussion.article.blocks] == [
        "Nothing happened here today.",
        "Nor will it tomorrow.",
    ]
    assert discussion.warnings == ("No comments were found on this page.",)


@pytest.mark.parametrize(
    ("declared", "found"), [("2 Comments", 2), ("3 Comments", 3), ("4 Comments", 4), ("Comments (4)", 4)]
)
def test_a_declared_number_decides_what_the_words_leave_open(declared: str, found: int) -> None:
    page = f"""A Quiet Street

Nothing happened here today.

{declared}

The bakery opened late on Friday.

My sister lives at the corner and never heard a thing.

A tram would help the whole quarter.

    Bartholomew Quince in reply to Ida. | May 5, 2020 at 4:00 pm

    It would be loud.
"""
    (discussion,) = read(page)
    assert discussion.source.declared_comments == found
    assert len(discussion.comments) == found
    assert discussion.source.complete


def test_an_answer_to_somebody_else_proves_a_boundary() -> None:
    page = PLAIN.replace("in reply to Rosalind Farthingale.", "in reply to Ida.").replace(
        "It was quiet yesterday too.", "It was quiet yesterday too.\n\nThis street has always been quiet."
    )
    first, second, answer = read(page)[0].comments
    assert (first.author, second.author, answer.parent) == ("Rosalind Farthingale", "Ida", second.key)


def test_an_answer_to_the_header_s_author_keeps_the_comment_whole() -> None:
    page = PLAIN.replace(
        "It was quiet yesterday too.", "It was quiet yesterday too.\n\nHi all, what a great article. Thanks!"
    )
    first, answer = read(page)[0].comments
    assert first.text.endswith("Thanks!")
    assert answer.parent == first.key


def test_nobody_answers_by_calling_themselves() -> None:
    page = (
        PLAIN.replace("Rosalind Farthingale | May 5, 2020 at 3:14 pm\n\n", "")
        .replace("It was quiet yesterday too.", "@Ida: it was quiet yesterday too\n\nand I slept until noon")
        .replace("in reply to Rosalind Farthingale.", "in reply to Ida.")
    )
    first, second, _ = read(page)[0].comments
    assert first.author is None
    assert second.author == "Ida"


def test_a_correction_is_a_guess_and_never_a_name() -> None:
    page = PLAIN + "\nlouder, not loud\n"
    correction = read(page)[0].comments[-1]
    assert correction.author is None
    assert correction.author_guess == "Bartholomew Quince"
    assert correction.evidence


def test_hostile_words_stay_text() -> None:
    page = PLAIN.replace("It was loud on Monday.", "@everyone [free](http://bad.example) \u202eAPP\u202c")
    assert read(page)[0].comments[-1].text == "@everyone [free](http://bad.example) \u202eAPP\u202c"


def test_ten_thousand_levels_are_a_tree() -> None:
    levels = "\n\n".join(" " * level + f"level {level}" for level in range(1000))
    comments = read("A title\n\nAn article.\n\nComments\n\n" + levels)[0].comments
    assert comments[-1].depth == 999


def test_a_page_that_begins_with_its_comments_borrows_a_title() -> None:
    (discussion,) = read(PLAIN.split("Comments\n")[1])
    assert discussion.article.title == "It was quiet yesterday too."
    assert len(discussion.comments) == 2
    assert discussion.warnings[0] == "The page has no title; its first words stand in the title's place."
