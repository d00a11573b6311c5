"""Media types that a page may have, and the encoding that a header promises."""

import codecs
import re
from typing import Final

from aiohttp import ClientResponse, hdrs

from bot.errors import FetchError

_PAGE: Final = re.compile(
    r"text/(?:html|plain|markdown|xml|json|x-json)"
    r"|application/(?:xhtml\+xml|xml|json|rss|atom|feed)"
    # Feeds, linked data and the like; an image in XML is still an image.
    r"|(?!image/)[a-z]+/[a-z0-9.-]+\+(?:xml|json)"
)
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,60}")
#: Codecs by Python's names: those of the web. Python has others, such as utf-7 and unicode_escape, which no page may have.
_CODEC: Final = re.compile(
    r"utf-?(?:8|16|32)(?:-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-[a-z]+|gbk|gb2312|gb18030|big5(?:hkscs)?"
    r"|euc_(?:jp|kr|jis_2004)|shift_jis|iso2022_jp"
)
#: By these labels the web means Microsoft's superset (WHATWG Encoding).
_WESTERN: Final = frozenset({"ascii", "iso8859-1"})


def media_type(response: ClientResponse) -> str | None:
    """The media type, lower case; None where the server names none."""
    return response.content_type.lower() if hdrs.CONTENT_TYPE in response.headers else None


def check_type(response: ClientResponse) -> None:
    """Raises FetchError where the answer is no page by its own account. No account counts as a page: bytes tell."""
    named = media_type(response)
    if named is None or _PAGE.fullmatch(named):
        return
    shown = named if _MEDIA_TYPE.fullmatch(named) else "an unknown kind"
    raise FetchError(
        f"{response.url.raw_host} has no page there but {shown}.",
        next_step="Rejoinder reads HTML, XML, feeds, JSON and plain text; a file can be handed over as it is.",
    )


def charset(response: ClientResponse) -> str | None:
    """The encoding that the header names, as a Python codec; None where it is none that a page may have."""
    try:
        name = codecs.lookup(response.charset or "").name
    except (LookupError, ValueError):
        return None
    if name in _WESTERN:
        return "cp1252"
    return name if _CODEC.fullmatch(name) else None
