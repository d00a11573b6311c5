"""What a page says of where the rest of its comments are: further comment pages, an interface, a feed.

A page can only lead to its own site; what it says of other hosts is not followed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

import regex

from bot.errors import UnreadableError
from bot.sources.addresses import article_address
from bot.sources.material import Material

if TYPE_CHECKING:
    from lxml import html

#: Comments that WordPress's interface gives at once; it refuses more (WP_REST_Controller).
REST_PAGE = 100
#: Comment pages that are followed; at 50 comments a page that is more than any blog has.
MOST_PAGES = 100

_API = ".//link[@rel='https://api.w.org/']/@href"
_POST = ".//link[@type='application/json']/@href"
_SHORT = ".//link[@rel='shortlink']/@href"
_FEEDS = ".//link[@type='application/rss+xml' or @type='application/atom+xml']/@href"
_LOCKED = ".//form[contains(concat(' ', @class, ' '), ' post-password-form ')]"
_POST_ID = regex.compile(r"(?:/wp/v2/(?:posts|pages)/|[?&]p=|[?&]page_id=)(\d+)")
_BODY_ID = regex.compile(r"(?:^|\s)(?:postid|page-id)-(\d+)(?:\s|$)")
_COMMENT_PAGE = regex.compile(r"(?P<before>/comment-page-|[?&]cpage=)(?P<number>\d+)")


@dataclass(frozen=True, slots=True)
class Trails:
    """Addresses on the page's own site."""

    #: All pages of the same comments, in their order.
    comment_pages: tuple[str, ...] = ()
    #: Which of them this page is, counted from 0; None where its address does not say.
    here: int | None = None
    #: WordPress's comments of this post, without a page number.
    rest: str | None = None
    #: The newest comments as a feed.
    feed: str | None = None

    def rest_page(self, number: int) -> str:
        """The address of a page of WordPress's comments, counted from 1, oldest first."""
        query = urlencode({"per_page": REST_PAGE, "order": "asc", "orderby": "date_gmt", "page": number})
        return f"{self.rest}&{query}"


def trails(data: bytes, address: str) -> Trails:
    """What the HTML page ``data``, found at ``address``, leads to. Anything else leads nowhere."""
    from bot.sources.pages.parsing import parse  # noqa: PLC0415 - loaded when a page is there to parse

    try:
        root = parse(Material(data, address)).root
    except UnreadableError:
        return Trails()
    if root.xpath(_LOCKED):
        # The interface is shut then, and the feed has the question for the password in every comment's place.
        return Trails()
    pages = _comment_pages(root, address)
    number = _number(address)
    return Trails(
        comment_pages=pages,
        here=number - 1 if number and number <= len(pages) else None,
        rest=_rest(root, address),
        feed=_feed(root, address),
    )


def _links(root: "html.HtmlElement", path: str, address: str) -> list[str]:
    """Addresses that stand on the page's own host."""
    host = urlsplit(address).netloc
    found = []
    for link in root.xpath(path):
        try:
            absolute = urljoin(address, str(link).strip())
            if urlsplit(absolute).netloc == host:
                found.append(absolute)
        except ValueError:
            continue
    return found


def _rest(root: "html.HtmlElement", address: str) -> str | None:
    interfaces = _links(root, _API, address)
    post = _post_id(root, address)
    if not interfaces or post is None:
        return None
    # Without pretty addresses the route is itself a parameter: ?rest_route=/
    joint = "&" if "rest_route=" in interfaces[0] else "?"
    return f"{interfaces[0].rstrip('/')}/wp/v2/comments{joint}post={post}"


def _post_id(root: "html.HtmlElement", address: str) -> str | None:
    for link in [*_links(root, _POST, address), *_links(root, _SHORT, address)]:
        if found := _POST_ID.search(link):
            return str(found[1])
    found = _BODY_ID.search(str(root.xpath("string(.//body/@class)")))
    return str(found[1]) if found else None


def _feed(root: "html.HtmlElement", address: str) -> str | None:
    """The feed under the post's own address is its comments'; the site's others stand elsewhere."""
    post = article_address(address).rstrip("/")
    own = [feed for feed in _links(root, _FEEDS, address) if feed.startswith(f"{post}/")]
    return own[0] if own else None


def _comment_pages(root: "html.HtmlElement", address: str) -> tuple[str, ...]:
    """Every page from the first to the last that a link names: between them a long list shows only dots."""
    post = article_address(address)
    linked: dict[int, str] = {}
    for link in _links(root, ".//a/@href", address):
        plain = link.partition("#")[0]
        if (found := _COMMENT_PAGE.search(plain)) and article_address(plain) == post:
            linked.setdefault(int(found["number"]), plain)
    if not linked:
        return ()
    last = min(max(*linked, _number(address) or 1), MOST_PAGES)
    pattern = next(iter(linked.values()))
    return tuple(linked.get(number) or _numbered(pattern, number) for number in range(1, last + 1))


def _number(address: str) -> int | None:
    found = _COMMENT_PAGE.search(address)
    return int(found["number"]) if found else None


def _numbered(pattern: str, number: int) -> str:
    return _COMMENT_PAGE.sub(lambda found: f"{found['before']}{number}", pattern, count=1)
