"""Addresses of articles: when two are the same, and what a comment's address says of both."""

from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import regex

#: Parameters that say where a reader came from, or which page of comments is open, and nothing of the article.
_NO_PART = regex.compile(
    r"(?:utm_.*|[a-z]*clid|mc_[ce]id|_ga|igshid|ref(?:_?src)?|share|replytocom|cpage|showComment|amp)",
    regex.I,
)
_COMMENT_PAGE = regex.compile(r"/comment-page-\d+/?$")
_COMMENT = regex.compile(r"(?:comment-|c|comment|cid-)(\d+)", regex.I)


def article_address(address: str) -> str:
    """The address without what a comment or a tracker added to it; what is no address stays as it is."""
    parts = _split(address.strip())
    if parts is None or not parts.netloc:
        return address.strip().partition("#")[0]
    path = _COMMENT_PAGE.sub("/", parts.path)
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _NO_PART.fullmatch(k)]
    )
    kept = parts.query if query == parts.query or not _has_no_part(parts.query) else query
    return urlunsplit((parts.scheme, parts.netloc, path, kept, ""))


def same_article(address: str) -> str:
    """What two addresses share that lead to one article: http and https, with and without www and a slash at the end."""
    parts = _split(article_address(address))
    if parts is None or not parts.netloc:
        return address.strip()
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return f"{host}{unquote(parts.path).rstrip('/')}?{parts.query}"


def comment_in(address: str) -> str | None:
    """The number in the fragment that leads to a comment (``#comment-12``, ``#c12``); None where there is none."""
    fragment = address.strip().rpartition("#")[2] if "#" in address else ""
    found = _COMMENT.fullmatch(fragment)
    return found[1] if found else None


def _has_no_part(query: str) -> bool:
    return any(_NO_PART.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True))


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
