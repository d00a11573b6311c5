"""Pages whose marks contradict themselves."""

from bot.domain.discussion import Comment
from bot.sources.material import Material
from bot.sources.pages.reading import read

PAGE = """<html><head><meta name="generator" content="{generator}"></head><body><article><h1>The clock</h1>
<p>The clock on the square is wound by the baker, who is up before it.</p></article>{comments}</body></html>"""


def comments_in(*comments: str, generator: str = "WordPress 6.1") -> tuple[Comment, ...]:
    page = PAGE.format(generator=generator, comments="".join(comments))
    return read(Material(page.encode(), ""))[0].comments


def wpdiscuz(number: int, parent: int) -> str:
    return (
        f'<div id="wpd-comm-{number}_{parent}" class="comment wpd-comment"><div class="wpd-comment-author">Ada {number}</div>'
        f'<div class="wpd-comment-text"><p>It has ticked {number} times.</p></div></div>'
    )


def test_an_id_that_two_comments_bear_is_kept_by_the_first() -> None:
    first, answer, second = comments_in(wpdiscuz(7, 0), wpdiscuz(7, 0), wpdiscuz(8, 7))
    assert [first.key, answer.key, second.key] == ["comment-7", "comment-8", "comment-7~2"]
    assert answer.parent == "comment-7"
    assert second.evidence == "its id occurs twice in the source"


def test_parents_that_form_a_circle_are_cut_once() -> None:
    found = comments_in(wpdiscuz(1, 3), wpdiscuz(2, 1), wpdiscuz(3, 2), wpdiscuz(4, 3))
    assert [(c.key, c.parent, c.depth) for c in found] == [
        ("comment-1", None, 0),
        ("comment-2", "comment-1", 1),
        ("comment-3", "comment-2", 2),
        ("comment-4", "comment-3", 3),
    ]
    assert found[0].evidence == "its parents form a circle"


def test_a_comment_that_answers_itself_stands_at_the_top() -> None:
    (found,) = comments_in(wpdiscuz(5, 5))
    assert (found.parent, found.depth) == (None, 0)


def test_comments_of_a_class_in_another_of_that_class() -> None:
    inner = '<div class="comment"><b class="author">Bo</b><p>It ticks.</p></div>'
    found = comments_in(f'<div class="comment">{inner}{inner}</div>')
    assert {comment.author for comment in found if comment.text} == {"Bo"}


def test_a_quote_in_many_boxes_is_still_pulled_out() -> None:
    quote = "<blockquote class='pullquote'><p>Whoever winds a clock owns the hour that it strikes.</p></blockquote>"
    page = PAGE.format(generator="WordPress 6.1", comments="").replace(
        "</article>",
        f"{'<div>' * 30}{quote}{'</div>' * 30}<p>He said: Whoever winds a clock owns the hour that it strikes.</p></article>",
    )
    (discussion,) = read(Material(page.encode(), ""))
    assert "Whoever winds a clock owns the hour that it strikes" in discussion.article.pull_quotes[0].text


def test_quotes_in_quotes_without_end_are_read_in_time() -> None:
    page = PAGE.format(generator="WordPress 6.1", comments="").replace(
        "</article>", "<blockquote>x " * 10_000
    )
    (discussion,) = read(Material(page.encode(), ""))
    assert discussion.article.title == "The clock"


def test_elements_in_elements_without_end_are_read_in_time() -> None:
    page = PAGE.format(generator="WordPress 6.1", comments="").replace(
        "</article>", "<p><span><a href=x>" * 1000
    )
    (discussion,) = read(Material(page.encode(), ""))
    assert discussion.article.title == "The clock"


def test_characters_that_xml_forbids_may_follow_what_is_taken_out() -> None:
    page = PAGE.format(
        generator="WordPress 6.1", comments="<p>a</p><div id='respond'>Reply</div>x\x01&#12;&#xfffe;"
    )
    (discussion,) = read(Material(page.encode(), ""))
    assert discussion.article.title == "The clock"
