"""The JSON-LD of a page, as its reader hands it over."""

from bot.sources.documents.json_ld import discussion_of


def test_a_page_that_names_no_article_says_nothing() -> None:
    assert discussion_of([]) is None
    assert (
        discussion_of([{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem"}]}, "text", None])
        is None
    )
    help_page = {
        "@type": "FAQPage",
        "mainEntity": [{"@type": "Question", "acceptedAnswer": {"@type": "Answer", "text": "Yes."}}],
    }
    assert discussion_of([help_page]) is None


def test_the_declared_number_is_read_where_no_comment_is() -> None:
    found = discussion_of([{"@type": "BlogPosting", "headline": "Rust on a gate", "commentCount": "41"}])
    assert found is not None
    assert found.source.declared_comments == 41
    assert not found.source.complete
    assert found.comments == ()


def test_several_blocks_of_a_page_are_put_together() -> None:
    article = {"@type": "Article", "@id": "#post", "headline": "Rust on a gate"}
    comments = [
        {"@type": "Comment", "@id": "#c2", "parentItem": {"@id": "#c1"}, "text": "Paint it."},
        {
            "@type": "http://schema.org/Comment",
            "@id": "#c1",
            "parentItem": {"@id": "#post"},
            "text": "Leave it.",
        },
    ]
    found = discussion_of([article, *comments])
    assert found is not None
    assert [(comment.key, comment.parent) for comment in found.comments] == [("c1", None), ("c2", "c1")]


def test_comments_that_contain_each_other_by_name_end() -> None:
    circle = [
        {"@type": "Comment", "@id": "#a", "text": "A", "comment": {"@id": "#b"}},
        {"@type": "Comment", "@id": "#b", "text": "B", "comment": {"@id": "#a"}},
    ]
    found = discussion_of(circle)
    assert found is not None
    assert [comment.key for comment in found.comments] == ["a", "b"]


def test_a_name_that_leads_nowhere_is_counted() -> None:
    found = discussion_of(
        [
            {
                "@type": "Article",
                "url": "https://a.example/p",
                "comment": [{"@id": "#c1"}, {"@type": "Comment", "@id": "#c2"}],
            }
        ]
    )
    assert found is not None
    assert found.comments == ()
    assert not found.source.complete
    assert "2 comments named but not in this file." in found.warnings


def test_the_article_may_be_called_by_its_address() -> None:
    article = {"@type": "Article", "@id": "https://a.example/p#article", "url": "https://a.example/p"}
    answer = {"@type": "Comment", "@id": "#c1", "parentItem": {"@id": "https://a.example/p"}, "text": "Here."}
    found = discussion_of([{"@graph": [article, answer]}])
    assert found is not None
    assert [comment.parent for comment in found.comments] == [None]
