"""What a corpus is made of: posts, and comments with what readers see of them."""

from dataclasses import dataclass
from typing import Literal

#: What became of a comment: readers see only what is approved.
State = Literal["approved", "held", "spam", "trash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One comment."""

    #: The corpus's own name for it.
    name: str
    #: The name of the comment that it answers.
    parent: str | None = None
    author: str
    url: str = ""
    #: UTC, as WordPress keeps it: "2026-01-31 23:59:30".
    at: str
    #: As it was typed.
    html: str
    #: What readers see of it in the end; paragraphs are split by a blank line.
    text: str
    edited_html: str | None = None
    type: Literal["comment", "pingback", "trackback"] = "comment"
    state: State = "approved"
    #: An editor's markup is kept whole; a visitor's goes through WordPress's filters.
    by_editor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post with its comments, in the order in which they were written."""

    title: str
    content: str
    #: UTC.
    at: str
    comments: tuple[Remark, ...] = ()
    password: str = ""
