"""How many comments a page says that it has, and whether some stand on other pages."""

from collections.abc import Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import tokens_of
from bot.sources.pages.parsing import Page
from bot.sources.pages.roles import words_of

_NOUN = (
    r"(?:comment(?!ed)\p{L}*|respon[sc]es?|repl(?:y|ies)|thoughts?|reactions?|kommentar\p{L}*|antwort(?:en)?|gedanken?|réponses?|réactions?|pensées?|avis|messages?|discussions?|diskussion|conversation|comentário?s?|comentario?s?|respuestas?|"
    r"pensamientos?|opiniones|opinión|respostas?|opinião|commento?|commenti|rispost[ae]|pensier[oi]|reacties?|gedachten?|komentarz\p{L}*|odpowiedzi|komentář\p{L}*|комментари\p{L}*|коментар\p{L}*|ответ\p{L}*|мысл\p{L}*|"
    r"yorum\p{L}*|düşünce|kommentti\p{L}*|σχόλι\p{L}*|תגוב\p{L}*|תגובות|\p{L}*تعليق\p{L}*|دیدگاه\p{L}*|ردود|コメント|评论|評論|留言|回复|댓글|ความคิดเห็น|bình luận|komentar\p{L}*|hozzászólás\p{L}*|विचार|टिप्पणी\p{L}*)"
)
_NUMBER = r"(?P<number>\d{1,3}(?:[.,’'\u00a0\u202f ]\d{3})+|\d+)"
_COUNTED = (
    regex.compile(
        rf"(?<![\d.,/#-]){_NUMBER}\s*(?:件の|件|条|條|則|개의?|ta\s)?\s*(?:\p{{L}}+\s+){{0,2}}{_NOUN}",
        regex.I,
    ),
    regex.compile(rf"{_NOUN}\s*(?:\p{{L}}+\s*)?[(\[（:：·|–—-]?\s*{_NUMBER}\s*(?:[)\]）件]|$)", regex.I),
)
_ONE = regex.compile(
    rf"^\W*(?:one|ein[e]?|une?|un[ao]?|één|een|jeden|один|bir|ett|en|et)\s+(?:\p{{L}}+\s+)?{_NOUN}", regex.I
)
_STATED = regex.compile(rb"\"commentCount\"\s*:\s*\"?(\d{1,9})|UserComments:(\d{1,9})")
_LONGEST = 200
_PAGE = regex.compile(r"(?:comment-page-|[?&]cpage=|[?&]commentPage=|[?&]comments?_page=)(\d{1,5})", regex.I)
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"})
_COUNTERS = frozenset({"a", "span", "div", "p", "strong", "small", "li", "button", "header"})
_COUNTED_ELEMENTS = frozenset({"div", "section", "span", "a"})


def declared(page: Page, outside: Sequence[HtmlElement]) -> int | None:
    """The number that the page gives: in the heading of its comments, else in its data, else in a counter.

    ``outside`` are the elements that stand in no comment.
    """
    for element in reversed(outside):
        if element.tag in _HEADINGS and (count := count_in(element)) is not None:
            return count
    if (count := _in_attributes(page, outside)) is not None:
        return count
    if found := _STATED.search(page.data):
        return int(found[1] or found[2])
    for element in outside:
        if (
            element.tag in _COUNTERS
            and _counts_comments(element)
            and (count := count_in(element)) is not None
        ):
            return count
    return None


def _in_attributes(page: Page, outside: Sequence[HtmlElement]) -> int | None:
    for element in outside:
        if element.tag in _COUNTED_ELEMENTS:
            for name in ("data-comments-count", "data-comment-count", "data-total-comments"):
                if (stated := element.get(name, "")).isdecimal():
                    return int(stated[:9])
    counted = (element for element in outside if element.get("itemprop") == "commentCount")
    texts = (element.get("content") or "".join(map(str, element.itertext())) for element in counted)
    for stated in (page.stated("commentcount") or "", *texts):
        if stated.strip().isdecimal():
            return int(stated.strip()[:9])
    return None


def count_in(element: HtmlElement) -> int | None:
    """The number of comments that a line of the page gives."""
    text = " ".join("".join(map(str, element.itertext())).split()).translate(_EASTERN_DIGITS)
    if not text or len(text) > _LONGEST:
        return None
    for pattern in _COUNTED:
        if found := pattern.search(text):
            return int("".join(filter(str.isdecimal, found["number"]))[:9])
    return 1 if _ONE.match(text) else None


def other_pages(page: Page, outside: Sequence[HtmlElement]) -> int:
    """The highest number of a page of comments that a link leads to; 0 where no link beside the comments does."""
    if not any(_page_number(element) for element in outside if element.tag == "a"):
        return 0
    return max(map(_page_number, page.body.iter("a")), default=0)


def _page_number(link: HtmlElement) -> int:
    target = link.get("href") or ""
    found = _PAGE.search(target) if "#comment-" not in target else None
    return int(found[1]) if found else 0


def _counts_comments(element: HtmlElement) -> bool:
    words = [word for token in tokens_of(element) for word in words_of(token)]
    return bool({"comment", "comments"} & set(words)) and bool(
        {"count", "counter", "number", "total", "link", "title", "num"} & set(words)
    )
