"""Comments of themes that nobody has described: by shared ids and classes, by microdata, else by what repeats.

A comment shows itself by a time, or a button to answer it. Where such anchors repeat, each stands in an element of
its own that holds one of them and no more: the frame. What speaks for comments and against teasers of other
articles is weighed before anything is taken for a comment.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice

import regex
from lxml.html import HtmlElement

from bot.sources.pages import evidence, marked
from bot.sources.pages.evidence import Evidence
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
_ANCHOR_TAGS = (
    "time", "abbr", "a", "span", "small", "em", "i", "b", "strong", "p", "div", "td", "dt", "dd", "cite", "h3", "h4", "h5", "h6", "button",
    "font", "li", "footer", "header",
)  # fmt: skip
_ITEM_TYPE = regex.compile(r"(?:/|:|^)(?:Comment|UserComments|Answer|Post)(?:\s|$)")


def find(page: Page, moments: Moments) -> Found | None:
    """The comments of a page, whoever wrote its theme."""
    if frames := _not_elsewhere(_by_item_type(page)):
        return _found(page, frames, None)
    second_best: tuple[list[Frame], Evidence] | None = None
    for candidate in _candidates(page, moments):
        if len(candidate) < _FEWEST and (not candidate or candidate[0].key is None):
            continue
        frames, weighed = _widened(candidate, moments)
        if weighed.of_forum_only and not _is_bare(page, frames):
            continue
        if len(frames) < _FEWEST and not weighed.speaks_of_comments:
            continue
        if weighed.is_enough and (weighed.dated or weighed.answered):
            return _found(page, _completed(frames), weighed)
        if weighed.is_enough and second_best is None:
            second_best = frames, weighed
    return _found(page, _completed(second_best[0]), second_best[1]) if second_best else None


def _widened(frames: list[Frame], moments: Moments) -> tuple[list[Frame], Evidence]:
    """The frames and what speaks for them; where they hold but words, those of what is around them and holds a time as well."""
    frames = marked.lifted(frames)
    weighed = evidence.weigh(frames, moments)
    wider = frames
    for _ in range(_WIDER if not weighed.dated else 0):
        wider = marked.around_each(wider)
        if not wider:
            break
        if (wider_weighed := evidence.weigh(wider, moments)).dated:
            return wider, wider_weighed
    return frames, weighed


#: Elements around words that may hold the name and the time beside them.
_WIDER = 3


def _candidates(page: Page, moments: Moments) -> Iterator[list[Frame]]:
    """What may be the comments, the surest first."""
    for frames in (*marked.by_ids(page), marked.by_class(page), *_by_named_class(page)):
        yield _not_elsewhere(frames)
    for is_anchor in (lambda element: _is_time(element, moments), evidence.is_reply_button):
        groups = [_not_elsewhere(frames) for frames in _by_anchors(page, is_anchor)]
        yield from sorted(groups, key=len, reverse=True)


def _found(page: Page, frames: list[Frame], weighed: Evidence | None) -> Found:
    """The frames; where the page is a topic of a forum, its first post is the article."""
    if (
        weighed is not None
        and weighed.topic
        and not weighed.headed
        and _is_bare(page, frames, own=weighed.own)
    ):
        first, *others = frames
        return Found(KIND, others, post=first)
    return Found(KIND, frames)


#: Letters beside the posts that are no links; fewer where the posts are called comments, which a short article may have.
_BARE = 400
_BARE_OF_COMMENTS = 200


def _is_bare(page: Page, frames: Sequence[Frame], *, own: bool = False) -> bool:
    """Whether there is hardly a word on the page beside the frames; ``own`` where they are called comments."""
    most = _BARE_OF_COMMENTS if own else _BARE
    framed = {element for frame in frames for element in frame.elements}
    letters = 0
    waiting = [page.body]
    while waiting and letters <= most:
        element = waiting.pop()
        if element in framed or element.tag in _NO_WORDS:
            continue
        letters += len((element.text or "").strip()) + sum(
            len((child.tail or "").strip()) for child in element
        )
        waiting += [child for child in element if isinstance(child.tag, str)]
    return letters <= most and len(frames) >= _FEWEST


_NO_WORDS = frozenset(
    {
        "script",
        "style",
        "a",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "select",
        "button",
        "noscript",
        "h1",
        "h2",
    }
)


def _not_elsewhere(frames: Sequence[Frame]) -> list[Frame]:
    return [frame for frame in frames if not _stands_elsewhere(frame)]


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


def _by_named_class(page: Page) -> list[list[Frame]]:
    """Elements of one class whose name says that they are a comment, such as `c-comment__item`, the most first."""
    found: defaultdict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
    naming = {token for token in page.tokens if _names_a_comment(token)}
    for element, _, classes in page.holders if naming else ():
        for token in dict.fromkeys(classes[:LONGEST_CLASS].split()) if classes else ():
            if token in naming:
                found[str(element.tag), token].append(element)
    repeated = [elements for elements in found.values() if len(elements) >= _FEWEST]
    outermost = sorted(repeated, key=lambda elements: (-len(elements), marked.depth_of(elements[0])))
    return [
        [marked.frame_at(element, marked.key_inside(element)) for element in elements]
        for elements in outermost[:_GROUPS]
    ]


_ONE = vocabulary(
    "item entry box wrap wrapper container row single node post card block view unit element li root"
)
_SINGULAR = vocabulary(
    "comment kommentar commentaire comentario commento reactie reaction cmt komentarz komentar yorum posting beitrag answer antwort reply usercomment readercomment leserkommentar message"
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


def _by_anchors(page: Page, is_anchor: Callable[[HtmlElement], bool]) -> list[list[Frame]]:
    """Frames around anchors that repeat: the outermost kind of element that holds one of them each."""
    anchors: defaultdict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for element in page.body.iter(_ANCHOR_TAGS):
        if is_anchor(element):
            kind = str(element.tag), element.get("class") or ""
            anchors[kind].append(element)
            if (parent := element.getparent()) is not None:
                anchors[*kind, *_kinds(parent)[-1]].append(element)
    groups = sorted(anchors.values(), key=len, reverse=True)[:_GROUPS]
    return [
        [marked.frame_at(element, marked.key_inside(element)) for element in _around(group)]
        for group in groups
    ]


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
    return (
        moments.stated(element) is not None or next(evidence.time_pieces(element, moments), None) is not None
    )


def _completed(frames: list[Frame]) -> list[Frame]:
    """Frames that hold only a comment's head are given what stands between them: behind each, or before it."""
    sample = frames[:_SAMPLE]
    if sum(len("".join(map(str, frame.element.itertext()))) for frame in sample) > _HEAD_ONLY * len(sample):
        return frames
    heads = {frame.element for frame in frames}
    behind = {frame: _next_to(frame.element, heads, preceding=False) for frame in frames}
    before = {frame: _next_to(frame.element, heads, preceding=True) for frame in frames}
    between = before if _first_is_headed(frames, before) else behind
    spread = [frame for frame in frames if not frame.more and any(map(_letters, between[frame]))]
    if len(spread) >= _MOST * len(frames):
        for frame in spread:
            frame.more = between[frame]
    return frames


#: The share of frames beside which the words stand, where they hold only heads.
_MOST = 0.8


def _first_is_headed(frames: Sequence[Frame], before: dict[Frame, list[HtmlElement]]) -> bool:
    """Whether comments stand before their heads: something does before the first, and nothing but a form behind the last."""
    first, last = before[frames[0]], _next_to(frames[-1].element, set(), preceding=False)
    words = [element for element in first if element.tag not in _NO_COMMENTS and _letters(element)]
    after = [element for element in last if element.tag not in _NO_COMMENTS and _letters(element)]
    return bool(words) and not after


_NO_COMMENTS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "form", "hr", "nav", "script", "style", "a"})


def _next_to(head: HtmlElement, heads: Container[HtmlElement], *, preceding: bool) -> list[HtmlElement]:
    """The siblings on one side of a head, up to the next head or a line between comments, in the page's order."""
    beside = []
    for sibling in head.itersiblings(preceding=preceding):
        if (
            sibling.tag in {"hr", "h1", "h2", "h3"}
            or sibling in heads
            or any(part in heads for part in sibling.iter())
        ):
            break
        beside.append(sibling)
    return beside[::-1] if preceding else beside


def _letters(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in map(str, element.itertext()))


#: Frames that are looked at.
_SAMPLE = 30
#: Letters of a head: a name, a date, a button.
_HEAD_ONLY = 70
