"""A page leads to the rest of its comments; what can't be had is said and costs nothing else."""

import json

import pytest

from bot.adapters.reading import SourceReader
from bot.errors import FetchError
from bot.ports.fetching import Fetched, Validators
from bot.services.gathering import Gatherer

pytestmark = pytest.mark.asyncio

POST = "https://harbour-lines.example/2019/02/ferry/"


class Site:
    """A site in memory."""

    def __init__(self, pages):
        self.pages = pages
        self.asked = []

    async def fetch(self, address, *, validators=None):
        self.asked.append(address)
        for beginning, (kind, body) in self.pages.items():
            if address.startswith(beginning):
                return Fetched(address, body.encode(), kind, "utf-8", Validators())
        raise FetchError("harbour-lines.example answered “404, not found”.")


def html(*comments, head="", more=""):
    items = "".join(
        f'<li id="comment-{number}" class="comment depth-1"><article class="comment-body">'
        f'<cite class="fn">{name}</cite> <time datetime="2019-02-03T14:30:00+00:00">then</time>'
        f'<div class="comment-content"><p>{name} has seen the ferry, and says so here at some length.</p></div>'
        f"</article></li>"
        for number, name in comments
    )
    article = (
        "<p>The city bought a ferry in 2011, and it has never left the quay, not even for a day.</p>" * 4
    )
    return (
        f"<!doctype html><html lang='en'><head><title>The ferry</title>{head}</head><body class='postid-12'>"
        f"<article><h1>The ferry</h1>{article}</article><div id='comments' class='comments-area'>"
        f"<ol class='comment-list'>{items}</ol>{more}</div></body></html>"
    )


API = '<link rel="https://api.w.org/" href="https://harbour-lines.example/wp-json/">'
NEXT = '<a href="/2019/02/ferry/comment-page-2/#comments">Newer</a>'


def rest(*comments):
    return json.dumps(
        [
            {
                "id": number,
                "post": 12,
                "parent": 0,
                "author_name": name,
                "date": "2019-02-03T14:30:00",
                "date_gmt": "2019-02-03T14:30:00",
                "content": {
                    "rendered": f"<p>{name} has seen the ferry, and says so here at some length.</p>"
                },
                "status": "approved",
                "type": "comment",
                "link": f"{POST}#comment-{number}",
            }
            for number, name in comments
        ]
    )


async def gather(pages, address=POST):
    site = Site(pages)
    (found,) = await Gatherer(fetcher=site, reader=SourceReader()).gather(address)
    return site, found


async def test_the_sites_interface_gives_all_comments_at_once():
    site, found = await gather(
        {
            "https://harbour-lines.example/wp-json/": (
                "application/json",
                rest((1, "Tove Lind"), (2, "Bo Sand"), (3, "Ana Reis")),
            ),
            POST: ("text/html", html((1, "Tove Lind"), head=API, more=NEXT)),
        }
    )
    assert [comment.key for comment in found.comments] == ["comment-1", "comment-2", "comment-3"]
    assert found.article.title == "The ferry"
    assert len(site.asked) == 2


async def test_where_the_interface_is_shut_the_pages_are_read_one_by_one():
    site, found = await gather(
        {
            f"{POST}comment-page-2": ("text/html", html((2, "Bo Sand"))),
            f"{POST}comment-page-1": ("text/html", html((1, "Tove Lind"))),
            POST: ("text/html", html((1, "Tove Lind"), head=API, more=NEXT)),
        }
    )
    assert {comment.key for comment in found.comments} == {"comment-1", "comment-2"}
    assert site.asked[1].startswith("https://harbour-lines.example/wp-json/")


async def test_the_page_in_the_middle_keeps_its_place_and_is_not_fetched_again():
    more = f"{NEXT.replace('page-2', 'page-1')}{NEXT.replace('page-2', 'page-3')}"
    site, found = await gather(
        {
            f"{POST}comment-page-1": ("text/html", html((1, "Tove Lind"))),
            f"{POST}comment-page-2": ("text/html", html((2, "Bo Sand"), more=more)),
            f"{POST}comment-page-3": ("text/html", html((3, "Ana Reis"))),
        },
        f"{POST}comment-page-2/",
    )
    assert [comment.key for comment in found.comments] == ["comment-1", "comment-2", "comment-3"]
    assert len(site.asked) == 3


async def test_a_page_that_can_not_be_had_is_a_warning():
    _, found = await gather(
        {
            f"{POST}comment-page": ("text/html", ""),
            POST: ("text/html", html((1, "Tove Lind"), more=NEXT)),
        }
    )
    assert [comment.key for comment in found.comments] == ["comment-1"]
    assert "2 of 2 further comment pages could not be read." in found.warnings


async def test_a_file_of_another_kind_leads_nowhere():
    site, found = await gather({POST: ("application/json", rest((1, "Tove Lind")))})
    assert len(found.comments) == 1
    assert site.asked == [POST]
