"""What kind of network an IP address belongs to, by IANA's registries of special-purpose addresses."""

from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network
from typing import Final


class Network(StrEnum):
    """Where an address leads that is not public, in words that end a sentence."""

    LOOPBACK = "the machine that the bot runs on"
    PRIVATE = "a private network"
    SHARED = "a provider's inner network"
    LINK_LOCAL = "a link-local address, where clouds keep their secrets"
    MULTICAST = "a group of machines instead of a site"
    DISGUISED = "an IPv4 address in the form of an IPv6 one"
    RESERVED = "an address that no public site has"


#: Where two overlap, the first one tells.
_KINDS: Final = tuple(
    (kind, tuple(map(ip_network, networks)))
    for kind, networks in (
        (Network.LOOPBACK, ("127.0.0.0/8", "::1/128")),
        (Network.PRIVATE, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")),
        (Network.SHARED, ("100.64.0.0/10",)),
        (Network.LINK_LOCAL, ("169.254.0.0/16", "fe80::/10")),
        (Network.MULTICAST, ("224.0.0.0/4", "ff00::/8")),
        # Mapped, compatible, translated by the network itself, Teredo, 6to4.
        (Network.DISGUISED, ("::ffff:0:0/96", "::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")),
        # What `is_global` leaves out, or answers differently from one Python to the next: protocol assignments, the
        # old 6to4 relay, documentation.
        (Network.RESERVED, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "3fff::/20")),
    )
)
#: The only block that IANA gives to public sites.
_PUBLIC_6: Final = IPv6Network("2000::/3")
#: NAT64 (RFC 6052): a network without IPv4 reaches every IPv4 site so; the last 32 bits are the site's address.
_NAT64: Final = IPv6Network("64:ff9b::/96")


def network_of(ip: IPv4Address | IPv6Address) -> Network | None:
    """None where the address is a public one."""
    if isinstance(ip, IPv6Address) and ip in _NAT64:
        return network_of(IPv4Address(int(ip) & 0xFFFF_FFFF))
    for kind, networks in _KINDS:
        if any(ip in network for network in networks):
            return kind
    public = ip.is_global and (isinstance(ip, IPv4Address) or ip in _PUBLIC_6)
    return None if public else Network.RESERVED
