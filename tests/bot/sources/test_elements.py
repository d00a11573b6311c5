"""XML in a bad state, mended on the way."""

import pytest

from bot.sources.elements import Stream, attribute, child, root_of, text_of, tree_of


def words(data: bytes) -> list[str]:
    return [text_of(element) for element in Stream(data).named({"p"})]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<d><p>a & b &copy c</p></d>", ["a & b &copy c"]),
        (b"<d><p>a &nbsp; &eacute;&mdash;&unknown;</p></d>", ["a \u00a0 é—&unknown;"]),
        (b"<d><p>a&#8;b&#xD83D;&#xDE00;c&#xDC00;d&#0;&#x110000;&#128512;</p></d>", ["ab😀cd😀"]),
        (b"<d><p><![CDATA[a\x00\x08\x0bb & <i> ]]></p></d>", ["ab &#38; <i> "]),
        (b"<d><p>one<b>two</p><p>a &lt; b</p></d>", ["onetwoa < b"]),
        (b"<d><p>cut", ["cut"]),
        ("<d><p>a\ufffe\uffffb</p></d>".encode(), ["ab"]),
        (b"<?xml version='1.0' encoding='iso-8859-2'?><d><p>\xb1\xe6</p></d>", ["ąć"]),
        (b"<?xml version='1.0' encoding='klingon'?><d><p>\xc3\xa9</p></d>", ["é"]),
        (b"<?xml version='1.0' encoding='utf-16'?><d><p>\xc3\xa9</p></d>", ["é"]),
        ("<?xml version='1.0' encoding='utf-8'?><d><p>é</p></d>".encode("utf-16-le"), ["é"]),
        (b"", []),
        (b"<", []),
    ],
)
def test_words_survive(data: bytes, found: list[str]) -> None:
    assert words(data) == found


def test_after_a_flaw_markup_stays_markup() -> None:
    assert words(b"<d><p>a<b>x</p><p>&lt;i&gt;b&amp;amp;&lt;/i&gt;</p></d>") == ["ax<i>b&amp;</i>"]


def test_an_attribute_may_lack_its_quotation_marks() -> None:
    found = next(Stream(b"<d xmlns:q='u'><p><t q:id=24-7/><t q:id='8'/></p></d>").named({"p"}))
    assert [attribute(element, "id") for element in found] == ["24-7", "8"]


def test_only_outermost_elements_are_given_and_each_is_forgotten() -> None:
    stream = Stream(b"<d><p>a<p>b</p></p><q/><p>c</p></d>")
    seen = []
    for element in stream.named({"p"}):
        seen.append(text_of(element))
        assert not any(text_of(before) for before in element.itersiblings(preceding=True))
    assert seen == ["ab", "c"]


def test_a_name_without_a_declared_prefix_is_a_name() -> None:
    root, _ = tree_of(b"<d><wp:x>1</wp:x></d>")
    assert root is not None
    assert text_of(child(root, "x")) == "1"


def test_a_long_text_without_a_tag_is_passed_on() -> None:
    long = "word " * 500_000
    assert words(f"<d><p>{long}</p></d>".encode()) == [long]


def test_a_root_is_found_behind_comments() -> None:
    root = root_of(b"<?xml version='1.0'?>" + b"<!-- explains itself -->" * 5_000 + b"<feed a='b'/>")
    assert root is not None
    assert root.tag == "feed"
