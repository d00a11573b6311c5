"""A message on its way to Discord, described without Discord: what a plan holds and a messenger sends."""

import hashlib
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Literal

from bot.domain.discussion import Model

#: Links to our own messages are known only once those are sent. Until then a link's target is the ordinal
#: of the message in its plan, between two private-use characters that no imported text may hold.
LINK_OPEN, LINK_CLOSE = "\ue000", "\ue001"
_LINK = re.compile(f"{LINK_OPEN}([0-9]+){LINK_CLOSE}")


class MessageKind(StrEnum):
    """What a message in our threads is."""

    CARD = "card"
    COMMENT = "comment"
    PROGRESS = "progress"
    END = "end"
    QUOTE = "quote"
    #: Written by a member, not by the bot.
    LIVE = "live"


class Button(Model):
    """A button: a link, or a press that comes back by its custom id (at most 100 characters)."""

    label: str
    url: str | None = None
    custom_id: str | None = None
    style: Literal["primary", "secondary", "danger"] = "secondary"


class Attachment(Model):
    """A text file that goes with a message."""

    filename: str
    text: str


class Panel(Model):
    """A Components V2 container: full-width texts, then one row of buttons."""

    texts: tuple[str, ...]
    accent: int | None = None
    buttons: tuple[Button, ...] = ()


class Outgoing(Model):
    """One message: plain content (with an optional row of buttons) or a panel, never both."""

    content: str | None = None
    panel: Panel | None = None
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what people would read; it marks a message of ours when Discord must be asked."""
        text = self.content if self.content is not None else "\n".join(self.panel.texts if self.panel else ())
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def linked(self) -> tuple[int, ...]:
        """Ordinals of the messages that this one links to."""
        texts = [self.content or "", *(self.panel.texts if self.panel else ())]
        return tuple(dict.fromkeys(int(found) for text in texts for found in _LINK.findall(text)))

    def bound(self, url_of: Callable[[int], str]) -> "Outgoing":
        """The same message with every link to an ordinal replaced by that message's address."""

        def bind(text: str) -> str:
            return _LINK.sub(lambda found: url_of(int(found[1])), text)

        def bind_button(button: Button) -> Button:
            return button.model_copy(update={"url": bind(button.url)}) if button.url else button

        panel = self.panel and self.panel.model_copy(
            update={
                "texts": tuple(bind(text) for text in self.panel.texts),
                "buttons": tuple(bind_button(button) for button in self.panel.buttons),
            }
        )
        return self.model_copy(
            update={
                "content": None if self.content is None else bind(self.content),
                "panel": panel,
                "buttons": tuple(bind_button(button) for button in self.buttons),
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

    layout: Literal["replies"] = "replies"
    messages: tuple[PlannedMessage, ...]
