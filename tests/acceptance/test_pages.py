"""Every page of comments, in both themes, gives its part of the tree."""

import re
from collections.abc import Iterator

import pytest

from bot.sources.register import read as read_source
from tests.acceptance.conftest import Posts
from tests.acceptance.trees import differences, only, read, told
from tests.acceptance.wordpress import corpus
from tests.acceptance.wordpress.site import THEMES, Site, Theme

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", corpus.OPEN)
@pytest.mark.parametrize("theme", THEMES)
def test_pages(site: Site, published: Posts, theme: Theme, name: str) -> None:
    site.configure(theme=theme)
    post, written = published[name]
    pages = [only(read_source(data, location=address)) for address, data in _pages(site, written.address)]
    assert len(pages) == (3 if name == "long" else 1)
    nodes = [node for page in pages for node in read(page)]
    assert differences(nodes, told(post, written)) == []
    assert {page.article.title for page in pages} == {post.title}


def _pages(site: Site, address: str) -> Iterator[tuple[str, bytes]]:
    """All pages of comments of a post, as the page's own links count them."""
    first = site.get(address)
    numbers = [
        int(number) for number in re.findall(re.escape(address).encode() + rb"comment-page-(\d+)/", first)
    ]
    yield address, first
    for number in range(2, max(numbers, default=1) + 1):
        page = f"{address}comment-page-{number}/"
        yield page, site.get(page)
