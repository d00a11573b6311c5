"""From runs to the discussion: keys, names, confidence and warnings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.discussion import Article, AuthorSource, Comment, Moment
from bot.sources.flattened.boundaries import Piece
from bot.sources.flattened.corrections import CORRECTED_WITHIN, corrected_by
from bot.sources.flattened.names import Name, name_of, same
from bot.sources.flattened.outline import Outline, Run
from bot.sources.keys import Occurrences, key_without_id

#: A reply whose "in reply to" contradicts its indent is placed by the indent, and less sure.
_CONTRADICTED = 0.6
#: The paragraph right above an answer is its addressee's for certain; the comment is only where its beginning is likelier
#: than any other, and below this the name would stand on somebody else's words too often.
_SURE_ENOUGH_TO_NAME = 0.5


@dataclass(slots=True)
class _Node:
    run: Run
    piece: Piece
    parent: int | None
    first: bool
    children: list[int] = field(default_factory=list)


def comments_of(outline: Outline, divided: Sequence[Sequence[Piece]]) -> tuple[list[Comment], list[str]]:
    """The comments in tree order, a parent before its children, and what was unclear about them."""
    nodes = _nodes(outline, divided)
    names = _with_guesses([_name(node, nodes) for node in nodes], nodes)
    comments: list[Comment] = []
    seen = Occurrences()
    contradictions = 0
    for node, name in zip(nodes, names, strict=True):
        parent = comments[node.parent] if node.parent is not None else None
        contradiction = _contradiction(node, names)
        contradictions += contradiction is not None
        comments.append(_comment(node, name, parent, contradiction, seen))
    return comments, [*_warnings(comments, names, contradictions), *_undated(nodes), *_unplaced(nodes)]


def _nodes(outline: Outline, divided: Sequence[Sequence[Piece]]) -> list[_Node]:
    """One node a comment; an answer belongs to the last comment of the run above it."""
    nodes: list[_Node] = []
    last: list[int] = []
    for run, pieces in zip(outline.runs, divided, strict=True):
        parent = last[run.parent] if run.parent is not None else None
        for number, piece in enumerate(pieces):
            if parent is not None:
                nodes[parent].children.append(len(nodes))
            nodes.append(_Node(run, piece, parent, first=number == 0))
        last.append(len(nodes) - 1)
    return nodes


def _name(node: _Node, nodes: Sequence[_Node]) -> Name:
    header = node.run.header if node.first else None
    if header and header.name:
        return Name(header.name, AuthorSource.HEADER)
    claims = [claim for child in node.children if (claim := _claim(nodes[child]))]
    certain = node.piece.confidence >= _SURE_ENOUGH_TO_NAME
    return name_of(claims, certain=certain)


def _with_guesses(names: Sequence[Name], nodes: Sequence[_Node]) -> list[Name]:
    """``names``, and a guess where a nameless comment corrects a word of one whose author is known."""
    texts = ["\n\n".join(node.piece.texts) for node in nodes]
    guessed = list(names)
    for number, name in enumerate(names):
        if name.source is AuthorSource.UNKNOWN and not name.guess:
            corrected = corrected_by(texts[number], texts[max(0, number - CORRECTED_WITHIN) : number])
            author = (
                names[max(0, number - CORRECTED_WITHIN) + corrected].name if corrected is not None else None
            )
            if author:
                evidence = (
                    f"It corrects a word in a comment by {author}, and people mostly correct their own."
                )
                guessed[number] = replace(name, guess=author, evidence=evidence)
    return guessed


def _claim(answer: _Node) -> str | None:
    header = answer.run.header if answer.first else None
    return header.parent if header else None


def _contradiction(node: _Node, names: Sequence[Name]) -> str | None:
    """Words for a header that says "in reply to" somebody else than the comment that it stands under."""
    header = node.run.header if node.first else None
    if not header or not header.parent:
        return None
    if node.run.evidence:
        return None
    if node.parent is None:
        return f"Its header says “in reply to {header.parent}”, but no comment stands above it to answer."
    above = names[node.parent]
    if above.name is None or same(above.name, header.parent):
        return None
    return f"Its header says “in reply to {header.parent}”, but it stands under {above.name}'s comment."


def _comment(
    node: _Node, name: Name, parent: Comment | None, contradiction: str | None, seen: Occurrences
) -> Comment:
    text = "\n\n".join(node.piece.texts)
    evidence = " ".join(
        reason for reason in (node.piece.evidence, name.evidence, contradiction, *_told(node)) if reason
    )
    header = node.run.header if node.first else None
    confidence = min(node.piece.confidence, node.run.placed)
    return Comment(
        key=key_without_id(parent.key if parent else None, text, seen),
        parent=parent.key if parent else None,
        depth=node.run.depth,
        author=name.name,
        author_source=name.source,
        author_guess=name.guess,
        evidence=evidence or None,
        posted_at=header.posted_at if header else None,
        markdown=text,
        text=text,
        confidence=min(confidence, _CONTRADICTED) if contradiction else confidence,
    )


def _told(node: _Node) -> Iterator[str | None]:
    """What the comment's own words say of its place, and its header of its time."""
    yield node.run.evidence
    header = node.run.header if node.first else None
    if header and header.undated:
        yield f"Its time is given as “{header.undated}”; the page does not say from when."


def _warnings(comments: Sequence[Comment], names: Sequence[Name], contradictions: int) -> list[str]:
    total = len(comments)
    found = []
    lost = sum(name.source is not AuthorSource.HEADER for name in names)
    inferred = sum(name.source is AuthorSource.INFERRED for name in names)
    if lost:
        named = f" The answers to them name the authors of {inferred}." if inferred else ""
        found.append(f"{lost} of {total} comments stand without a header.{named}")
    if disputed := sum(name.disputed for name in names):
        found.append(
            f"The answers to {disputed} of {total} comments disagree about their author; no name was given to them."
        )
    if contradictions:
        found.append(
            f"The headers of {contradictions} of {total} comments say that they answer somebody else than the indent says; the indent was followed."
        )
    if unsure := sum(comment.confidence < 0.75 for comment in comments):  # noqa: PLR2004 - three to one
        found.append(
            f"Where {unsure} of {total} comments begin or end was judged by their words and is unsure."
        )
    return found


def _undated(nodes: Sequence[_Node]) -> Iterator[str]:
    undated = [
        header.undated for node in nodes if node.first and (header := node.run.header) and header.undated
    ]
    if undated:
        yield f"The times of {len(undated)} of {len(nodes)} comments have no day (“{undated[0]}”); they stand without a date."


def _unplaced(nodes: Sequence[_Node]) -> Iterator[str]:
    unplaced = sum(bool(node.run.evidence) and node.parent is None for node in nodes)
    if unplaced:
        yield f"{unplaced} of {len(nodes)} comments answer somebody whose comment could not be told; they stand at the top."


def earliest(comments: Sequence[Comment]) -> date | None:
    """The day of the earliest comment, which follows an article's publication by hours."""
    days = [day_of(comment.posted_at) for comment in comments if comment.posted_at]
    return min(days, default=None)


def day_of(moment: Moment) -> date:
    """The day of a moment, in its own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def dated(article: Article, comments: Sequence[Comment]) -> Article:
    """``article`` with a publication day inferred from its comments where it gives none."""
    day = earliest(comments)
    if article.published is not None or day is None:
        return article
    return article.model_copy(update={"published": day, "published_source": "inferred"})
