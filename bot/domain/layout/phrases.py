"""What every form says of a comment: who, when, which, and whose words these are (UI.md, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain import markdown
from bot.domain.discussion import Article, Comment, CommentKind, Rights
from bot.domain.tree import Node, Problem
from bot.domain.wording import bold_name, link_words, linkable, name_note, plain_name, speaker_of, when

#: The longest `part_words` that is reckoned with, as it stands in a line.
LONGEST_PART_WORDS: Final = ", part 1000 of 1000"


@dataclass(frozen=True, slots=True)
class Terms:
    """What all comments of an article share."""

    now: datetime
    #: Name of the site, as it is written.
    site: str | None
    #: Where the words come from, if each message must carry it; Discord Markdown.
    credit: str | None

    @classmethod
    def of(cls, article: Article, rights: Rights, now: datetime) -> "Terms":
        """Words that were quoted without being asked for carry credit and link on every message."""
        return cls(now, article.site, _credit(article) if rights is Rights.QUOTED else None)


def _credit(article: Article) -> str:
    site = link_words(markdown.name(article.site)) if article.site else "a public page"
    source = linkable(article.url)
    return f"quoted from [{site}](<{source}>)" if source else f"quoted from {site}"


def parent_of(node: Node, nodes: Sequence[Node]) -> Node | None:
    """The comment that this one answers; a node's number is its place in the tree, counted from 1."""
    return None if node.parent is None else nodes[node.parent - 1]


def is_gone(node: Node) -> bool:
    """Whether only the place of a removed comment is left, for the sake of its answers."""
    return node.comment.kind is CommentKind.DELETED


def who(node: Node) -> str:
    """The speaker, in bold."""
    return "**Removed comment**" if is_gone(node) else bold_name(speaker_of(node.comment))


def addressee(parent: Node) -> str:
    """The speaker of the comment that is answered."""
    return "a removed comment" if is_gone(parent) else plain_name(speaker_of(parent.comment))


def moments(comment: Comment, terms: Terms) -> str | None:
    """When it was posted, and edited."""
    posted = when(comment.posted_at, now=terms.now)
    if comment.edited_at is None:
        return posted
    edited = f"edited on the site {when(comment.edited_at, now=terms.now)}"
    return f"{posted}, {edited}" if posted else edited


def head(speaker: str, node: Node, terms: Terms) -> str:
    """The first line: who, when."""
    return " · ".join(filter(None, [speaker, moments(node.comment, terms)]))


def body(node: Node) -> str:
    """The comment's own text as Discord Markdown."""
    if is_gone(node):
        return "-# This comment was removed on the site. Its answers stay."
    return markdown.to_discord(node.comment.markdown) or "-# (no text)"


def hidden(number: int) -> str:
    """What stands where a comment was hidden here."""
    return f"-# Comment {number} was hidden by the moderators. Its answers stay."


def address(node: Node, *, answers: str | None, more: Sequence[str | None] = ()) -> str:
    """Which comment this is and what it answers: the small line that every form has."""
    words: list[str | None] = [f"Comment {node.number}"]
    if answers is not None:
        words += [f"answers {answers}", f"level {node.depth}"]
    if node.problem is Problem.ORPHAN:
        words.append("lost its parent")
    return "-# " + ", ".join(filter(None, [*words, name_note(node.comment), *more]))


def part_words(part: int, parts: int) -> str | None:
    """``part 2 of 3``, where there is more than one; parts are counted from 0."""
    return f"part {part + 1} of {parts}" if parts > 1 else None
