from bot.domain.discussion import CommentKind, Source
from bot.sources.merging import merge
from tests.discussions import comment, discussion


def part(*comments, declared=None, warnings=()):
    whole = discussion(*comments)
    source = Source(kind="wordpress-html", location="ferry.html", declared_comments=declared, complete=False)
    return whole.model_copy(update={"source": source, "warnings": warnings})


def test_each_comment_is_there_once_and_finds_a_parent_from_another_part():
    first = part(comment("a"), comment("b", "a"), declared=4)
    second = part(comment("c"), comment("d", "b"))
    merged = merge(first, [second])
    assert {c.key: (c.parent, c.depth) for c in merged.comments} == {
        "c": (None, 0),
        "a": (None, 0),
        "b": ("a", 1),
        "d": ("b", 2),
    }
    assert merged.source.complete


def test_a_word_about_other_pages_is_overtaken_when_they_are_there():
    first = part(
        comment("a"), declared=2, warnings=("1 of 2 comments are on other pages", "no author is named")
    )
    second = part(comment("b"), warnings=("no author is named",))
    assert merge(first, [second]).warnings == ("no author is named",)


def test_what_is_still_missing_is_counted():
    merged = merge(part(comment("a"), declared=5), [part(comment("b"))])
    assert not merged.source.complete
    assert merged.warnings == ("2 of 5 comments were found.",)


def test_what_links_here_is_counted_as_the_site_counts_it():
    linkback = comment("p").model_copy(update={"kind": CommentKind.PINGBACK})
    merged = merge(part(comment("a"), linkback, declared=3), [part(comment("b"))])
    assert merged.source.complete
    assert merged.warnings == ()
