"""Which addresses may be asked: by their form before anything is sent, by their network at every connection."""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from yarl import URL

from bot.adapters.fetching.networks import Network, network_of
from bot.errors import FetchError

#: Ports on which pages are served; anything else is more likely a service that should not be talked to.
PORTS: Final = (80, 443, 8080, 8443)
#: Longer than any address that people hand on; servers refuse longer ones.
_LONGEST: Final = 2048
#: What a host may be that the operator named. Link-local stays closed even then: nobody keeps articles there.
_ALLOWABLE: Final = frozenset({Network.LOOPBACK, Network.PRIVATE, Network.SHARED})

#: Line ends and the like are removed by some programs and not by others: whoever checks reads another address.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NAME: Final = re.compile(r"(?=.{1,253}\Z)(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)*(?!-)[a-z0-9_-]{1,63}(?<!-)")
#: The last label of 127.0.0.1 in all its forms, and of no name (WHATWG URL, "ends in a number").
_NUMBER: Final = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
#: Names that never are public: RFC 6761, 6762, 7686, 8375, ICANN's "internal", and what routers like to take.
_LOCAL: Final = re.compile(
    r"[^.]+|.*\.(?:localhost|localdomain|local|internal|intranet|home\.arpa|home|lan|corp|private|onion)"
)

_EXAMPLE: Final = "Give the address of a page, such as https://harbour-lines.example/2019/02/ferry."
_ALLOW: Final = "Whoever runs the bot can allow it by name, in fetch.allowed_private_hosts."


class Guard:
    """Knows the hosts that the operator allowed beside the public ones.

    ``allowed`` holds hosts and hosts with a port, as in ``fetch.allowed_private_hosts``: a host alone may be asked at
    every port, one with a port at this one.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        entries = [URL(f"//{entry}") for entry in allowed]
        self._allowed = frozenset((entry.raw_host, entry.explicit_port) for entry in entries)

    def admit(self, address: str) -> URL:
        """The address to ask, without fragment. Raises FetchError where its form forbids it."""
        address = address.strip()
        if len(address) > _LONGEST or _UNPRINTABLE.search(address):
            raise FetchError("This is not a web address.", next_step=_EXAMPLE)
        try:
            url = URL(address)
        except ValueError:
            raise FetchError("This is not a web address.", next_step=_EXAMPLE) from None
        if url.scheme not in {"http", "https"}:
            raise FetchError(
                "Rejoinder reads addresses that begin with https:// or http://.", next_step=_EXAMPLE
            )
        if "@" in url.raw_authority:
            raise FetchError(
                "This address carries a user name or a password; Rejoinder sends none.",
                next_step="Give it without what stands before the @.",
            )
        host = (url.raw_host or "").removesuffix(".")
        self._check_host(host, url.port or 0)
        return url.with_host(host).with_fragment(None)

    def follow(self, url: URL, location: str) -> URL:
        """The address that ``url`` leads on to. Raises FetchError where it may not be asked."""
        try:
            onward = self.admit(str(url.join(URL(location))))
        except (FetchError, ValueError) as problem:
            reason = problem.message if isinstance(problem, FetchError) else "It is not a web address."
            raise FetchError(
                f"{url.raw_host} leads on to an address that Rejoinder does not ask. {reason}",
                next_step="Open the page in a browser, and give the address that it ends at.",
            ) from None
        if (url.scheme, onward.scheme) == ("https", "http"):
            raise FetchError(
                f"{url.raw_host} leads from https on to http, where anybody on the way could change the words.",
                next_step="If that is meant, give the address that begins with http:// yourself.",
            )
        return onward

    def check_network(self, host: str, port: int, ip: str) -> None:
        """Raises FetchError where ``ip``, which ``host`` stands for, may not be asked."""
        network = network_of(ip_address(ip))
        if network is None or (network in _ALLOWABLE and self._allows(host, port)):
            return
        # The address itself is not told: names inside the operator's network are nobody's business.
        raise FetchError(
            f"{host} leads to {network}; Rejoinder reads public pages.",
            next_step=_ALLOW if network in _ALLOWABLE else _EXAMPLE,
        )

    def _check_host(self, host: str, port: int) -> None:
        if literal := _literal(host):
            self.check_network(host, port, str(literal))
        elif _NUMBER.fullmatch(host):
            raise FetchError(
                "This address writes its host as a number, in a form that hides where it leads.",
                next_step="Give the site's name.",
            )
        elif not _NAME.fullmatch(host):
            raise FetchError("This address has no name of a site in it.", next_step=_EXAMPLE)
        elif _LOCAL.fullmatch(host) and not self._allows(host, port):
            raise FetchError(
                f"{host} is a name inside a local network; Rejoinder reads public pages.", next_step=_ALLOW
            )
        if port not in PORTS and not self._allows(host, port):
            raise FetchError(
                f"Port {port} is not one that pages are read from; these are {', '.join(map(str, PORTS))}.",
                next_step=_ALLOW,
            )

    def _allows(self, host: str, port: int) -> bool:
        return bool(self._allowed & {(host, None), (host, port)})


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that ``host`` is, in the one form in which every program reads it alike."""
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None
