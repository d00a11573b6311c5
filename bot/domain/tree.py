"""Comments as a tree: what order they stand in, who answers whom, and what is wrong with them.

Nothing is thrown away here. A comment whose parent is missing, whose parents form a circle, or whose key
occurs twice stays in the tree, and its node says so. No function recurses: depth is the source's to choose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile

from bot.domain.discussion import AuthorSource, Comment, CommentKind, Discussion


class Problem(StrEnum):
    """Why a comment does not stand where its source says."""

    ORPHAN = "answers a comment that is not in the source"
    CYCLE = "its parents form a circle"
    DUPLICATE = "its id occurs twice in the source"


@dataclass(frozen=True, slots=True)
class Node:
    """A comment at its place in the tree."""

    #: With the key, depth and parent that it has in this tree.
    comment: Comment
    #: What people call it: 1, 2, 3 … in tree order.
    number: int
    #: The parent's number; None at the top.
    parent: int | None
    problem: Problem | None = None

    @property
    def depth(self) -> int:
        """Answers above this one."""
        return self.comment.depth


def importable(discussion: Discussion) -> Discussion:
    """The discussion as it is imported: comments only, in tree order, with unique keys and true depths.

    What is no comment (deleted, held back, a pingback) is left out, but where a comment stands under it:
    there it stays as a place without words, so that the tree keeps its shape.
    """
    needed = _above_comments(discussion.comments)
    kept = [
        comment if comment.kind is CommentKind.COMMENT else _wordless(comment)
        for comment in discussion.comments
        if comment.kind is CommentKind.COMMENT or comment.key in needed
    ]
    return discussion.model_copy(update={"comments": tuple(node.comment for node in arrange(kept))})


def arrange(comments: Sequence[Comment]) -> list[Node]:
    """Every comment as a node, in tree order: a parent before its children, siblings as the source has them."""
    unique, problems = _unique(comments)
    by_key = {comment.key: comment for comment in unique}
    parents = _parents(unique, by_key, problems)
    children: defaultdict[str | None, list[str]] = defaultdict(list)
    for comment in unique:
        children[parents[comment.key]].append(comment.key)

    nodes: list[Node] = []
    numbers: dict[str, int] = {}
    waiting = [(key, 0) for key in reversed(children[None])]
    while waiting:
        key, depth = waiting.pop()
        parent = parents[key]
        numbers[key] = len(nodes) + 1
        placed = by_key[key].model_copy(
            update={
                "depth": depth,
                "parent": parent if parent is not None else _kept_parent(by_key[key], problems),
            }
        )
        nodes.append(
            Node(placed, numbers[key], numbers[parent] if parent is not None else None, problems.get(key))
        )
        waiting.extend((child, depth + 1) for child in reversed(children[key]))
    return nodes


def descendants(nodes: Iterable[Node]) -> dict[int, int]:
    """For every number how many comments stand below it, at any level."""
    counts: dict[int, int] = {}
    ordered = list(nodes)
    for node in ordered:
        counts[node.number] = 0
    for node in reversed(ordered):
        if node.parent is not None:
            counts[node.parent] += counts[node.number] + 1
    return counts


def _unique(comments: Sequence[Comment]) -> tuple[list[Comment], dict[str, Problem]]:
    """Give the second and later bearers of a key a key of their own; answers go to the first."""
    problems: dict[str, Problem] = {}
    taken = {comment.key for comment in comments}
    seen: defaultdict[str, int] = defaultdict(int)
    unique: list[Comment] = []
    for comment in comments:
        seen[comment.key] += 1
        if seen[comment.key] == 1:
            unique.append(comment)
            continue
        occurrence = seen[comment.key]
        while (key := f"{comment.key}~{occurrence}") in taken:
            occurrence += 1
        taken.add(key)
        problems[key] = Problem.DUPLICATE
        unique.append(comment.model_copy(update={"key": key}))
    return unique, problems


def _parents(
    comments: Sequence[Comment], by_key: dict[str, Comment], problems: dict[str, Problem]
) -> dict[str, str | None]:
    """The parent that each comment has in the tree: none for orphans and where a circle is cut."""
    parents: dict[str, str | None] = {}
    for comment in comments:
        parents[comment.key] = comment.parent if comment.parent in by_key else None
        if comment.parent is not None and comment.parent not in by_key:
            problems.setdefault(comment.key, Problem.ORPHAN)
    order = {key: place for place, key in enumerate(by_key)}
    rooted: set[str] = set()
    for comment in comments:
        path: dict[str, None] = {}
        key: str | None = comment.key
        while key is not None and key not in rooted and key not in path:
            path[key] = None
            key = parents[key]
        if key is not None and key in path:
            # The circle is cut above the member that the source names first.
            first = min(_circle(path, key), key=order.__getitem__)
            parents[first] = None
            problems[first] = Problem.CYCLE
        rooted.update(path)
    return parents


def _circle(path: Iterable[str], met: str) -> Iterable[str]:
    """The part of a walk upwards that leads from a comment back to itself."""
    return dropwhile(lambda key: key != met, path)


def _kept_parent(comment: Comment, problems: dict[str, Problem]) -> str | None:
    """An orphan keeps the key of the parent that nobody has; a cut circle does not keep its circle."""
    return comment.parent if problems.get(comment.key) is Problem.ORPHAN else None


def _wordless(comment: Comment) -> Comment:
    """The place of a comment without its words and its author's name."""
    gone = {
        "author": None,
        "author_guess": None,
        "author_source": AuthorSource.UNKNOWN,
        "text": "",
        "markdown": "",
    }
    return comment.model_copy(update={"kind": CommentKind.DELETED, **gone})


def _above_comments(comments: Sequence[Comment]) -> set[str]:
    """Keys of everything that stands above at least one comment."""
    parent_of = {comment.key: comment.parent for comment in comments}
    reached: set[str] = set()
    for comment in comments:
        if comment.kind is not CommentKind.COMMENT:
            continue
        key = comment.parent
        while key is not None and key in parent_of and key not in reached:
            reached.add(key)
            key = parent_of[key]
    return reached
