"""Trees to compare: what stands in the corpus, and what a reader made of it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from typing import NamedTuple

from bot.domain.discussion import Comment, CommentKind, Discussion
from tests.acceptance.wordpress.site import Written
from tests.acceptance.wordpress.writing import Post, Remark

#: WordPress shows typed quotes, dashes and dots as printed ones; its export and its database keep what was typed.
_PRINTED = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "′": "'", "″": '"', "×": "x", "…": "..."}
)
_DASHES = re.compile(r"[–—]|-{2,3}")


class Node(NamedTuple):
    """One comment, as every way of reading has to give it."""

    key: str
    parent: str | None
    depth: int
    author: str | None
    at: datetime | None
    text: str


def told(post: Post, written: Written) -> list[Node]:
    """What readers see of a post, in tree order: what is approved, below what is approved."""
    answers: dict[str | None, list[Remark]] = {}
    for remark in post.comments:
        if remark.state == "approved" and remark.type == "comment":
            answers.setdefault(remark.parent, []).append(remark)
    return list(_walk(answers, None, 0, written))


def read(discussion: Discussion) -> list[Node]:
    """The comments that an import would bring, in the reader's order."""
    return [node_of(comment) for comment in discussion.comments if comment.kind is CommentKind.COMMENT]


def node_of(comment: Comment) -> Node:
    """A comment that was read, with its time as an instant; None where it is only known locally."""
    at = comment.posted_at
    instant = at.astimezone(UTC) if isinstance(at, datetime) and at.tzinfo else None
    author = _folded(comment.author) if comment.author else None
    return Node(comment.key, comment.parent, comment.depth, author, instant, _folded(comment.text))


def keys_of(discussion: Discussion, *kinds: CommentKind) -> set[str]:
    """The keys of the comments of some kinds."""
    return {comment.key for comment in discussion.comments if comment.kind in kinds}


def differences(found: Iterable[Node], wanted: Iterable[Node]) -> list[str]:
    """A line for each comment that differs, so that a tree of hundreds can be looked through."""
    have, want = ({node.key: node for node in nodes} for nodes in (found, wanted))
    lines = [f"{key} is missing: {want[key]}" for key in want if key not in have]
    lines += [f"{key} was invented: {have[key]}" for key in have if key not in want]
    for key in have.keys() & want.keys():
        lines += [
            f"{key} {name}: {mine!r} instead of {theirs!r}"
            for name, mine, theirs in zip(Node._fields, have[key], want[key], strict=True)
            if mine != theirs
        ]
    if not lines and list(have) != list(want):
        lines.append(f"the order differs: {list(have)} instead of {list(want)}")
    return lines


def key(written: Written, name: str) -> str:
    """The key of a comment, by the name that it has in the corpus."""
    return f"comment-{written.comments[name]}"


def parents_of_gaps(written: Written) -> dict[str, str | None]:
    """The comments under the post with gaps that anybody may read, with the one above each."""
    names = {"stays": None, "last": "stays", "answers": "taken", "below": "answers"}
    return {key(written, name): key(written, above) if above else None for name, above in names.items()}


def only(found: list[Discussion]) -> Discussion:
    """The one discussion of a source that holds one."""
    (discussion,) = found
    return discussion


def _walk(
    answers: dict[str | None, list[Remark]], above: str | None, depth: int, written: Written
) -> Iterator[Node]:
    for remark in answers.get(above, ()):
        yield _node(remark, depth, written)
        yield from _walk(answers, remark.name, depth + 1, written)


def _node(remark: Remark, depth: int, written: Written) -> Node:
    return Node(
        key=key(written, remark.name),
        parent=None if remark.parent is None else key(written, remark.parent),
        depth=depth,
        author=_folded(remark.author),
        at=datetime.fromisoformat(remark.at).replace(tzinfo=UTC),
        text=_folded(remark.text),
    )


def _folded(text: str) -> str:
    """The same words without what a way of showing them changes; paragraphs stay apart."""
    plain = _DASHES.sub("-", text.translate(_PRINTED))
    lines = (line.strip() for line in plain.splitlines())
    paragraphs = (" ".join(group) for is_text, group in groupby(lines, bool) if is_text)
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
