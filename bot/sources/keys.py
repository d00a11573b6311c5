"""Keys of comments whose source gives them no id (DESIGN.md, Identity)."""

from collections import Counter
from hashlib import sha256

#: Letters and digits of a comment's beginning that go into its key.
_OPENING = 80

#: How often an opening was met under a parent; one for each discussion.
Occurrences = Counter[tuple[str, str]]


def key_without_id(parent: str | None, text: str, seen: Occurrences) -> str:
    """A hash of parent, opening and occurrence: it outlives a changed name or date."""
    # Punctuation may stand between the letters; looking no further keeps a long comment cheap.
    letters = filter(str.isalnum, text[: 4 * _OPENING].casefold())
    opening = "".join(letters)[:_OPENING] or text.strip()[:_OPENING]
    place = (parent or "", opening)
    seen[place] += 1
    return "t" + sha256("\n".join([*place, str(seen[place])]).encode()).hexdigest()[:20]
