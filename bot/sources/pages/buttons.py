"""Names that only the buttons to answer tell: ``aria-label="Reply to Ada"``, in whatever language."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import takewhile

import regex

from bot.sources.pages.frames import Frame
from bot.sources.pages.names import name_in
from bot.sources.pages.roles import Role

_ATTRIBUTES = ("aria-label", "data-replyto", "title")
_KNOWN = regex.compile(
    r"^\W*(?:reply to|respond to|répondre à|responder a|responder para|rispondi a|antworten? auf|antworte auf|antwort an|reageer op|beantwoord|odpowiedz użytkownikowi|"
    r"odpowiedz|svara(?: på)?|svar til|svar|vastaa käyttäjälle|ответить|رد على|回复给|回覆給|yanıtla)\s+(?P<name>.+)$"
    r"|^(?P<name>.+?)\s*(?:さん)?(?:\s*に返信(?:する)?|\s+için yanıtla|\s+antworten|에게? 답글|에 응답)\s*$",
    regex.I,
)


class ReplyButtons:
    """The buttons of one page; what all of their labels share is not the name."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._frames = frames

    def name(self, frame: Frame) -> str | None:
        """Whom the button of a frame offers to answer."""
        label = next(_labels(frame), None)
        if label is None:
            return None
        if found := _KNOWN.match(label):
            return name_in(found["name"], alone=True)
        words = label.split(" ")
        before, after = self._shared
        return name_in(" ".join(words[before : len(words) - after]), alone=True) if before or after else None

    @cached_property
    def _shared(self) -> tuple[int, int]:
        """How many words all labels begin with, and how many they end with."""
        labels = [label.split(" ") for label in {label for frame in self._frames for label in _labels(frame)}]
        if len(labels) < 2:  # noqa: PLR2004 - one label shares all of itself
            return 0, 0
        return _alike(zip(*labels, strict=False)), _alike(zip(*map(reversed, labels), strict=False))


def _alike(columns: Iterable[tuple[str, ...]]) -> int:
    return sum(1 for _ in takewhile(lambda words: len(set(words)) == 1, columns))


def _labels(frame: Frame) -> Iterator[str]:
    for element in frame.holding(Role.FURNITURE):
        if element.tag in {"a", "button"}:
            for name in _ATTRIBUTES:
                if (label := " ".join(element.get(name, "").split())) and " " in label:
                    yield label
                    break
