"""What an element of a comment is for, judged by its class, its tag and its microdata.

Themes name things freely, but in few words: `comment-author`, `commentAuthor`, `comment__author-name` all end in
words that say what they hold.
"""

from collections.abc import Callable
from enum import IntEnum, auto
from functools import lru_cache

import regex


class Role(IntEnum):
    """What an element holds."""

    #: A name and nothing else.
    NAME = auto()
    #: A name, perhaps among other words.
    AUTHOR = auto()
    TIME = auto()
    EDITED = auto()
    #: Where a time may stand among other words.
    META = auto()
    #: The words of the comment, as microdata state.
    WORDS = auto()
    #: The words of the comment, and nothing else.
    TEXT = auto()
    #: The words of the comment, perhaps with its head.
    CONTENT = auto()
    HELD = auto()
    DELETED = auto()
    #: Buttons, counters, badges, avatars.
    FURNITURE = auto()


def vocabulary(listed: str) -> frozenset[str]:
    """Words that are listed with spaces between them."""
    return frozenset(listed.split())


_WORDS = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_RUN_TOGETHER = regex.compile(
    r"^(?:comments?|reply|post|entry|user|kommentar|commentaire|comentario|cmt|comm|com|msg|tb|rev)(?=(?:author|meta|metadata|date|time|text|title|body|content|message|name|info|data|header|footer)$)"
)
_NAME_TOKENS = frozenset(
    {"fn", "username", "nickname", "hnuser", "screenname", "displayname", "p-name", "p-author"}
)
_NAMES = vocabulary("name nickname username nick")
_DISPLAYS = frozenset({"comment", "display"})
#: What else may be called by a name.
_NAMED = vocabulary(
    "file class host site blog forum product category tag thread topic group field form domain brand section page post article"
)
_HELD_TOKENS = frozenset({"comment-moderation", "moderation-note", "unapproved"})
_AUTHORS = vocabulary(
    "author authors user users commenter commentator poster byline writer autor auteur autore verfasser vcard creator owner person"
    " username nickname nick cite who member by pseudo pseudonym avtor autoren szerzo yazar penulis kirjoittaja skribent forfatter"
)
_TIMES = vocabulary(
    "date time datetime timestamp timeago published posted age when datum fecha created ago day data"
)
_EDITED = vocabulary("edited updated modified lastedit")
_LINK_LISTS = frozenset({"links", "actions", "buttons", "meta", "tools", "share"})
_METAS = vocabulary(
    "meta metadata info infos details head header heading permalink footer bottom top headline title submitted tagline"
)
_TEXTS = vocabulary(
    "content text body message copy texte contenu inhalt texto testo contents msg bodytext description"
)
_SUBJECTS = vocabulary(
    "comment comments commentaire kommentar comentario comm reply message post forum thread usertext wpd wc answer response"
)
_FURNITURE = vocabulary(
    "reply replylink like likes liked dislike dislikes unlike vote votes voter voters voting upvote downvote thumb thumbs rating ratings stars share sharing"
    " shares sharedaddy social report flag action actions toolbar toolbox tools buttons button btn btns edit delete avatar avatars gravatar userpic userpicture badge"
    " badges says karma score controls tooltip spinner form textarea moderation awaiting collapse expander toggle toggler counter dropdown translate login advert ads"
    " adsbygoogle subscribe pagination"
)
_PLAIN_CONTENT = frozenset(
    {
        "content",
        "text",
        "body",
        "message",
        "cooked",
        "md",
        "texte",
        "contenu",
        "inhalt",
        "texto",
        "testo",
        "commtext",
        "desc",
        "description",
    }
)


def words_of(token: str) -> list[str]:
    """The words that a class is made of, in lower case."""
    words = [word.lower() for word in _WORDS.findall(token)]
    return [part for word in words for part in _apart(word)]


#: Tags that matter for what an element holds, whatever its class.
TELLING_TAGS = ("time", "ul", "ol", "form", "fieldset", "button", "nav", "textarea", "cite")


@lru_cache(maxsize=4096)
def role_of(tag: str, classes: str) -> Role | None:
    """What an element with this tag and these classes holds; None where they say nothing."""
    if _SIGNATURE.search(classes):
        return Role.FURNITURE
    found = {role for token in classes.split() if (role := _role_of_token(token)) is not None}
    if tag == "time":
        return Role.EDITED if Role.EDITED in found else Role.TIME
    if tag in {"ul", "ol"}:
        return (
            Role.FURNITURE
            if _LINK_LISTS & {word for token in classes.split() for word in words_of(token)}
            else None
        )
    if tag in {"form", "fieldset", "button", "nav", "textarea"}:
        return Role.NAME if tag == "button" and Role.NAME in found else Role.FURNITURE
    if tag == "cite" and not found & {Role.NAME, Role.FURNITURE}:
        return Role.AUTHOR
    return min(found, key=_ORDER.index, default=None)


#: What a member of a forum puts under everything.
_SIGNATURE = regex.compile(r"(?:^|[\s_-])(?:signature|sig|podpis)(?:$|[\s_-])|signature", regex.I)
#: Of several classes the one that says most.
_ORDER = (
    Role.HELD, Role.DELETED, Role.NAME, Role.WORDS, Role.TEXT, Role.EDITED, Role.FURNITURE, Role.TIME, Role.AUTHOR, Role.CONTENT, Role.META,
)  # fmt: skip


def _apart(word: str) -> list[str]:
    found = _RUN_TOGETHER.match(word)
    return [found[0], word[found.end() :]] if found else [word]


def _role_of_token(token: str) -> Role | None:
    words = words_of(token)
    if not words:
        return None
    telling = [word for word in words if word not in _WRAPPING] or words
    return next((role for role, fits in _RULES if fits(token.lower(), frozenset(words), telling[-1])), None)


#: Words that say what an element is for the layout, behind the word that says what it holds.
_WRAPPING = vocabulary(
    "link url wrap wrapper container box area block inner outer row col column value holder group line full is has"
)
#: To answer, in languages whose word is no name for an answer's text.
_ANSWERING = vocabulary("respond repondre responder rispondere antworten beantwoorden svara")
#: The first rule that fits a class: itself in lower case, its words, the last of them.
_RULES: tuple[tuple[Role, Callable[[str, frozenset[str], str], object]], ...] = (
    (
        Role.NAME,
        lambda token, words, last: (
            token in _NAME_TOKENS
            or (last in _NAMES and words & (_AUTHORS | _DISPLAYS) and "file" not in words)
            or (last in _NAMES and not words & _NAMED)
        ),
    ),
    (Role.HELD, lambda token, words, _: words >= {"awaiting", "moderation"} or token in _HELD_TOKENS),
    (Role.DELETED, lambda _, words, __: "deleted" in words and words & {"comment", "message", "content"}),
    (Role.FURNITURE, lambda _, words, __: words & _ANSWERING),
    (Role.TEXT, lambda _, words, last: last in _TEXTS and words & _SUBJECTS),
    (Role.CONTENT, lambda token, _, __: token in _PLAIN_CONTENT),
    (Role.EDITED, lambda _, words, __: words & _EDITED),
    (Role.FURNITURE, lambda _, words, __: words & _FURNITURE),
    (Role.TIME, lambda _, __, last: last in _TIMES),
    (Role.AUTHOR, lambda _, __, last: last in _AUTHORS),
    (Role.CONTENT, lambda _, __, last: last in _TEXTS),
    (Role.META, lambda _, __, last: last in _METAS),
)
