import pytest

from bot.sources.flattened.dates import DateReader
from bot.sources.flattened.headers import HeaderReader
from bot.sources.flattened.lines import paragraphs, rows_of
from bot.sources.flattened.numbering import numbered_from
from bot.sources.flattened.section import Section, find_section
from bot.sources.flattened.shapes import marks_in

HEADER = "Ada | May 5, 2020 at 3:14 pm"


def section(page: str) -> tuple[Section, list[str]]:
    dates = DateReader("DMY")
    rows = rows_of(page)
    found = paragraphs(rows, marks_in(rows, headers=HeaderReader(dates), dates=dates))
    cut = find_section(found)
    return cut, [paragraph.text for paragraph in found[cut.start :]]


@pytest.mark.parametrize(
    ("heading", "declared"),
    [
        ("Comments", None),
        ("24 Comments", 24),
        ("1,024 comments", 1024),
        ("Comments (24)", 24),
        ("One Response to “A title”", 1),
        ("24 thoughts on “A title”", 24),
        ("Leserkommentare", None),
        ("3 Kommentare", 3),
        ("Ein Kommentar zu „A title“", 1),
        ("12 commentaires", 12),
        ("5 réponses à « A title »", 5),
        ("7 comentarios", 7),
        ("2 reacties", 2),
        ("Комментарии (8)", 8),
    ],
)
def test_a_heading_opens_the_comments_and_may_declare_their_number(
    heading: str, declared: int | None
) -> None:
    cut, rest = section(f"A title\n\nBody.\n\n{heading}\n\n{HEADER}\n\nFirst!\n")
    assert cut.declared == declared
    assert rest == [HEADER, "First!"]


def test_a_link_to_the_comments_above_the_text_is_not_their_heading_but_tells_the_number() -> None:
    cut, rest = section(f"A title\n\n2 Comments\n\nBody.\n\nComments\n\n{HEADER}\n\nFirst!\n")
    assert cut.declared == 2
    assert rest[0] == HEADER


def test_without_a_heading_the_first_header_opens_them() -> None:
    assert section(f"A title\n\nBody.\n\n{HEADER}\n\nFirst!\n")[1] == [HEADER, "First!"]


def test_without_a_heading_a_wide_gap_above_the_first_header_opens_them() -> None:
    assert section(f"A title\n\nBody.\n\n\n\nHeadless.\n\n{HEADER}\n\nFirst!\n")[1][0] == "Headless."


def test_a_reply_never_stands_first() -> None:
    reply = "    Bo in reply to Ada. | May 5, 2020 at 3:14 pm"
    assert section(f"A title\n\nBody.\n\nHeadless.\n\n{reply}\n\n    No.\n")[1][0] == "Headless."


def test_a_button_is_no_heading() -> None:
    assert section("A title\n\nBody.\n\nComment\n\nMore body.\n")[1] == []


@pytest.mark.parametrize(
    ("page", "start"),
    [
        ("T\n\n  1. a\n\n  2. b\n\n    1. c", 1),
        ("T\n\n  1. a\n\n      and more\n\n    1. c\n\n    2. d", 1),
        ("T\n\n  1. a\n\n  2. b\n\n  3. c", None),
        ("T\n\n  1. a\n\n  2. b\n\n    1. c\n\nThe end.", None),
        ("T\n\n  1. a\n\n  3. b\n\n    1. c", None),
        ("T\n\n  1. a\n\n      1) own\n\n      2) list\n\n    1. b\n\n  2. c", 1),
        ("T\n\n  1. a\n\n      a. own\n\n    1. b\n\n      1. c\n\n    2. d\n\n  2. e", 1),
        ("T\n\nA paragraph.", None),
    ],
)
def test_only_a_nested_list_to_the_end_is_a_list_of_comments(page: str, start: int | None) -> None:
    assert numbered_from(paragraphs(rows_of(page), {})) == start
