"""What a real WordPress hands out as files gives the tree of the corpus: REST, the comment feed, the export."""

import json
from collections.abc import Iterator, Sequence

import pytest

from bot.domain.discussion import CommentKind, Discussion
from bot.sources.register import read as read_source
from tests.acceptance.conftest import Posts
from tests.acceptance.trees import Node, differences, key, keys_of, only, parents_of_gaps, read, told
from tests.acceptance.wordpress import corpus
from tests.acceptance.wordpress.site import Site, Written

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", corpus.OPEN)
def test_the_corpus_is_what_it_promises(published: Posts, name: str) -> None:
    post, written = published[name]
    wanted = {"long": corpus.VISIBLE, "short": 3, "silent": 0}[name]
    linkbacks = sum(remark.type != "comment" for remark in post.comments)
    nodes = told(post, written)
    assert len(nodes) + linkbacks == wanted
    assert name != "long" or max(node.depth for node in nodes) == corpus.DEEPEST - 1
    assert name != "long" or sum(node.depth == 0 for node in nodes) + linkbacks == corpus.THREADS


@pytest.mark.parametrize("name", corpus.OPEN)
def test_rest(site: Site, published: Posts, name: str) -> None:
    site.answer_rest_with(200)
    post, written = published[name]
    comments = list(_rest(site, written.id))
    entry = json.loads(site.get(f"{site.address}wp-json/wp/v2/posts/{written.id}"))
    found = only(read_source(json.dumps([entry, *comments]).encode(), location="rest.json"))
    assert differences(read(found), told(post, written)) == []
    assert found.article.title == post.title


@pytest.mark.parametrize("name", ["long", "short"])
def test_comment_feed(site: Site, published: Posts, name: str) -> None:
    post, written = published[name]
    address = f"{written.address}feed/"
    found = only(read_source(site.get(address), location=address))
    newest = _newest(told(post, written), 10)
    # A feed is a window: how deep a comment lies is told by comments outside of it.
    assert differences(_newest(_level(read(found)), 10), _level(newest)) == []


@pytest.mark.parametrize("name", corpus.OPEN)
def test_export(site: Site, published: Posts, name: str) -> None:
    post, written = published[name]
    found = _exported(site, written)
    assert differences(read(found), told(post, written)) == []
    assert found.article.title == post.title
    held = {key(written, remark.name) for remark in post.comments if remark.state == "held"}
    assert keys_of(found, CommentKind.HELD) == held


def test_nothing_private_is_read(site: Site) -> None:
    found = "".join(discussion.model_dump_json() for discussion in read_source(site.export(), location=""))
    assert "Skerry Point" in found
    for private in (
        "@example.org",
        "192.0.2.7",
        "paraffin",
        "Words that nobody",
        "should be seen by nobody, spam",
    ):
        assert private not in found


def test_answers_to_what_was_taken_away_hang_below_its_stone_in_an_export(
    site: Site, published: Posts
) -> None:
    _, written = published["gaps"]
    found = _exported(site, written)
    stone = key(written, "taken")
    parents = {comment.key: comment.parent for comment in found.comments}
    assert parents == {stone: None} | parents_of_gaps(written)
    assert keys_of(found, CommentKind.DELETED) == {stone}


def _rest(site: Site, post: int) -> Iterator[dict[str, object]]:
    page = 1
    while True:
        query = f"post={post}&per_page=100&page={page}"
        found = json.loads(site.get(f"{site.address}wp-json/wp/v2/comments?{query}"))
        yield from found
        if len(found) < 100:
            return
        page += 1


def _exported(site: Site, written: Written) -> Discussion:
    found = read_source(site.export(), location="export.xml")
    return only([discussion for discussion in found if discussion.article.url == written.address])


def _newest(nodes: Sequence[Node], number: int) -> list[Node]:
    return sorted(nodes, key=lambda node: (node.at, node.key))[-number:]


def _level(nodes: Sequence[Node]) -> list[Node]:
    return [node._replace(depth=0) for node in nodes]
