"""Plain text as Discord Markdown that shows exactly this text, and nothing but text."""

import re

from bot.domain import limits
from bot.domain.markdown.cleaning import clean, graphemes, scrub

#: Stands where a name is lost, or where nothing of it can be seen.
NAMELESS = "Unnamed reader"

# A web address ends at spaces, brackets, typographic quotation marks and East Asian punctuation.
_ADDRESS = re.compile(r"(?i:https?)://[^\s<>\[\]|`\\“”„«»「」『』【】（）。、，！？；：]+")
_AFTER_ADDRESS = ".,:;!?\"'’*_~"

# Markup that works anywhere in a line. A mention is broken by a backslash before its first character: the
# message shows the same text, copies as the same text, and no client draws a pill. The colon of another
# program's address (steam://) and of an emoji's short name is broken the same way; times (12:30:45) are not.
_INLINE = re.compile(r"[\\*_~|`<\[\]]|@(?=everyone|here)|:(?=//)|:(?!\d{1,2}:)(?=[\w+-]{1,40}:)")
# Markup that works at the start of a line: heading, quote, list, subtext.
_LINE_START = re.compile(
    r"^([^\S\n]*+)(?:(?=#{1,6}(?:\s|$)|>|[-+](?:[\s#-]|$))|(\d+)(?=\.(?:\s|$)))", re.MULTILINE
)

_SPACES = re.compile(r"[\s\u2800]+")
_AT_SIGNS = re.compile(r"^[@\uFF20\uFE6B\s]+(?=\S)")
# Boxed and circled letters draw what looks like a badge; they are shown as the letters that they are.
_BADGE_LETTERS = {
    start + offset: ord("A") + offset
    for start in (0x1F110, 0x1F130, 0x1F150, 0x1F170)
    for offset in range(26)
}


def escape(text: str) -> str:
    """Plain text, cleaned, as Discord Markdown that shows exactly it; web addresses stay links.

    A backslash shows nothing and costs one character; an address is put between ``<`` and ``>``, which Discord
    does not show, so that whatever follows it never becomes part of the link.
    """
    return escape_piece(clean(text))


def name(text: str) -> str:
    """A speaker's name for display, escaped: what `bare_name` leaves of it, or that it is lost."""
    return escape_line_starts(escape_unlinked(bare_name(text))) or NAMELESS


def bare_name(text: str) -> str:
    """A speaker's name as plain text: one line, at most 32 graphemes; empty where nothing of it can be seen.

    It cannot pass for a mention (leading at-signs go) or for a badge (boxed letters become letters).
    """
    line = _SPACES.sub(" ", clean(text)).strip().translate(_BADGE_LETTERS)
    visible = _AT_SIGNS.sub("", line)
    letters = graphemes(visible, limits.NAME_GRAPHEMES + 1)
    if len(letters) > limits.NAME_GRAPHEMES or len(visible) > limits.NAME_CHARACTERS:
        shortened = "".join(letters[: limits.NAME_GRAPHEMES - 1])[: limits.NAME_CHARACTERS - 1]
        visible = scrub(shortened).rstrip() + "…"
    return visible


def escape_piece(text: str, *, starts_line: bool = True, emphasised: bool = False) -> str:
    """The same as `escape` for a piece of a text, which keeps its outer spaces.

    ``emphasised`` says that the piece may stand between markers of ours, which an address must not close.
    """
    text = scrub(text)
    pieces = []
    done = 0
    for found in _ADDRESS.finditer(text):
        if address := address_at(text, *found.span()):
            pieces.append(escape_unlinked(text[done : found.start()]))
            pieces.append(bracketed(address, emphasised=emphasised))
            done = found.start() + len(address)
    pieces.append(escape_unlinked(text[done:]))
    escaped = "".join(pieces)
    if starts_line:
        return escape_line_starts(escaped)
    first, newline, rest = escaped.partition("\n")
    return first + newline + escape_line_starts(rest)


def escape_unlinked(text: str) -> str:
    """Take the meaning from all markup inside lines; an address in it is no link."""
    return _INLINE.sub(r"\\\g<0>", text)


def escape_line_starts(text: str) -> str:
    """Take the meaning from what would make a heading, quote, list or subtext at the start of a line."""
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2] or ''}\\", text)


def address_at(text: str, start: int, end: int) -> str | None:
    """The web address that begins at ``start``, without the punctuation of the sentence around it."""
    found = _ADDRESS.match(text, start, end)
    address = _trimmed(found[0]) if found else ""
    return address if address and not address.endswith("//") else None


def bracketed(address: str, *, emphasised: bool = False) -> str:
    """A web address as a link that ends where it should and makes no embed."""
    if emphasised:
        address = address.replace("*", "%2A").replace("~", "%7E")
    return f"<{address}>"


def _trimmed(address: str) -> str:
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while (last := address[end - 1]) in _AFTER_ADDRESS or (last == ")" and surplus > 0):
        surplus -= last == ")"
        end -= 1
    return address[:end]
