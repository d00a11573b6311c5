"""Parts of one discussion, read from several places, as one."""

from collections.abc import Sequence

from bot.domain.discussion import Comment, CommentKind, Discussion
from bot.domain.tree import arrange

#: Sites count what links to them among the comments.
_COUNTED = frozenset({CommentKind.COMMENT, CommentKind.PINGBACK, CommentKind.TRACKBACK})


def merge(page: Discussion, parts: Sequence[Discussion]) -> Discussion:
    """``page`` with the comments of all ``parts``: each comment once, under its parent wherever that was found.

    A comment that several places have is taken from the first that has it; the article is the page's.
    """
    comments: dict[str, Comment] = {}
    for part in (*parts, page):
        for comment in part.comments:
            comments.setdefault(comment.key, comment)
    ordered = tuple(node.comment for node in arrange(list(comments.values())))
    found = sum(comment.kind in _COUNTED for comment in ordered)
    declared = page.source.declared_comments
    complete = declared is None or found >= declared
    dropped = dict.fromkeys(item for part in (page, *parts) for item in part.dropped)
    return page.model_copy(
        update={
            "source": page.source.model_copy(update={"complete": complete}),
            "comments": ordered,
            "dropped": tuple(dropped),
            "warnings": _warnings(page, parts, found, declared),
        }
    )


def _warnings(
    page: Discussion, parts: Sequence[Discussion], found: int, declared: int | None
) -> tuple[str, ...]:
    """What still holds: a part's word that others are elsewhere is overtaken when they were found there."""
    said = [set(part.warnings) for part in parts]
    kept = [warning for warning in page.warnings if all(warning in warnings for warnings in said)]
    if declared is not None and found < declared:
        kept.append(f"{found} of {declared} comments were found.")
    return tuple(kept)
