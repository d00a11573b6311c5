"""Names to addresses, and the networks that addresses belong to."""

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.fetching.guard import Guard
from bot.adapters.fetching.networks import Network, network_of
from bot.adapters.fetching.resolving import GuardedResolver, system_lookup
from bot.errors import FetchError


@pytest.mark.asyncio
class TestResolver:
    async def test_public_first_and_private_then(self, lookup):
        lookup.names["quay-rat.example"] = [["93.184.216.34"], ["127.0.0.1"]]
        resolver = GuardedResolver(Guard(), lookup)
        (first,) = await resolver.resolve("quay-rat.example", 443)
        assert (first["host"], first["port"], first["family"]) == ("93.184.216.34", 443, socket.AF_INET)
        with pytest.raises(FetchError):
            await resolver.resolve("quay-rat.example", 443)

    async def test_both_families(self, lookup):
        lookup.names["quay-rat.example"] = [["93.184.216.34", "2606:2800:220:1::1"]]
        resolver = GuardedResolver(Guard(), lookup)
        found = await resolver.resolve("quay-rat.example", 443)
        assert [one["family"] for one in found] == [socket.AF_INET, socket.AF_INET6]
        (only,) = await resolver.resolve("quay-rat.example", 443, socket.AF_INET6)
        assert only["host"] == "2606:2800:220:1::1"

    async def test_one_inner_address_spoils_all(self, lookup):
        lookup.names["quay-rat.example"] = [["93.184.216.34", "fe80::1%2"]]
        with pytest.raises(FetchError):
            await GuardedResolver(Guard(), lookup).resolve("quay-rat.example", 443)

    async def test_what_this_machine_says(self):
        assert set(await system_lookup("127.0.0.1", 80)) == {"127.0.0.1"}


@given(st.ip_addresses())
def test_whatever_python_knows_to_be_private_is_never_public(ip):
    if not ip.is_global or ip.is_multicast:
        assert network_of(ip) is not None


@given(st.ip_addresses(v=4))
def test_no_address_becomes_public_by_another_form(ip):
    mapped = ipaddress.IPv6Address(f"::ffff:{ip}")
    assert network_of(mapped) is Network.DISGUISED
    assert network_of(ipaddress.IPv6Address(f"64:ff9b::{ip}")) is network_of(ip)
