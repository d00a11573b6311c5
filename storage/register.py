"""The one register of every place that holds words of people (law 7).

Whoever hides, removes or erases a text goes through this list. A test reads the schema and fails on a column
that stands neither under COLUMNS nor under WORDLESS.
"""

from collections.abc import Mapping
from typing import Final

from bot.domain.outgoing import MessageKind

#: Table -> column -> whose words it holds.
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "guilds": {"contact": "an address of a person, given by an admin"},
    "sites": {"site": "the name of a site, which may be its author's"},
    "articles": {
        "title": "the article's author",
        "title_folded": "the title again, as it is searched",
        "url": "an address often repeats the title",
        "site": "the name of a site, which may be its author's",
        "byline": "the name of the article's author",
        "lede": "the article's author",
        "source_location": "a file name or address, which often repeats the title",
    },
    "blocks": {
        "markdown": "the article's author",
        "text": "the same without markup",
        "speaker": "the name of somebody whom the article quotes",
    },
    "pull_quotes": {"text": "a passage of the article"},
    "speakers": {
        "name": "the name under which somebody wrote on the web",
        "site": "where that name was used",
    },
    "comments": {
        "markdown": "the comment's author",
        "text": "the same without markup",
        "author_guess": "the name of somebody who may be the author",
        "evidence": "words of the comment, or names in it, that show who wrote it",
        "attachments": "names of files that a member attached",
    },
    "history": {
        "markdown": "what a member wrote before an edit",
        "text": "the same without markup",
    },
    "report": {
        "dropped": "text of the page that was left out",
        "reason": "a warning may repeat words of the page",
    },
    "messages": {"outgoing": "a whole message, until it is sent"},
    "quotes": {
        "text": "a passage of the article or of a comment",
        "speaker": "the name of somebody who is quoted",
        "attribution": "how the text names its speaker",
    },
}

_ID: Final = "an id of ours"
_TIME: Final = "a point in time"
_WORD: Final = "a word of our own list"
_HASH: Final = "a SHA-256"

#: Table -> column -> why no words of people can stand in it. Numbers need no entry.
WORDLESS: Final[Mapping[str, Mapping[str, str]]] = {
    "guilds": {"layout": _WORD, "tags": "ids of Discord"},
    "sites": {"rights": _WORD, "decided_at": _TIME},
    "articles": {
        "short_id": _ID,
        "published": _TIME,
        "published_source": _WORD,
        "language": "a language code",
        "body_digest": _HASH,
        "source_kind": _WORD,
        "rights": _WORD,
        "created_at": _TIME,
        "undone_at": _TIME,
    },
    "blocks": {"kind": _WORD},
    "pull_quotes": {"source": _WORD},
    "comments": {
        "missing_parent": "an id of the source",
        "origin": _WORD,
        "key": "an id of the source, or a hash",
        "kind": _WORD,
        "author_source": _WORD,
        "posted_at": _TIME,
        "posted_utc": _TIME,
        "edited_at": _TIME,
        "state": _WORD,
        "state_at": _TIME,
    },
    "history": {"replaced_at": _TIME},
    "imports": {
        "state": _WORD,
        "layout": _WORD,
        "nonce_key": "random bits",
        "started_at": _TIME,
        "finished_at": _TIME,
        "tags": "ids of Discord",
        "reason": "a sentence of ours",
        "undo": _WORD,
    },
    "messages": {"nonce": "random bits and a number", "kind": _WORD, "state": _WORD, "digest": _HASH},
    "quotes": {"created_at": _TIME},
    "threads": {"state": _WORD},
    "votes": {"emoji": "one emoji, or the id of a guild's own"},
    "deletions": {"subject": _WORD, "noted_at": _TIME, "applied_at": _TIME},
    "facts": {"name": _WORD, "value": "a hash of ours"},
    "audit": {"at": _TIME, "action": _WORD, "rights": _WORD, "digest": _HASH},
}

#: Kind of message in Discord -> whose words it shows.
MESSAGES: Final[Mapping[MessageKind, str]] = {
    MessageKind.CARD: "title, byline, lede and contact; all comments with their names in the attached file",
    MessageKind.COMMENT: "a comment under its speaker's name",
    MessageKind.PAGE: "several comments with their speakers' names",
    MessageKind.UNFOLDED: "a comment of a page under its speaker's name",
    MessageKind.PROGRESS: "first words and names, once it has become the table of contents",
    MessageKind.END: "the name of the site, in one sentence of ours",
    MessageKind.QUOTE: "a passage of the article or of a comment, with its speaker's name",
    MessageKind.LIVE: "a member's own message, which only the member or a moderator can take away",
}

#: File -> what it holds. Names end as the place that makes them says.
FILES: Final[Mapping[str, str]] = {
    "database": "everything under COLUMNS; deleted words are overwritten (secure_delete)",
    "database-wal": "recent writes until the next checkpoint; folded into the database when the bot stops",
    "database.version-N.bak": "the database as it was before an update; the operator deletes it",
    "attachment of the article card": "every comment of the article with its speaker's name",
}
