"""Answers that only words or links tell: "In reply to #3 by Ada", where elements do not stand in each other."""

from collections.abc import Container, Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, upwards
from bot.sources.pages.parsing import LONGEST_CLASS
from bot.sources.pages.roles import Role

#: A line that says whom a comment answers is short.
_LONGEST = 160
_IN_REPLY_TO = regex.compile(
    r"(?:in reply to|replying to|replied to|in response to|reply to|responding to|@|als antwort auf|in antwort auf|antwort(?:et|e)? auf|en réponse à|réponse à|en respuesta a|respuesta a|in risposta a|risposta a|em resposta a|"
    r"resposta a|als antwoord op|in antwoord op|antwoord op|in reactie op|reactie op|w odpowiedzi na|odpowiedź na|som svar på|svar på|svar til|vastaus|v odpovědi na|в ответ на|ответ на|ответ для|у відповідь на|"
    r"yanıt olarak|ردا على|رد على|回复|回覆|への返信|에게 답글)",
    regex.I,
)


#: The same, in the class of a link or of what holds it.
_ANSWERING = regex.compile(r"(?:in[-_]?)?(?:reply|response|answer)[-_]?to(?![a-z])|parent|origin", regex.I)


def follow(frames: Sequence[Frame]) -> None:
    """Give frames the parent that a link in their head names: lists are flat, or grow flat where they are deep."""
    by_fragment = _fragments(frames)
    framed = {element for frame in frames for element in frame.elements}
    order = {frame: number for number, frame in enumerate(frames)}
    for frame in frames:
        if frame.named_parent:
            continue
        answered = _linked(frame, by_fragment, framed)
        if answered is not None and order[answered] < order[frame] and _shares_thread(answered, frame.parent):
            frame.parent = answered


def _fragments(frames: Sequence[Frame]) -> dict[str, Frame]:
    """Where links to a comment may lead: to its id, or to an anchor in it."""
    flat = not any(frame.parent is not None for frame in frames)
    by_fragment: dict[str, Frame] = {}
    for frame in frames:
        names = {frame.key, frame.element.get("id")}
        if flat:
            names |= {link.get("name") or link.get("id") for link in frame.element.iter("a")}
        for name in filter(None, names):
            by_fragment.setdefault(name, frame)
    return by_fragment


def _shares_thread(answered: Frame, parent: Frame | None) -> bool:
    """Whether the frame that a link names stands below the one that a comment stands in."""
    above: Frame | None = answered
    while above is not None and above is not parent:
        above = above.parent
    return above is parent


def _linked(frame: Frame, by_fragment: dict[str, Frame], framed: Container[HtmlElement]) -> Frame | None:
    """The frame that a link in this one leads to, where the words in or before the link say that it is answered."""
    for link in frame.element.iter("a", str(frame.element.tag)):
        if link.tag != "a":
            if link in framed and link is not frame.element:
                return None
            continue
        target = by_fragment.get((link.get("href") or "").rpartition("#")[2])
        if target is not None and target is not frame and not _in_words(link, frame) and _says_so(link):
            return target
    return None


def _in_words(link: HtmlElement, frame: Frame) -> bool:
    words = (*frame.holding(Role.WORDS), *frame.holding(Role.TEXT))
    return any(above in words for above in upwards(link, frame))


def _says_so(link: HtmlElement) -> bool:
    parent = link.getparent()
    classes = f"{link.get('class', '')} {parent.get('class', '') if parent is not None else ''} {link.get('rel', '')}"
    return bool(_IN_REPLY_TO.search(_line(link)) or _ANSWERING.search(classes[:LONGEST_CLASS]))


def _line(link: HtmlElement) -> str:
    parent = link.getparent()
    own = "".join(map(str, link.itertext()))
    around = "".join(map(str, parent.itertext())) if parent is not None else own
    return f"{link.get('title', '')} {around if len(around) <= _LONGEST else own}"
