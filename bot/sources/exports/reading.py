"""Which kind of XML a file is, told by its root."""

from collections.abc import Iterator

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources import feeds
from bot.sources.elements import Element, local, root_of
from bot.sources.exports import blogger, disqus, wxr
from bot.sources.material import Material

_KINDS = "WordPress (WXR), Disqus and Blogger exports, RSS and Atom feeds"
_FEEDS = frozenset({"rss", "feed", "rdf"})
#: Characters of an unknown root's name that a sentence repeats.
_NAME = 40


def read(material: Material) -> list[Discussion]:
    """The discussions of an export or a feed, those with comments first.

    Raises UnreadableError where the XML is none of the kinds, or holds nothing.
    """
    return list(stream(material.data))


def stream(data: bytes) -> Iterator[Discussion]:
    """The same one by one, so that a large export need not be held as a whole."""
    root = root_of(data)
    if root is None:
        raise UnreadableError(
            "This looks like an XML file, but it has no elements.",
            next_step="Download or export it once more, completely, and hand that over.",
        )
    name = local(root).lower()
    if name == "rss" and wxr.is_export(root):
        return wxr.discussions(data)
    if name == "disqus":
        return disqus.discussions(data)
    if name == "feed" and blogger.is_export(root, data):
        return blogger.discussions(data)
    if name in _FEEDS:
        return iter(feeds.read(data))
    raise _unknown(root)


def _unknown(root: Element) -> UnreadableError:
    return UnreadableError(
        f"This XML file's root is “{local(root)[:_NAME]}”. Of XML, Rejoinder reads {_KINDS}.",
        next_step="Hand over one of these, or the page itself.",
    )
