"""Fetching a page by its address."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave along with a page, to be asked later whether the page has changed since."""

    etag: str | None = None
    #: As the server wrote it.
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: a page, or the word that it has not changed."""

    #: Where the page was found in the end, without a fragment. It may carry secrets in its query: log the host.
    address: str = field(repr=False)
    #: Unpacked; empty where nothing has changed.
    data: bytes = field(repr=False)
    #: Media type from the header, lower case; None where the server named none.
    content_type: str | None
    #: Name of a Python codec, from the header; None where it names none that a page may have.
    charset: str | None
    validators: Validators
    not_modified: bool = False
    #: Addresses that led on, first the one that was asked for.
    redirects: tuple[str, ...] = field(default=(), repr=False)


class Fetcher(Protocol):
    """Brings pages from public sites, and from those that the operator allowed."""

    async def fetch(self, address: str, *, validators: Validators | None = None) -> Fetched:
        """The page at ``address``; with ``validators``, only if it has changed.

        Raises FetchError: a sentence and a next step, with the site's name and nothing else of the address.
        """
        ...
