"""The outline: all that a person must know before an import, and nothing that a page could do to a terminal."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console

from bot.cli.outline import plain, show
from bot.domain.discussion import (
    Article,
    AuthorSource,
    Block,
    BlockKind,
    Comment,
    CommentKind,
    Discussion,
    Dropped,
    PullQuote,
    Source,
)


def outlined(*comments: Comment, width: int = 100, article: Article | None = None, **parts) -> list[str]:
    discussion = Discussion(
        source=parts.pop("source", Source(kind="page", location="page.html")),
        article=article or Article(title="The ferry"),
        comments=comments,
        **parts,
    )
    out = StringIO()
    show([discussion], Console(file=out, width=width, highlight=False, markup=False))
    return out.getvalue().splitlines()


def comment(key: str = "1", text: str = "So it is.", **fields) -> Comment:
    return Comment(key=key, markdown=text, text=text, **fields)


def test_the_whole_of_it():
    article = Article(
        title="The ferry that never sailed",
        site="Harbour Lines",
        byline="Ines Okafor",
        published=datetime(2019, 2, 3, 14, 30),  # noqa: DTZ001 - a site's local time
        lede="The city bought a ferry.",
        blocks=(Block(markdown="a", text="a"), Block(kind=BlockKind.QUOTE, markdown="b", text="b")),
        pull_quotes=(PullQuote(text="“A bench.”", source="lede", block=1, start=0, end=1),),
    )
    tove = comment("t", "I worked there.", author="Tove Lind", author_source=AuthorSource.HEADER)
    answer = comment(
        "u", "Then who paid?", parent="t", depth=1, posted_at=datetime(2019, 2, 3, 15, 0, tzinfo=UTC)
    )
    assert outlined(
        tove,
        answer,
        article=article,
        source=Source(kind="page", location="page.html", declared_comments=3),
        dropped=(Dropped(text="DONATE", reason="donation box"),),
        warnings=("1 of 3 comments is missing.",),
    ) == [
        "The ferry that never sailed",
        "Harbour Lines, by Ines Okafor, 3 February 2019, 14:30",
        "Read as page from page.html",
        "2 blocks (1 paragraph, 1 quote)",
        "  The city bought a ferry.",
        "",
        "1 pull-quote",
        "  “A bench.”",
        "  [lede; stands in block 2]",
        "",
        "2 comments; the page says 3",
        "  1 Tove Lind",
        "    I worked there.",
        "    2 Unnamed reader, 3 February 2019, 15:00 UTC",
        "      Then who paid?",
        "",
        "Left out: 1",
        "  donation box: DONATE",
        "",
        "Please look",
        "  1 of 3 comments is missing.",
        "",
    ]


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        (
            {"author": "Bo", "author_source": AuthorSource.INFERRED, "evidence": "an answer says so"},
            "name inferred: an answer says so",
        ),
        ({"author_guess": "quay_rat"}, "perhaps quay_rat"),
        ({"confidence": 0.5}, "50% sure that it begins and ends here"),
        ({"kind": CommentKind.PINGBACK}, "pingback"),
        ({"parent": "gone"}, "answers a comment that is not in the source"),
    ],
)
def test_what_is_not_certain_is_marked(fields, mark):
    assert f"    [{mark}]" in outlined(comment(**fields))


def test_what_is_certain_is_not():
    assert not any(
        "[" in line
        for line in outlined(comment(author="Bo", author_source=AuthorSource.HEADER, confidence=0.9))
    )


def test_long_text_is_cut_at_a_word_and_wrapped_under_its_comment():
    lines = outlined(comment(text="polish " * 100), width=60)
    text = lines[lines.index("  1 Unnamed reader") + 1 : -1]
    assert all(line.startswith("    polish") for line in text[:-1])
    assert all(len(line) <= 60 for line in text)
    assert text[-1].endswith("polish …")


def test_a_word_without_end_is_cut():
    assert f"    {'x' * 160} …" in outlined(comment(text="x" * 1_000_000), width=400)


def test_a_very_deep_tree_stays_on_the_screen():
    comments = [comment(str(n), parent=str(n - 1) if n else None, depth=n) for n in range(10_000)]
    lines = outlined(*comments, width=80)
    assert max(map(len, lines)) <= 80
    assert lines[-3].strip() == "10000 Unnamed reader, level 9999"


@pytest.mark.parametrize(
    "mark", ["\x1b[31m", "\x1b]0;owned\x07", "\x9b2J", "\r", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff"]
)
def test_nothing_steers_the_terminal(mark):
    steering = set(mark) & {"\x1b", "\x07", "\x9b", "\r", "\x00", "\u202e", "\u2066", "\u200b", "\ufeff"}
    lines = outlined(
        comment(
            text=f"a{mark}b", author=f"c{mark}d", author_source=AuthorSource.INFERRED, evidence=f"e{mark}f"
        ),
        article=Article(title=f"g{mark}h", byline=f"i{mark}j"),
        dropped=(Dropped(text=f"k{mark}l", reason="box"),),
        warnings=(f"m{mark}n",),
    )
    assert not steering & set("".join(lines))


def test_square_brackets_are_text_and_no_markup():
    assert "    [bold red]loud[/] :smile:" in outlined(comment(text="[bold red]loud[/] :smile:"))


def test_joiners_that_words_and_emoji_need_stay():
    assert plain("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"
