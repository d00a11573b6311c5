"""The layout of the comments: runs of paragraphs whose beginnings are certain, as a tree by their indent.

A header begins a run, and so does every change of the indent. What lies between two certain beginnings may still
be several comments whose headers are lost; that is decided elsewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex

from bot.domain.discussion import Dropped
from bot.sources.flattened import furniture
from bot.sources.flattened.headers import Header
from bot.sources.flattened.lines import Paragraph
from bot.sources.flattened.numbering import marker, numbered_from

_BULLET = regex.compile(r"(?:[•*–◦▪‣-]|\d{1,3}[.)])\s")


@dataclass(slots=True)
class Run:
    """Paragraphs at one place of the tree, from a certain beginning to a certain end."""

    depth: int
    #: Index of the run whose last comment this one answers; None at the top.
    parent: int | None
    header: Header | None
    #: Whether the layout itself says that this is one comment.
    whole: bool = False
    texts: list[str] = field(default_factory=list)
    #: Blank lines above each text.
    gaps: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """All runs in the order of the page; a parent stands before its children."""

    runs: list[Run] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    numbered: bool = False


@dataclass(slots=True)
class _Level:
    indent: int
    run: int
    #: Indent of the run's text, where it stands deeper than its header.
    body: int | None = None


def outline(found: Sequence[Paragraph], *, header_of: Callable[[str], Header | None]) -> Outline:
    """The runs in ``found``, the paragraphs of the comments' section."""
    kept, dropped = _without_furniture(found)
    result = Outline(dropped=dropped, numbered=numbered_from(kept, nested=False) == 0)
    levels: list[_Level] = []
    for paragraph in kept:
        if result.numbered:
            _place_numbered(result, levels, paragraph, header_of)
        else:
            _place(result, levels, paragraph, header_of)
    return result


def _without_furniture(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Dropped]]:
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for paragraph in found:
        reasons = [furniture.in_comments(line) for line in paragraph.lines]
        dropped += [
            Dropped(text=line, reason=why) for line, why in zip(paragraph.lines, reasons, strict=True) if why
        ]
        lines = tuple(line for line, why in zip(paragraph.lines, reasons, strict=True) if not why)
        if lines:
            kept.append(
                Paragraph(line=paragraph.line, indent=paragraph.indent, gap=paragraph.gap, lines=lines)
            )
    return kept, dropped


def _place(
    result: Outline, levels: list[_Level], paragraph: Paragraph, header_of: Callable[[str], Header | None]
) -> None:
    header = header_of(paragraph.lines[0])
    deepest = levels[-1] if levels else None
    if header is None and deepest and _continues(result.runs[deepest.run], deepest, paragraph):
        if not result.runs[deepest.run].texts and paragraph.indent > deepest.indent:
            deepest.body = paragraph.indent
        _add(result.runs[deepest.run], paragraph.text, paragraph.gap)
        return
    run = _open(result, levels, paragraph.indent, header)
    if header is None:
        _add(run, paragraph.text, paragraph.gap)


def _continues(run: Run, level: _Level, paragraph: Paragraph) -> bool:
    """Whether a paragraph without a header stays in the run above it, by its indent."""
    if paragraph.indent in (level.indent, level.body):
        return True
    if paragraph.indent < level.indent:
        return False
    return not run.texts or paragraph.gap == 0 or bool(_BULLET.match(paragraph.lines[0]))


def _place_numbered(
    result: Outline, levels: list[_Level], paragraph: Paragraph, header_of: Callable[[str], Header | None]
) -> None:
    item = marker(paragraph)
    if item is None and levels and paragraph.indent > levels[0].indent:
        while len(levels) > 1 and levels[-1].indent >= paragraph.indent:
            levels.pop()
        _add(result.runs[levels[-1].run], paragraph.text, paragraph.gap)
        return
    text = item[1] if item else paragraph.text
    first, _, rest = text.partition("\n")
    header = header_of(first)
    run = _open(result, levels, paragraph.indent, header)
    run.whole = True
    if remaining := (rest if header else text):
        _add(run, remaining, paragraph.gap)


def _open(result: Outline, levels: list[_Level], indent: int, header: Header | None) -> Run:
    while levels and levels[-1].indent >= indent:
        levels.pop()
    run = Run(depth=len(levels), parent=levels[-1].run if levels else None, header=header)
    levels.append(_Level(indent, len(result.runs)))
    result.runs.append(run)
    return run


def _add(run: Run, text: str, gap: int) -> None:
    run.texts.append(text)
    run.gaps.append(gap)
