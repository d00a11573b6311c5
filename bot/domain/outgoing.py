"""A message on its way to Discord, described without Discord: what a plan holds and a messenger sends."""

import hashlib
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Literal

from bot.domain.discussion import Model
from bot.domain.panels import Button, Panel

#: Links to our own messages are known only once those are sent. Until then a link's target is the ordinal
#: of the message in its plan, between two private-use characters that no imported text may hold.
LINK_OPEN, LINK_CLOSE = "\ue000", "\ue001"
_LINK = re.compile(f"{LINK_OPEN}([0-9]+){LINK_CLOSE}")


class Layout(StrEnum):
    """How comments become messages."""

    #: One plain message a comment, with Discord's arrow to its parent.
    REPLIES = "replies"
    #: Pages of several comments, each with a button of its own.
    CARDS = "cards"
    #: One webhook message a comment, under its speaker's name.
    VOICES = "voices"
    #: `REPLIES` for few comments, `CARDS` for many.
    AUTO = "auto"

    @property
    def words(self) -> str:
        """What people call it."""
        return _LAYOUT_WORDS[self]


_LAYOUT_WORDS = {
    Layout.REPLIES: "one by one",
    Layout.CARDS: "on pages",
    Layout.VOICES: "under their names",
    Layout.AUTO: "automatic",
}


class MessageKind(StrEnum):
    """What a message in our threads is."""

    CARD = "card"
    COMMENT = "comment"
    #: Several comments in one message, or parts of them.
    PAGE = "page"
    #: A comment of a page, posted as a message of its own because somebody wants to answer it.
    UNFOLDED = "unfolded"
    PROGRESS = "progress"
    END = "end"
    QUOTE = "quote"
    #: Written by a member, not by the bot.
    LIVE = "live"


class Attachment(Model):
    """A text file that goes with a message."""

    filename: str
    text: str


class Persona(Model):
    """Under whose name a webhook posts a message."""

    #: At most `limits.WEBHOOK_NAME` characters that Discord takes as a webhook's name.
    name: str
    #: Address of a picture; None leaves the webhook's own.
    avatar: str | None = None


class Outgoing(Model):
    """One message: plain content (with an optional row of buttons) or a panel, never both."""

    content: str | None = None
    panel: Panel | None = None
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None
    #: Such a message goes out through a webhook: without nonce and reply arrow.
    persona: Persona | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what people would read; it marks a message of ours when Discord must be asked."""
        said = [self.content] if self.content is not None else self.panel.texts if self.panel else ()
        name = () if self.persona is None else (self.persona.name,)
        return hashlib.sha256("\n".join((*name, *said)).encode()).hexdigest()

    @property
    def characters(self) -> int:
        """What Discord counts against the limit of such a message."""
        return len(self.content or "") if self.panel is None else self.panel.characters

    @property
    def components(self) -> int:
        """What Discord counts as components: of a plain message its row of buttons and what stands in it."""
        if self.panel is not None:
            return self.panel.components
        return 1 + len(self.buttons) if self.buttons else 0

    @property
    def linked(self) -> tuple[int, ...]:
        """Ordinals of the messages that this one links to."""
        buttons = (*self.buttons, *(self.panel.buttons if self.panel else ()))
        texts = [self.content or "", *(self.panel.texts if self.panel else ())]
        texts += [button.url for button in buttons if button.url]
        return tuple(dict.fromkeys(int(found) for text in texts for found in _LINK.findall(text)))

    def bound(self, url_of: Callable[[int], str]) -> "Outgoing":
        """The same message with every link to an ordinal replaced by that message's address."""

        def bind(text: str) -> str:
            return _LINK.sub(lambda found: url_of(int(found[1])), text)

        return self.model_copy(
            update={
                "content": None if self.content is None else bind(self.content),
                "panel": self.panel and self.panel.rewritten(bind),
                "buttons": tuple(button.rewritten(bind) for button in self.buttons),
            }
        )


def link_to(ordinal: int) -> str:
    """The placeholder that becomes the address of the plan's message ``ordinal``."""
    return f"{LINK_OPEN}{ordinal}{LINK_CLOSE}"


class PlannedMessage(Model):
    """One message of a plan, at its place in the order of sending."""

    ordinal: int
    kind: MessageKind
    outgoing: Outgoing
    #: (comment key, part) of every comment that stands in it; parts are counted from 0.
    placements: tuple[tuple[str, int], ...] = ()
    #: Ordinal of the message that Discord's reply arrow points to.
    reply_to: int | None = None


class Plan(Model):
    """Every message that an import will send, in order, decided before the first is sent."""

    layout: Literal[Layout.REPLIES, Layout.CARDS, Layout.VOICES] = Layout.REPLIES
    messages: tuple[PlannedMessage, ...]
