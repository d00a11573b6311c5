"""What WordPress's own themes do that a reader could take for something else; each was met on a real site."""

from datetime import datetime, timedelta, timezone

from bot.domain.discussion import Discussion
from bot.sources.register import read

_POST = "https://harbour-lines.example/2019/02/ferry/"
_ARTICLE = (
    "<h1>The ferry</h1>" + "<p>The city bought a ferry in 2011, and it has never left the quay.</p>" * 4
)
_RECENT = """<aside class="widget-area"><section class="widget widget_block"><div class="wp-block-group"><h2>Recent Comments</h2>
<ol class="wp-block-latest-comments">
<li class="wp-block-latest-comments__comment"><article><footer class="wp-block-latest-comments__comment-meta"><a class="wp-block-latest-comments__comment-author" href="https://ines.example">Ines Vold</a> on <a class="wp-block-latest-comments__comment-link" href="https://harbour-lines.example/2019/01/tides/#comment-12">The tides, and all that they brought to the quay</a></footer></article></li>
<li class="wp-block-latest-comments__comment"><article><footer class="wp-block-latest-comments__comment-meta"><span class="wp-block-latest-comments__comment-author">Ole</span> on <a class="wp-block-latest-comments__comment-link" href="https://harbour-lines.example/2019/01/tides/#comment-13">The tides, and all that they brought to the quay</a></footer></article></li>
</ol></div></section></aside>"""  # fmt: skip
_BLOCKS = """<div class="wp-block-comments"><h2 id="comments">One response</h2><ol class="wp-block-comment-template">
<li id="comment-7" class="comment even depth-1"><div class="wp-block-columns"><div class="wp-block-comment-author-name">Ines Vold</div>
<div class="wp-block-comment-date"><time datetime="2019-02-03T00:12:11+01:00"><a href="https://harbour-lines.example/2019/02/ferry/#comment-7">February 3, 2019</a></time></div>
<div class="wp-block-comment-content"><p>It did leave once.</p></div></div></li></ol></div>"""


def _read(*parts: str, canonical: str = _POST) -> Discussion:
    head = f'<title>The ferry</title><link rel="canonical" href="{canonical}">'
    body = f'<main>{"".join(parts)}</main><script src="/wp-includes/js/comment-reply.min.js"></script>'
    page = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'
    (found,) = read(page.encode(), location="ferry.html")
    return found


def test_a_block_theme_shows_the_day_and_states_the_second() -> None:
    (comment,) = _read(_ARTICLE, _BLOCKS).comments
    assert comment.posted_at == datetime(2019, 2, 3, 0, 12, 11, tzinfo=timezone(timedelta(hours=1)))


def test_what_was_said_under_other_articles_is_not_said_under_this_one() -> None:
    found = _read(_ARTICLE, _RECENT)
    assert found.comments == ()
    assert [dropped.reason for dropped in found.dropped] == ["list of recent comments elsewhere"]


def test_a_page_of_comments_names_its_article_and_not_itself() -> None:
    assert _read(_ARTICLE, _BLOCKS, canonical=f"{_POST}comment-page-2/#comments").article.url == _POST
