"""Which kind of XML a file is, told by its root."""

from collections.abc import Callable, Iterator

from bot.domain.discussion import Discussion
from bot.errors import UnreadableError
from bot.sources import feeds
from bot.sources.content import Content
from bot.sources.elements import Element, local, root_of
from bot.sources.exports import blogger, disqus, wxr
from bot.sources.material import Material

_KINDS = "WordPress (WXR), Disqus and Blogger exports, RSS and Atom feeds"
_FEEDS = frozenset({"rss", "feed", "rdf"})
#: Characters of an unknown root's name that a sentence repeats.
_NAME = 40


def read(material: Material) -> Iterator[Discussion]:
    """The discussions of an export or a feed one by one, those with comments first.

    Raises UnreadableError where the XML is none of the kinds, or holds nothing.
    """
    root = root_of(material.content)
    if root is None:
        raise UnreadableError(
            "This looks like an XML file, but it has no elements.",
            next_step="Download or export it once more, completely, and hand that over.",
        )
    if export := _export(root, material.content):
        return export(material.content)
    if local(root).lower() in _FEEDS:
        return iter(feeds.read(material.content))
    raise _unknown(root)


def is_export(material: Material) -> bool:
    """Whether it is an export, which is never held as a whole and may be of any size."""
    root = root_of(material.content)
    return root is not None and _export(root, material.content) is not None


def _export(root: Element, content: Content) -> Callable[[Content], Iterator[Discussion]] | None:
    """The reader of the export that has this root."""
    match local(root).lower():
        case "rss" if wxr.is_export(root):
            return wxr.discussions
        case "disqus":
            return disqus.discussions
        case "feed" if blogger.is_export(root, content):
            return blogger.discussions
        case _:
            return None


def _unknown(root: Element) -> UnreadableError:
    return UnreadableError(
        f"This XML file's root is “{local(root)[:_NAME]}”. Of XML, Rejoinder reads {_KINDS}.",
        next_step="Hand over one of these, or the page itself.",
    )
