"""Our own sample, in the form of a saved page: read as any other."""

import pytest

from bot.app import sample
from bot.demo.script import LINES
from bot.domain.discussion import AuthorSource, Discussion
from bot.sources.register import read


@pytest.fixture(scope="module")
def discussion() -> Discussion:
    return read(sample(), location="sample.txt")[0]


def test_two_dozen_comments_four_levels_deep(discussion: Discussion) -> None:
    depths = [comment.depth for comment in discussion.comments]
    assert len(depths) == 24
    assert set(depths) == {0, 1, 2, 3}
    assert depths.count(0) == 7


def test_lost_headers_stay_lost_or_are_named_by_an_answer(discussion: Discussion) -> None:
    lost = [comment for comment in discussion.comments if comment.author_source is not AuthorSource.HEADER]
    names = {comment.author for comment in lost if comment.author_source is AuthorSource.INFERRED}
    assert len(lost) == 4
    assert names == {"Kit", "Pim"}
    # Where this comment begins is likely, not certain: the name that its answer tells is only a guess.
    assert {comment.author_guess for comment in lost} - {None} == {"quay_rat"}


def test_the_pull_quote_stands_in_the_words_of_the_harbour_master(discussion: Discussion) -> None:
    (quote,) = [quote for quote in discussion.article.pull_quotes if quote.source == "lede"]
    assert quote.block is not None
    block = discussion.article.blocks[quote.block]
    assert block.text[quote.start : quote.end] == quote.text.strip("“”")
    assert (block.kind, block.speaker) == ("quote", "Alma Reyes")


def test_the_donation_box_is_dropped_with_its_reason(discussion: Discussion) -> None:
    dropped = {dropped.text.partition(":")[0]: dropped.reason for dropped in discussion.dropped}
    assert {"DONATE", "Support our work", "Sign up for our newsletter"} <= set(dropped)
    assert all(dropped.values())
    assert discussion.article.blocks[-1].text.endswith("the accounts will thank you.")


def test_every_scripted_line_finds_exactly_one_comment(discussion: Discussion) -> None:
    texts = [comment.text for comment in discussion.comments] + [line.words for line in LINES]
    for line in LINES:
        assert sum(line.to in text for text in texts) == 1, line.to
