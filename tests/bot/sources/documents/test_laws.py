"""What holds for every document: damaged, mixed up, enormous or deep."""

import copy
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.discussion import Comment, CommentKind, Discussion
from bot.errors import UnreadableError
from bot.sources.documents import read
from bot.sources.documents.parsing import JSON, parse

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = {path.stem: parse(path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.json"))}

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 1, -1, 2**63, 10**25]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            "root",
            "t3_",
            "0",
            "9" * 13,
            "2024-13-01",
            "2024-02-30T00:00:00Z",
            "\x00",
            "<p>a",
            "[",
            "0001-01-01",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "kind", "data", "a"]), inner, max_size=3)
    ),
    max_leaves=4,
)


def places(document: JSON) -> list[tuple[dict | list, str | int]]:
    """Every place in a document that a value stands in."""
    found: list[tuple[dict | list, str | int]] = []
    waiting = [document]
    while waiting:
        value = waiting.pop()
        keys = (
            list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
        )
        found += [(value, key) for key in keys]
        waiting += [value[key] for key in keys]
    return found


def check(discussions: list[Discussion]) -> None:
    for discussion in discussions:
        assert Discussion.model_validate_json(discussion.model_dump_json()) == discussion
        depths: dict[str, int] = {}
        for comment in discussion.comments:
            assert comment.key not in depths
            depths[comment.key] = comment.depth
            if comment.depth:
                assert comment.parent is not None
                assert depths[comment.parent] == comment.depth - 1
            else:
                assert comment.parent not in depths or comment.parent == comment.key
            assert comment.kind is not CommentKind.DELETED or not comment.text
            assert (comment.author is None) == (comment.author_source.value == "unknown")


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_document_is_more_than_a_sentence(name: str, data: st.DataObject) -> None:
    document = copy.deepcopy(DOCUMENTS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        container, key = data.draw(st.sampled_from(places(document)))
        act = data.draw(st.sampled_from(["replace", "remove", "swap"]))
        if act == "replace":
            container[key] = data.draw(VALUES)
        elif act == "remove":
            del container[key]
        else:
            container[key] = copy.deepcopy(DOCUMENTS[data.draw(st.sampled_from(sorted(DOCUMENTS)))])
        if not places(document):
            break
    # Anything but a discussion or a refusal with a sentence would end the test.
    with suppress(UnreadableError):
        check(read(json.dumps(document)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_breaks_off_is_refused(name: str) -> None:
    text = json.dumps(DOCUMENTS[name])
    with pytest.raises(UnreadableError, match=r"breaks off|is damaged"):
        read(text[: len(text) // 2])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_kind_stands_in_a_list_of_pages_too(name: str) -> None:
    alone = read(json.dumps(DOCUMENTS[name]))
    listed = read(json.dumps([DOCUMENTS[name]]))
    assert [discussion.comments for discussion in listed] == [discussion.comments for discussion in alone]


@pytest.mark.parametrize("name", sorted(DOCUMENTS.keys() - {"rejoinder"}))
def test_our_export_of_it_comes_back_without_loss(name: str) -> None:
    exported = read(json.dumps(DOCUMENTS[name]))
    document = {"discussions": [json.loads(discussion.model_dump_json()) for discussion in exported]}
    again = read(json.dumps(document))
    assert {discussion.source.kind for discussion in again} == {"rejoinder"}
    assert [described(discussion) for discussion in again] == [
        described(discussion) for discussion in exported
    ]


def described(discussion: Discussion) -> Discussion:
    source = discussion.source.model_copy(update={"kind": "any"})
    return discussion.model_copy(update={"source": source})


@pytest.mark.parametrize("word", ["post.example", "192.0.2."])
def test_no_address_of_a_person_or_a_machine_comes_through(word: str) -> None:
    sources = [name for name, document in DOCUMENTS.items() if word in json.dumps(document)]
    assert sources
    for name in sources:
        assert not any(
            word in discussion.model_dump_json() for discussion in read(json.dumps(DOCUMENTS[name]))
        )


DEEP = 10_000


def nested(opening: str, closing: str, innermost: str) -> str:
    return opening * DEEP + innermost + closing * DEEP


@pytest.mark.parametrize(
    "text",
    [
        '{"id": 1, "type": "story", "title": "t", "children": ['
        + nested('{"type": "comment", "text": "x", "author": "a", "children": [', "]}", "")
        + "]}",
        '[{"kind": "Listing", "data": {"children": ['
        + nested('{"kind": "t1", "data": {"body": "b", "replies": {"data": {"children": [', "]}}}}", "")
        + "]}}]",
        '{"comments": ['
        + nested('{"id": null, "ancestor_path": "", "name": "n", "body": "b", "children": [', "]}", "")
        + "]}",
        '{"data": {"story": {"comments": {"nodes": ['
        + nested('{"body": "b", "replies": {"nodes": [', "]}}", "")
        + "]}}}}",
        '{"@type": "Article", "comment": '
        + nested('{"@type": "Comment", "text": "t", "comment": ', "}", "null")
        + "}",
        '{"comments": [' + nested('{"html": "h", "member": {}, "replies": [', "]}", "") + "]}",
    ],
    ids=["hacker news", "reddit", "substack", "coral", "json-ld", "ghost"],
)
def test_ten_thousand_answers_inside_each_other_are_read(text: str) -> None:
    (discussion,) = read(text)
    check([discussion])
    assert len(discussion.comments) == DEEP


def test_brackets_alone_are_refused() -> None:
    with pytest.raises(UnreadableError, match="breaks off"):
        read("[" * 500_000)
    with pytest.raises(UnreadableError, match=r"holds no objects|known"):
        read("[" * 100_000 + "]" * 100_000)


JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(value=JSON_VALUES, indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_deep_json_is_the_same_json(value: JSON, indent: int | None, *, ascii_only: bool) -> None:
    deep = 5_000
    text = "[" * deep + json.dumps(value, indent=indent, ensure_ascii=ascii_only) + "]" * deep
    found = parse(text)
    for _ in range(deep):
        assert isinstance(found, list)
        (found,) = found
    assert found == value


@pytest.mark.parametrize(
    "damage",
    [
        "{]",
        "[}",
        '{"a"}',
        '{"a": 1,}',
        "[1,]",
        "[,]",
        "{1: 2}",
        '["a" "b"]',
        "[1 2]",
        '["\\q"]',
        "[01]",
        "[tru]",
        '{"a": 1 "b": 2}',
        "[]]",
    ],
)
def test_deep_json_is_refused_where_it_is_damaged(damage: str) -> None:
    deep = 5_000
    with pytest.raises(UnreadableError, match=r"damaged in line 2|breaks off"):
        parse("[" * deep + "\n" + damage + "]" * deep)


def test_what_is_no_number_counts_as_missing() -> None:
    document = '{"id": 5, "type": "story", "title": "t", "points": NaN, "descendants": -Infinity, "time": 1e999, "kids": []}'
    (discussion,) = read(document)
    assert discussion.source.declared_comments is None
    assert discussion.article.published is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"name": "left-pad", "version": "1.0.0"}', "its keys are name, version"),
        (
            '{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1, "i": 1}',
            "a, b, c, d, e, f, g, h, …",
        ),
        ("[]", "an empty list"),
        ("{}", "its first object is empty"),
        ('["a", "b"]', "holds no objects"),
        ('{"comments": []}', "its keys are comments"),
    ],
)
def test_json_that_nobody_knows_is_told_by_its_keys(text: str, said: str) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(text)
    assert said in refusal.value.message
    assert "Mastodon" in (refusal.value.next_step or "")


def test_a_line_end_in_a_string_is_words() -> None:
    # Decoding turns separators that JSON allows in strings into line ends, which it does not allow.
    (discussion,) = read('{"id": 5, "type": "story", "title": "two\nlines", "children": []}')
    assert discussion.article.title == "two lines"


def comment_of(discussion: Discussion, key: str) -> Comment:
    return next(comment for comment in discussion.comments if comment.key == key)


def test_a_comment_whose_author_is_a_number_has_none() -> None:
    document = copy.deepcopy(DOCUMENTS["hacker-news"])
    document["children"][0]["author"] = 7
    (discussion,) = read(json.dumps(document))
    assert comment_of(discussion, "7002").author is None
    assert any("“author”" in warning for warning in discussion.warnings)
