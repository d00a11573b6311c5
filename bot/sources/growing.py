"""Comments of a source as a tree, with all that keeps a comment from its place said in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from textwrap import shorten
from typing import NamedTuple

from bot.domain.discussion import Comment, CommentKind
from bot.domain.tree import Problem, arrange
from bot.domain.wording import plural

#: Characters of a title that stands in for a missing one.
_STAND_IN = 80


class Grown(NamedTuple):
    """Comments in tree order, and what is to be said of them."""

    comments: tuple[Comment, ...]
    warnings: list[str]


def grow(comments: Sequence[Comment], removed: Mapping[str, str] = {}) -> Grown:
    """The tree of ``comments``, which stand in the order in which siblings are to be read.

    ``removed`` says of the comments of kind ``deleted``, by key, what became of them ("in the trash"). They stay
    where somebody answers them and are counted where nobody does.
    """
    answered = _answered_by_the_living(comments)
    kept = [c for c in comments if c.kind is not CommentKind.DELETED or c.key in answered]
    nodes = arrange(kept)
    problems = Counter(node.problem for node in nodes if node.problem is not None)
    left_out = Counter(
        removed.get(c.key, "deleted")
        for c in comments
        if c.kind is CommentKind.DELETED and c.key not in answered
    )
    return Grown(
        tuple(_explained(node.comment, node.problem) for node in nodes),
        [
            *(f"{plural(count, 'comment')} left out: {reason}." for reason, count in left_out.items()),
            *(_SENTENCES[problem].format(plural(count, "comment")) for problem, count in problems.items()),
        ],
    )


def stand_in_title(*words: str | None) -> str:
    """A title for an article that has none: the beginning of the first of ``words`` that says something."""
    found = next((word for word in words if word and word.strip()), "")
    return shorten(found, _STAND_IN, placeholder="…") or "…"


_SENTENCES = {
    Problem.ORPHAN: "{} whose parent is not here, placed at the top.",
    Problem.CYCLE: "{} whose parents form a circle, which was cut.",
    Problem.DUPLICATE: "{} whose id had been used before.",
}


def _explained(comment: Comment, problem: Problem | None) -> Comment:
    if problem is None or comment.evidence:
        return comment
    return comment.model_copy(update={"evidence": problem.value})


def _answered_by_the_living(comments: Iterable[Comment]) -> set[str]:
    """Keys above at least one comment that is not deleted."""
    ordered = list(comments)
    parents = {comment.key: comment.parent for comment in ordered}
    reached: set[str] = set()
    for comment in ordered:
        key = comment.parent if comment.kind is not CommentKind.DELETED else None
        while key is not None and key in parents and key not in reached:
            reached.add(key)
            key = parents[key]
    return reached
