"""From frames to comments in tree order, with their keys, and what was unclear about them."""

from collections import defaultdict
from collections.abc import Sequence

from bot.domain.discussion import AuthorSource, Comment, CommentKind
from bot.domain.tree import Problem
from bot.sources.keys import Occurrences, key_without_id
from bot.sources.pages.edges import without_shared_edges
from bot.sources.pages.fields import FieldReader, Fields
from bot.sources.pages.frames import Frame
from bot.sources.pages.names import without_numbers, without_shared_ending

#: Where the words were not marked, what was left of the frame may hold a word of its furniture.
_UNMARKED = 0.9


def comments_of(frames: Sequence[Frame], reader: FieldReader) -> list[Comment]:
    """The comments in tree order, a parent before its children. A frame without words and author is none."""
    read = _together([reader.read(frame) for frame in frames])
    read_of = dict(zip(frames, read, strict=True))
    problems = _cut_circles(frames)
    comments: dict[Frame, Comment] = {}
    hashed = Occurrences()
    keys = {frame.key for frame in frames if frame.key}
    borne: dict[str, int] = {}
    for frame in _in_tree_order(frames):
        fields = read_of[frame]
        if not (fields.words.markdown or fields.author or frame.key):
            continue
        comment = _comment(frame, fields, _nearest(frame, comments), hashed)
        borne[comment.key] = borne.get(comment.key, 0) + 1
        if borne[comment.key] > 1:
            problems[frame] = Problem.DUPLICATE
            comment = comment.model_copy(update={"key": _free(comment.key, borne[comment.key], keys)})
        if frame in problems:
            comment = comment.model_copy(update={"evidence": problems[frame].value})
        comments[frame] = comment
    return list(comments.values())


def _together(read: Sequence[Fields]) -> list[Fields]:
    """What was read, without what only all comments of the page together show to be no name and no word of theirs."""
    names = without_shared_ending(without_numbers([fields.author for fields in read]))
    words = without_shared_edges([fields.words for fields in read])
    return [
        fields if name == fields.author and own is fields.words else fields._replace(author=name, words=own)
        for fields, name, own in zip(read, names, words, strict=True)
    ]


def _free(key: str, occurrence: int, keys: set[str]) -> str:
    """A key for the second and later bearers of one."""
    while (free := f"{key}~{occurrence}") in keys:
        occurrence += 1
    keys.add(free)
    return free


def _in_tree_order(frames: Sequence[Frame]) -> list[Frame]:
    children: defaultdict[Frame | None, list[Frame]] = defaultdict(list)
    for frame in frames:
        children[frame.parent].append(frame)
    ordered: list[Frame] = []
    waiting = children[None][::-1]
    while waiting:
        frame = waiting.pop()
        ordered.append(frame)
        waiting += reversed(children[frame])
    return ordered


def _cut_circles(frames: Sequence[Frame]) -> dict[Frame, Problem]:
    """Parents that form a circle would lead to no root: one frame of each is put at the top."""
    cut: dict[Frame, Problem] = {}
    rooted: set[Frame] = set()
    for frame in frames:
        if frame.parent is None or frame.parent in rooted:
            rooted.add(frame)
            continue
        path: dict[Frame, None] = {}
        above: Frame | None = frame
        while above is not None and above not in rooted and above not in path:
            path[above] = None
            above = above.parent
        if above is not None and above in path:
            above.parent = above.parent_key = None
            cut[above] = Problem.CYCLE
        rooted.update(path)
    return cut


def _nearest(frame: Frame, comments: dict[Frame, Comment]) -> Comment | None:
    """The comment of the nearest frame above that is a comment."""
    above = frame.parent
    while above is not None and above not in comments:
        above = above.parent
    return comments[above] if above is not None else None


def _comment(frame: Frame, fields: Fields, parent: Comment | None, hashed: Occurrences) -> Comment:
    words = fields.words
    orphan = frame.parent is None and frame.parent_key is not None
    parent_key = parent.key if parent else frame.parent_key
    return Comment(
        key=frame.key or key_without_id(parent_key, words.text, hashed),
        parent=parent_key,
        depth=parent.depth + 1 if parent else 0,
        kind=fields.kind,
        author=fields.author,
        author_source=AuthorSource.HEADER if fields.author else AuthorSource.UNKNOWN,
        evidence="The page says which comment it answers, but does not hold that one." if orphan else None,
        posted_at=fields.posted_at,
        edited_at=fields.edited_at,
        markdown="" if fields.kind is CommentKind.DELETED else words.markdown,
        text="" if fields.kind is CommentKind.DELETED else words.text,
        score=frame.score,
        confidence=1.0 if fields.marked else _UNMARKED,
    )
