"""Which kind of document it is, by its shape, and the room that reads it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources.documents import (
    commento,
    coral,
    discourse,
    disqus,
    ghost,
    habr,
    hacker_news,
    isso,
    json_ld,
    lemmy,
    lobsters,
    mastodon,
    reddit,
    rejoinder,
    remark42,
    substack,
    v2ex,
    wordpress,
)
from bot.sources.documents.parsing import JSON, parse


@dataclass(frozen=True, slots=True)
class _Kind:
    """A room with the name that people know its source by."""

    name: str
    recognises: Callable[[Mapping[str, JSON]], bool]
    read: Callable[[Sequence[JSON]], list[Discussion]]


#: In the order in which they are asked: what shows itself most clearly comes first.
_KINDS = (
    _Kind("Rejoinder's own export", rejoinder.recognises, rejoinder.read),
    _Kind("Reddit", reddit.recognises, reddit.read),
    _Kind("Discourse", discourse.recognises, discourse.read),
    _Kind("Lobsters", lobsters.recognises, lobsters.read),
    _Kind("Hacker News", hacker_news.recognises, hacker_news.read),
    _Kind("Mastodon", mastodon.recognises, mastodon.read),
    _Kind("Lemmy", lemmy.recognises, lemmy.read),
    _Kind("WordPress", wordpress.recognises, wordpress.read),
    _Kind("Coral", coral.recognises, coral.read),
    _Kind("Remark42", remark42.recognises, remark42.read),
    _Kind("Isso", isso.recognises, isso.read),
    _Kind("Commento", commento.recognises, commento.read),
    _Kind("Habr", habr.recognises, habr.read),
    _Kind("Disqus", disqus.recognises, disqus.read),
    _Kind("V2EX", v2ex.recognises, v2ex.read),
    _Kind("Ghost", ghost.recognises, ghost.read),
    _Kind("Substack", substack.recognises, substack.read),
    _Kind("schema.org (JSON-LD)", json_ld.recognises, json_ld.read),
)

#: Objects of a list that are looked at: the first may be damaged, a hundred will not be.
_LOOKED_AT = 20
#: Keys that are named where no room knows the document, and the characters of each.
_NAMED = 8
_LONGEST_KEY = 30


def read(text: str) -> list[Discussion]:
    """The discussions in a JSON document, those with comments first: one of the kinds that ``docs/sources.md`` lists.

    Several pages of one source may stand in it as a list. Raises UnreadableError where it is no JSON, or no room
    knows its shape.
    """
    document = parse(text)
    items = list(_items(document))
    shown = list(islice((item for item in items if isinstance(item, dict)), _LOOKED_AT))
    for kind in _KINDS:
        if any(kind.recognises(item) for item in shown):
            return _those_with_comments_first(kind.read(items))
    raise UnreadableError(
        f"This looks like a JSON file, but {_seen(document, shown)}.",
        next_step=f"Rejoinder reads JSON from {_listed([kind.name for kind in _KINDS])}.",
    )


def _those_with_comments_first(found: Sequence[Discussion]) -> list[Discussion]:
    if not found:
        raise UnreadableError(
            "This JSON file holds no articles and no comments.",
            next_step="Export or download it once more, and hand over the whole file.",
        )
    return sorted(found, key=lambda discussion: not discussion.comments)


def _items(document: JSON) -> Iterator[JSON]:
    """The document, or what its list holds; pages that are lists themselves are joined."""
    if not isinstance(document, list):
        yield document
        return
    for item in document:
        if isinstance(item, list):
            yield from item
        else:
            yield item


def _seen(document: JSON, shown: Sequence[dict[str, JSON]]) -> str:
    if not shown:
        return "it holds an empty list" if document == [] else "it holds no objects"
    keys = [key[:_LONGEST_KEY] for key in islice(shown[0], _NAMED)]
    if not keys:
        return "its first object is empty"
    more = ", …" if len(shown[0]) > _NAMED else ""
    return f"not one whose shape is known; its keys are {', '.join(keys)}{more}"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
