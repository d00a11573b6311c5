import pytest

from bot.domain import transcript, tree
from bot.domain.discussion import AuthorSource, CommentKind
from tests.discussions import FERRY, comment, discussion


def render(*comments, article=FERRY):
    source = discussion(*comments, article=article)
    return transcript.render(source, tree.arrange(source.comments))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The ferry that never sailed", "ferry-that-never-sailed.txt"),
        ("Über die Fähre", "uber-die-fahre.txt"),
        ("The", "the.txt"),
        ("../../etc/passwd", "etc-passwd.txt"),
        ("渡し船", "comments.txt"),
        ("", "comments.txt"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word.txt"),
    ],
)
def test_a_file_name_that_every_system_takes(title, name):
    assert transcript.filename(title) == name


def test_the_file_reads_as_a_tree():
    lost = {"author": None, "author_source": AuthorSource.UNKNOWN, "posted_at": None}
    assert render(
        comment("a", text="First."), comment("b", "a", text="Second.\n\nAnd more."), comment("c", **lost)
    ) == (
        "The ferry that never sailed\n"
        "Harbour Lines, by Ines Okafor, https://harbour-lines.example/2019/02/ferry\n"
        "3 comments\n\n"
        "[1] Reader a, 3 February 2019, 14:30\nFirst.\n\n"
        "  [2] Reader b, 3 February 2019, 14:30, answers 1\n  Second.\n\n  And more.\n\n"
        "[3] Unnamed reader\nWhat c says about the ferry.\n"
    )


def test_a_guess_is_no_name_in_the_file_either():
    weak = {"author_source": AuthorSource.INFERRED, "confidence": 0.5}
    assert "quay_rat" not in render(comment("a", author="quay_rat", **weak))


def test_a_removed_comment_keeps_its_place_and_none_of_its_words():
    said = render(comment("a", kind=CommentKind.DELETED, text="Take this back."), comment("b", "a"))
    assert "(removed on the site)" in said
    assert "Take this back." not in said


def test_deep_answers_leave_the_text_some_width():
    chain = [comment("0"), *(comment(str(n), str(n - 1)) for n in range(1, 30))]
    assert "\n" + " " * 16 + "[30] Reader 29" in render(*chain)


def test_a_name_cannot_write_a_comment_of_its_own():
    said = render(comment("a", author="Bo\n\n[2] Ana Reis, 3 February 2019\u202e"))
    assert "[1] Bo [2] Ana Reis, 3 February 2019, 3 February 2019, 14:30\n" in said


def test_of_hidden_comments_only_the_number_is_told():
    source = tree.importable(discussion(comment("a"), comment("b", "a")))
    told = transcript.render(source, tree.arrange(source.comments), hidden={1})
    assert "[1] (hidden by the moderators)\n" in told
    assert "Reader a" not in told
    assert "What a says" not in told
    assert "[2] Reader b, 3 February 2019, 14:30, answers 1" in told
