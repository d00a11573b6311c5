"""Rejoinder's own export, which is what ``rejoinder inspect --json`` prints.

Later versions add fields. Those that this one does not know are named in a warning, and nothing else is lost.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.domain.discussion import (
    Article,
    AuthorSource,
    Block,
    Comment,
    CommentKind,
    Discussion,
    Dropped,
    PullQuote,
    Source,
)
from bot.domain.tree import arrange
from bot.sources.documents.fields import LARGEST, Oddities, storable
from bot.sources.documents.parsing import JSON

KIND = "rejoinder"

M = TypeVar("M", bound=BaseModel)

#: The state of a comment whose words may be shown; in any other they are gone, and stay so.
_LIVE = "live"


def recognises(item: Mapping[str, JSON]) -> bool:
    """The document of the export."""
    return isinstance(item.get("discussions"), list)


def read(items: Sequence[JSON]) -> list[Discussion]:
    """The discussions as they were exported."""
    return [
        _discussion(found)
        for item in items
        if isinstance(item, dict) and recognises(item)
        for found in _list(item, "discussions")
        if isinstance(found, dict)
    ]


class _Fitting:
    """Puts objects into models, field by field."""

    def __init__(self) -> None:
        self.oddities = Oddities()
        self.unknown: Counter[str] = Counter()

    def fit(self, model: type[M], value: JSON, **stand_ins: Any) -> M:
        """``value`` as a ``model``; a field that does not fit is left out, or replaced by its stand-in."""
        given = value if isinstance(value, dict) else {}
        known = {name: _storable(given[name]) for name in model.model_fields if name in given}
        self.unknown.update(name for name in given if name not in model.model_fields)
        try:
            return model.model_validate({**stand_ins, **known})
        except ValidationError as problem:
            wrong = {str(error["loc"][0]) for error in problem.errors() if error["loc"]}
        for name in wrong & known.keys():
            self.oddities.note(name)
            del known[name]
        return model.model_validate({**stand_ins, **known})

    def fit_all(self, model: type[M], values: Sequence[JSON], **stand_ins: Any) -> tuple[M, ...]:
        """The objects among ``values``."""
        return tuple(self.fit(model, value, **stand_ins) for value in values if isinstance(value, dict))

    def warnings(self) -> list[str]:
        """What was not read, in words."""
        left_out = ", ".join(name[:30] for name in list(self.unknown)[:20])
        unknown = (
            [f"This version does not know these fields, and left them out: {left_out}."] if left_out else []
        )
        return [*unknown, *self.oddities.sentences()]


def _discussion(value: dict[str, JSON]) -> Discussion:
    fitting = _Fitting()
    fitting.unknown.update(name for name in value if name not in Discussion.model_fields)
    article_value = value.get("article")
    parts = dict(article_value) if isinstance(article_value, dict) else {}
    blocks = fitting.fit_all(Block, _list(parts, "blocks"), markdown="", text="")
    quotes = fitting.fit_all(PullQuote, _list(parts, "pull_quotes"), text="", source="inferred")
    parts = {name: part for name, part in parts.items() if name not in {"blocks", "pull_quotes"}}
    article = fitting.fit(Article, parts, title="").model_copy(
        update={"blocks": blocks, "pull_quotes": quotes}
    )
    comments = [
        _comment(found, place, fitting)
        for place, found in enumerate(_list(value, "comments"))
        if isinstance(found, dict)
    ]
    source = fitting.fit(Source, value.get("source"), kind=KIND, location="")
    dropped = fitting.fit_all(Dropped, _list(value, "dropped"), text="", reason="")
    said = [str(_storable(found)) for found in _list(value, "warnings") if isinstance(found, str)]
    return Discussion(
        source=source.model_copy(update={"kind": KIND}),
        article=article,
        comments=tuple(node.comment for node in arrange(comments)),
        dropped=dropped,
        warnings=(*said, *fitting.warnings()),
    )


def _comment(value: dict[str, JSON], place: int, fitting: _Fitting) -> Comment:
    comment = fitting.fit(Comment, value, key=f"?{place}", markdown="", text="")
    changes: dict[str, object] = {}
    if value.get("state") not in (None, _LIVE):
        changes = {"kind": CommentKind.DELETED}
    if CommentKind.DELETED in {comment.kind, *changes.values()}:
        changes |= {"markdown": "", "text": ""}
    if comment.author is None:
        changes |= {"author_source": AuthorSource.UNKNOWN}
    elif comment.author_source is AuthorSource.UNKNOWN:
        changes |= {"author_source": AuthorSource.HEADER}
    return comment.model_copy(update=changes)


def _list(value: Mapping[str, JSON], name: str) -> list[JSON]:
    found = value.get(name)
    return found if isinstance(found, list) else []


def _storable(value: JSON) -> JSON:
    """What SQLite can keep; anything else counts as missing."""
    if isinstance(value, int) and abs(value) > LARGEST:
        return None
    return storable(value) if isinstance(value, str) else value
