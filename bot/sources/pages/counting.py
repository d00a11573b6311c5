"""How many comments a page says that it has, and whether some stand on other pages."""

from collections.abc import Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, tokens_of
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
    regex.compile(rf"{_NOUN}\s*(?:\p{{L}}+\s*)?[(\[（:：·|-]?\s*{_NUMBER}\s*(?:[)\]）件]|$)", regex.I),
)
_ONE = regex.compile(
    rf"^\W*(?:one|ein[e]?|une?|un[ao]?|één|een|jeden|один|bir|ett|en|et)\s+(?:\p{{L}}+\s+)?{_NOUN}", regex.I
)
_STATED = regex.compile(rb"\"commentCount\"\s*:\s*\"?(\d{1,9})|UserComments:(\d{1,9})")
_LONGEST = 200
_PAGE = regex.compile(r"(?:comment-page-|[?&]cpage=|[?&]commentPage=|[?&]comments?_page=)(\d{1,5})", regex.I)
_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary")
_COUNTERS = ("a", "span", "div", "p", "strong", "small", "li", "button", "header")


def declared(page: Page, frames: Sequence[Frame]) -> int | None:
    """The number that the page gives: in the heading of its comments, else in its data, else in a counter."""
    framed = {element for frame in frames for element in frame.elements}
    headings = [element for element in page.body.iter(_HEADINGS) if not _inside(element, framed)]
    for element in reversed(headings):
        if (count := count_in(element)) is not None:
            return count
    for element in page.body.iter("div", "section", "span", "a"):
        for name in ("data-comments-count", "data-comment-count", "data-total-comments"):
            if (stated := element.get(name, "")).isdecimal():
                return int(stated[:9])
    for element in page.root.iter("meta", "span", "a", "data"):
        if element.get("itemprop") == "commentCount":
            stated = (element.get("content") or "".join(map(str, element.itertext()))).strip()
            if stated.isdecimal():
                return int(stated[:9])
    if found := _STATED.search(page.data):
        return int(found[1] or found[2])
    for element in page.body.iter(_COUNTERS):
        if (
            _counts_comments(element)
            and not _inside(element, framed)
            and (count := count_in(element)) is not None
        ):
            return count
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


def other_pages(page: Page) -> int:
    """The highest number of a page of comments that a link leads to; 0 where there is no such link."""
    if (
        b"comment-page-" not in page.data
        and b"cpage=" not in page.data
        and b"omments_page" not in page.data.lower()
        and b"commentPage" not in page.data
    ):
        return 0
    numbers = (
        _PAGE.search(link.get("href") or "")
        for link in page.body.iter("a")
        if "#comment-" not in (link.get("href") or "")
    )
    return max((int(found[1]) for found in numbers if found), default=0)


def _counts_comments(element: HtmlElement) -> bool:
    words = [word for token in tokens_of(element) for word in words_of(token)]
    return bool({"comment", "comments"} & set(words)) and bool(
        {"count", "counter", "number", "total", "link", "title", "num"} & set(words)
    )


def _inside(element: HtmlElement, framed: set[HtmlElement]) -> bool:
    return element in framed or any(above in framed for above in element.iterancestors())
