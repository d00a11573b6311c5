from hypothesis import given
from hypothesis import strategies as st

from bot.domain.discussion import CommentKind
from bot.domain.tree import Problem, arrange, descendants, importable
from tests.discussions import comment, discussion


def keys(nodes):
    return [node.comment.key for node in nodes]


def test_a_parent_stands_before_its_children_and_siblings_keep_the_order_of_the_source():
    nodes = arrange([comment("b", "a"), comment("d"), comment("a"), comment("c", "a"), comment("e", "b")])
    assert keys(nodes) == ["d", "a", "b", "e", "c"]
    assert [node.depth for node in nodes] == [0, 0, 1, 2, 1]
    assert [node.number for node in nodes] == [1, 2, 3, 4, 5]
    assert [node.parent for node in nodes] == [None, None, 2, 3, 2]


def test_an_orphan_stays_visible_at_the_top_and_keeps_the_key_of_the_parent_it_lost():
    (orphan,) = arrange([comment("a", "gone")])
    assert orphan.problem is Problem.ORPHAN
    assert (orphan.depth, orphan.parent, orphan.comment.parent) == (0, None, "gone")


def test_a_circle_is_cut_above_its_first_member_and_nobody_is_lost():
    nodes = arrange([comment("c", "b"), comment("a", "c"), comment("b", "a"), comment("d", "b")])
    assert keys(nodes) == ["c", "a", "b", "d"]
    assert [node.problem for node in nodes] == [Problem.CYCLE, None, None, None]
    assert [node.depth for node in nodes] == [0, 1, 2, 3]


def test_a_comment_that_answers_itself_becomes_a_root():
    (node,) = arrange([comment("a", "a")])
    assert (node.problem, node.depth, node.comment.parent) == (Problem.CYCLE, 0, None)


def test_a_second_bearer_of_a_key_gets_a_key_of_its_own_and_answers_go_to_the_first():
    nodes = arrange([comment("a"), comment("a~2"), comment("a", text="again"), comment("b", "a")])
    assert keys(nodes) == ["a", "b", "a~2", "a~3"]
    assert nodes[-1].problem is Problem.DUPLICATE
    assert nodes[-1].comment.text == "again"


def test_ten_thousand_levels_are_only_a_long_branch():
    chain = [comment("0"), *(comment(str(n), str(n - 1)) for n in range(1, 10_000))]
    nodes = arrange(chain)
    assert nodes[-1].depth == 9_999
    assert descendants(nodes)[1] == 9_999


def test_only_comments_are_imported_and_what_they_stand_under_as_a_place_without_words():
    kept = importable(
        discussion(
            comment("ping", kind=CommentKind.PINGBACK),
            comment("held", kind=CommentKind.HELD),
            comment("answered", kind=CommentKind.DELETED),
            comment("under", "answered", kind=CommentKind.DELETED),
            comment("alive", "under"),
            comment("forgotten", kind=CommentKind.DELETED),
            comment("to held", "held"),
        )
    )
    assert [(c.key, c.kind, c.depth) for c in kept.comments] == [
        ("held", CommentKind.DELETED, 0),
        ("to held", CommentKind.COMMENT, 1),
        ("answered", CommentKind.DELETED, 0),
        ("under", CommentKind.DELETED, 1),
        ("alive", CommentKind.COMMENT, 2),
    ]
    assert all((c.author, c.text, c.markdown) == (None, "", "") for c in kept.comments if c.kind == "deleted")


@given(
    st.lists(st.tuples(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 12))), max_size=30),
)
def test_whatever_the_source_says_every_comment_is_there_once_under_a_parent_that_stands_before_it(rows):
    nodes = arrange([comment(str(key), None if parent is None else str(parent)) for key, parent in rows])
    assert len(nodes) == len(rows)
    assert len(set(keys(nodes))) == len(rows)
    depth_of = {}
    for node in nodes:
        assert node.depth == (0 if node.parent is None else depth_of[node.parent] + 1)
        depth_of[node.number] = node.depth
    again = arrange([node.comment for node in nodes])
    assert keys(again) == keys(nodes)
