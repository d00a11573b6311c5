"""All comments as one plain-text file: what everybody can read after one round trip."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from textwrap import indent

from bot.domain import markdown
from bot.domain.discussion import CommentKind, Discussion
from bot.domain.tree import Node
from bot.domain.wording import UNNAMED, plural, speaker_of, when_in_words

#: Deeper answers are not indented further: on a phone the text would have no width left.
_DEEPEST_INDENT = 8


def filename(title: str) -> str:
    """A file name that every system takes: ``ferry-that-never-sailed.txt``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if words[:1] in (["the"], ["a"], ["an"]) and len(words) > 1:
        words = words[1:]
    return f"{'-'.join(words)[:60].strip('-') or 'comments'}.txt"


def render(discussion: Discussion, nodes: Sequence[Node], *, hidden: Collection[int] = ()) -> str:
    """The comments in tree order, answers indented under what they answer.

    Of comments whose numbers are ``hidden`` nothing but the number is told.
    """
    article = discussion.article
    origin = ", ".join(filter(None, [article.site, article.byline and f"by {article.byline}", article.url]))
    head = [_one_line(article.title), _one_line(origin), plural(len(nodes), "comment")]
    entries = [_place(node) if node.number in hidden else _entry(node) for node in nodes]
    return "\n\n".join(["\n".join(filter(None, head)), *entries]) + "\n"


def _entry(node: Node) -> str:
    comment = node.comment
    who = speaker_of(comment).name or UNNAMED
    first = ", ".join(
        filter(
            None,
            [
                f"[{node.number}] {_one_line(who)}",
                when_in_words(comment.posted_at) if comment.posted_at else None,
                f"answers {node.parent}" if node.parent is not None else None,
            ],
        )
    )
    text = "(removed on the site)" if comment.kind is CommentKind.DELETED else markdown.clean(comment.text)
    return _indented(f"{first}\n{text}", node)


def _place(node: Node) -> str:
    return _indented(f"[{node.number}] (hidden by the moderators)", node)


def _indented(text: str, node: Node) -> str:
    return indent(text, "  " * min(node.depth, _DEEPEST_INDENT))


def _one_line(text: str) -> str:
    return " ".join(markdown.clean(text).split())
