"""Answers that only words or links tell: "In reply to #3 by Ada", where the list is flat."""

from collections.abc import Sequence

import regex
from lxml.html import HtmlElement

from bot.sources.pages.frames import Frame, upwards
from bot.sources.pages.roles import Role

#: A line that says whom a comment answers is short.
_LONGEST = 160
_IN_REPLY_TO = regex.compile(
    r"(?:in reply to|replying to|reply to|responding to|@|als antwort auf|in antwort auf|antwort(?:et|e)? auf|en réponse à|réponse à|en respuesta a|respuesta a|in risposta a|risposta a|em resposta a|"
    r"resposta a|als antwoord op|in antwoord op|antwoord op|in reactie op|reactie op|w odpowiedzi na|odpowiedź na|som svar på|svar på|svar til|vastaus|v odpovědi na|в ответ на|ответ на|ответ для|у відповідь на|"
    r"yanıt olarak|ردا على|رد على|回复|回覆|への返信|에게 답글)",
    regex.I,
)


def follow(frames: Sequence[Frame]) -> None:
    """Give frames of a flat list the parent that their head names, by a link or by a name."""
    if any(frame.parent is not None for frame in frames):
        return
    by_fragment: dict[str, Frame] = {}
    for frame in frames:
        for name in {
            frame.key,
            frame.element.get("id"),
            *(link.get("name") or link.get("id") for link in frame.element.iter("a")),
        }:
            if name:
                by_fragment.setdefault(name, frame)
    order = {frame: number for number, frame in enumerate(frames)}
    for frame in frames:
        answered = _linked(frame, by_fragment) if frame.parent is None and frame.parent_key is None else None
        if answered is not None and order[answered] < order[frame]:
            frame.parent = answered


def _linked(frame: Frame, by_fragment: dict[str, Frame]) -> Frame | None:
    """The frame that a link in this one leads to, where the words in or before the link say that it is answered."""
    texts = set(frame.holding(Role.TEXT))
    for link in frame.element.iter("a"):
        target = by_fragment.get((link.get("href") or "").rpartition("#")[2])
        if target is None or target is frame or any(above in texts for above in upwards(link, frame)):
            continue
        if _IN_REPLY_TO.search(_line(link)) or "in-reply-to" in (link.get("rel") or ""):
            return target
    return None


def _line(link: HtmlElement) -> str:
    parent = link.getparent()
    own = "".join(map(str, link.itertext()))
    around = "".join(map(str, parent.itertext())) if parent is not None else own
    return f"{link.get('title', '')} {around if len(around) <= _LONGEST else own}"
