"""A Components V2 message without Discord: blocks in one container, top to bottom."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.discussion import Model

#: Gives a text or an address as it will be sent.
Rewrite = Callable[[str], str]


class Button(Model):
    """A button: a link, or a press that comes back by its custom id (at most 100 characters)."""

    label: str
    url: str | None = None
    custom_id: str | None = None
    style: Literal["primary", "secondary", "danger"] = "secondary"

    def rewritten(self, rewrite: Rewrite) -> "Button":
        """The same button with another address."""
        return self if self.url is None else self.model_copy(update={"url": rewrite(self.url)})


class TextBlock(Model):
    """A text at full width."""

    kind: Literal["text"] = "text"
    text: str


class SectionBlock(Model):
    """A text beside one button, which leaves it two thirds of a phone's width (`limits.SECTION_TEXT`)."""

    kind: Literal["section"] = "section"
    text: str
    button: Button


class SeparatorBlock(Model):
    """A line."""

    kind: Literal["separator"] = "separator"


class ButtonRow(Model):
    """One to five buttons."""

    kind: Literal["buttons"] = "buttons"
    buttons: tuple[Button, ...]


class Option(Model):
    """One answer of a select: label and description of at most 100 characters each."""

    label: str
    value: str
    description: str | None = None


class SelectRow(Model):
    """A choice of one among at most 25."""

    kind: Literal["select"] = "select"
    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


PanelBlock = Annotated[
    TextBlock | SectionBlock | SeparatorBlock | ButtonRow | SelectRow, Field(discriminator="kind")
]


class Panel(Model):
    """A container of blocks."""

    blocks: tuple[PanelBlock, ...]
    accent: int | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What people read, in order; the words on buttons are not among it."""
        return tuple(block.text for block in self.blocks if isinstance(block, TextBlock | SectionBlock))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, in order."""
        return tuple(_buttons(self.blocks))

    @property
    def characters(self) -> int:
        """What Discord counts against `limits.PANEL_CHARACTERS`."""
        return characters_of(self.blocks)

    @property
    def components(self) -> int:
        """What Discord counts against `limits.PANEL_COMPONENTS`: the container itself and all that is in it."""
        return 1 + components_of(self.blocks)

    def rewritten(self, rewrite: Rewrite) -> "Panel":
        """The same panel with other texts and addresses."""
        return self.model_copy(update={"blocks": tuple(_rewritten(block, rewrite) for block in self.blocks)})


def characters_of(blocks: Iterable[PanelBlock]) -> int:
    """The characters of a panel's texts among these blocks."""
    return sum(len(block.text) for block in blocks if isinstance(block, TextBlock | SectionBlock))


def components_of(blocks: Iterable[PanelBlock]) -> int:
    """How many components Discord counts for these blocks: their own, and each text and button in them."""
    return sum(map(_components, blocks))


def _components(block: PanelBlock) -> int:
    match block:
        case SectionBlock():
            return 3
        case ButtonRow():
            return 1 + len(block.buttons)
        case SelectRow():
            return 2
        case _:
            return 1


def _buttons(blocks: tuple[PanelBlock, ...]) -> Iterator[Button]:
    for block in blocks:
        if isinstance(block, SectionBlock):
            yield block.button
        elif isinstance(block, ButtonRow):
            yield from block.buttons


def _rewritten(block: PanelBlock, rewrite: Rewrite) -> PanelBlock:
    match block:
        case TextBlock():
            return block.model_copy(update={"text": rewrite(block.text)})
        case SectionBlock():
            changes = {"text": rewrite(block.text), "button": block.button.rewritten(rewrite)}
            return block.model_copy(update=changes)
        case ButtonRow():
            return block.model_copy(
                update={"buttons": tuple(button.rewritten(rewrite) for button in block.buttons)}
            )
        case _:
            return block
