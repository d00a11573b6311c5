"""Surnames made whole: only where the article itself names one person of that name."""

import pytest

from bot.domain import quotes
from bot.domain.discussion import Article, Block, BlockKind
from bot.domain.quotes.names import full_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The harbour master, Anton Reyes, opened the meeting. Reyes said:", "Anton Reyes"),
        ("Secretary of Ports Anton Reyes opened the meeting.", "Anton Reyes"),
        ("He met Minister Reyes, and later Prime Minister Ana Reyes.", "Ana Reyes"),
        ("Yesterday a certain Maria del Reyes spoke.", "Maria del Reyes"),
        ("So sprach Bundeskanzler Anton Reyes am Kai.", "Anton Reyes"),
        ("It was Mary Ann Reyes who paid.", "Mary Ann Reyes"),
    ],
)
def test_the_one_person_who_is_named_in_full(text: str, name: str) -> None:
    assert full_name("Reyes", [text]) == name


@pytest.mark.parametrize(
    "text",
    [
        "Reyes spoke.",
        "Both Anton Reyes and Ana Reyes spoke.",
        "Recently Reyes spoke. Sadly Reyes left.",
        "President Reyes spoke.",
        "They rowed to Port Reyesholm.",
        "Anton Reyes spoke.",
    ],
    ids=["alone", "two people", "adverbs", "title", "part of a word", "opening a sentence proves nothing"],
)
def test_nothing_is_made_up(text: str) -> None:
    assert full_name("Reyes", [text]) == "Reyes"


def test_candidates_carry_the_whole_name() -> None:
    article = Article(
        title="Reyes at the quay",
        blocks=(
            Block(markdown="", text="The city sent Anton Reyes to the quay. Reyes told the council:"),
            Block(
                kind=BlockKind.QUOTE,
                markdown="",
                text="Nobody must ever buy a ferry without a timetable again.",
                speaker="Reyes",
            ),
        ),
    )
    assert quotes.candidates(article, [])[0].speaker == "Anton Reyes"
