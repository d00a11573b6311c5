"""What the scripted members answer, and to whom."""

from datetime import UTC, datetime

from bot.demo.script import LINES, answer
from bot.domain.discussion import CommentKind, Origin, Speaker
from bot.ports.records import ArticleId, CommentId, CommentRecord, CommentState, GuildId


def comment(
    number: int,
    text: str,
    depth: int = 0,
    *,
    origin: Origin = Origin.SOURCE,
    state: CommentState = CommentState.LIVE,
) -> CommentRecord:
    return CommentRecord(
        id=CommentId(number),
        guild_id=GuildId(1),
        article_id=ArticleId(1),
        parent_id=None,
        number=number,
        ord=number,
        depth=depth,
        origin=origin,
        key=str(number),
        kind=CommentKind.COMMENT,
        speaker=Speaker(),
        posted_at=datetime(2019, 2, 3, tzinfo=UTC),
        edited_at=None,
        markdown=text,
        text=text,
        state=state,
        confidence=1.0,
    )


def test_a_line_finds_the_words_it_answers() -> None:
    there = [comment(1, "Nothing."), comment(2, f"Well, {LINES[0].to}.")]
    found = answer(0, there)
    assert (found.who, found.comment, found.words) == (LINES[0].who, there[1], LINES[0].words)


def test_on_another_page_answers_go_to_one_level_after_another() -> None:
    there = [comment(1, "a"), comment(2, "b", 1), comment(3, "c", 2), comment(4, "d")]
    found = [answer(number, there).comment for number in range(3)]
    assert [each.depth for each in found if each] == [0, 1, 2]


def test_what_came_from_the_page_is_answered_first() -> None:
    there = [comment(1, "a", origin=Origin.DISCORD), comment(2, "b")]
    assert answer(0, there).comment == there[1]
    assert answer(0, there[:1]).comment == there[0]


def test_an_empty_discussion_is_answered_at_the_article() -> None:
    gone = comment(1, "a", state=CommentState.DELETED)
    assert answer(0, []).comment is None
    assert answer(0, [gone]).comment is None


def test_members_never_run_out_of_words() -> None:
    there = [comment(1, "a")]
    for number in range(40):
        found = answer(number, there)
        assert found.words
        assert 0 <= found.who < 3
