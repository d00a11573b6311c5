"""HTML as CommonMark and as what a reader sees."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.discussion import BlockKind
from bot.domain.markdown import clean, plain
from bot.sources.markup import blocks_from_html, words_from_html, words_from_markdown


@pytest.mark.parametrize(
    ("fragment", "markdown", "text"),
    [
        ("", "", ""),
        ("<p>&nbsp;</p>", "", ""),
        ("<p>The <b>old </b>mill</p>\n<p>turns</p>", "The **old** mill\n\nturns", "The old mill\n\nturns"),
        ("one<br>two<br>\n<br>three", "one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("<b>one<br><br>two</b>", "**one**\n\n**two**", "one\n\ntwo"),
        ("a<i>b <em>c</em></i>", "a*b c*", "ab c"),
        ("<b>“A”</b>b", "“A”b", "“A”b"),
        ("<a href='/mill?a=1&amp;b=2'>the mill</a>", "[the mill](/mill?a=1&b=2)", "the mill"),
        ("<a href='https://mill.example/'>https://mill.example/</a>", "<https://mill.example/>", "https://mill.example/"),
        ("<a href='javascript:alert(1)'>press</a>", "press", "press"),
        ("<a href='/a (1)'>a [b]</a>", "[a \\[b\\]](/a%20%281%29)", "a [b]"),
        ("<code>a `b`</code>", "`` a `b` ``", "a `b`"),
        ("<pre><code class='language-sh'>make\n  test\n</code></pre>", "```sh\nmake\n  test\n```", "make\n  test"),
        ("<pre>a<br>```</pre>", "````\na\n```\n````", "a\n```"),
        ("<blockquote><p>a</p>b</blockquote>c", "> a\n>\n> b\n\nc", "a\n\nb\n\nc"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("<ol start=3><li><p>a</p><p>b</p></li></ol>", "3. a\n\n   b", "3. a\n\n   b"),
        ("<h2>The<br>mill</h2>turns", "## The mill\n\nturns", "The mill\n\nturns"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a | b\n\nc", "a | b\n\nc"),
        ("He said <q>no</q>.", "He said “no”.", "He said “no”."),
        ("fine <img src='/x/smile.png' class='wp-smiley' alt=':)'> day", "fine :) day", "fine :) day"),
        ("<img src='mill.jpg' alt='The [old] mill'>", "![The \\[old\\] mill](mill.jpg)", "The [old] mill"),
        ("<img src='data:image/gif;base64,R0' data-src='mill.jpg' alt='Mill'>", "![Mill](mill.jpg)", "Mill"),
        ("See<br><img src=a.jpg alt='A mill'><br>there", "See\n![A mill](a.jpg)\nthere", "See\nthere"),
        ("one <a href=/b><img src=b.jpg alt=B></a> two", "one [![B](b.jpg)](/b) two", "one two"),
        ("<p><img src=a.jpg alt=A></p><p>b</p>", "![A](a.jpg)\n\nb", "b"),
        ("<ul><li><img src=a.jpg alt=A><li>b</ul>", "- ![A](a.jpg)\n- b", "- b"),
        ("<ul><li><img src=a.jpg alt=A></ul>", "- ![A](a.jpg)", "- A"),
        ("<img src='count.gif' width=1 height=1>seen", "seen", "seen"),
        ("<script>x</script><style>y</style><template>z</template><span hidden>h</span>seen", "seen", "seen"),
        ("<span class='screen-reader-text'>Skip</span><p style='display: none'>no</p>seen", "seen", "seen"),
        ("<iframe src='https://film.example/1' title='A film'></iframe>", "[A film](https://film.example/1)", "A film"),
    ],
)  # fmt: skip
def test_markup_becomes_words(fragment: str, markdown: str, text: str) -> None:
    assert words_from_html(fragment) == (markdown, text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("3 * 4 and a_b_c, 50 ~ 60, C:\\new", "3 * 4 and a_b_c, 50 ~ 60, C:\\new"),
        ("*not* _emphasis_ ~~here~~ `nor` here", "\\*not\\* \\_emphasis\\_ \\~\\~here\\~\\~ \\`nor\\` here"),
        ("1. a year", "1\\. a year"),
        ("# 1", "\\# 1"),
        ("> said", "\\> said"),
        ("- so", "\\- so"),
        ("#tag -5 +3", "#tag -5 +3"),
        ("[a](b) [c]", "[a]\\(b) [c]"),
        ("&amp;amp; AT&amp;T", "\\&amp; AT&T"),
        ("&lt;b&gt; 1 &lt; 2", "\\<b> 1 < 2"),
        ("https://mill.example/a_b_/*c* *d*", "https://mill.example/a_b_/*c* \\*d\\*"),
    ],
)
def test_only_what_would_mean_something_is_escaped(text: str, markdown: str) -> None:
    assert words_from_html(text).markdown == markdown


def test_relative_links_are_resolved_where_the_page_is_known() -> None:
    words = words_from_html("<a href='../b'>b</a>", base="https://mill.example/a/c/")
    assert words.markdown == "[b](https://mill.example/a/b)"


def test_an_article_s_blocks_have_kinds() -> None:
    blocks = blocks_from_html(
        "<h2>A</h2><p>b</p><blockquote>c</blockquote><ul><li>d</ul><pre>e</pre><figure><img src=f.png alt=f>"
        "<figcaption>g</figcaption></figure><iframe src=https://film.example/></iframe>"
    )
    assert [block.kind for block in blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST,
        BlockKind.CODE,
        BlockKind.IMAGE,
        BlockKind.PARAGRAPH,
        BlockKind.EMBED,
    ]


def test_markdown_is_taken_as_it_is() -> None:
    assert words_from_markdown("a *b*\n\n[c](https://d.example)") == (
        "a *b*\n\n[c](https://d.example)",
        "a b\n\nc",
    )


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul><li", "pre", "a href=x"])
def test_deep_nesting_loses_no_word_and_costs_linear_time(tag: str) -> None:
    started = time.process_time()
    words = words_from_html("<p>first</p>" + f"<{tag}>" * 10_000 + "deep")
    assert "first" in words.text
    assert "deep" in words.text
    assert time.process_time() - started < 2


_TEXT = st.text(st.sampled_from("ab 1.*_~`[]()<>&#!-+=\\\n\u00a0“é字:/"), max_size=12)
_TAGS = st.sampled_from(
    [
        "p",
        "b",
        "i",
        "code",
        "a href='https://a.example/b'",
        "s",
        "em",
        "div",
        "span",
        "blockquote",
        "h3",
        "pre",
    ]
)


@st.composite
def _fragment(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 8))):
        tag = draw(_TAGS)
        text = draw(_TEXT).replace("&", "&amp;").replace("<", "&lt;")
        parts.append(
            draw(st.sampled_from([text, f"<{tag}>{text}</{tag.split()[0]}>", "<br>", f"<{tag}>{text}"]))
        )
    return "".join(parts)


@given(_fragment())
def test_the_markdown_shows_the_text(fragment: str) -> None:
    words = words_from_html(fragment)
    assert plain(words.markdown).split() == clean(words.text).split()
