"""Blocks inside of blocks: quotes, lists and their items, as CommonMark and as what a reader sees."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import NamedTuple

from bot.domain.discussion import BlockKind
from bot.sources.commonmark import Words


class Written(NamedTuple):
    """A block of a text."""

    kind: BlockKind
    markdown: str
    text: str


class Holds(IntEnum):
    """What a nest is."""

    TEXT = auto()
    QUOTE = auto()
    LIST = auto()
    ITEM = auto()


@dataclass(slots=True)
class Nest:
    """An open quote, list or list item with what was written into it; the outermost is the text itself."""

    holds: Holds
    #: What an item of a list begins with.
    marker: str = ""
    #: The number of the next item in a numbered list.
    number: int | None = None
    blocks: list[Written] = field(default_factory=list)

    def closed(self) -> Written:
        """The nest as one block of that around it."""
        if self.holds is Holds.QUOTE:
            words = joined(self.blocks)
            lines = (f"> {line}" if line else ">" for line in words.markdown.split("\n"))
            return Written(BlockKind.QUOTE, "\n".join(lines), words.text)
        if self.holds is Holds.ITEM:
            tight = sum(block.kind is not BlockKind.LIST for block in self.blocks) <= 1
            return Written(
                BlockKind.PARAGRAPH, *map(self._indented, joined(self.blocks, "\n" if tight else "\n\n"))
            )
        return Written(BlockKind.LIST, *joined(self.blocks, "\n"))

    def _indented(self, words: str) -> str:
        indent = " " * len(self.marker)
        return words and self.marker + words.replace("\n", f"\n{indent}").replace(f"\n{indent}\n", "\n\n")


def joined(blocks: Sequence[Written], separator: str = "\n\n") -> Words:
    """Blocks one after the other; those of images alone have no text."""
    if len(blocks) == 1:
        return Words(blocks[0].markdown, blocks[0].text)
    return Words(
        separator.join(block.markdown for block in blocks),
        separator.join(block.text for block in blocks if block.text),
    )
