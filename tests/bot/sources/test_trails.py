import pytest

from bot.sources.trails import Trails, trails

PAGE = "https://harbour-lines.example/2019/02/ferry/"


def page(head="", body="", classes=""):
    return f"<html><head>{head}</head><body class='{classes}'>{body}</body></html>".encode()


API = '<link rel="https://api.w.org/" href="https://harbour-lines.example/wp-json/">'


@pytest.mark.parametrize(
    ("head", "classes"),
    [
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/12">', ""),
        ('<link rel="shortlink" href="https://harbour-lines.example/?p=12">', ""),
        ("", "post single postid-12 wide"),
    ],
)
def test_the_interface_and_the_number_of_the_post_lead_to_its_comments(head, classes):
    found = trails(page(API + head, classes=classes), PAGE)
    assert found.rest == "https://harbour-lines.example/wp-json/wp/v2/comments?post=12"
    assert found.rest_page(2).endswith("?post=12&per_page=100&order=asc&orderby=date_gmt&page=2")


def test_a_site_without_pretty_addresses_has_its_route_in_the_query():
    head = '<link rel="https://api.w.org/" href="https://harbour-lines.example/index.php?rest_route=/">'
    found = trails(page(head, classes="postid-7"), PAGE)
    assert found.rest == "https://harbour-lines.example/index.php?rest_route=/wp/v2/comments&post=7"


def test_without_the_posts_number_nothing_is_asked():
    assert trails(page(API), PAGE).rest is None


def test_every_comment_page_between_the_first_and_the_last_is_named():
    body = '<a href="/2019/02/ferry/comment-page-2/#comments">2</a> … <a href="/2019/02/ferry/comment-page-5/">5</a>'
    assert trails(page(body=body), PAGE).comment_pages == tuple(
        f"https://harbour-lines.example/2019/02/ferry/comment-page-{number}/" for number in (1, 2, 3, 4, 5)
    )


def test_the_page_one_is_on_has_its_place_among_the_others():
    body = '<a href="?p=3&cpage=1#comments">older</a>'
    found = trails(page(body=body), "https://harbour-lines.example/?p=3&cpage=2")
    assert found.comment_pages == tuple(f"https://harbour-lines.example/?p=3&cpage={n}" for n in (1, 2))
    assert found.here == 1


def test_a_page_behind_a_password_leads_nowhere():
    head = f'{API}<link rel="alternate" type="application/rss+xml" href="/2019/02/ferry/feed/">'
    form = '<form action="/wp-login.php?action=postpass" class="post-password-form" method="post"></form>'
    assert trails(page(head, form, "postid-12"), PAGE) == Trails()


def test_comment_pages_of_other_posts_are_none_of_ours():
    body = '<a href="/2020/01/other/comment-page-2/#comment-9">Tove on Other</a>'
    assert trails(page(body=body), PAGE).comment_pages == ()


def test_the_feed_of_the_post_is_told_from_the_sites():
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/rss+xml" href="/2019/02/ferry/feed/">'
    )
    assert trails(page(head), PAGE).feed == "https://harbour-lines.example/2019/02/ferry/feed/"


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://elsewhere.example/2019/02/ferry/comment-page-2/">2</a>',
        '<a href="http://[broken/comment-page-2/">2</a>',
        '<a href="javascript:comment-page-2">2</a>',
    ],
)
def test_a_page_leads_to_its_own_site_only(body):
    assert trails(page(body=body), PAGE).comment_pages == ()


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"not a page at all", b"<html>" * 5000])
def test_what_is_no_page_leads_nowhere(data):
    found = trails(data, PAGE)
    assert (found.rest, found.feed, found.comment_pages) == (None, None, ())


def test_an_endless_list_of_pages_is_cut():
    body = '<a href="/2019/02/ferry/comment-page-99999/">last</a>'
    assert len(trails(page(body=body), PAGE).comment_pages) == 100
