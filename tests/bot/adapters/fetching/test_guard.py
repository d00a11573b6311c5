"""Which addresses are refused by their form alone: nothing of this touches a network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.adapters.fetching.guard import Guard
from bot.errors import FetchError

LOOPBACK = "leads to the machine that the bot runs on"
PRIVATE = "leads to a private network"
LINK_LOCAL = "leads to a link-local address"
RESERVED = "leads to an address that no public site has"
DISGUISED = "leads to an IPv4 address in the form of an IPv6 one"
GROUP = "leads to a group of machines"
SHARED = "leads to a provider's inner network"
NUMBER = "writes its host as a number"
LOCAL = "is a name inside a local network"
NO_NAME = "has no name of a site in it"
NO_ADDRESS = "This is not a web address."
SCHEME = "begin with https:// or http://"
SECRETS = "carries a user name or a password"
PORT = "is not one that pages are read from"

REFUSED = [
    # loopback and private networks, in every form that some program understands
    ("http://127.0.0.1/", LOOPBACK),
    ("http://127.8.9.10:8080/", LOOPBACK),
    ("http://[::1]/", LOOPBACK),
    ("http://10.1.2.3/", PRIVATE),
    ("http://172.31.255.1/", PRIVATE),
    ("https://192.168.1.1/admin", PRIVATE),
    ("http://[fd12:3456::1]/", PRIVATE),
    ("http://100.64.0.1/", SHARED),
    ("http://169.254.169.254/latest/meta-data/", LINK_LOCAL),
    ("http://[fe80::1]/", LINK_LOCAL),
    ("http://224.0.0.1/", GROUP),
    ("http://[ff02::1]/", GROUP),
    ("http://0.0.0.0/", RESERVED),
    ("http://0.1.2.3/", RESERVED),
    ("http://[::]/", DISGUISED),
    ("http://192.0.0.9/", RESERVED),
    ("http://192.0.2.1/", RESERVED),
    ("http://198.18.0.1/", RESERVED),
    ("http://240.0.0.1/", RESERVED),
    ("http://255.255.255.255/", RESERVED),
    ("http://192.88.99.1/", RESERVED),
    ("http://[fec0::1]/", RESERVED),
    ("http://[4000::1]/", RESERVED),
    ("http://[2001:db8::1]/", RESERVED),
    ("http://[2001:20::1]/", RESERVED),
    ("http://[3fff::1]/", RESERVED),
    # IPv4 in the form of IPv6: mapped, compatible, NAT64 (both prefixes), 6to4, Teredo
    ("http://[::ffff:127.0.0.1]/", DISGUISED),
    ("http://[::ffff:808:808]/", DISGUISED),
    ("http://[::7f00:1]/", DISGUISED),
    ("http://[64:ff9b::127.0.0.1]/", LOOPBACK),
    ("http://[64:ff9b::a9fe:a9fe]/", LINK_LOCAL),
    ("http://[64:ff9b:1::7f00:1]/", DISGUISED),
    ("http://[2002:7f00:1::]/", DISGUISED),
    ("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", DISGUISED),
    # numbers in disguise
    ("http://2130706433/", NUMBER),
    ("http://0x7f000001/", NUMBER),
    ("http://0x7F.0.0.0x1/", NUMBER),
    ("http://017700000001/", NUMBER),
    ("http://0177.0.0.1/", NUMBER),
    ("http://127.1/", NUMBER),
    ("http://127.0.1/", NUMBER),
    ("http://010.0.0.1/", NUMBER),
    ("http://1.2.3.4.5/", NUMBER),
    ("http://256.1.1.1/", NUMBER),
    ("http://harbour-lines.0x1/", NUMBER),
    ("http://127.0.0.1./", LOOPBACK),
    ("http://127。0。0。1/", LOOPBACK),
    ("http://①②⑦.⓪.⓪.①/", LOOPBACK),
    # names that are nobody's outside
    ("http://localhost/", LOCAL),
    ("http://LOCALHOST./", LOCAL),
    ("http://ⓛocalhost/", LOCAL),
    ("http://printer/", LOCAL),
    ("http://wiki.localhost/", LOCAL),
    ("http://metadata.google.internal/", LOCAL),
    ("http://wiki.local/", LOCAL),
    ("http://router.home.arpa/", LOCAL),
    ("http://harbourlinesharbourlines.onion/", LOCAL),
    # no names at all
    ("http:///path", NO_NAME),
    ("http:harbour-lines.example", NO_NAME),
    ("https://", NO_NAME),
    ("http://harbour..example/", NO_NAME),
    ("http://-harbour.example/", NO_NAME),
    ("http://%31%32%37.0.0.1/", NUMBER),
    ("http://localhos%74/", NO_NAME),
    ("http://[fe80::1%25eth0]/", NO_NAME),
    ("http://[2606:4700::1%25eth0]/", NO_NAME),
    (f"http://{'a' * 64}.example/", NO_NAME),
    ("http://harbour-lines.example../", NO_NAME),
    # what different programs read differently
    ("http://harbour-lines.example\\@127.0.0.1/", NO_ADDRESS),
    ("http://harbour-lines.example /", NO_ADDRESS),
    ("http://harbour-lines.example/\r\nHost: localhost", NO_ADDRESS),
    ("http://harbour-lines.example\t.example/", NO_ADDRESS),
    ("http://harbour\u200blines.example/", NO_ADDRESS),
    ("http://\u202eelpmaxe.senil/", NO_ADDRESS),
    ("http://[::1", NO_ADDRESS),
    ("http://[127.0.0.1]/", NO_ADDRESS),
    ("http://harbour-lines.example:99999/", NO_ADDRESS),
    ("http://harbour-lines.example:x/", NO_ADDRESS),
    ("http://harbour-lines.example/" + "a" * 2048, NO_ADDRESS),
    # other schemes
    ("file:///etc/passwd", SCHEME),
    ("ftp://harbour-lines.example/", SCHEME),
    ("gopher://127.0.0.1:70/", SCHEME),
    ("data:text/html,hello", SCHEME),
    ("javascript:alert(1)", SCHEME),
    ("//harbour-lines.example/", SCHEME),
    ("harbour-lines.example/ferry", SCHEME),
    ("", SCHEME),
    # credentials, and hosts in a place where they are none
    ("http://ada@harbour-lines.example/", SECRETS),
    ("http://ada:secret@harbour-lines.example/", SECRETS),
    ("http://harbour-lines.example@127.0.0.1/", SECRETS),
    # ports
    ("http://harbour-lines.example:22/", PORT),
    ("http://harbour-lines.example:6379/", PORT),
    ("http://harbour-lines.example:0/", PORT),
    ("https://93.184.216.34:25/", PORT),
]


@pytest.mark.parametrize(("address", "said"), REFUSED)
def test_a_form_that_is_refused(address, said):
    with pytest.raises(FetchError) as caught:
        Guard().admit(address)
    assert said in caught.value.message
    assert caught.value.next_step
    assert "secret" not in str(caught.value).replace("keep their secrets", "")


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://harbour-lines.example/2019/02/ferry", "https://harbour-lines.example/2019/02/ferry"),
        (" https://harbour-lines.example/?p=7#comment-3\n", "https://harbour-lines.example/?p=7"),
        ("HTTP://Harbour-Lines.Example:80/A", "http://harbour-lines.example/A"),
        ("https://harbour-lines.example.:8443/", "https://harbour-lines.example:8443/"),
        (
            "https://hafen-grüße.example/fähre?ä=ö",
            "https://xn--hafen-gre-n1a23a.example/f%C3%A4hre?%C3%A4=%C3%B6",
        ),
        ("http://93.184.216.34:8080/", "http://93.184.216.34:8080/"),
        ("http://[2606:2800:220:1::1]/", "http://[2606:2800:220:1::1]/"),
        # a network without IPv4 reaches public IPv4 sites so
        ("http://[64:ff9b::5db8:d822]/", "http://[64:ff9b::5db8:d822]/"),
        ("https://harbour-lines.example/a%2Fb?c=%26", "https://harbour-lines.example/a%2Fb?c=%26"),
    ],
)
def test_a_form_that_is_asked(address, asked):
    assert str(Guard().admit(address)) == asked


class TestFollowing:
    @pytest.mark.parametrize(
        ("location", "onward"),
        [
            ("/b?c=d", "https://harbour-lines.example/b?c=d"),
            ("b", "https://harbour-lines.example/2019/b"),
            ("//quay-rat.example/x", "https://quay-rat.example/x"),
            ("https://quay-rat.example/#part", "https://quay-rat.example/"),
            ("", "https://harbour-lines.example/2019/ferry"),
        ],
    )
    def test_where_an_address_leads(self, location, onward):
        here = URL("https://harbour-lines.example/2019/ferry")
        assert str(Guard().follow(here, location)) == onward

    def test_from_https_it_never_leads_to_http(self):
        with pytest.raises(FetchError) as caught:
            Guard().follow(URL("https://harbour-lines.example/"), "http://harbour-lines.example/")
        assert "from https on to http" in caught.value.message
        assert Guard().follow(URL("http://harbour-lines.example/"), "https://harbour-lines.example/")


@given(st.text() | st.from_regex(r"https?://[^/]{1,30}(/.{0,9})?", fullmatch=True))
def test_whatever_is_given_is_refused_or_public(address):
    try:
        url = Guard().admit(address)
    except FetchError:
        return
    assert url.scheme in {"http", "https"}
    assert url.port in {80, 443, 8080, 8443}
    assert (url.user, url.password, url.fragment) == (None, None, "")
    assert url.raw_host.isascii()
    assert not url.raw_host.endswith((".", ".localhost", ".internal"))
    assert Guard().admit(str(url)) == url


class TestAllowedHosts:
    def test_a_host_alone_may_be_asked_at_every_port(self):
        guard = Guard(["wiki", "10.0.0.5", "[fd00::5]"])
        for address in ("http://wiki/", "http://wiki:9000/", "http://10.0.0.5:81/", "http://[fd00::5]:81/"):
            assert guard.admit(address)

    def test_a_host_with_a_port_only_at_this_one(self):
        guard = Guard(["wiki:9000"])
        assert guard.admit("http://wiki:9000/")
        with pytest.raises(FetchError):
            guard.admit("http://wiki/")

    def test_a_public_host_with_another_port(self):
        assert Guard(["harbour-lines.example:8000"]).admit("http://harbour-lines.example:8000/")

    @pytest.mark.parametrize("ip", ["127.0.0.1", "10.0.0.5", "100.64.1.1", "fd00::5"])
    def test_it_may_lie_in_a_private_network(self, ip):
        guard = Guard(["wiki.example"])
        guard.check_network("wiki.example", 80, ip)
        with pytest.raises(FetchError):
            guard.check_network("other.example", 80, ip)

    @pytest.mark.parametrize("ip", ["169.254.169.254", "fe80::1", "0.1.2.3", "224.0.0.1", "::ffff:127.0.0.1"])
    def test_but_not_where_no_page_is(self, ip):
        with pytest.raises(FetchError):
            Guard(["wiki.example"]).check_network("wiki.example", 80, ip)

    def test_the_inner_address_is_not_told(self):
        with pytest.raises(FetchError) as caught:
            Guard().check_network("wiki.example", 80, "10.20.30.40")
        assert "10.20.30.40" not in str(caught.value)
        assert "fetch.allowed_private_hosts" in str(caught.value)
