"""What is read of a page beside its comments: the article, its quotes, what was left out and what is missing."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.discussion import BlockKind, Discussion
from bot.sources.material import Material
from bot.sources.pages.reading import read

INVENTED = Path(__file__).parent / "invented"


def discussion_of(name: str) -> Discussion:
    (discussion,) = read(Material((INVENTED / f"{name}.html").read_bytes(), "page.html"))
    return discussion


def page(body: str, head: str = "") -> Discussion:
    html = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    (discussion,) = read(Material(html.encode(), "page.html"))
    return discussion


PARAGRAPH = "<p>The ferry leaves on the hour and not on the half, for the tide table and the bus have at last been introduced.</p>"


def test_the_article_has_what_its_head_says() -> None:
    article = discussion_of("wordpress-classic-en").article
    assert article.title == "The mill turns again"
    assert article.site == "The Weir"
    assert article.byline == "Wenna Trask"
    assert article.url == "https://weir.example/2024/the-mill-turns-again/"
    assert article.published == datetime.fromisoformat("2024-04-30T08:00:00+01:00")
    assert article.published_source == "metadata"
    assert article.language == "en"
    assert article.lede
    assert article.lede.startswith("After eleven dry summers")


def test_no_word_of_a_comment_or_a_widget_is_in_the_article() -> None:
    text = " ".join(block.text for block in discussion_of("wordpress-classic-en").article.blocks)
    for word in (
        "far bank",
        "Rye from June",
        "Leave a Reply",
        "Recent Comments",
        "thoughts on",
        "moderation",
    ):
        assert word not in text


def test_a_pull_quote_is_no_block_and_stands_where_it_recurs() -> None:
    article = discussion_of("wordpress-classic-en").article
    (quote,) = article.pull_quotes
    assert quote.source == "markup"
    assert quote.block is not None
    assert article.blocks[quote.block].text[quote.start : quote.end] == quote.text
    assert quote.text not in [block.text for block in article.blocks]


def test_a_quote_has_the_speaker_that_the_sentence_before_names() -> None:
    body = f"<article><h1>Ferry</h1>{PARAGRAPH}<p>Harbour master Joan Pell told reporters:</p><blockquote><p>We will pay for the sluice, and for nothing else.</p></blockquote>{PARAGRAPH}</article>"
    quotes = [block for block in page(body).article.blocks if block.kind is BlockKind.QUOTE]
    assert [quote.speaker for quote in quotes] == ["Joan Pell"]


@pytest.mark.parametrize(
    "markup",
    [
        "<aside>{}</aside>",
        "<blockquote>{}</blockquote>",
        "<p><q>{}</q></p>",
        "<figure class='wp-block-pullquote'><blockquote><p>{}</p><cite>J. Pell</cite></blockquote></figure>",
        "<div class='pull-quote'>{}</div>",
    ],
)
def test_markup_that_repeats_a_passage_pulls_it_out(markup: str) -> None:
    passage = "the tide table and the bus have at last been introduced"
    article = page(
        f"<article><h1>Ferry</h1>{markup.format(passage)}{PARAGRAPH}{PARAGRAPH.replace('ferry', 'boat')}</article>"
    ).article
    assert [quote.text.strip("“”") for quote in article.pull_quotes] == [passage]
    assert article.pull_quotes[0].block is not None


def test_what_is_no_comment_is_named_with_its_reason() -> None:
    dropped = {dropped.reason: dropped.text for dropped in discussion_of("wordpress-classic-en").dropped}
    assert dropped["reply form"].startswith("Leave a Reply")
    assert "Eels" in dropped["list of recent comments elsewhere"]


def test_linkbacks_and_held_comments_are_told_of() -> None:
    warnings = discussion_of("wordpress-classic-en").warnings
    assert "1 pingback or trackback, not imported." in warnings
    assert "1 comment held back for moderation, not imported." in warnings


def test_missing_comments_are_counted() -> None:
    discussion = discussion_of("unknown-in-reply-to-de")
    assert "4 of 571 comments are in this page." in discussion.warnings
    assert not discussion.source.complete


def test_other_comment_pages_are_told_of() -> None:
    comments = "<ol class='comment-list'><li id='comment-1' class='comment depth-1'><b class='fn'>Ada</b><div class='comment-content'><p>One.</p></div></li></ol>"
    links = "<nav class='comment-navigation'><a href='/ferry/comment-page-2/#comments'>2</a> <a href='/ferry/comment-page-6/#comments'>6</a></nav>"
    discussion = page(
        f"<article><h1>Ferry</h1>{PARAGRAPH}</article><div id='comments'><h2>300 Comments</h2>{comments}{links}</div>",
        "<link href='/wp-content/a.css'>",
    )
    assert discussion.source.declared_comments == 300
    assert not discussion.source.complete
    assert any("6 pages of comments" in warning for warning in discussion.warnings)


@pytest.mark.parametrize(
    ("markup", "service"),
    [
        (
            "<div id='disqus_thread'></div><script src='https://the-quay.disqus.com/embed.js'></script>",
            "Disqus (shortname “the-quay”)",
        ),
        ("<div id='commento'></div>", "Commento"),
        ("<div id='coral_thread'></div>", "Coral"),
        ("<script src='https://giscus.app/client.js'></script>", "giscus"),
    ],
)
def test_an_embedded_thread_is_named_with_the_way_to_it(markup: str, service: str) -> None:
    discussion = page(f"<article><h1>Knots</h1>{PARAGRAPH}</article>{markup}")
    (said,) = [warning for warning in discussion.warnings if "loads its comments" in warning]
    assert service in said
    assert not discussion.source.complete
    assert not discussion.comments


def test_edits_scores_and_confidence_are_kept() -> None:
    quill, *_ = discussion_of("old-reddit").comments
    assert (quill.score, quill.edited_at) == (12, datetime.fromisoformat("2024-05-01T11:20:00+00:00"))
    assert quill.confidence == 1
    assert discussion_of("wordpress-kubrick-de").comments[0].confidence < 1


def test_an_answer_to_a_comment_on_another_page_says_so() -> None:
    items = "".join(
        f"<div class='comment-item' data-comment-id='{key}' data-parent-id='{parent}'><b class='comment-item__name'>Ada</b><div class='comment-item__text'>Word {key}.</div><button>Reply</button></div>"
        for key, parent in [("k1", ""), ("k2", "k1"), ("k3", "k0")]
    )
    *_, orphan = page(f"<h1>Ferry</h1>{PARAGRAPH}<section class='comments'>{items}</section>").comments
    assert (orphan.parent, orphan.depth) == ("k0", 0)
    assert orphan.evidence


def test_links_are_resolved_with_the_page_s_address() -> None:
    ada, *_ = discussion_of("wordpress-classic-en").comments
    assert "[the shop](https://weir.example/shop/)" in ada.markdown


def test_keys_outlive_a_changed_name_and_date() -> None:
    html = (INVENTED / "unknown-plain-list-ru.html").read_text(encoding="utf-8")
    changed = html.replace("Марфа", "Marfa").replace("05.05.2022", "07.05.2022")
    before, after = (read(Material(text.encode(), "page.html"))[0] for text in (html, changed))
    assert [comment.key for comment in before.comments] == [comment.key for comment in after.comments]


def test_a_saved_page_knows_where_it_came_from() -> None:
    assert discussion_of("saved-with-a-lying-charset-de").article.url == "https://weir.example/old/path"


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", "iso-8859-5"])
def test_declared_encodings_are_believed_where_the_bytes_allow(charset: str) -> None:
    text = f"<html><head><meta charset='{charset}'><title>Паром</title></head><body><h1>Паром</h1><p>Паром снова ходит каждый час, и на пристани поставили скамейки, а чайник капитан теперь наполняет сам.</p></body></html>"
    (discussion,) = read(Material(text.encode(charset), "page.html"))
    assert discussion.article.title == "Паром"


def test_a_mail_encoding_of_japanese_is_not_taken_for_ascii() -> None:
    text = "<html><head><meta charset='iso-2022-jp'><title>水車小屋</title></head><body><h1>水車小屋</h1><p>十年ぶりに水車が回り始めた朝、村の人々は橋の上に並んで、その低い音にじっと耳を傾けていました。</p></body></html>"
    (discussion,) = read(Material(text.encode("iso-2022-jp"), "page.html"))
    assert discussion.article.title == "水車小屋"


def test_the_first_post_of_a_topic_is_the_article() -> None:
    article = discussion_of("unknown-forum-topic-en").article
    assert article.title == "Which rope for the ferry?"
    assert article.byline == "Wenna"
    assert article.published == datetime.fromisoformat("2020-05-05T15:14")
    assert article.published_source == "header"
    assert [block.text for block in article.blocks] == [
        "The old one has been mended so often that nobody knows which end came with the boat. Hemp, nylon, or wait for the council?"
    ]


def test_a_first_comment_is_no_article() -> None:
    comments = "".join(
        f"<div class='post-item' id='post-{number}'><b class='author'>Ada</b> <time datetime='2020-05-0{number}T10:00:00Z'>then</time><div class='text'><p>Word {number}, and a few more.</p></div></div>"
        for number in (1, 2, 3)
    )
    read_page = page(
        f"<h1>Ferry</h1>{PARAGRAPH}{PARAGRAPH.replace('ferry', 'boat')}{PARAGRAPH.replace('hour', 'minute')}<h3>Replies</h3>{comments}"
    )
    assert len(read_page.comments) == 3
    assert read_page.article.blocks


#: Things that repeat on pages without a single comment: a name, a date and words each.
_REPEATED = {
    "a blog's front page": "<article class='post' id='post-{n}'><h2><a href='/p{n}'>Tar {n}</a></h2><p class='meta'>by <a class='author' href='/w'>Wenna</a> on <time datetime='2020-05-0{n}'>May {n}, 2020</time></p><p>The harbour council met on Monday and mended the kettle.</p></article>",
    "a live blog": "<div class='entry' id='entry-{n}'><time>1{n}:05</time><b class='author'>Wenna</b><p>The kettle is being lifted off pier four by a crane, piece {n}.</p></div>",
    "events": "<li><b>Tar night {n}</b> <span class='date'>May {n}, 2020 at 3:14 pm</span><p>Bring your own brush and a friend who holds the ladder.</p></li>",
    "episodes": "<div class='episode'><h4>Episode {n}: Tar</h4><span class='author'>Wenna</span> <span class='date'>May {n}, 2020</span><p>We talk about tar, rope and the council, for an hour.</p></div>",
    "topics beside an article": "<div class='topic'><a href='/t{n}'>Which rope {n}?</a> <span class='user'>Bo</span> <span class='date'>May {n}, 2020</span></div>",
    "news below an article": "<div class='card'><span class='byline'>Wenna</span> <time datetime='2020-05-0{n}'>May {n}</time><h4><a href='/n{n}'>Eels of the upper basin return at last {n}</a></h4><p>They were last seen in the autumn.</p></div>",
    "comments on other articles": "<li class='latest-comments__item'><b>Ada</b> on <a href='/a{n}#comment-{n}'>Eels</a> <span class='date'>May {n}, 2020</span></li>",
}  # fmt: skip


@pytest.mark.parametrize("repeated", _REPEATED.values(), ids=_REPEATED.keys())
def test_what_repeats_is_not_always_a_comment(repeated: str) -> None:
    items = "".join(repeated.format(n=number) for number in range(1, 8))
    assert page(f"<article><h1>Ferry</h1>{PARAGRAPH * 5}</article><div>{items}</div>").comments == ()
