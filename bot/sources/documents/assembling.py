"""From the comments of a document, in whatever order, to a discussion: the tree, the counts, what was unclear."""

from collections import Counter
from collections.abc import Callable, Iterable

from bot.domain.discussion import (
    Article,
    AuthorSource,
    Comment,
    CommentKind,
    Discussion,
    Dropped,
    Moment,
    Source,
)
from bot.domain.tree import Problem, arrange
from bot.domain.wording import plural
from bot.sources.documents.fields import Oddities, Record
from bot.sources.documents.parsing import JSON
from bot.sources.keys import Occurrences, key_without_id
from bot.sources.markup import Words

Converter = Callable[[str], Words]

#: Names in a warning, beyond which "…" stands.
_NAMED = 8
_NO_WORDS = Words("", "")


class Assembly:
    """Collects what a reader finds of one discussion."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._oddities = Oddities()
        self._comments: list[Comment] = []
        self._seen: dict[str, Comment] = {}
        self._occurrences = Occurrences()
        self._repeated = 0
        self._keyless = 0
        self._wordless = 0
        #: Whether the document says that there are comments which it does not hold.
        self._incomplete = False
        self._warnings: list[str] = []
        self._dropped: list[Dropped] = []

    def record(self, value: JSON) -> Record:
        """An object of the document, whose unreadable fields are noted here."""
        return Record(value, self._oddities)

    def records(self, values: Iterable[JSON]) -> list[Record]:
        """The objects among ``values``."""
        return [self.record(value) for value in values if isinstance(value, dict)]

    def add(
        self,
        *,
        key: str | None,
        parent: str | None,
        body: str | None,
        words: Converter,
        author: str | None,
        kind: CommentKind = CommentKind.COMMENT,
        posted_at: Moment | None = None,
        edited_at: Moment | None = None,
        score: int | None = None,
    ) -> str:
        """Take one comment, whose ``body`` is turned into words by ``words``; gives its key.

        A deleted comment has neither words nor an author. One without an id gets a key from its words.
        """
        deleted = kind is CommentKind.DELETED
        said = words(body) if body is not None and not deleted else _NO_WORDS
        self._wordless += not deleted and not said.text.strip()
        if key is None:
            self._keyless += 1
            key = key_without_id(parent, said.text, self._occurrences)
        comment = Comment(
            key=key,
            parent=parent,
            kind=kind,
            author=None if deleted else author,
            author_source=AuthorSource.HEADER if author and not deleted else AuthorSource.UNKNOWN,
            posted_at=posted_at,
            edited_at=edited_at if edited_at != posted_at else None,
            markdown=said.markdown.strip("\n"),
            text=said.text.strip(),
            score=score,
        )
        first = self._seen.setdefault(key, comment)
        if first is not comment and first == comment:
            self._repeated += 1
        else:
            self._comments.append(comment)
        return key

    def warn(self, sentence: str) -> None:
        """Say something about the document."""
        self._warnings.append(sentence)

    def miss(self, sentence: str) -> None:
        """Say that comments exist which the document does not hold."""
        self._incomplete = True
        self._warnings.append(sentence)

    def title(self, found: str | None, stand_in: str) -> str:
        """The title, or what stands in for it where the document has none."""
        if not found:
            self.warn("The file holds no title.")
        return found or stand_in

    def drop(self, text: str, reason: str) -> None:
        """Name what is left out."""
        self._dropped.append(Dropped(text=text, reason=reason))

    def discussion(self, article: Article, *, declared: int | None = None) -> Discussion:
        """All of it in tree order, compared with the number of comments that the document declares."""
        nodes = arrange(self._comments)
        problems = Counter(node.problem for node in nodes if node.problem)
        found = len(nodes)
        short = declared is not None and declared > found
        counted = [f"{found:,} of {declared:,} comments are in this file."] if short else []
        return Discussion(
            source=Source(
                kind=self._kind,
                location="",
                declared_comments=declared,
                complete=not short and not self._incomplete,
            ),
            article=article,
            comments=tuple(node.comment for node in nodes),
            dropped=tuple(self._dropped),
            warnings=(
                *(counted or ([] if found else ["There are no comments in this file."])),
                *self._warnings,
                *_set_apart(Counter(node.comment.kind for node in nodes)),
                *self._peculiarities(problems),
                *self._oddities.sentences(),
            ),
        )

    def _peculiarities(self, problems: Counter[Problem]) -> list[str]:
        counts = (
            (problems[Problem.ORPHAN], "{} below one that is not in this file, shown at the top."),
            (problems[Problem.CYCLE], "{} whose parents formed a circle, cut there."),
            (problems[Problem.DUPLICATE], "{} with an id that another one bears, given one of its own."),
            (self._repeated, "{} more than once in the file, taken once."),
            (self._keyless, "{} without an id, given one made of its words."),
            (self._wordless, "{} without words."),
        )
        return [sentence.format(plural(count, "comment")) for count, sentence in counts if count]


def names(found: list[str]) -> str:
    """The first few of many names."""
    return ", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else "")


def _set_apart(kinds: Counter[CommentKind]) -> list[str]:
    """Words for the comments that no import takes."""
    linkbacks = kinds[CommentKind.PINGBACK] + kinds[CommentKind.TRACKBACK]
    held = kinds[CommentKind.HELD]
    said = []
    if linkbacks:
        said.append(
            f"{plural(linkbacks, 'pingback or trackback', 'pingbacks and trackbacks')}, not imported."
        )
    if held:
        said.append(f"{plural(held, 'comment')} held back or marked as spam, not imported.")
    return said
