"""Which comment of a page an answer means."""

import pytest

from bot.domain.matching import Candidate, Match, match

PAGE = [
    Candidate(4, "Tove Lind", "I worked on that quay for six years. The boat was polished every spring."),
    Candidate(5, None, "The contract is public. It names a harbour, a colour and no captain."),
    Candidate(6, "Bo Sand", "Then somebody owes us a river."),
    Candidate(7, "阿部", "船は毎年春に磨かれていた。"),
]


@pytest.mark.parametrize(
    ("answer", "index"),
    [
        ("Who polished the boat?", 0),
        ("Tove, is there a photo of that spring?", 0),
        ("Which colour does the contract name?", 1),
        ("To comment 6: a river is cheap.", 2),
        ("Zu Kommentar 6, #6 also: nein.", 2),
        ("@Bo Sand which one?", 2),
        ("春に磨かれていたのは本当？", 3),
    ],
)
def test_a_number_a_name_or_its_words_tell(answer: str, index: int) -> None:
    assert match(answer, PAGE) == Match(index, clear=True)


@pytest.mark.parametrize(
    "answer", ["", "+1", "I saw 5 of them.", "I agree with that.", "Nonsense!", "そうですね"]
)
def test_where_nothing_tells_it_is_the_first_and_not_clear(answer: str) -> None:
    assert match(answer, PAGE) == Match(0, clear=False)


def test_words_that_two_comments_share_do_not_tell() -> None:
    twins = [Candidate(1, None, "The ferry is late again."), Candidate(2, None, "The ferry is late today.")]
    assert not match("Why is the ferry late?", twins).clear


def test_a_page_of_one_comment_is_always_clear() -> None:
    assert match("whatever", PAGE[:1]) == Match(0, clear=True)


def test_a_part_of_a_name_inside_a_word_is_no_name() -> None:
    page = [Candidate(1, "Sand", "One."), Candidate(2, "Lind", "Two.")]
    assert not match("A thousand lindens", page).clear
