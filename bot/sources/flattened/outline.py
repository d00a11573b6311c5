"""The layout of the comments: runs of paragraphs whose beginnings are certain, as a tree by their indent.

A header begins a run, and so does every change of the indent. What lies between two certain beginnings may still
be several comments whose headers are lost; that is decided elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from bot.domain.discussion import Dropped
from bot.sources.flattened import furniture
from bot.sources.flattened.headers import Header
from bot.sources.flattened.lines import Paragraph
from bot.sources.flattened.numbering import marker, numbered_from, stop_of

_COUNT = regex.compile(r"[+−-]?\d{1,6}")
_BULLET = regex.compile(r"(?:[•*–◦▪‣-]|\d{1,3}[.)])\s")


#: Extraction drops lines of which 0.6 are links (losses.py); line breaks of the markup, unseen here, count as well.
_MORE_THAN_MOSTLY = 0.66


@dataclass(slots=True)
class Run:
    """Paragraphs at one place of the tree, from a certain beginning to a certain end."""

    depth: int
    #: Index of the run whose last comment this one answers; None at the top.
    parent: int | None
    header: Header | None
    #: Whether the layout itself says that this is one comment.
    whole: bool = False
    #: How sure its place in the tree is, and why, where the page's words say it rather than its layout.
    placed: float = 1.0
    evidence: str | None = None
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


def outline(found: Sequence[Paragraph]) -> Outline:
    """The runs in ``found``, the paragraphs of the comments' section."""
    kept, dropped = _without_furniture(found)
    headed = any(paragraph.header and paragraph.header.kept for paragraph in kept)
    result = Outline(dropped=dropped, numbered=not headed and numbered_from(kept, nested=False) == 0)
    levels: list[_Level] = []
    stop = stop_of(kept[:1])
    for paragraph in kept:
        if result.numbered:
            _place_numbered(result, levels, paragraph, stop)
        else:
            _place(result, levels, paragraph)
    if _all_headers_are_left(result.runs):
        for run in result.runs:
            run.whole = True
    return result


def _all_headers_are_left(runs: Sequence[Run]) -> bool:
    """Whether extraction kept a header that is mostly links, and so all of them."""
    headers = [run.header for run in runs if run.header]
    if not headers or len(headers) < len(runs):
        return False
    return max(header.linked / header.length for header in headers) > _MORE_THAN_MOSTLY


def _without_furniture(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Dropped]]:
    kept: list[Paragraph] = []
    dropped: list[Dropped] = []
    for paragraph in found:
        if paragraph.header:
            kept.append(paragraph)
            continue
        reasons = _reasons(paragraph.lines)
        dropped += [
            Dropped(text=line, reason=why) for line, why in zip(paragraph.lines, reasons, strict=True) if why
        ]
        lines = tuple(line for line, why in zip(paragraph.lines, reasons, strict=True) if not why)
        if lines:
            kept.append(paragraph if len(lines) == len(paragraph.lines) else replace(paragraph, lines=lines))
    return kept, dropped


def _reasons(lines: Sequence[str]) -> list[str | None]:
    """Why each line is no part of a comment's text; numbers and short ages beside a button are its own."""
    reasons = [furniture.in_comments(line) for line in lines]
    onwards = range(len(lines))
    for order, beside in ((onwards, -1), (reversed(onwards), 1)):
        for number in order:
            near = number + beside
            if (
                reasons[number] is None
                and 0 <= near < len(lines)
                and reasons[near]
                and (_COUNT.fullmatch(lines[number]) or furniture.short_age(lines[number]))
            ):
                reasons[number] = "vote count"
    return reasons


def _place(result: Outline, levels: list[_Level], paragraph: Paragraph) -> None:
    header = paragraph.header
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


def _place_numbered(result: Outline, levels: list[_Level], paragraph: Paragraph, stop: str | None) -> None:
    item = marker(paragraph, stop=stop)
    if item is None and levels and paragraph.indent > levels[0].indent:
        while len(levels) > 1 and levels[-1].indent >= paragraph.indent:
            levels.pop()
        _add(result.runs[levels[-1].run], paragraph.text, paragraph.gap)
        return
    run = _open(result, levels, paragraph.indent, paragraph.header)
    run.whole = True
    text = item[1] if item else paragraph.text
    if text and not paragraph.header:
        _add(run, text, paragraph.gap)


def _open(result: Outline, levels: list[_Level], indent: int, header: Header | None) -> Run:
    while levels and levels[-1].indent >= indent:
        levels.pop()
    run = Run(
        depth=len(levels),
        parent=levels[-1].run if levels else None,
        header=header,
        whole=bool(header and header.kept),
    )
    levels.append(_Level(indent, len(result.runs)))
    result.runs.append(run)
    return run


def _add(run: Run, text: str, gap: int) -> None:
    run.texts.append(text)
    run.gaps.append(gap)
