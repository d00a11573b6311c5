"""Comments of themes that nobody has described: by shared ids and classes, by microdata, else by what repeats.

A comment shows itself by a time, or a button to answer it. Where such anchors repeat, each stands in an element of
its own that holds one of them and no more: the frame. What speaks for comments and against teasers of other
articles is weighed before anything is taken for a comment.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

import regex
from lxml.html import HtmlElement

from bot.sources.pages import marked
from bot.sources.pages.frames import Frame, tokens_of
from bot.sources.pages.leftovers import lists_recent_comments
from bot.sources.pages.moments import Moments
from bot.sources.pages.parsing import COMMENT_HOLDERS, LONGEST_CLASS, Page
from bot.sources.pages.roles import vocabulary, words_of
from bot.sources.pages.systems.found import Found

KIND = "unknown-html"

#: One thing of a kind may be anything.
_FEWEST = 2
#: Elements above an anchor that may be its comment's.
_LEVELS = 12
#: Text of an anchor; longer text is no time and no button.
_LONGEST_ANCHOR = 80
_ANCHOR_TAGS = (
    "time",
    "abbr",
    "a",
    "span",
    "small",
    "em",
    "i",
    "b",
    "strong",
    "p",
    "div",
    "td",
    "dt",
    "dd",
    "cite",
    "h3",
    "h4",
    "h5",
    "h6",
    "button",
    "font",
    "li",
    "footer",
    "header",
)
_ITEM_TYPE = regex.compile(r"(?:/|:|^)(?:Comment|UserComments|Answer|Post)(?:\s|$)")
_ABOUT_COMMENTS = vocabulary(
    "comment comments commentlist cmt cid commentaire commentaires kommentar kommentare kommentarer comentario comentarios comentários commenti commento reacties reactie"
    " komentarze komentar yorum yorumlar discussion diskussion replies responses antworten réponses respuestas thread talk disqus forum feedback guestbook gästebuch"
    " opinions meinungen leserkommentare reviews conversation"
)
_ELSEWHERE = vocabulary(
    "sidebar widget related recent recentcomments latest teaser teasers archive nav menu footer breadcrumb similar popular trending promo carousel feed"
)
REPLY_BUTTON = regex.compile(
    r"\W*(?:reply|reply to this|respond|quote|antworten|antwort|zitieren|répondre|citer|responder|contestar|citar|rispondi|beantwoorden|reageren|reageer|odpowiedz|ответить|відповісти|svara|svar|vastaa|"
    r"yanıtla|cevapla|odpovědět|válasz|απάντηση|השב|הגב|رد|الرد|پاسخ|返信|返信する|回复|回覆|답글|답글 달기|ตอบกลับ|trả lời|balas|जवाब दें|प्रतिक्रिया)\W*",
    regex.I,
)
_RELATIVE = regex.compile(r"\p{L}*\s?\d+\s?\p{L}+(?:\s\p{L}+)?", regex.I)


def find(page: Page, moments: Moments) -> Found | None:
    """The comments of a page, whoever wrote its theme."""
    attempts: Sequence[Callable[[], list[Frame]]] = (
        lambda: _by_item_type(page),
        lambda: marked.by_ids(page),
        lambda: marked.by_class(page),
        lambda: _by_named_class(page),
        lambda: _by_anchors(page, lambda element: _is_time(element, moments)),
        lambda: _by_anchors(page, _is_reply_button),
    )
    for attempt in attempts:
        frames = [frame for frame in attempt() if not _stands_elsewhere(frame)]
        if frames and (attempt is attempts[0] or _are_comments(frames)):
            return Found(KIND, _completed(frames))
    return None


def _stands_elsewhere(frame: Frame) -> bool:
    return any(map(lists_recent_comments, islice(_with_ancestors(frame.element), _LEVELS)))


def _by_item_type(page: Page) -> list[Frame]:
    if b"itemtype" not in page.data and b"typeof" not in page.data and b"itemprop" not in page.data:
        return []
    return [
        marked.frame_at(element, marked.key_inside(element))
        for element in page.body.iter(*COMMENT_HOLDERS)
        if _ITEM_TYPE.search(element.get("itemtype") or element.get("typeof") or "")
        and (element.get("itemprop") or "comment") in {"comment", "suggestedAnswer", "acceptedAnswer"}
    ]


def _by_named_class(page: Page) -> list[Frame]:
    """Elements of one class whose name says that they are a comment, such as `c-comment__item`."""
    found: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    naming = {token for token in page.tokens if _names_a_comment(token)}
    for element, _, classes in page.holders if naming else ():
        for token in dict.fromkeys(classes[:LONGEST_CLASS].split()) if classes else ():
            if token in naming:
                found[str(element.tag), token].append(element)
    repeated = [elements for elements in found.values() if len(elements) >= _FEWEST]
    outermost = max(repeated, key=lambda elements: (len(elements), -marked.depth_of(elements[0])), default=[])
    return [marked.frame_at(element, marked.key_inside(element)) for element in outermost]


_ONE = vocabulary(
    "item entry box wrap wrapper container row single node post card block view unit element li root"
)
_SINGULAR = vocabulary(
    "comment kommentar commentaire comentario commento reactie cmt komentarz yorum answer antwort reply usercomment readercomment leserkommentar message"
)


def _names_a_comment(token: str) -> bool:
    words = words_of(token)
    if not words:
        return False
    if words[-1] in _AMBIGUOUS and len(words) > 1:
        return False
    return words[-1] in _SINGULAR or (
        len(words) > 1 and words[-1] in _ONE and words[-2] in _SINGULAR | {"comments"}
    )


#: Alone they name an answer; behind another word a button.
_AMBIGUOUS = frozenset({"reply", "answer", "message"})


def _by_anchors(page: Page, is_anchor: Callable[[HtmlElement], bool]) -> list[Frame]:
    """Frames around anchors that repeat: the outermost kind of element that holds one of them each."""
    anchors: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    for element in page.body.iter(_ANCHOR_TAGS):
        if is_anchor(element):
            anchors[str(element.tag), element.get("class") or ""].append(element)
    best: list[HtmlElement] = []
    for group in sorted(anchors.values(), key=len, reverse=True)[:_GROUPS]:
        frames = _around(group)
        if len(frames) > len(best) and _are_comments([Frame(frame) for frame in frames]):
            best = frames
    return [marked.frame_at(element, marked.key_inside(element)) for element in best]


#: Kinds of anchors that are tried, those that repeat most first.
_GROUPS = 6


def _around(anchors: Sequence[HtmlElement]) -> list[HtmlElement]:
    """For each anchor the element of the outermost kind of which every anchor has one to itself."""
    if len(anchors) < _FEWEST:
        return []
    paths = [list(islice(_with_ancestors(anchor), _LEVELS)) for anchor in anchors]
    chosen: list[HtmlElement] = []
    for element in paths[0]:
        for kind in _kinds(element):
            nearest = [next((above for above in path if kind in _kinds(above)), None) for path in paths]
            own = {above for above in nearest if above is not None}
            if nearest[0] is element and len(own) == len(anchors):
                chosen = [above for above in nearest if above is not None]
    return chosen


def _kinds(element: HtmlElement) -> list[tuple[str, str]]:
    return [
        (str(element.tag), ""),
        *((str(element.tag), token) for token in tokens_of(element) if not any(map(str.isdigit, token))),
    ]


def _with_ancestors(element: HtmlElement) -> Iterable[HtmlElement]:
    yield element
    yield from element.iterancestors()


def _is_time(element: HtmlElement, moments: Moments) -> bool:
    if element.tag == "time":
        return True
    if moments.stated(element) is not None:
        return True
    text = " ".join((element.text or "").split())
    if not text or len(text) > _LONGEST_ANCHOR or not any(map(str.isdigit, text)):
        return False
    return moments.worded(text) is not None or (bool(_RELATIVE.fullmatch(text)) and moments.is_relative(text))


def _is_reply_button(element: HtmlElement) -> bool:
    if element.tag not in {"a", "button", "span"}:
        return False
    return bool(REPLY_BUTTON.fullmatch("".join(map(str, islice(element.itertext(), 4)))))


def _are_comments(frames: Sequence[Frame]) -> bool:
    """Whether what repeats are comments, and no teasers of other articles, no list of dates."""
    if len(frames) < _FEWEST and frames[0].key is None:
        return False
    surroundings = {
        word for above in islice(frames[0].element.iterancestors(), 8) for word in _words_about(above)
    }
    if "body" not in surroundings:
        surroundings |= set(_words_about(frames[0].element))
    weight = 2 * bool(surroundings & _ABOUT_COMMENTS) - 3 * bool(surroundings & _ELSEWHERE)
    sample = frames[:_SAMPLE]
    buttons = sum(
        any(_is_reply_button(part) for part in frame.element.iter("a", "button", "span")) for frame in sample
    )
    teasers = sum(
        any(True for heading in frame.element.iter("h1", "h2", "h3") for _ in heading.iter("a"))
        for frame in sample
    )
    wordy = sum(len("".join(map(str, frame.element.itertext())).split()) for frame in sample)
    weight += (
        2 * (2 * buttons >= len(sample))
        - 2 * (2 * teasers >= len(sample))
        + (wordy >= _WORDY * len(sample))
        - 3 * (wordy < 2 * len(sample))
    )
    weight += _comment_heading_before(frames[0].element)
    return weight >= _ENOUGH


_SAMPLE = 30
_WORDY = 10
_ENOUGH = 2
_HEADING = regex.compile(
    r"(?<!\p{L})(?:comments?|replies|responses|discussion|kommentar\p{L}*|leserbriefe|antworten|diskussion|commentaires?|réactions?|comentarios|comentários|commenti|reacties|komentarze|комментарии|комментариев|коментарі|yorumlar|σχόλια|תגובות|تعليق\p{L}*|التعليقات|دیدگاه\p{L}*|コメント|评论|評論|留言|댓글|ความคิดเห็น|bình luận|komentar)(?!\p{L})|تعليق|コメント|评论|評論|댓글",
    regex.I,
)


def _comment_heading_before(element: HtmlElement) -> int:
    """Two where the nearest heading above speaks of comments."""
    for number, before in enumerate(_before(element)):
        if before.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "caption"} or number == 0:
            text = "".join(map(str, before.itertext())).strip()
            if text and len(text) <= 2 * _LONGEST_ANCHOR:
                return 2 * bool(_HEADING.search(text))
    return 0


def _before(element: HtmlElement) -> Iterable[HtmlElement]:
    for above in islice(_with_ancestors(element), _LEVELS):
        for sibling in islice(above.itersiblings(preceding=True), 6):
            if isinstance(sibling.tag, str):
                yield sibling
                yield from reversed(
                    [
                        part
                        for part in islice(sibling.iter("h1", "h2", "h3", "h4", "h5", "h6"), 8)
                        if part is not sibling
                    ]
                )


def _words_about(element: HtmlElement) -> list[str]:
    named = (element.get("id", "")[:100], *tokens_of(element))
    return [word for token in named for word in words_of(token)] + [str(element.tag)]


def _completed(frames: list[Frame]) -> list[Frame]:
    """Frames that hold only a comment's head are given what follows, up to the next one."""
    sample = frames[:_SAMPLE]
    if sum(len("".join(map(str, frame.element.itertext()))) for frame in sample) > _HEAD_ONLY * len(sample):
        return frames
    heads = {frame.element for frame in frames}
    for frame in frames:
        if not frame.more:
            following = []
            for sibling in frame.element.itersiblings():
                if sibling in heads or any(part in heads for part in sibling.iter()):
                    break
                if isinstance(sibling.tag, str):
                    following.append(sibling)
            frame.more = following
    return frames


#: Letters of a head: a name, a date, a button.
_HEAD_ONLY = 70
