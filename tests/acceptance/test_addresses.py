"""`rejoinder inspect ADDRESS` gives the tree of the corpus, whichever address it is given and whatever the site refuses."""

from dataclasses import replace
from itertools import product

import pytest

from tests.acceptance.conftest import Inspect, Posts
from tests.acceptance.trees import differences, parents_of_gaps, read, told
from tests.acceptance.wordpress import corpus
from tests.acceptance.wordpress.site import BLOCKS, CLASSIC, THEMES, RestStatus, Site, Theme
from tests.acceptance.wordpress.writing import Remark

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("name", corpus.OPEN)
@pytest.mark.parametrize(("theme", "status"), list(product(THEMES, [200, 403, 404])))
def test_address(
    site: Site, published: Posts, inspect: Inspect, *, theme: Theme, status: RestStatus, name: str
) -> None:
    site.configure(theme=theme)
    site.answer_rest_with(status)
    post, written = published[name]
    found = inspect(written.address)
    assert differences(read(found), told(post, written)) == []
    assert found.article.title == post.title
    assert found.source.complete


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize("form", ["{site}?p={id}", "{post}comment-page-2/", "{post}comment-page-3/#respond"])
def test_every_address_of_a_post(
    site: Site, published: Posts, inspect: Inspect, form: str, status: RestStatus
) -> None:
    site.configure(theme=CLASSIC)
    site.answer_rest_with(status)
    post, written = published["long"]
    found = inspect(form.format(site=site.address, id=written.id, post=written.address))
    assert differences(read(found), told(post, written)) == []
    assert found.article.url == written.address


@pytest.mark.parametrize("theme", THEMES)
def test_answers_to_what_was_taken_away_are_missed_on_a_page(
    site: Site, published: Posts, inspect: Inspect, theme: Theme
) -> None:
    """WordPress hides everything below a comment in the trash, and counts it all the same."""
    site.configure(theme=theme)
    site.answer_rest_with(403)
    post, written = published["gaps"]
    found = inspect(written.address)
    assert differences(read(found), told(post, written)) == []
    assert found.source.declared_comments == 4
    assert not found.source.complete


def test_answers_to_what_was_taken_away_are_read_from_rest(
    site: Site, published: Posts, inspect: Inspect
) -> None:
    site.answer_rest_with(200)
    _, written = published["gaps"]
    parents = {comment.key: comment.parent for comment in inspect(written.address).comments}
    assert parents == parents_of_gaps(written)


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize("theme", THEMES)
def test_a_password_is_respected(
    site: Site, published: Posts, inspect: Inspect, theme: Theme, status: RestStatus
) -> None:
    site.configure(theme=theme)
    site.answer_rest_with(status)
    found = inspect(published["locked"].written.address)
    assert found.comments == ()
    assert "third door" not in found.model_dump_json()


@pytest.mark.parametrize("status", [200, 403])
def test_keys_outlive_what_editors_do(site: Site, inspect: Inspect, status: RestStatus) -> None:
    site.configure(theme=BLOCKS)
    site.answer_rest_with(status)
    post = replace(corpus.short_post(), title=f"Read twice, with an interface that answers {status}")
    written = site.write(post)
    before = read(inspect(written.address))
    site.change(written.comments["letter-1"], html="The ferry was late on Monday, and on Tuesday.")
    site.change(written.comments["letter-3"], state="hold")
    after = read(inspect(written.address))
    assert differences(before, told(post, written)) == []
    edited = before[0]._replace(text="The ferry was late on Monday, and on Tuesday.")
    assert differences(after, [edited, before[1]]) == []


@pytest.mark.parametrize("status", [200, 403])
def test_a_site_that_moves_on(site: Site, inspect: Inspect, status: RestStatus) -> None:
    """Answers come, an editor approves one, deletes another for good, and gives the site a new theme."""
    site.configure(theme=CLASSIC)
    site.answer_rest_with(status)
    post = replace(corpus.short_post(), title=f"The site moves on, with an interface that answers {status}")
    written = site.write(post)
    answer, waiting = (
        Remark(name=name, parent="letter-2", author="Ines Vold", at=at, html=words, text=words, state=state)
        for name, at, words, state in (
            ("letter-4", "2026-02-02 18:00:00", "The tide keeps to its timetable.", "approved"),
            ("letter-5", "2026-02-02 18:30:00", "Unlike some.", "held"),
        )
    )
    written = site.answer(written, answer, waiting)
    grown = replace(post, comments=(*post.comments, answer, waiting))
    assert differences(read(inspect(written.address)), told(grown, written)) == []

    site.change(written.comments["letter-5"], state="approve")
    site.delete(written.comments["letter-2"])
    site.configure(theme=BLOCKS)
    moved = (replace(remark, parent="letter-1", state="approved") for remark in (answer, waiting))
    left = replace(post, comments=(post.comments[0], post.comments[2], *moved))
    assert differences(read(inspect(written.address)), told(left, written)) == []
